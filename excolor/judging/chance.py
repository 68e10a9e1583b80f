"""What chance could have done: to one decision, to many at once, and to the same claim on other seeds."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from excolor.judging.claims import Claim, Verdict
from excolor.judging.estimates import Comparison, Estimate
from excolor.judging.intervals import fraction, median

Z = 1.96
"""How many standard deviations 95 % of a normal distribution reach to either side."""
TOGETHER = 0.1
"""The correlation of predictions of one file, which are of the same models. In nine blocks of eight seeds it was 0.04
for those of 2.9: too few blocks to tell, and so more is taken."""
FEWEST = 6
"""Fewer seeds give a median no interval."""
FAMILY = 0.05
"""The chance of any wrong decision among all, or the share of wrong ones among those made."""
PRIOR = 0.5
"""Of Jeffreys: what is known of a proportion beforehand, in seeds for it and in seeds against it."""
TIED = 1e-5
"""Numbers that differ by less, as a share of themselves, are taken for equal: a record has six digits."""


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


def p_of_difference(was: Estimate, now: Estimate) -> float:
    """The chance of two estimates at least as far apart, on either side, if all seeds are of one population.

    `now` has its samples, unless both are proportions; of `was` it takes value and n alone. Exact: Fisher's test for
    two proportions, and the control median test for two medians: how many samples of the one lie below the median of
    the other follows from the chance of each order of all of them (Gart 1963). Samples that equal that median count
    against a difference, on either side.
    """
    from scipy.stats import fisher_exact

    if now.samples:
        return _p_beside_a_median(was.value, was.n, np.array(now.samples))
    counts = [[round(each.value * each.n), each.n - round(each.value * each.n)] for each in (was, now)]
    return float(fisher_exact(counts).pvalue)


def _p_beside_a_median(middle: float, n: int, samples: NDArray[np.float64]) -> float:
    """The chance that so many or more samples lie on one side of the median of n others, twice over for two sides."""
    from scipy.stats import hypergeom

    tied = np.isclose(samples, middle, rtol=TIED, atol=0)
    below, above = int(((samples < middle) & ~tied).sum()), int(((samples > middle) & ~tied).sum())
    most, half = max(below, above), n // 2
    # They do if of the `most` + `half` first of all in order no more than half the others are among them. Of an even
    # number the median lies between two: to be safe, each side is counted from the one beyond it.
    return float(min(1.0, 2 * hypergeom.cdf(half, n + len(samples), n, most + half)))


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

    What is true of so many of these seeds is true of fresh ones as often, within what so few can tell: their number has
    a beta-binomial distribution, from Jeffreys's prior.
    """
    chances = _chances(comparison.estimate, comparison.claim)
    chances[Verdict.OPEN.on_record] = 1 - sum(chances.values())
    return min(1.0, max(0.0, chances[comparison.verdict.on_record]))


def same_with(seeds: int, estimate: Estimate, claim: Claim) -> float:
    """About the chance that another number of seeds gives the same verdict, at the threshold and open taken for one.

    As if estimates were normally distributed, with a spread that goes with the root of the number of seeds.
    """
    from scipy.stats import norm

    on_record = claim.judge(estimate.low, estimate.high).on_record
    known = (estimate.high - estimate.low) / (2 * _reach(estimate.n))
    spread = known * math.sqrt(estimate.n / seeds)
    if not math.isfinite(spread) or seeds < FEWEST:
        return float(on_record == Verdict.OPEN.on_record)
    reach = _reach(seeds)

    def beyond(distance: float) -> float:
        """The chance that an interval lies wholly on the side on which its estimate is so far from a bound."""
        return (
            float(norm.cdf((distance - reach * spread) / math.hypot(known, spread))) if spread else float(distance > 0)
        )

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
    above_low = _at_most(lowest, sides < 0)
    below_high = _at_most(estimate.n - 1 - highest, sides > 0)
    wholly_below = _at_most(estimate.n - 1 - highest, sides >= 0)
    wholly_above = _at_most(lowest, sides <= 0)
    return {confirmed: max(0.0, above_low + below_high - 1), disconfirmed: wholly_below + wholly_above}


def _of_a_proportion(estimate: Estimate, claim: Claim) -> dict[str, float]:
    from scipy.stats import betabinom

    held_before = round(estimate.value * estimate.n)
    chances = dict.fromkeys((Verdict.CONFIRMED.on_record, Verdict.DISCONFIRMED.on_record), 0.0)
    for count in range(estimate.n + 1):
        held = fraction(np.arange(estimate.n) < count)
        verdict = claim.judge(held.low, held.high).on_record
        if verdict in chances:
            prior = held_before + PRIOR, estimate.n - held_before + PRIOR
            chances[verdict] += float(betabinom.pmf(count, estimate.n, *prior))
    return chances


def _ranks(n: int) -> tuple[int, int]:
    """Between which of n sorted samples the interval of a median lies; beyond them where it has no end."""
    interval = median(np.arange(n))
    return (int(interval.low), int(interval.high)) if math.isfinite(interval.low) else (-1, n)


def _reach(n: int) -> float:
    """How many standard deviations the interval of a median of n seeds reaches to either side, in the mean."""
    from scipy.stats import binom, norm

    return -float(norm.ppf(binom.cdf(_ranks(n)[0], n, 0.5)))


def _at_most(count: int, true: NDArray[np.bool_]) -> float:
    """The chance that it is true of at most so many of as many fresh seeds."""
    from scipy.stats import betabinom

    n, before = len(true), int(true.sum())
    return float(betabinom.cdf(count, n, before + PRIOR, n - before + PRIOR))


def expected_range(groups: Iterable[Sequence[float]]) -> tuple[int, int]:
    """Between which numbers of successes 95 % of outcomes lie, if each comes by a chance of its own.

    `groups`: the chances of those that are correlated with one another, by `TOGETHER`, and with no others. As if the
    number of successes were normally distributed.
    """
    chances = [np.asarray(group, float) for group in groups]
    mean = sum(float(group.sum()) for group in chances)
    deviations = [np.sqrt(group * (1 - group)) for group in chances]
    variance = sum((1 - TOGETHER) * float((each**2).sum()) + TOGETHER * float(each.sum()) ** 2 for each in deviations)
    reach = Z * math.sqrt(variance)
    return max(0, math.floor(mean - reach)), min(sum(map(len, chances)), math.ceil(mean + reach))
