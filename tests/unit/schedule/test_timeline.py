"""The movement between keyframes, against the boundary conditions that define it."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excolor.schedule.timeline import INTERPOLATIONS, Timeline, TimelineError, minimum_jerk

values = st.floats(-1e3, 1e3)
keyframes = st.dictionaries(st.integers(0, 3000), values, min_size=1, max_size=6).map(
    lambda keys: tuple(sorted(keys.items()))
)
interpolations = st.sampled_from(sorted(INTERPOLATIONS))


class TestMinimumJerk:
    def test_is_the_quintic_that_starts_and_ends_at_rest(self):
        """Its six coefficients solve: place 0, 1, velocity 0, 0 and acceleration 0, 0 at the two ends."""
        powers = np.arange(6)
        at_start = np.diag([1, 1, 2, 0, 0, 0])[:3]
        at_end = np.stack([np.ones(6), powers, powers * (powers - 1)])
        coefficients = np.linalg.solve(np.concatenate([at_start, at_end]), [0, 0, 0, 1, 0, 0])
        u = np.linspace(0, 1, 101)
        np.testing.assert_allclose(minimum_jerk(u), np.polynomial.Polynomial(coefficients)(u), atol=1e-13)

    @pytest.mark.parametrize(("end", "inward"), [(0, 1), (1, -1)])
    def test_velocity_and_acceleration_vanish_at_the_ends(self, end, inward):
        step = 1e-4
        first, second, third = minimum_jerk(end + inward * step * np.arange(3))
        assert abs(second - first) / step < 1e-6
        assert abs(third - 2 * second + first) / step**2 < 1e-2  # its slope there is 60: 60 * 1e-4

    @given(st.floats(0, 1))
    def test_is_the_same_seen_from_both_ends(self, u):
        assert minimum_jerk(u) + minimum_jerk(1 - u) == pytest.approx(1, abs=1e-14)


class TestTimeline:
    @given(keyframes, interpolations)
    def test_meets_every_keyframe_exactly(self, keys, interpolation):
        steps, expected = zip(*keys, strict=True)
        assert Timeline("x", keys, interpolation=interpolation).at(steps).tolist() == list(expected)

    @given(keyframes, interpolations)
    def test_holds_the_first_value_before_and_the_last_one_after(self, keys, interpolation):
        timeline = Timeline("x", keys, interpolation=interpolation)
        (first, first_value), (last, last_value) = keys[0], keys[-1]
        assert (timeline.at(np.arange(first)) == first_value).all()
        assert (timeline.at(last + np.arange(50)) == last_value).all()

    @given(keyframes, interpolations)
    def test_goes_straight_from_each_keyframe_to_the_next(self, keys, interpolation):
        """Between two keyframes it never turns back, and never leaves the range of the two."""
        course = Timeline("x", keys, interpolation=interpolation).at(np.arange(3001))
        for (start, from_value), (end, to_value) in pairwise(keys):
            between = course[start : end + 1]
            assert (np.diff(between) * np.sign(to_value - from_value) >= 0).all()
            assert {between.min(), between.max()} == {from_value, to_value}

    @given(keyframes)
    def test_is_half_way_at_half_time(self, keys):
        timeline = Timeline("x", keys)
        for (start, from_value), (end, to_value) in pairwise(keys):
            assert timeline.at((start + end) / 2) == pytest.approx((from_value + to_value) / 2, abs=1e-9)

    @given(keyframes)
    def test_linear_is_numpys(self, keys):
        steps, expected = zip(*keys, strict=True)
        course = Timeline("x", keys, interpolation="linear").at(np.arange(3001))
        np.testing.assert_allclose(course, np.interp(np.arange(3001), steps, expected), atol=1e-9)

    def test_step_end_holds_until_the_next_keyframe(self):
        timeline = Timeline("x", ((0, 1.0), (10, 2.0), (20, 3.0)), interpolation="step-end")
        assert timeline.at([0, 9, 10, 19, 20, 21]).tolist() == [1, 1, 2, 2, 3, 3]

    def test_log_space_passes_the_geometric_mean(self):
        timeline = Timeline("x", ((0, 1e-4), (100, 1.0)), space="log")
        assert timeline.at([0, 50, 100, 101]) == pytest.approx([1e-4, 1e-2, 1, 1])

    @given(st.dictionaries(st.integers(0, 3000), st.floats(1e-6, 1e3), min_size=1, max_size=6))
    def test_log_space_is_linear_space_of_the_logarithm(self, keys):
        keys = tuple(sorted(keys.items()))
        logs = tuple((step, float(np.log(value))) for step, value in keys)
        steps = np.arange(0, 3001, 7)
        np.testing.assert_allclose(
            np.log(Timeline("x", keys, space="log").at(steps)), Timeline("x", logs).at(steps), atol=1e-9
        )

    def test_log_space_has_a_floor_instead_of_zero(self):
        timeline = Timeline("x", ((0, 0.0), (100, 1.0)), space="log")
        assert timeline.at([0, 50]) == pytest.approx([1e-10, 1e-5])

    def test_is_zero_without_keyframes(self):
        assert Timeline("x", ()).at(np.arange(3)).tolist() == [0, 0, 0]


class TestRefusals:
    @pytest.mark.parametrize(
        ("parts", "message"),
        [
            (("", ()), "a timeline has the name '': it must be a string, for example 'lr'"),
            ((7, ()), "a timeline has the name 7"),
            (
                ("x", [(0, 1)]),
                "x: the keyframes [(0, 1)]: they must be a tuple of (step, value), for example ((0, 0.1),)",
            ),
            (("x", ((0, 1), (1,))), "x: the keyframes ((0, 1), (1,)): they must be"),
            (("x", None), "x: the keyframes None: they must be"),
            (
                ("x", ((-1, 1.0),)),
                "x: the keyframe (-1, 1.0): its step must be a whole number, 0 or above and below 10",
            ),
            (("x", ((0.5, 1.0),)), "x: the keyframe (0.5, 1.0): its step must be"),
            (
                ("x", ((0, np.nan),)),
                "x: the keyframe (0, nan): its step must be a whole number, 0 or above and below 10",
            ),
            (("x", ((10**7, 1.0),)), "0 or above and below 10000000, and its value a number up to"),
            (("x", ((0, "1"),)), "a number up to 1e+38, for example (250, 0.1)"),
            (("x", ((0, 1e300),)), "x: the keyframe (0, 1e+300): its step"),
            (
                ("x", ((5, 1), (5, 2))),
                "x: the keyframe of step 5 stands after that of step 5: steps increase, for exam",
            ),
            (
                ("x", ((0, -1.0),), "log"),
                "x: a negative value in log space, where it must be 0 or above, for example 1e",
            ),
            (
                ("x", (), "Log"),
                "x: the space 'Log' is unknown (did you mean 'log'?): it may be linear, log, for example",
            ),
            (("x", (), ["log"]), "x: the space ['log'] is unknown: it may be"),
            (
                ("x", (), "log", "minjrek"),
                "x: the interpolation 'minjrek' is unknown (did you mean 'minjerk'?): it may",
            ),
        ],
    )
    def test_each_where_it_is_made(self, parts, message):
        with pytest.raises(TimelineError, match=re.escape(message)):
            Timeline(*parts)

    @pytest.mark.parametrize("steps", [None, "1", -1, [0, np.nan], 1e7, 1j, np.ma.masked_array([1.0]), [[0], [0, 1]]])
    @pytest.mark.parametrize("keyframes", [(), ((0, 0.1), (5, 1.0))], ids=["none", "two"])
    def test_what_is_no_step(self, steps, keyframes):
        message = r"^x at .*: give steps from 0 on, below 10000000, for example np.arange\(3001\)$"
        with pytest.raises(TimelineError, match=message):
            Timeline("x", keyframes).at(steps)

    @pytest.mark.parametrize("ease", INTERPOLATIONS)
    @pytest.mark.parametrize("u", [None, "0.5", -0.1, 1.1, [0, np.nan], 1j, np.ma.masked_array([0.5])])
    def test_what_is_no_part_of_the_time(self, ease, u):
        message = r"as a part of the time of a movement: it must be from 0 to 1, for example 0.5$"
        with pytest.raises(TimelineError, match=message):
            INTERPOLATIONS[ease](u)
