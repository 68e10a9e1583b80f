"""What it would take to decide a claim that is open: how many more seeds, or which other value.

And how many of the seeds lie on its threshold.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence

import numpy as np

from excolor.judging.claims import NEAR, Claim
from excolor.judging.estimates import Estimate
from excolor.judging.intervals import fraction

Region = tuple[float, float]
"""From where to where, both ends included."""

LEAST = 6
"""Fewer seeds give a median no interval."""
TIED = 1e-6
"""How far from a threshold, as a share of it, a sample may lie that counts as on it: float32 tells no more apart."""


def seeds_to_settle(estimate: Estimate, claim: Claim) -> float:
    """About how many seeds settle a claim: decide it, or show that the estimate lies at the threshold.

    An interval narrows with the square root of the number of seeds, while the value may stay where it is. Fewer than
    there are where fewer would have settled it; infinite where no number would do, or the interval has no end.
    """
    bounds = [bound for bound in (claim.low, claim.high) if math.isfinite(bound)]
    if math.isinf(estimate.low) or math.isinf(estimate.high):
        return math.inf
    bound = min(bounds, key=lambda each: abs(each - estimate.value))
    below, above = estimate.value - estimate.low, estimate.high - estimate.value
    distance = estimate.value - bound
    decided = _shrunk(below if distance > 0 else above, abs(distance))
    near = NEAR * abs(bound)
    at_threshold = max(_shrunk(below, near + distance), _shrunk(above, near - distance))
    needed = estimate.n * min(decided, at_threshold)
    return max(LEAST, math.ceil(needed)) if math.isfinite(needed) else needed


def _shrunk(width: float, room: float) -> float:
    """How many times as many seeds let a width fit into a room."""
    if width <= 0:
        return 0
    return (width / room) ** 2 if room > 0 else math.inf


def decided_regions(estimate: Estimate, claim: Claim) -> list[Region]:
    """Which measured values would have been decided with as many seeds: those whose interval takes in no threshold.

    In rising order; without an end where all values beyond are. Of a proportion of seeds each count has an interval of
    its own. Around another median it is taken to be as wide as it is around this one: by the same factors where value,
    interval and thresholds are positive, else by the same differences.
    """
    above, below = _of_a_median(estimate, claim) if estimate.samples else _of_a_proportion(estimate.n)
    regions = [
        (-math.inf, below(claim.low)),
        (above(claim.low), below(claim.high)),
        (above(claim.high), math.inf),
    ]
    return [(low, high) for low, high in regions if low <= high and low < math.inf and high > -math.inf]


Edges = tuple[Callable[[float], float], Callable[[float], float]]
"""The least value whose interval lies above a bound, and the highest whose interval lies below; infinite for none."""


def _of_a_median(estimate: Estimate, claim: Claim) -> Edges:
    value, low, high = estimate.value, estimate.low, estimate.high
    if math.isinf(low) or math.isinf(high):
        return lambda bound: math.inf, lambda bound: -math.inf
    if low > 0 and not -math.inf < claim.low <= 0 and claim.high > 0:
        return lambda bound: bound * (value / low), lambda bound: bound * (value / high)
    return lambda bound: bound + (value - low), lambda bound: bound - (high - value)


def _of_a_proportion(n: int) -> Edges:
    def interval(count: int) -> Estimate:
        return fraction(np.arange(n) < count)

    def above(bound: float) -> float:
        """The least count that will do, found by halving since intervals rise with it."""
        least = bisect_left(range(n + 1), True, key=lambda count: interval(count).low > bound)
        return least / n if 0 < least <= n else math.copysign(math.inf, least - 1)

    def below(bound: float) -> float:
        too_many = bisect_left(range(n + 1), True, key=lambda count: interval(count).high >= bound)
        return (too_many - 1) / n if 0 < too_many <= n else math.copysign(math.inf, too_many - 1)

    return above, below


def tied(samples: Sequence[float], claim: Claim) -> float:
    """The share of samples that lie on a threshold of the claim, up to rounding."""
    bounds = [bound for bound in (claim.low, claim.high) if math.isfinite(bound)]
    on = [any(abs(sample - bound) <= TIED * abs(bound) for bound in bounds) for sample in samples]
    return sum(on) / len(on) if on else 0.0
