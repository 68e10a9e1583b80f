"""Movements to a target from any initial motion, so that the target may change on the way.

No dopesheet changes a target on the way: a timeline's movements all start at rest, and `timeline.minimum_jerk` is
enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from excolor.numerics.fields import Fielded
from excolor.numerics.given import is_number, real_numbers, shown
from excolor.schedule.timeline import LARGEST

Floats = NDArray[np.float64]


class TransitionError(ValueError):
    """A movement that cannot be made, or a time before it began."""


class Motion(NamedTuple):
    """Value, velocity and acceleration at some times, each of their shape; per step and per step squared."""

    value: Floats
    velocity: Floats
    acceleration: Floats


@dataclass(frozen=True)
class Transition(Fielded):
    """The quintic y(t) that leaves y_0 with y_0' and y_0'' at t = 0 and is at rest on y_1 from t = T: with u = t / T,

        y_1 + (1 - u)^3 (p_0 + p_1 u + p_2 u^2)
        p_0 = y_0 - y_1    p_1 = 3 p_0 + T y_0'    p_2 = 6 p_0 + 3 T y_0' + T^2 y_0'' / 2

    Of all movements with this start and end it has the least jerk, the least integral of y'''^2. From rest it is
    `timeline.minimum_jerk`. With T = 0 it is a jump. Source: experiment 1.4.

    Args:
        start: y_0, where it begins.
        target: y_1, where it stays.
        duration: T, in steps, 0 or above.
        velocity: y_0', per step; 0 by default.
        acceleration: y_0'', per step squared; 0 by default.
    """

    start: float
    target: float
    duration: float
    velocity: float = 0.0
    acceleration: float = 0.0

    def __post_init__(self) -> None:
        if not all(is_number(given) and abs(given) <= LARGEST for given in vars(self).values()):
            raise TransitionError(
                f"{shown(self)}: all must be finite, up to {LARGEST:g}, for example "
                "Transition(0.1, target=0.5, duration=50)"
            )
        if self.duration != 0 and self.duration < 1 / LARGEST:
            raise TransitionError(
                f"{shown(self)}: the duration must be 0 or above, for example 50 steps, or 0 for a jump"
            )

    def at(self, t: ArrayLike) -> Motion:
        """The motion at the times t, any shape, in steps from the start; none may be before it."""
        times = real_numbers(t)
        if times is None:
            raise TransitionError(f"{self} has no motion at {shown(t)}: a time is a number, for example at(25)")
        if not (times >= 0).all():
            raise TransitionError(f"{self} has no motion at {times.min()}: its time begins at 0, for example at(25)")
        t = times
        duration = self.duration or 1.0  # a jump, where any divisor will do
        u = np.where(t < self.duration, t / duration, 1.0)
        left = 1 - u
        per_duration, squared = duration * self.velocity, duration * duration * self.acceleration
        p0 = self.start - self.target
        p1 = 3 * p0 + per_duration
        p2 = 6 * p0 + 3 * per_duration + squared / 2
        q, derivative = p0 + u * (p1 + u * p2), p1 + u * (2 * p2)
        return Motion(
            self.target + left * left * left * q,
            left * left * (left * derivative - 3 * q) / duration,
            left * (left * (left * (2 * p2) - 6 * derivative) + 6 * q) / duration / duration,
        )

    def retarget(self, t: float, target: float, duration: float) -> Transition:
        """Make the transition to another target that takes over the motion at time t; its own time begins at 0."""
        if not is_number(t):
            raise TransitionError(f"{self} at {shown(t)}: it can change its target at one time, for example 25")
        value, velocity, acceleration = map(float, self.at(t))
        return Transition(value, target, duration, velocity, acceleration)
