"""Movements from any motion, against scipy's polynomials from derivatives and what defines them."""

import math
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.polynomial import Polynomial
from scipy.interpolate import BPoly

from excolor.schedule.timeline import Timeline, minimum_jerk
from excolor.schedule.transition import Transition, TransitionError

numbers = st.floats(-10, 10)
durations = st.floats(1, 1000)
parts = st.floats(0, 1)

ROUNDING = 1e-11
"""Of what is near 10 in each unit of the whole duration: a sum of some terms of up to 1000 each, to 1e-16."""


@st.composite
def transitions(draw):
    """From a motion of up to 10 in the unit of the whole duration."""
    duration = draw(durations)
    velocity, acceleration = draw(numbers) / duration, draw(numbers) / duration**2
    return Transition(draw(numbers), draw(numbers), duration, velocity, acceleration)


def per_duration(motion, duration):
    """The motion `[3, ...]` in the unit of a whole duration, in which its three parts are alike in size."""
    return np.stack([motion.value, motion.velocity * duration, motion.acceleration * duration**2])


def course(transition):
    """Its values as a polynomial of u, from six of them."""
    u = np.linspace(0, 0.9, 6)
    return Polynomial.fit(u, transition.at(u * transition.duration).value, 5).convert()


class TestTransition:
    @given(transitions(), parts)
    def test_is_scipys_polynomial_from_derivatives_at_both_ends(self, transition, u):
        length = transition.duration
        at_start = [transition.start, transition.velocity * length, transition.acceleration * length**2]
        expected = BPoly.from_derivatives([0, 1], [at_start, [transition.target, 0, 0]])
        motion = per_duration(transition.at(u * length), length)
        np.testing.assert_allclose(motion, [expected(u, nu) for nu in range(3)], rtol=0, atol=ROUNDING)

    @pytest.mark.parametrize(
        ("start", "velocity", "expected"), [(0, 0, 0.5), (2, 0, 1.5), (0, 3, 0.96875), (2, -2, 1.1875), (1, 5, 1.78125)]
    )
    def test_published_starts_halfway(self, start, velocity, expected):
        """By hand, for the target 1: with p_0, p_1, p_2 it is 1 + (p_0 + p_1 / 2 + p_2 / 4) / 8."""
        assert Transition(start, 1, 100, velocity / 100).at(50).value == pytest.approx(expected, abs=1e-15)

    @given(numbers, numbers, durations, parts)
    def test_from_rest_is_the_timelines_curve(self, start, target, duration, u):
        value = Transition(start, target, duration).at(u * duration).value
        assert value == pytest.approx(start + (target - start) * minimum_jerk(u), abs=ROUNDING)

    @given(transitions())
    def test_begins_in_the_motion_given(self, transition):
        began = per_duration(transition.at(0), transition.duration)
        given = (transition.start, transition.velocity, transition.acceleration) * transition.duration ** np.arange(3)
        np.testing.assert_allclose(began, given, rtol=0, atol=ROUNDING)

    @given(transitions(), st.floats(0, 1e6))
    def test_rests_on_its_target_from_the_end(self, transition, later):
        assert transition.at(transition.duration + later) == (transition.target, 0, 0)

    @given(transitions(), st.integers(0, 4))
    def test_no_other_movement_between_the_same_ends_has_less_jerk(self, transition, power):
        """What keeps the motion at both ends can be added only at a cost: its jerk is orthogonal to the course's."""
        added = Polynomial([0, 0, 0, 1]) * Polynomial([1, -1]) ** 3 * Polynomial([0, 1]) ** power
        shared = (course(transition).deriv(3) * added.deriv(3)).integ()
        # The jerk is some 60 * 20 and known to 1e-11 of that, the bump's is below 6 * 4.
        assert shared(1) - shared(0) == pytest.approx(0, abs=1e-6)

    @given(st.floats(-10, 10).filter(lambda velocity: abs(velocity - 2.5) > 0.01))
    def test_passes_its_target_from_two_and_a_half_times_the_mean_velocity(self, velocity):
        """(1 - u)^3 (-1 + (v - 3) u + (3 v - 6) u^2) is above 0 for u toward 1 if 4 v > 10, and else nowhere."""
        passed = Transition(0, 1, 100, velocity / 100).at(np.linspace(0, 100, 10_001)).value.max() > 1
        assert passed == (velocity > 2.5)

    @given(numbers, numbers)
    def test_without_duration_it_jumps(self, start, target):
        assert Transition(start, target, 0, 3, 5).at(0) == (target, 0, 0)
        assert Transition(start, target, 0, 3, 5).at(7) == (target, 0, 0)

    def test_takes_times_of_any_shape(self):
        transition, times = Transition(2, 1, 100, -0.02), np.arange(0, 120, 5.0).reshape(2, 3, 4)
        motion = transition.at(times)
        assert [part.shape for part in motion] == [(2, 3, 4)] * 3
        assert motion.velocity[1, 0, 2] == transition.at(times[1, 0, 2]).velocity


class TestRetarget:
    @given(transitions(), parts, numbers, durations)
    def test_goes_on_in_the_same_motion(self, transition, u, target, duration):
        now = u * transition.duration
        before, after = transition.at(now), transition.retarget(now, target, duration).at(0)
        # Rounding grows with the motion that is taken over, in the unit of the new duration.
        size = 10 + np.abs(per_duration(before, duration)).max()
        difference = per_duration(before, duration) - per_duration(after, duration)
        assert np.abs(difference).max() < ROUNDING * size

    @given(transitions(), parts, numbers, st.integers(0, 1000))
    def test_arrives_at_the_new_target_at_rest(self, transition, u, target, duration):
        changed = transition.retarget(u * transition.duration, target, duration)
        assert changed.at(duration) == (target, 0, 0)

    @given(transitions(), st.floats(0, 100), durations, st.floats(0, 2000))
    def test_to_the_same_target_at_rest_does_nothing(self, transition, waited, duration, t):
        unmoved = transition.retarget(transition.duration + waited, transition.target, duration)
        assert unmoved.at(t) == (transition.target, 0, 0)

    @given(transitions(), st.floats(0, 0.9), parts)
    def test_to_the_same_target_in_the_time_that_is_left_does_nothing(self, transition, u, share):
        length, now = transition.duration, u * transition.duration
        later = now + share * (length - now)
        unchanged = transition.retarget(now, transition.target, length - now).at(later - now)
        expected = per_duration(transition.at(later), length)
        # What is left may be a tenth: rounding of an acceleration in that unit is a hundred times as much.
        np.testing.assert_allclose(per_duration(unchanged, length), expected, rtol=0, atol=100 * ROUNDING)

    def test_again_and_again_at_rest_is_a_timeline(self):
        keyframes = ((0, 0.1), (50, 0.5), (90, 0.75), (100, 0.0), (400, 0.0), (450, 1.0))
        timeline = Timeline("x", keyframes)
        transition, elapsed = Transition(0.1, 0.1, 0), 0
        for (begin, _), (end, target) in pairwise(keyframes):
            transition, elapsed = transition.retarget(elapsed, target, end - begin), end - begin
            steps = np.arange(elapsed + 1)
            np.testing.assert_allclose(transition.at(steps).value, timeline.at(begin + steps), rtol=0, atol=1e-14)

    def test_leaves_the_first_transition_as_it_was(self):
        transition = Transition(0.1, 0.5, 50)
        transition.retarget(40, 0.75, 50)
        assert transition == Transition(0.1, 0.5, 50)


class TestRefusals:
    @pytest.mark.parametrize("name", ["start", "target", "duration", "velocity", "acceleration"])
    @pytest.mark.parametrize("value", [math.nan, math.inf, 1e300])
    def test_what_is_not_finite(self, name, value):
        given = {"start": 0.0, "target": 1.0, "duration": 50.0, name: value}
        message = (
            rf"Transition\(.*{name}={re.escape(str(value))}.*\): all must be finite, up to 1e\+38, for example Trans"
        )
        with pytest.raises(TransitionError, match=message):
            Transition(**given)

    def test_a_negative_duration(self):
        message = r"duration=-1, .*\): the duration must be 0 or above, for example 50 steps, or 0 for a jump"
        with pytest.raises(TransitionError, match=message):
            Transition(0, 1, -1)

    @pytest.mark.parametrize("times", [-1, [3, -1, 5], [math.nan, 2]])
    def test_a_time_before_the_start(self, times):
        worst = "nan" if np.isnan(times).any() else "-1.0"
        message = rf"has no motion at {worst}: its time begins at 0, for example at\(25\)"
        with pytest.raises(TransitionError, match=message):
            Transition(0, 1, 50).at(times)

    @pytest.mark.parametrize("times", [None, "25", 1j, [0, None], np.ma.masked_array([0.0])], ids=repr)
    def test_what_is_no_time(self, times):
        with pytest.raises(TransitionError, match=r"a time is a number, for example at\(25\)"):
            Transition(0, 1, 50).at(times)
        with pytest.raises(TransitionError, match="it can change its target at one time, for example 25"):
            Transition(0, 1, 50).retarget(times, 0, 50)

    def test_a_duration_beyond_reckoning(self):
        with pytest.raises(TransitionError, match="the duration must be 0 or above, for example 50 steps"):
            Transition(0, 1, 1e-300)

    def test_retargeting_before_the_start(self):
        with pytest.raises(TransitionError, match=r"has no motion at -2\.0"):
            Transition(0, 1, 50).retarget(-2, 0, 50)

    def test_are_value_errors(self):
        assert issubclass(TransitionError, ValueError)
