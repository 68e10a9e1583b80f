"""Ways from samples over seeds to an Estimate: a median, a proportion of seeds, and a median paired ratio.

Every interval is exact at 95 % and assumes no distribution: order statistics for a median over seeds,
Clopper-Pearson for a proportion of seeds.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Union

import numpy as np
from numpy.typing import ArrayLike, NDArray

from excolor.judging.estimates import Estimate
from excolor.numerics.given import as_array, is_data_array, shown

if TYPE_CHECKING:
    import xarray as xr

Samples = Union[ArrayLike, "xr.DataArray"]
"""One value per seed."""

CONFIDENCE = 0.95
ENDLESS = 1e30
"""What stands for the quotient of a number by 0 among the samples of an Estimate, which are finite."""

KIND_OF = {"error": "error", "r_squared": "R²", "cosine": "cosine"}
"""The kind of number that measures give, by the name of their DataArray."""

EXAMPLES = {
    "median": "typical_error(ensemble)",
    "ratio": "typical_error(ensemble)",
    "fraction": "typical_error(ensemble) < 0.1",
}


class SampleError(ValueError):
    """Samples that cannot be summarized over seeds."""


def median(samples: Samples) -> Estimate:
    """The median over seeds, with the exact order-statistic interval for the median of the population.

    `samples`: one finite number per seed, a 1-D array or a DataArray over the dim `seed`. The interval runs
    from one sorted sample to another; with n = 6 it is [min, max]. With fewer than 6 seeds no pair of samples
    reaches 95 %, so the bounds are infinite and every comparison is open.
    """
    values = _finite(samples, "median")
    place = _beyond(len(values))
    in_order = np.sort(values)
    return Estimate(
        float(np.median(values)),
        -math.inf if place is None else float(in_order[place]),
        math.inf if place is None else float(in_order[-1 - place]),
        len(values),
        tuple(values.tolist()),
        KIND_OF.get(str(getattr(samples, "name", "")), ""),
    )


@cache
def _beyond(n: int) -> int | None:
    """How many of n sorted samples lie below the interval of the median, and as many above; None if n are too few.

    So many or fewer lie below the median itself with a chance of less than 2.5 %, each by that of 1/2: the sum of
    C(n, i) to that number, out of 2^n. It is counted in whole numbers.
    """
    so_few, choices, place = 1, 1, 0
    while so_few / 2**n < (1 - CONFIDENCE) / 2:
        choices = choices * (n - place) // (place + 1)
        so_few, place = so_few + choices, place + 1
    return place - 1 if place else None


def fraction(mask: Samples) -> Estimate:
    """The proportion of seeds for which something holds, with its Clopper-Pearson interval.

    `mask`: one boolean per seed, a 1-D array or a DataArray over the dim `seed`. Beware that comparing NaN
    gives False, which is counted like a measured False.
    """
    values = _one_per_seed(mask, "fraction")
    if values.dtype != np.bool_:
        raise SampleError(
            f"fraction counts booleans, such as fraction(error < 0.1); got values of type {values.dtype}."
        )
    count, n = int(values.sum()), len(values)
    return Estimate(count / n, *_clopper_pearson(count, n), n, kind="proportion")


@cache
def _clopper_pearson(count: int, n: int) -> tuple[float, float]:
    from scipy.special import betaincinv  # scipy.stats would take 44 MB of every process, and long to load

    beyond = (1 - CONFIDENCE) / 2
    low = betaincinv(count, n - count + 1, beyond) if count > 0 else 0
    high = betaincinv(count + 1, n - count, 1 - beyond) if count < n else 1
    return float(low), float(high)


def ratio(a: Samples, b: Samples) -> Estimate:
    """The median paired ratio of two conditions: the median over seeds of `a / b`, with its exact interval.

    A seed fixes the initial weights and the batches in every condition, so that the quotient of a pair cancels what the
    seed does to both. An error can vanish in a seed, where an answer clamped to [0, 1] is the very color: a quotient by
    0 is infinite, larger than any other, and 0 / 0 counts as 1, since neither is larger.
    `a`, `b`: as for `median`, over the same seeds in the same order; no value of `b` below zero, and fewer than half of
    them zero; and not the same numbers in both, which would be one condition compared with itself.
    """
    over, under = _finite(a, "ratio"), _finite(b, "ratio")
    seeds_a, seeds_b = _seeds(a), _seeds(b)
    if len(over) != len(under) or not np.array_equal(seeds_a, seeds_b):
        raise SampleError(
            "ratio pairs its two conditions seed by seed: both need the same seeds in the same order, "
            f"such as 0..31 and 0..31; got {_listed(seeds_a)} and {_listed(seeds_b)}."
        )
    if (under < 0).any() or 2 * (under == 0).sum() >= len(under):
        raise SampleError(
            "ratio divides by values above zero, such as errors, of which fewer than half may be 0; "
            f"got {under.min():g} at the least (seeds {_listed(seeds_b[under <= 0])})."
        )
    refuse_itself(over, under, seeds_a)
    with np.errstate(all="ignore"):
        found = median(np.nan_to_num(over / under, nan=1, posinf=ENDLESS))
    return replace(found, high=math.inf if found.high >= ENDLESS else found.high, kind="ratio")


def refuse_itself(over: NDArray[np.float64], under: NDArray[np.float64], seeds: NDArray[Any]) -> None:
    """Raise a `SampleError` if both conditions of a ratio have the same numbers."""
    if np.array_equal(over, under):
        raise SampleError(
            "ratio compares two conditions, such as ratio(error_of(deleted, 'red'), error_of(intact, 'red')); "
            f"got the same numbers twice, {over[0]:g} for seed {seeds[0]}: is one condition compared with itself?"
        )


def _one_per_seed(samples: Samples, caller: str) -> NDArray[Any]:
    wanted = f"{caller} takes one value per seed, an array of one dimension or a DataArray over ('seed',)"
    if is_data_array(samples) and samples.dims != ("seed",):
        raise SampleError(f"{wanted}; got dims {samples.dims}. Summarize the others first, such as .max('color').")
    values = as_array(samples)
    if values is None or values.dtype == object or values.ndim != 1:
        raise SampleError(f"{wanted}, such as {EXAMPLES[caller]}; got {shown(samples)}.")
    if len(values) == 0:
        raise SampleError(f"{wanted}; got none.")
    return values


def _finite(samples: Samples, caller: str) -> NDArray[np.float64]:
    values = _one_per_seed(samples, caller)
    if values.dtype.kind not in "iuf":
        raise SampleError(f"{caller} takes real numbers, such as 0.35; got values of type {values.dtype}.")
    values = values.astype(np.float64)
    lost = ~np.isfinite(values)
    if lost.any():
        kinds = ", ".join(sorted({f"{value:g}" for value in values[lost]}))
        raise SampleError(f"{caller} takes finite numbers; got {kinds} for seeds {_listed(_seeds(samples)[lost])}.")
    return values


def _seeds(samples: Samples) -> NDArray[np.int64]:
    """The seeds that the samples are of; their places 0, 1, 2, ... if there is no coordinate `seed`."""
    if is_data_array(samples) and "seed" in samples.coords:
        return np.asarray(samples["seed"])
    return np.arange(len(np.asarray(samples)))


def _listed(seeds: NDArray[np.int64]) -> str:
    return ", ".join(str(seed) for seed in seeds)
