"""1.4 Movements of a parameter that start in motion, without a model."""

from bisect import bisect_right
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis.strategies import builds, floats, integers, just, lists, sampled_from, tuples

from excolor.judging import over
from excolor.schedule.timeline import Timeline, minimum_jerk
from excolor.schedule.transition import Transition
from excolor.verdicts import control, disconfirmed, primary

NODES = (1 - np.cos(np.pi * (np.arange(6) + 0.5) / 6)) / 2
"""Six points within [0, 1], those of Chebyshev: a quintic is known by its values there."""

MOTION = np.linalg.inv(np.vander(NODES, increasing=True))[:3] * [[1], [1], [2]]
"""Value, first and second derivative at 0 of the quintic that has given values at the nodes."""

ROUNDING = 1e-9
"""What counts as nothing: a thousand times what rounding leaves of it. Values near 10 are rounded at 1e-15, and MOTION
makes up to 1000 times as much of that. The unit of time is a step for a change of target, else the whole movement.
"""

PARTS = {"position": 0, "velocity": 1, "acceleration": 2}
parts = pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)


def motion(movement, at, width):
    """Position, velocity and acceleration just after a time, per `width`, or just before it for a negative width.

    They are those of the quintic through six values within the width, so that only values are measured and none at the
    time itself. A movement is a function of time.
    """
    return MOTION @ movement(at + width * NODES) * [1, np.sign(width), 1]


# As published: the target, the steps to it, and the starts, with velocities per 100 steps.
TARGET, STEPS = 1.0, 100
PUBLISHED_STARTS = [(0.0, 0.0), (2.0, 0.0), (0.0, 3.0), (2.0, -2.0), (1.0, 5.0)]

FAR = 10.0
"""Others begin as far from 0, or as fast, as this at the most: twice what was published."""
POSITIONS = floats(-FAR, FAR)
VELOCITIES = floats(-FAR, FAR)
STARTS = sampled_from(PUBLISHED_STARTS) | tuples(POSITIONS, VELOCITIES)
"""(position, velocity): those published, and others."""


def minimum_jerk_movement(position, velocity):
    return lambda t: Transition(position, TARGET, STEPS, velocity / STEPS).at(t).value


def rest_to_rest(position, velocity):
    return lambda t: position + (TARGET - position) * minimum_jerk(t / STEPS)


def straight(position, velocity):
    return lambda t: position + (TARGET - position) * t / STEPS


def cubic(position, velocity):
    way = TARGET - position
    coefficients = [position, velocity, 3 * way - 2 * velocity, velocity - 2 * way]
    return lambda t: np.polynomial.Polynomial(coefficients)(t / STEPS)


def begins_as_given(movement):
    """Whether a movement begins in the motion of its start, without acceleration."""
    return lambda start: (np.abs(motion(movement(*start), 0, STEPS) - [*start, 0]) < ROUNDING).all()


def ends_as_claimed(movement, part):
    """Whether a movement ends on the target, or at no velocity, or at no acceleration."""
    return lambda start: np.abs(motion(movement(*start), STEPS, -STEPS) - [TARGET, 0, 0])[part] < ROUNDING


@primary("test_ends_at_rest_on_the_target")
class TestReachesTheTarget:
    """From any position and velocity a minimum-jerk movement reaches its target in 100 steps, and at rest.

    Published verdict, by looking at a figure of five starts: as designed.
    """

    def test_begins_in_the_motion_given(self):
        """A minimum-jerk movement begins at the position and velocity given, without acceleration."""
        assert over(STARTS).always(begins_as_given(minimum_jerk_movement))

    @parts
    def test_ends_at_rest_on_the_target(self, part):
        """A minimum-jerk movement ends at rest on the target, in every part of its motion."""
        assert over(STARTS).always(ends_as_claimed(minimum_jerk_movement, part))

    @control
    def test_rest_to_rest_does_not_begin_in_motion(self):
        """The movement from rest to rest does not begin at the velocity given."""
        assert over(STARTS).not_always(begins_as_given(rest_to_rest))

    @control
    def test_straight_line_does_not_come_to_rest(self):
        """A movement along a straight line still has velocity at its end."""
        assert over(STARTS).not_always(ends_as_claimed(straight, PARTS["velocity"]))

    @control
    def test_cubic_ends_in_acceleration(self):
        """A cubic movement that ends without velocity still has acceleration at its end."""
        assert over(STARTS).always(ends_as_claimed(cubic, PARTS["velocity"]))
        assert over(STARTS).not_always(ends_as_claimed(cubic, PARTS["acceleration"]))


class Plan(NamedTuple):
    """Where a value rests at first, and its changes of target, (step, target); it takes so many steps to each.

    All are whole steps, so that between two of them every movement is one polynomial.
    """

    initial: float
    duration: int
    changes: tuple[tuple[int, float], ...]


PUBLISHED_PLAN = Plan(0.1, 50, ((0, 0.5), (40, 0.75), (60, 0.0), (120, 1.0)))

TURNS = 4


def planned(initial, duration, waits, targets):
    return Plan(initial, duration, tuple(zip(np.cumsum(waits).tolist(), targets, strict=True)))


PLANS = just(PUBLISHED_PLAN) | builds(
    planned,
    floats(0, 1),
    integers(25, 100),
    lists(integers(1, 80), min_size=TURNS, max_size=TURNS),
    lists(floats(0, 1), min_size=TURNS, max_size=TURNS),
)
"""The published one, and others with as many changes, from about the same ranges."""


def carried_out(turn):
    """How a plan is followed where `turn` makes the next transition of the present one at a time."""

    def follow(plan):
        began, legs = [-1], [Transition(plan.initial, plan.initial, 0)]
        for step, target in plan.changes:
            legs.append(turn(legs[-1], step - began[-1], target, plan.duration))
            began.append(step)

        def movement(t):
            now = bisect_right(began, t.min()) - 1  # all times that are asked for at once lie between two changes
            return legs[now].at(t - began[now]).value

        return movement

    return follow


def by_keyframes(interpolation):
    """How a plan is followed by a timeline that reaches each target when the next one is set."""

    def follow(plan):
        steps, targets = zip(*plan.changes, strict=True)
        keyframes = zip((*steps, steps[-1] + plan.duration), (plan.initial, *targets), strict=True)
        timeline = Timeline("x", tuple(keyframes), interpolation=interpolation)
        return lambda t: timeline.at(np.maximum(t, 0))  # before its first step a value is what it is there

    return follow


def restarted(leg, t, target, duration):
    return Transition(float(leg.at(t).value), target, duration)


def restarted_in_velocity(leg, t, target, duration):
    value, velocity, _ = map(float, leg.at(t))
    return Transition(value, target, duration, velocity)


def is_continuous(follow, part):
    """Whether, at every change of a plan, the motion just after is that just before."""

    def holds(plan):
        movement = follow(plan)
        return all(
            abs(motion(movement, step, 1) - motion(movement, step, -1))[part] < ROUNDING for step, _ in plan.changes
        )

    return holds


@primary("test_is_continuous")
class TestRetargeting:
    """A change of target on the way leaves position, velocity and acceleration continuous.

    Published verdict, by looking at a figure of four changes: as designed.
    """

    @parts
    def test_is_continuous(self, part):
        """A minimum-jerk movement is continuous where its target changes."""
        assert over(PLANS).always(is_continuous(carried_out(Transition.retarget), part))

    @control
    def test_steps_break_the_position(self):
        """A timeline of steps makes the position discontinuous."""
        assert over(PLANS).not_always(is_continuous(by_keyframes("step-end"), PARTS["position"]))

    @control
    def test_straight_lines_break_the_velocity(self):
        """A timeline of straight lines makes the velocity discontinuous, and not the position."""
        assert over(PLANS).always(is_continuous(by_keyframes("linear"), PARTS["position"]))
        assert over(PLANS).not_always(is_continuous(by_keyframes("linear"), PARTS["velocity"]))

    @control
    def test_restarting_from_rest_breaks_the_velocity(self):
        """Restarting from rest at a change makes the velocity discontinuous, and not the position."""
        assert over(PLANS).always(is_continuous(carried_out(restarted), PARTS["position"]))
        assert over(PLANS).not_always(is_continuous(carried_out(restarted), PARTS["velocity"]))

    @control
    def test_passing_on_velocity_alone_breaks_the_acceleration(self):
        """A movement that carries on the velocity alone makes the acceleration discontinuous."""
        follow = carried_out(restarted_in_velocity)
        assert over(PLANS).always(is_continuous(follow, PARTS["velocity"]))
        assert over(PLANS).not_always(is_continuous(follow, PARTS["acceleration"]))


def passes(position, velocity):
    """Whether the movement is beyond its target at a step, seen from its start; on the target, from where it came."""
    ahead = np.sign(TARGET - position) or np.sign(velocity)
    beyond = (minimum_jerk_movement(position, velocity)(np.arange(STEPS)) - TARGET) * ahead
    return beyond.max() > ROUNDING


def stays(position, velocity):
    return not passes(position, velocity)


IN_MOTION = floats(0.01, FAR) | floats(-FAR, -0.01)


@primary("test_none_from_rest_passes", "test_some_in_motion_pass", "test_all_in_motion_pass")
class TestOvershoot:
    """A movement overshoots if it starts in motion.

    Published verdict, by looking at a figure of five starts: confirmed. Of the three that start in motion
    there, the one from 2 at -2 does not pass. By the formula it takes a start toward the target at more than 5/2 of the
    mean velocity.
    """

    def test_none_from_rest_passes(self):
        """No movement that starts at rest passes its target."""
        assert over(POSITIONS, just(0.0)).always(stays)

    def test_some_in_motion_pass(self):
        """Some movements that start in motion pass their target."""
        assert over(POSITIONS, IN_MOTION).not_always(stays)

    @disconfirmed("most start away from it, or at less than 5/2 of the mean velocity")
    def test_all_in_motion_pass(self):
        """All movements that start in motion pass their target."""
        assert over(POSITIONS, IN_MOTION).always(passes)
