"""What chance could have done: to one decision, to many at once, and to the same claim on other seeds."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from excolor.judging.claims import Claim, Verdict
from excolor.judging.estimates import Comparison, Estimate
from excolor.judging.intervals import fraction, median

Z = 1.96
"""How many standard deviations an interval of 95 % reaches to either side."""
FEWEST = 6
"""Fewer seeds give a median no interval."""
FAMILY = 0.05
"""The chance of any wrong decision among all, or the share of wrong ones among those made."""


def percentile(samples: Sequence[float], figure: float) -> float:
    """At which percentile of the samples a figure lies, those that equal it counted half: 0 to 100."""
    below = sum(sample < figure for sample in samples) + sum(sample == figure for sample in samples) / 2
    return 100 * below / len(samples)


def p_value(comparison: Comparison) -> float:
    """The chance of an estimate at least as far from its threshold, on either side, if it truly lay there.

    Exact: the sign test for a median, where samples on the threshold count against the estimate, and the binomial test
    for a proportion of seeds. Of two bounds the
    nearer one counts.
    """
    estimate, claim = comparison.estimate, comparison.claim
    bounds = [bound for bound in (claim.low, claim.high) if math.isfinite(bound)]
    if claim.side(estimate.value):
        bounds = [min(bounds, key=lambda bound: abs(bound - estimate.value))]
    return max(_at_least_as_far(estimate, bound) for bound in bounds)


def _at_least_as_far(estimate: Estimate, bound: float) -> float:
    from scipy.stats import binom  # here, since it takes long to load

    above = estimate.value > bound
    if estimate.samples:
        apart = sum(sample > bound if above else sample < bound for sample in estimate.samples)
        one_sided = binom.sf(apart - 1, estimate.n, 0.5)
    else:
        count = round(estimate.value * estimate.n)
        one_sided = binom.sf(count - 1, estimate.n, bound) if above else binom.cdf(count, estimate.n, bound)
    return float(min(1.0, 2 * one_sided))


def remaining_by_holm(ps: Sequence[float]) -> int:
    """How many of these decisions remain if the chance that any of them is wrong is to be 5 % (Holm 1979)."""
    ordered = sorted(ps)
    return next((i for i, p in enumerate(ordered) if p > FAMILY / (len(ordered) - i)), len(ordered))


def remaining_by_benjamini_hochberg(ps: Sequence[float]) -> int:
    """How many of these decisions remain if 5 % of them may be wrong (Benjamini and Hochberg 1995)."""
    ordered = sorted(ps)
    return max((i + 1 for i, p in enumerate(ordered) if p <= FAMILY * (i + 1) / len(ordered)), default=0)


def same_again(comparison: Comparison) -> float:
    """The chance that as many fresh seeds give the same verdict, at the threshold and open taken for one.

    If they are drawn from the samples that there are, or hold in the same proportion of seeds.
    """
    chances = _chances(comparison.estimate, comparison.claim)
    chances[Verdict.OPEN.on_record] = 1 - sum(chances.values())
    return min(1.0, max(0.0, chances[comparison.verdict.on_record]))


def same_with(seeds: int, estimate: Estimate, claim: Claim) -> float:
    """About the chance that another number of seeds gives the same verdict, at the threshold and open taken for one.

    As if the estimate were normally distributed, with a spread that goes with the root of the number of seeds.
    """
    from scipy.stats import norm

    on_record = claim.judge(estimate.low, estimate.high).on_record
    spread = (estimate.high - estimate.low) / (2 * Z) * math.sqrt(estimate.n / seeds)
    if not math.isfinite(spread) or seeds < FEWEST:
        return float(on_record == Verdict.OPEN.on_record)

    def beyond(distance: float) -> float:
        """The chance that an interval lies wholly on the side on which its estimate is so far from a bound."""
        return float(norm.cdf(distance / spread - Z)) if spread else float(distance > 0)

    confirmed = beyond(estimate.value - claim.low) + beyond(claim.high - estimate.value) - 1
    disconfirmed = beyond(claim.low - estimate.value) + beyond(estimate.value - claim.high)
    chances = {Verdict.CONFIRMED.on_record: max(0.0, confirmed), Verdict.DISCONFIRMED.on_record: disconfirmed}
    return chances.get(on_record, max(0.0, 1 - sum(chances.values())))


def _chances(estimate: Estimate, claim: Claim) -> dict[str, float]:
    """Of confirmation and of disconfirmation."""
    confirmed, disconfirmed = Verdict.CONFIRMED.on_record, Verdict.DISCONFIRMED.on_record
    if not estimate.samples:
        return _of_a_proportion(estimate, claim)
    lowest, highest = _ranks(estimate.n)
    sides = np.array([claim.side(sample) for sample in estimate.samples])
    # Of n drawn samples the interval begins at the one of rank `lowest` and ends at that of rank `highest`, from 0: it
    # lies above a bound if no more than `lowest` of them lie at it or below.
    above_low = _at_most(lowest, estimate.n, (sides < 0).mean())
    below_high = _at_most(estimate.n - 1 - highest, estimate.n, (sides > 0).mean())
    wholly_below = _at_most(estimate.n - 1 - highest, estimate.n, (sides >= 0).mean())
    wholly_above = _at_most(lowest, estimate.n, (sides <= 0).mean())
    return {confirmed: max(0.0, above_low + below_high - 1), disconfirmed: wholly_below + wholly_above}


def _of_a_proportion(estimate: Estimate, claim: Claim) -> dict[str, float]:
    from scipy.stats import binom

    chances = dict.fromkeys((Verdict.CONFIRMED.on_record, Verdict.DISCONFIRMED.on_record), 0.0)
    for count in range(estimate.n + 1):
        held = fraction(np.arange(estimate.n) < count)
        verdict = claim.judge(held.low, held.high).on_record
        if verdict in chances:
            chances[verdict] += float(binom.pmf(count, estimate.n, estimate.value))
    return chances


def _ranks(n: int) -> tuple[int, int]:
    """Between which of n sorted samples the interval of a median lies; beyond them where it has no end."""
    interval = median(np.arange(n))
    return (int(interval.low), int(interval.high)) if math.isfinite(interval.low) else (-1, n)


def _at_most(count: int, n: int, p: float) -> float:
    from scipy.stats import binom

    return float(binom.cdf(count, n, p))


def expected_range(chances: Sequence[float]) -> tuple[int, int]:
    """Between which numbers of successes 95 % of outcomes lie, if each comes by a chance of its own."""
    distribution: NDArray[np.float64] = np.ones(1)
    for p in chances:
        distribution = np.convolve(distribution, [1 - p, p])
    below = np.cumsum(distribution)
    return int(np.searchsorted(below, 0.025)), int(np.searchsorted(below, 0.975))
