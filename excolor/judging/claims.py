"""Claims about a number, and the verdict of an interval on a claim."""

import enum
import math
from dataclasses import dataclass
from numbers import Real

import numpy as np

from excolor.numerics.given import is_real, shown

NEAR = 1 / 4
"""How far from a threshold, as a share of it, an interval may reach that lies at it."""


class ThresholdError(ValueError):
    """A number that cannot be a threshold."""


class Verdict(enum.StrEnum):
    """The verdict of an interval on a claim."""

    CONFIRMED = "confirmed"
    """The whole interval lies on the claim's side of the threshold."""
    DISCONFIRMED = "disconfirmed"
    """The whole interval lies on the other side."""
    AT_THRESHOLD = "at the threshold"
    """The interval takes the threshold in and lies within a quarter of it on either side: a finding of its own."""
    OPEN = "open"
    """The interval takes the threshold in and reaches farther: there were too few seeds."""

    @property
    def on_record(self) -> str:
        """How a mark records it: at the threshold and open alike are `undecided`."""
        return self.value if self in (Verdict.CONFIRMED, Verdict.DISCONFIRMED) else "undecided"


@dataclass(frozen=True, repr=False)
class Claim:
    """The claim that a number lies between two bounds; printed `< 0.001`, `>= 2` or `between 0.9 and 1.1`.

    A bound is infinite where the claim has none on that side. A strict bound is itself outside of the claim.
    """

    low: float = -math.inf
    high: float = math.inf
    low_is_strict: bool = False
    high_is_strict: bool = False
    source: str = ""
    """Where the published figure stands from which the bounds are derived; empty if there is none."""

    def __post_init__(self) -> None:
        given = f"({self.low}, {self.high})"
        if not is_real(self.low) or not is_real(self.high):
            raise ThresholdError(f"The bounds of a claim are numbers, such as Claim(high=0.5); got {given}.")
        if math.isnan(self.low + self.high) or not (math.isfinite(self.low) or math.isfinite(self.high)):
            raise ThresholdError(f"A claim has a finite bound at least, such as Claim(high=0.5); got {given}.")
        if self.low >= self.high:
            raise ThresholdError(f"between takes the lower bound first, such as (0.9, 1.1); got {given}.")

    def side(self, x: float) -> int:
        """Tell where a number lies: 0 within the claim, -1 below it, 1 above it."""
        if not is_real(x) or math.isnan(x):
            raise ThresholdError(f"A claim is about a number, such as 0.35; got {shown(x)}.")
        if x < self.low or (self.low_is_strict and x == self.low):
            return -1
        if x > self.high or (self.high_is_strict and x == self.high):
            return 1
        return 0

    def judge(self, low: float, high: float) -> Verdict:
        """Judge the claim by an interval that the number is known to lie in."""
        if not is_real(low) or not is_real(high) or not low <= high:
            raise ThresholdError(f"A claim is judged by an interval, such as (0.33, 0.37); got ({low}, {high}).")
        sides = {self.side(low), self.side(high)}
        if len(sides) == 1:
            return Verdict.CONFIRMED if sides == {0} else Verdict.DISCONFIRMED
        reached = [
            bound - NEAR * abs(bound) <= low and high <= bound + NEAR * abs(bound) for bound in self._within(low, high)
        ]
        return Verdict.AT_THRESHOLD if reached and all(reached) else Verdict.OPEN

    def _within(self, low: float, high: float) -> list[float]:
        """The thresholds of the claim that an interval takes in."""
        return [bound for bound in (self.low, self.high) if math.isfinite(bound) and low <= bound <= high]

    def __str__(self) -> str:
        if math.isinf(self.low):
            return f"<{'=' * (not self.high_is_strict)} {_to_six_digits(self.high)}"
        if math.isinf(self.high):
            return f">{'=' * (not self.low_is_strict)} {_to_six_digits(self.low)}"
        return f"between {_to_six_digits(self.low)} and {_to_six_digits(self.high)}"

    __repr__ = __str__


def threshold(number: float) -> float:
    """Check that a number can be a threshold, and return it as a float.

    Raises:
        TypeError: it is no real number.
        ThresholdError: it is not finite.
    """
    if isinstance(number, bool) or not isinstance(number, Real):
        raise TypeError(
            f"An Estimate is compared with a number, such as estimate < 0.5; got {number!r} ({type(number).__name__})."
        )
    if not math.isfinite(number):
        raise ThresholdError(f"A threshold is a finite number, such as 0.5; got {float(number)}.")
    return float(number)


def _to_six_digits(number: float) -> str:
    if not 1e-5 <= abs(number) < 1e6:
        return f"{number:g}"
    return np.format_float_positional(number, 6, fractional=False, trim="-")
