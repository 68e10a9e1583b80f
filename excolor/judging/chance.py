"""What chance could have done: to one decision, to many at once, and to the same claim on other seeds."""

import math
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from excolor.judging.claims import Claim, Verdict
from excolor.judging.estimates import Comparison, Estimate
from excolor.judging.intervals import fraction, median

FAMILY = 0.05
"""The chance of any wrong decision among all, or the share of wrong ones among those made."""
PRIOR = 0.5
"""Of Jeffreys: what is known of a proportion beforehand, in seeds for it and in seeds against it."""
DIGITS = 6
"""To which a mean is rounded, so that one of 9 is not 8.999... and then 8."""
TAIL = 0.025
"""Of the outcomes, on either side of which 95 % lie between."""
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
    from scipy.special import bdtr, bdtrc  # scipy.stats would take as long to load as all else at the end of a run

    above = estimate.value > bound
    if estimate.samples:
        apart = sum(sample > bound if above else sample < bound for sample in estimate.samples)
        one_sided = bdtrc(apart - 1, estimate.n, 0.5)
    else:
        count = round(estimate.value * estimate.n)
        one_sided = bdtrc(count - 1, estimate.n, bound) if above else bdtr(count, estimate.n, bound)
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
    """The chance that as many fresh seeds give the same verdict, at the threshold and open taken for one."""
    return same_with(comparison.estimate.n, comparison.estimate, comparison.claim, beside(comparison))


Beside = tuple[int, int]
"""How many samples lie below a claim, and how many above it."""


def beside(comparison: Comparison) -> Beside | None:
    """How many samples lie on either side of the claim; None of a proportion, whose value says it all."""
    sides = [comparison.claim.side(sample) for sample in comparison.estimate.samples]
    return (sides.count(-1), sides.count(1)) if sides else None


def same_with(seeds: int, estimate: Estimate, claim: Claim, beside: Beside | None) -> float:
    """The chance that so many fresh seeds give the same verdict, at the threshold and open taken for one.

    What is true of so many of the seeds is true of fresh ones as often, within what so few can tell: their number has a
    beta-binomial distribution, from Jeffreys's prior. On which side of the claim each of them lies is all that the
    verdict on a median rests on, whatever the distribution.
    """
    verdict = claim.judge(estimate.low, estimate.high).on_record
    confirmed, disconfirmed = (
        _of_a_median(seeds, estimate.n, claim, beside) if beside else _of_a_proportion(seeds, estimate, claim)
    )
    chances = {Verdict.CONFIRMED.on_record: confirmed, Verdict.DISCONFIRMED.on_record: disconfirmed}
    return min(1.0, max(0.0, chances.get(verdict, 1 - confirmed - disconfirmed)))


def _of_a_median(seeds: int, n: int, claim: Claim, beside: Beside) -> tuple[float, float]:
    """The chances of confirmation and of disconfirmation by so many seeds, of which n lay so beside the claim."""
    below, above = beside
    lowest, highest = _ranks(seeds)
    # Of sorted samples the interval begins at the one of rank `lowest` and ends at that of rank `highest`, from 0: it
    # lies above a bound if no more than `lowest` of them lie at it or below.
    above_low = _at_most(lowest, seeds, below, n) if math.isfinite(claim.low) else 1.0
    below_high = _at_most(seeds - 1 - highest, seeds, above, n) if math.isfinite(claim.high) else 1.0
    wholly_below = _at_most(seeds - 1 - highest, seeds, n - below, n)
    wholly_above = _at_most(lowest, seeds, n - above, n)
    return max(0.0, above_low + below_high - 1), wholly_below + wholly_above


def _of_a_proportion(seeds: int, estimate: Estimate, claim: Claim) -> tuple[float, float]:
    held_before = round(estimate.value * estimate.n)
    verdicts = [claim.judge(low, high) for low, high in _of_every_count(seeds)]
    prior = held_before + PRIOR, estimate.n - held_before + PRIOR
    chances = _of_each_count(seeds, *prior)
    confirmed, disconfirmed = (
        float(sum(chances[count] for count, given in enumerate(verdicts) if given is verdict))
        for verdict in (Verdict.CONFIRMED, Verdict.DISCONFIRMED)
    )
    return confirmed, disconfirmed


@cache
def _of_every_count(n: int) -> list[tuple[float, float]]:
    """The interval of a proportion of n seeds, for each count of them from none to all."""
    proportions = [fraction(np.arange(n) < count) for count in range(n + 1)]
    return [(each.low, each.high) for each in proportions]


@cache
def _ranks(n: int) -> tuple[int, int]:
    """Between which of n sorted samples the interval of a median lies; beyond them where it has no end."""
    interval = median(np.arange(n))
    return (int(interval.low), int(interval.high)) if math.isfinite(interval.low) else (-1, n)


def _at_most(count: int, seeds: int, before: int, n: int) -> float:
    """The chance that it is true of at most so many of these seeds, as it was of so many of n before."""
    return float(_of_each_count(seeds, before + PRIOR, n - before + PRIOR)[: count + 1].sum())


def _of_each_count(seeds: int, held: float, others: float) -> NDArray[np.float64]:
    """The chances that it is true of 0, 1, ... of these seeds, beta-binomial: C(S, k) B(k + a, S - k + b) / B(a, b)."""
    from scipy.special import betaln  # scipy.stats would take 44 MB of every process, and long to load

    count = np.arange(seeds + 1)
    choices = -betaln(count + 1, seeds - count + 1) - math.log(seeds + 1)
    chances: NDArray[np.float64] = np.exp(choices + betaln(count + held, seeds - count + others) - betaln(held, others))
    return chances


def expected_range(groups: Iterable[Sequence[float]]) -> tuple[int, int]:
    """Between which numbers of successes 95 % of outcomes lie or more, if each comes by a chance of its own.

    `groups`: the chances of those that depend on one another, and on no others. How much they do is not known. If each
    group went by one luck, so that with any success come all that have a higher chance, the number would vary the most,
    and so would the mean of its lowest 2.5 %. Whatever the dependence, at most 2.5 % lie below that mean, since their
    own mean would else be lower; as many above that of the highest (convex order: Kaas, Dhaene and Goovaerts 2000).
    """
    outcomes = np.ones(1)
    for group in groups:
        or_more = np.sort(group)[::-1]
        outcomes = np.convolve(outcomes, -np.diff([1.0, *or_more, 0.0]))
    return _mean_of_lowest(outcomes), len(outcomes) - 1 - _mean_of_lowest(outcomes[::-1])


def _mean_of_lowest(outcomes: NDArray[np.float64]) -> int:
    """The mean of the lowest 2.5 % of 0, 1, 2, ..., which have these chances; rounded down."""
    lowest = np.diff(np.minimum(np.cumsum(outcomes), TAIL), prepend=0)
    return math.floor(round(float(lowest @ np.arange(len(outcomes))) / TAIL, DIGITS))
