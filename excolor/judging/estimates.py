"""Estimates over seeds with their intervals: a median, a proportion of seeds, and a median paired ratio.

Every interval is exact at 95 % and assumes no distribution: order statistics for a median over seeds,
Clopper-Pearson for a proportion of seeds. Comparing an Estimate with a threshold gives a Comparison, which is
true only if the whole interval lies on the claimed side.
"""

import math
from dataclasses import dataclass, field
from numbers import Real
from typing import NoReturn

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from excolor.judging.claims import Claim, threshold
from excolor.judging.comparisons import Comparison

CONFIDENCE = 0.95


class EstimateError(ValueError):
    """Numbers that make no Estimate."""


class SampleError(ValueError):
    """Samples that cannot be summarized over seeds."""


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

    # Numpy then leaves `np.float64(0.5) < estimate` to the comparisons below.
    __array_ufunc__ = None

    def __post_init__(self) -> None:
        given = f"got value {self.value}, interval [{self.low}, {self.high}], n {self.n}"
        example = "such as Estimate(0.35, 0.33, 0.37, n=32)"
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
        """Write the estimate to so many significant digits, such as `0.35 [0.33, 0.37] (32 seeds)`."""
        (_, value), (_, low), (_, high) = self.rounded(digits)
        return f"{value} [{low}, {high}] ({self.n} seed{'' if self.n == 1 else 's'})"

    def rounded(self, digits: int) -> list[tuple[float, str]]:
        """Round the value, the lower and the upper bound: each as it is, and as `text` prints it."""
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

    def __lt__(self, limit: float) -> Comparison:
        return Comparison(self, Claim(high=_threshold(limit), high_is_strict=True))

    def __le__(self, limit: float) -> Comparison:
        return Comparison(self, Claim(high=_threshold(limit)))

    def __gt__(self, limit: float) -> Comparison:
        return Comparison(self, Claim(low=_threshold(limit), low_is_strict=True))

    def __ge__(self, limit: float) -> Comparison:
        return Comparison(self, Claim(low=_threshold(limit)))

    def between(self, low: float, high: float) -> Comparison:
        """Compare with the claim `low <= estimate <= high`, which says that there is no difference worth the name.

        Confirmed if the whole interval lies within the bounds, disconfirmed if all of it lies above them or
        all of it below.
        """
        return Comparison(self, Claim(_threshold(low), _threshold(high)))


def median(samples: ArrayLike | xr.DataArray) -> Estimate:
    """The median over seeds, with the exact order-statistic interval for the median of the population.

    `samples`: one finite number per seed, a 1-D array or a DataArray over the dim `seed`. The interval runs
    from one sorted sample to another; with n = 6 it is [min, max]. With fewer than 6 seeds no pair of samples
    reaches 95 %, so the bounds are infinite and every comparison is undecided.
    """
    from scipy import stats  # here, since it takes as long to load as the rest of excolor without torch

    values = _finite(samples, "median")
    test = stats.quantile_test(values, q=0, p=0.5)
    low, high = test.confidence_interval(CONFIDENCE)
    # scipy answers NaN for a bound that no sample can give.
    return Estimate(
        float(np.median(values)),
        -math.inf if math.isnan(low) else float(low),
        math.inf if math.isnan(high) else float(high),
        len(values),
        tuple(values.tolist()),
    )


def fraction(mask: ArrayLike | xr.DataArray) -> Estimate:
    """The proportion of seeds for which something holds, with its Clopper-Pearson interval.

    `mask`: one boolean per seed, a 1-D array or a DataArray over the dim `seed`. Beware that comparing NaN
    gives False, which is counted like a measured False.
    """
    from scipy import stats  # here, as in median

    values = _one_per_seed(mask, "fraction")
    if values.dtype != np.bool_:
        raise SampleError(
            f"fraction counts booleans, such as fraction(error < 0.1); got values of type {values.dtype}."
        )
    count, n = int(values.sum()), len(values)
    low, high = stats.binomtest(count, n).proportion_ci(CONFIDENCE, method="exact")
    return Estimate(count / n, float(low), float(high), n)


def ratio(a: ArrayLike | xr.DataArray, b: ArrayLike | xr.DataArray) -> Estimate:
    """The median paired ratio of two conditions: the median over seeds of `a / b`, with its exact interval.

    A seed fixes the initial weights and the batches in every condition, so that the quotient of a pair cancels what the
    seed does to both.
    `a`, `b`: as for `median`, over the same seeds in the same order; every value of `b` above zero.
    """
    over, under = _finite(a, "ratio"), _finite(b, "ratio")
    seeds_a, seeds_b = _seeds(a), _seeds(b)
    if len(over) != len(under) or not np.array_equal(seeds_a, seeds_b):
        raise SampleError(
            "ratio pairs its two conditions seed by seed: both need the same seeds in the same order, "
            f"such as 0..31 and 0..31; got {_listed(seeds_a)} and {_listed(seeds_b)}."
        )
    if (under <= 0).any():
        raise SampleError(
            "ratio divides by values above zero, such as errors; "
            f"got {under.min():g} at the least (seeds {_listed(seeds_b[under <= 0])})."
        )
    return median(over / under)


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


def _one_per_seed(samples: ArrayLike | xr.DataArray, caller: str) -> NDArray[np.generic]:
    wanted = f"{caller} takes one value per seed, an array of one dimension or a DataArray over ('seed',)"
    if isinstance(samples, xr.DataArray) and samples.dims != ("seed",):
        raise SampleError(f"{wanted}; got dims {samples.dims}. Summarize the others first, such as .max('color').")
    values = np.asarray(samples)
    if values.ndim != 1:
        raise SampleError(f"{wanted}; got an array of shape {values.shape}.")
    if len(values) == 0:
        raise SampleError(f"{wanted}; got none.")
    return values


def _finite(samples: ArrayLike | xr.DataArray, caller: str) -> NDArray[np.float64]:
    values = _one_per_seed(samples, caller)
    if values.dtype.kind not in "iuf":
        raise SampleError(f"{caller} takes real numbers, such as 0.35; got values of type {values.dtype}.")
    lost = ~np.isfinite(values.astype(np.float64))
    if lost.any():
        kinds = ", ".join(sorted({f"{value:g}" for value in values[lost]}))
        raise SampleError(f"{caller} takes finite numbers; got {kinds} for seeds {_listed(_seeds(samples)[lost])}.")
    return values.astype(np.float64)


def _seeds(samples: ArrayLike | xr.DataArray) -> NDArray[np.int64]:
    """The seeds that the samples are of; their places 0, 1, 2, ... if there is no coordinate `seed`."""
    if isinstance(samples, xr.DataArray) and "seed" in samples.coords:
        return np.asarray(samples["seed"])
    return np.arange(len(np.asarray(samples)))


def _listed(seeds: NDArray[np.int64]) -> str:
    return ", ".join(str(seed) for seed in seeds)
