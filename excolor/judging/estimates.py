"""An Estimate over seeds with its interval, held against a claim, and who asked whether the claim is true."""

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from numbers import Real
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Union

from excolor.judging.claims import Claim, Verdict, threshold
from excolor.numerics.given import is_real, is_whole, is_word, real_numbers, shown

DIGITS = 17
"""Of a number in double precision, at the most."""

KINDS = ("error", "ratio", "proportion", "R²", "cosine", "")
"""What a number can be, by which it is told with which others it may share an axis; empty for any other."""

if TYPE_CHECKING:
    from excolor.judging.trials import Trial


class EstimateError(ValueError):
    """Numbers that make no Estimate."""


@dataclass(frozen=True, repr=False)
class Estimate:
    """A measured value with its 95 % interval over `n` seeds: `low <= value <= high`.

    Judge it against a number with `<`, `<=`, `>`, `>=` or, for a claim of no difference, with
    `estimate.between(0.9, 1.1)`. The bounds are infinite where the seeds are too few to tell, never NaN.
    """

    value: float
    low: float
    high: float
    n: int
    samples: tuple[float, ...] = field(default=(), compare=False)
    """The values whose median it is, one for each seed; empty for a proportion, which says all that its seeds do."""
    kind: str = field(default="", compare=False)
    """What kind of number it is, one of KINDS. It is for pictures alone: no verdict and no text depends on it."""

    # Numpy then leaves `np.float64(0.5) < estimate` to the comparisons below.
    __array_ufunc__ = None

    def __post_init__(self) -> None:
        given = f"got value {self.value}, interval [{self.low}, {self.high}], n {self.n}"
        example = "such as Estimate(0.35, 0.33, 0.37, n=32)"
        if not all(map(is_real, (self.value, self.low, self.high))) or not is_whole(self.n):
            raise EstimateError(
                f"An Estimate has numbers for value and bounds, and a whole one of seeds, {example}; {given}."
            )
        samples = real_numbers(self.samples)
        if samples is None or samples.ndim != 1:
            raise EstimateError(
                f"An Estimate has a tuple of numbers for samples, such as (0.3, 0.4); got {shown(self.samples)}."
            )
        if not is_word(self.kind, KINDS):
            known = ", ".join(map(repr, KINDS))
            raise EstimateError(f"An Estimate is of a kind out of {known}, such as 'error'; got {shown(self.kind)}.")
        if not math.isfinite(self.value) or math.isnan(self.low) or math.isnan(self.high):
            raise EstimateError(f"An Estimate has a finite value and no NaN for a bound, {example}; {given}.")
        if not self.low <= self.value <= self.high:
            raise EstimateError(f"The value of an Estimate lies within its interval, {example}; {given}.")
        if self.n < 1:
            raise EstimateError(f"An Estimate rests on at least one seed, {example}; {given}.")
        if len(self.samples) not in (0, self.n):
            raise EstimateError(
                "An Estimate keeps one sample for each of its seeds, such as median([0.3, 0.4]), or none; "
                f"got {len(self.samples)} for n {self.n}."
            )
        strays = [f"{sample:g}" for sample in self.samples if not math.isfinite(sample)]
        if strays:
            raise EstimateError(
                f"An Estimate has finite samples, such as those of median([0.3, 0.4]); got {', '.join(strays)}."
            )
        # Plain numbers, whatever kind was given, since only these can be sent to other processes and to JSON.
        plain = {name: float(getattr(self, name)) for name in ("value", "low", "high")}
        for name, number in (plain | {"n": int(self.n), "samples": tuple(map(float, self.samples))}).items():
            object.__setattr__(self, name, number)

    def text(self, digits: int = 2) -> str:
        """Write the estimate to so many significant digits, such as `0.35 [0.33, 0.37] (32 seeds)`.

        What is the same in every seed has no interval, such as `0.25 in all 32 seeds`.
        """
        (_, value), (_, low), (_, high) = self.rounded(digits)
        if self.is_constant:
            return f"{value} in all {self.n} seeds"
        return f"{value} [{low}, {high}] ({self.n} seed{'' if self.n == 1 else 's'})"

    @property
    def is_constant(self) -> bool:
        """Whether all seeds have the same sample, and an interval would tell of nothing that varies."""
        return self.low == self.high and len(set(self.samples)) == 1

    def rounded(self, digits: int) -> list[tuple[float, str]]:
        """Round the value, the lower and the upper bound: each as it is, and as `text` prints it."""
        if not is_whole(digits, 1) or digits > DIGITS:
            raise EstimateError(f"An Estimate is rounded to 1 to {DIGITS} digits, such as 2; got {shown(digits)}.")
        return [(number, _rounded(number, digits)) for number in (self.value, self.low, self.high)]

    def __repr__(self) -> str:
        return self.text()

    def __bool__(self) -> NoReturn:
        raise TypeError("An Estimate is neither true nor false: compare it, such as estimate < 0.5.")

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Real):
            raise TypeError(
                "An Estimate equals no number: compare it, such as estimate < 0.5, or estimate.between(0.4, 0.6); "
                f"got {other!r}."
            )
        if not isinstance(other, Estimate):
            return NotImplemented
        return (self.value, self.low, self.high, self.n) == (other.value, other.low, other.high, other.n)

    def __lt__(self, limit: float) -> "Comparison":
        return Comparison(self, Claim(high=_threshold(limit), high_is_strict=True))

    def __le__(self, limit: float) -> "Comparison":
        return Comparison(self, Claim(high=_threshold(limit)))

    def __gt__(self, limit: float) -> "Comparison":
        return Comparison(self, Claim(low=_threshold(limit), low_is_strict=True))

    def __ge__(self, limit: float) -> "Comparison":
        return Comparison(self, Claim(low=_threshold(limit)))

    def between(self, low: float, high: float) -> "Comparison":
        """Compare with the claim `low <= estimate <= high`, which says that there is no difference worth the name.

        Confirmed if the whole interval lies within the bounds, disconfirmed if all of it lies above them or
        all of it below.
        """
        return Comparison(self, Claim(_threshold(low), _threshold(high)))


@dataclass(frozen=True, repr=False)
class Comparison:
    """An Estimate compared with a claim about it: true if the claim is confirmed, and only then."""

    estimate: Estimate
    claim: Claim

    def __post_init__(self) -> None:
        if not isinstance(self.estimate, Estimate) or not isinstance(self.claim, Claim):
            raise EstimateError(
                "A Comparison is of an Estimate and a Claim, such as median(samples) < 0.5; got "
                f"{shown(self.estimate)} and {shown(self.claim)}."
            )

    @property
    def verdict(self) -> Verdict:
        return self.claim.judge(self.estimate.low, self.estimate.high)

    @cached_property
    def reading(self) -> str:
        """The estimate as printed, with as many digits as let a reader come to the same verdict.

        And with four at the most as let a reader see that the interval has a width.
        """
        enough = [digits for digits in range(2, 17) if self._keeps_verdict(digits)] or [16]
        apart = (digits for digits in enough if digits <= 4 and self._has_width(digits))
        return self.estimate.text(next(apart, enough[0]))

    def _has_width(self, digits: int) -> bool:
        _, (_, low), (_, high) = self.estimate.rounded(digits)
        return low != high

    def _keeps_verdict(self, digits: int) -> bool:
        """Whether value and bounds keep their sides, and the verdict, if they are rounded to so many digits."""
        rounded = [(exact, float(printed)) for exact, printed in self.estimate.rounded(digits)]
        sides = all(self.claim.side(printed) == self.claim.side(exact) for exact, printed in rounded)
        (_, low), (_, high) = rounded[1:]
        return sides and self.claim.judge(low, high) is self.verdict

    def __repr__(self) -> str:
        return f"{self.reading} {self.claim}: {self.verdict}"

    def __bool__(self) -> bool:
        hear(self)
        return self.verdict is Verdict.CONFIRMED


Judged = Union[Comparison, "Trial"]
"""What an assertion can be judged by: an Estimate compared with a claim, or a claim tried on inputs."""


class Asked(NamedTuple):
    """Something judged whose truth was asked, and the place in the program that asked."""

    comparison: Judged
    frame: FrameType
    instruction: int
    """Offset of the asking instruction in the frame's bytecode, as `f_lasti` counts it."""


_heard: ContextVar[list[Asked] | None] = ContextVar("heard", default=None)


def hear(judged: Judged) -> None:
    """Note down who asks whether something judged is true, by its `__bool__`, if anyone listens."""
    heard = _heard.get()
    if heard is not None:
        frame = sys._getframe(2)
        heard.append(Asked(judged, frame, frame.f_lasti))


@contextmanager
def listening() -> Iterator[list[Asked]]:
    """Collect every Comparison whose truth is asked within the block; an inner block collects its own."""
    heard: list[Asked] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def _threshold(number: float) -> float:
    if isinstance(number, Estimate):
        raise TypeError(
            "An Estimate is compared with a number, such as estimate < 0.5; "
            "to compare two conditions pair them by seed: ratio(a, b) < 1."
        )
    return threshold(number)


def _rounded(number: float, digits: int) -> str:
    if not math.isfinite(number) or number == 0:
        return f"{number:g}"
    scientific = f"{number:.{digits - 1}e}"
    exponent = int(scientific.partition("e")[2])
    return f"{number:.{max(digits - 1 - exponent, 0)}f}" if -6 < exponent < 6 else scientific
