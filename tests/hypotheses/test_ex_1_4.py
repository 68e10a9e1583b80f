"""1.4 Movements of a parameter that start in motion, without a model."""

from bisect import bisect_right
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from without_model import ALWAYS, by_seed

from excolor import fraction
from excolor.numerics.streams import stream
from excolor.schedule.timeline import Timeline, minimum_jerk
from excolor.schedule.transition import Transition
from excolor.verdicts import control, disconfirmed

SEEDS = 96
"""Each draws starts and changes of target; nothing is trained."""

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
PUBLISHED_STARTS = np.array([(0, 0), (2, 0), (0, 3), (2, -2), (1, 5)], float)

STARTS = 100
"""More of them for every seed."""


@cache
def starts(seed):
    """(position, velocity) `[N, 2]`: those published, and others that go about as far."""
    return np.concatenate([PUBLISHED_STARTS, 3 * stream(seed, "starts").normal(size=(STARTS, 2))])


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
    """Whether, from every start of a seed, a movement begins in the motion of the start, without acceleration."""

    def holds(seed):
        began = np.array([motion(movement(*start), 0, STEPS) for start in starts(seed)])
        return (np.abs(began - np.pad(starts(seed), [(0, 0), (0, 1)])) < ROUNDING).all()

    return holds


def ends_as_claimed(movement, part):
    """Whether, from every start of a seed, a movement ends on the target, at no velocity, at no acceleration."""

    def holds(seed):
        ended = np.array([motion(movement(*start), STEPS, -STEPS) for start in starts(seed)])
        return (np.abs(ended - [TARGET, 0, 0]) < ROUNDING)[:, part].all()

    return holds


class TestReachesTheTarget:
    """From any position and velocity a minimum-jerk movement reaches its target in 100 steps, and at rest.

    Published verdict, by looking at a figure of five starts: as designed.
    """

    def test_begins_in_the_motion_given(self, seeds):
        """A minimum-jerk movement begins at the position and velocity given, without acceleration."""
        assert fraction(by_seed(seeds, begins_as_given(minimum_jerk_movement))) > ALWAYS

    @parts
    def test_ends_at_rest_on_the_target(self, seeds, part):
        """A minimum-jerk movement ends at rest on the target, in every part of its motion."""
        assert fraction(by_seed(seeds, ends_as_claimed(minimum_jerk_movement, part))) > ALWAYS

    @control
    def test_rest_to_rest_does_not_begin_in_motion(self, seeds):
        """The movement from rest to rest does not begin at the velocity given."""
        assert fraction(~by_seed(seeds, begins_as_given(rest_to_rest))) > ALWAYS

    @control
    def test_straight_line_does_not_come_to_rest(self, seeds):
        """A movement along a straight line still has velocity at its end."""
        assert fraction(~by_seed(seeds, ends_as_claimed(straight, PARTS["velocity"]))) > ALWAYS

    @control
    def test_cubic_ends_in_acceleration(self, seeds):
        """A cubic movement that ends without velocity still has acceleration at its end."""
        assert fraction(by_seed(seeds, ends_as_claimed(cubic, PARTS["velocity"]))) > ALWAYS
        assert fraction(~by_seed(seeds, ends_as_claimed(cubic, PARTS["acceleration"]))) > ALWAYS


class Plan(NamedTuple):
    """Where a value rests at first, and its changes of target, (step, target); it takes so many steps to each.

    All are whole steps, so that between two of them every movement is one polynomial.
    """

    initial: float
    duration: int
    changes: tuple[tuple[int, float], ...]


PUBLISHED_PLAN = Plan(0.1, 50, ((0, 0.5), (40, 0.75), (60, 0.0), (120, 1.0)))

PLANS, TURNS = 10, 4
"""So many more for every seed, with so many changes each."""


@cache
def plans(seed):
    """The published one, and others whose steps and targets are drawn from about the same ranges."""
    drawn = stream(seed, "plans")
    return [PUBLISHED_PLAN] + [
        Plan(
            drawn.uniform(),
            int(drawn.integers(25, 100)),
            tuple(zip(np.cumsum(drawn.integers(5, 80, TURNS)).tolist(), drawn.uniform(size=TURNS), strict=True)),
        )
        for _ in range(PLANS)
    ]


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
        return Timeline("x", tuple(keyframes), interpolation=interpolation).at

    return follow


def restarted(leg, t, target, duration):
    return Transition(float(leg.at(t).value), target, duration)


def restarted_in_velocity(leg, t, target, duration):
    value, velocity, _ = map(float, leg.at(t))
    return Transition(value, target, duration, velocity)


def is_continuous(follow, part):
    """Whether, at every change of every plan of a seed, the motion just after is that just before."""

    def holds(seed):
        return all(
            abs(motion(movement, step, 1) - motion(movement, step, -1))[part] < ROUNDING
            for plan in plans(seed)
            for movement in [follow(plan)]
            for step, _ in plan.changes
        )

    return holds


class TestRetargeting:
    """A change of target on the way leaves position, velocity and acceleration continuous.

    Published verdict, by looking at a figure of four changes: as designed.
    """

    @parts
    def test_is_continuous(self, seeds, part):
        """A minimum-jerk movement is continuous where its target changes."""
        assert fraction(by_seed(seeds, is_continuous(carried_out(Transition.retarget), part))) > ALWAYS

    @control
    def test_steps_break_the_position(self, seeds):
        """A timeline of steps makes the position discontinuous."""
        assert fraction(~by_seed(seeds, is_continuous(by_keyframes("step-end"), PARTS["position"]))) > ALWAYS

    @control
    def test_straight_lines_break_the_velocity(self, seeds):
        """A timeline of straight lines makes the velocity discontinuous, and not the position."""
        assert fraction(by_seed(seeds, is_continuous(by_keyframes("linear"), PARTS["position"]))) > ALWAYS
        assert fraction(~by_seed(seeds, is_continuous(by_keyframes("linear"), PARTS["velocity"]))) > ALWAYS

    @control
    def test_restarting_from_rest_breaks_the_velocity(self, seeds):
        """Restarting from rest at a change makes the velocity discontinuous, and not the position."""
        assert fraction(by_seed(seeds, is_continuous(carried_out(restarted), PARTS["position"]))) > ALWAYS
        assert fraction(~by_seed(seeds, is_continuous(carried_out(restarted), PARTS["velocity"]))) > ALWAYS

    @control
    def test_passing_on_velocity_alone_breaks_the_acceleration(self, seeds):
        """A movement that carries on the velocity alone makes the acceleration discontinuous."""
        follow = carried_out(restarted_in_velocity)
        assert fraction(by_seed(seeds, is_continuous(follow, PARTS["velocity"]))) > ALWAYS
        assert fraction(~by_seed(seeds, is_continuous(follow, PARTS["acceleration"]))) > ALWAYS


def at_random(seed):
    return starts(seed)[len(PUBLISHED_STARTS) :]


def passes(position, velocity):
    """Whether the movement is beyond its target at a step, seen from its start; on the target, from where it came."""
    ahead = np.sign(TARGET - position) or np.sign(velocity)
    beyond = (minimum_jerk_movement(position, velocity)(np.arange(STEPS)) - TARGET) * ahead
    return beyond.max() > ROUNDING


class TestOvershoot:
    """A movement overshoots if it starts in motion.

    Published verdict, by looking at a figure of five starts: confirmed. Ours is partially confirmed, in the strict
    reading that each does: of the three that start in motion there, the one from 2 at -2 does not. By the formula it
    takes a start toward the target at more than 5/2 of the mean velocity.
    """

    def test_none_from_rest_passes(self, seeds):
        """No movement that starts at rest passes its target."""
        stays = by_seed(seeds, lambda seed: not any(passes(position, 0) for position, _ in starts(seed)))
        assert fraction(stays) > ALWAYS

    def test_some_in_motion_pass(self, seeds):
        """Some movements that start in motion, at random, pass their target."""
        assert fraction(by_seed(seeds, lambda seed: any(passes(*start) for start in at_random(seed)))) > ALWAYS

    @disconfirmed("in no seed: most start away from it, or at less than 5/2 of the mean velocity")
    def test_all_in_motion_pass(self, seeds):
        """All movements that start in motion, at random, pass their target."""
        assert fraction(by_seed(seeds, lambda seed: all(passes(*start) for start in at_random(seed)))) > ALWAYS
