"""Timelines: the course of one property over training, from keyframe to keyframe, by a choice of interpolations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from excolor.numerics.fields import Fielded
from excolor.numerics.functions import power
from excolor.numerics.given import did_you_mean, is_number, is_whole, real_numbers, shown

Floats = NDArray[np.float64]

LOG_FLOOR = 1e-10
"""The least value in log space, which has no 0: the one of the published sheets."""


LARGEST = 1e38
"""About the largest number of single precision, in which models are trained; the way between two such is a number."""


LONGEST = 10_000_000
"""Steps that a run may have: a thousand times those of any published run, and more than can be meant."""


class TimelineError(ValueError):
    """A property whose value at some step would be none."""


def minimum_jerk(u: ArrayLike) -> Floats:
    """10 u^3 - 15 u^4 + 6 u^5: from 0 to 1 with the least jerk, starting and ending at rest.

    Its velocity and its acceleration are 0 at both ends, so that a loss weight which follows it never jolts
    the optimizer. Source: experiment 1.4.

    Args:
        u: the part of the movement's duration that has passed, in [0, 1], any shape.
    """
    u = _parts(u)
    return np.asarray(u * u * u * (10 + u * (6 * u - 15)))  # no power: the same bits on every processor


def linear(u: ArrayLike) -> Floats:
    """u itself: from 0 to 1 at constant speed."""
    return _parts(u)


def step_end(u: ArrayLike) -> Floats:
    """0 for u < 1, and 1 for u = 1: a jump at the end of the way."""
    return np.asarray(_parts(u) >= 1, np.float64)


def _parts(u: ArrayLike) -> Floats:
    parts = real_numbers(u)
    if parts is None or not ((parts >= 0) & (parts <= 1)).all():
        raise TimelineError(f"{shown(u)} as a part of the time of a movement: it must be from 0 to 1, for example 0.5")
    return parts


INTERPOLATIONS: Mapping[str, Callable[[ArrayLike], Floats]] = MappingProxyType(
    {"minjerk": minimum_jerk, "linear": linear, "step": step_end, "step-end": step_end}
)
SPACES = ("linear", "log")


@dataclass(frozen=True)
class Timeline(Fielded):
    """A property's value at every step: between two keyframes, with u the part of the time that has passed,

        y_0 + (y_1 - y_0) f(u)       in linear space
        y_0 (y_1 / y_0) ** f(u)      in log space, where y is at least 1e-10

    The first keyframe's value is held before it, the last one's after it; without any the value is 0.

    Args:
        name: the name of the property, such as "lr" or that of a term.
        keyframes: (step, value) of each, by increasing step.
        space: "linear", the default, or "log", in which no value is below 0.
        interpolation: f, "minjerk" by default, "linear", or "step", which jumps at the next keyframe ("step-end" is
            the same).
    """

    name: str
    keyframes: tuple[tuple[int, float], ...]
    space: str = "linear"
    interpolation: str = "minjerk"

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name:
            raise TimelineError(f"a timeline has the name {shown(self.name)}: it must be a string, for example 'lr'")
        keys: object = self.keyframes
        if not isinstance(keys, tuple) or not all(isinstance(key, tuple) and len(key) == 2 for key in keys):
            raise TimelineError(
                f"{self.name}: the keyframes {shown(keys)}: they must be a tuple of (step, value), for "
                "example ((0, 0.1),)"
            )
        for step, value in self.keyframes:
            if not is_whole(step) or step >= LONGEST or not is_number(value) or abs(value) > LARGEST:
                raise TimelineError(
                    f"{self.name}: the keyframe {shown((step, value))}: its step must be a whole number, 0 or "
                    f"above and below {LONGEST}, and its value a number up to {LARGEST:g}, for example (250, 0.1)"
                )
        for (before, _), (after, _) in pairwise(self.keyframes):
            if after <= before:
                raise TimelineError(
                    f"{self.name}: the keyframe of step {after} stands after that of step {before}: steps increase, "
                    "for example ((0, 0.1), (250, 0.2))"
                )
        for what, given, known in (
            ("space", self.space, SPACES),
            ("interpolation", self.interpolation, tuple(INTERPOLATIONS)),
        ):
            if not isinstance(given, str) or given not in known:
                raise TimelineError(
                    f"{self.name}: the {what} {shown(given)} is unknown{did_you_mean(given, known)}: it may be "
                    f"{', '.join(known)}, for example {known[0]!r}"
                )
        if self.space == "log" and any(value < 0 for _, value in self.keyframes):
            raise TimelineError(
                f"{self.name}: a negative value in log space, where it must be 0 or above, for example 1e-8"
            )

    def at(self, steps: ArrayLike) -> Floats:
        """The value at each of the steps; on a keyframe, the keyframe's own."""
        now = real_numbers(steps)
        if now is None or not ((now >= 0) & (now < LONGEST)).all():
            raise TimelineError(
                f"{self.name} at {shown(steps)}: give steps from 0 on, below {LONGEST}, for example np.arange(3001)"
            )
        if not self.keyframes:
            return np.zeros(now.shape)
        keys, values = (np.array(column, np.float64) for column in zip(*self.keyframes, strict=True))
        if self.space == "log":
            values = np.maximum(values, LOG_FLOOR)
        before = np.clip(np.searchsorted(keys, now, side="right") - 1, 0, None)
        after = np.minimum(before + 1, len(keys) - 1)
        duration = np.maximum(keys[after] - keys[before], 1)  # the last keyframe leads to itself
        passed = np.clip((now - keys[before]) / duration, 0, 1)
        eased = INTERPOLATIONS[self.interpolation](passed)
        if self.space == "log":
            return np.asarray(values[before] * power(values[after] / values[before], eased))
        return np.asarray(values[before] + (values[after] - values[before]) * eased)
