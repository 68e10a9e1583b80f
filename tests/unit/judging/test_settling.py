"""How many seeds would settle a claim, held against what so many seeds do in a simulation."""

import math

import numpy as np
import pytest
from scipy.stats import binom

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Estimate
from excolor.judging.intervals import fraction, median
from excolor.judging.settling import decided_regions, seeds_to_settle, tied


def needed(comparison):
    return seeds_to_settle(comparison.estimate, comparison.claim)


@pytest.mark.parametrize(
    ("comparison", "seeds"),
    [
        # Half the distance to the threshold takes four times as many; the near side of the interval counts.
        (Estimate(1.5, 0.5, 1.7, n=32) > 1, 128),
        (Estimate(0.5, 0.3, 1.5, n=32) < 1, 128),
        (Estimate(1.5, 0.5, 9.0, n=32) > 1, 128),
        # A value on the threshold is never decided, but shown to lie there once the interval fits a quarter.
        (Estimate(1.0, 0.5, 1.5, n=32) > 1, 128),
        (Estimate(1.0, 0.5, 1.25, n=32) > 1, 128),
        (Estimate(0.0, -0.5, 0.5, n=32) > 0, math.inf),
        (Estimate(0.5, -math.inf, math.inf, n=3) > 1, math.inf),
        # Half the interval would do where it lies twice as far from the threshold as it must.
        (Estimate(2.0, 1.5, 3.0, n=32) > 1, 8),
        (Estimate(9.0, 8.9, 9.1, n=32) > 1, 6),
    ],
    ids=str,
)
def test_an_interval_narrows_with_the_root_of_the_seeds(comparison, seeds):
    assert needed(comparison) == seeds


def test_as_many_settle_most_claims_that_were_open():
    draw = np.random.default_rng(0)
    settled = []
    while len(settled) < 200:
        middle = draw.uniform(0.6, 1.7)
        comparison = median(draw.normal(middle, 1, 32)) > 1
        if comparison.verdict is Verdict.OPEN and needed(comparison) < 2000:
            again = median(draw.normal(comparison.estimate.value, 1, needed(comparison) * 2)) > 1
            settled.append(again.verdict is not Verdict.OPEN)
    assert np.mean(settled) > 0.8


def test_ties_are_counted_up_to_rounding():
    claim = (median([1.0] * 8) > 1 / 3).claim
    assert tied((1 / 3, np.float32(1 / 3), 0.3333, 0.5), claim) == 0.5
    assert tied((), claim) == 0


INF = math.inf


def regions(comparison):
    return decided_regions(comparison.estimate, comparison.claim)


def spread(value, low, high):
    """A median with an interval given by hand."""
    return Estimate(value, low, high, 3, (value,) * 3)


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        # From half of the value to twice it: the interval of a value of 2 ends at 1.
        (spread(0.8, 0.4, 1.6) < 1, [(-INF, 0.5), (2, INF)]),
        (spread(0.8, 0.4, 1.6) >= 1, [(-INF, 0.5), (2, INF)]),
        # Below 1/2, by a factor of 4 wide, between both, and above 8.
        (spread(6, 3, 12).between(1, 8), [(-INF, 0.5), (2, 4), (16, INF)]),
        # No interval of this width fits between the bounds.
        (spread(2, 1, 4).between(1, 2), [(-INF, 0.5), (4, INF)]),
        # Where anything is not positive the interval is moved, not stretched.
        (spread(0.25, -0.25, 1.25) > 0, [(-INF, -1), (0.5, INF)]),
        (spread(0.25, 0.0, 1.25) > 1, [(-INF, 0), (1.25, INF)]),
        (spread(0.5, 0.25, 1.5) > -1, [(-INF, -2), (-0.75, INF)]),
        (spread(0.5, 0.25, 0.75).between(0, 1), [(-INF, -0.25), (0.25, 0.75), (1.25, INF)]),
        (spread(0.5, -INF, INF) > 1, []),
        (spread(0.5, -INF, INF).between(0, 1), []),
    ],
    ids=str,
)
def test_a_median_is_decided_where_an_interval_as_wide_takes_in_no_threshold(comparison, expected):
    assert regions(comparison) == expected


def test_at_the_edge_of_a_region_the_interval_ends_at_the_threshold():
    """Worked back: the same samples, scaled so that their median lies at the edge."""
    samples = np.random.default_rng(0).lognormal(0, 1, 64)
    (_, below), (above, _) = regions(median(samples) < 1)
    for value, end in ((below, "high"), (above, "low")):
        scaled = median(samples * (value / median(samples).value))
        assert getattr(scaled, end) == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize(("n", "bound"), [(6, 0.5), (22, 0.5), (64, 0.5), (64, 0.25), (96, 0.75), (512, 0.5)])
def test_a_proportion_is_decided_where_as_many_seeds_would_be_rare_at_the_threshold(n, bound):
    """Clopper and Pearson invert the binomial test: 2.5 % on either side."""
    (none, below), (above, all_of_them) = regions(fraction(np.arange(n) < n // 2) > bound)
    counts = np.arange(n + 1)
    many, few = binom.sf(counts - 1, n, bound) < 0.025, binom.cdf(counts, n, bound) < 0.025
    assert above == counts[many].min() / n
    assert below == counts[few].max() / n
    assert (none, all_of_them) == (-INF, INF)


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        # Five heads of five have a chance of 1/32, more than 2.5 %, and six of six one of 1/64.
        (fraction([True] * 5) > 0.5, []),
        (fraction([True] * 6) > 0.5, [(-INF, 0), (1, INF)]),
        # Of n without one the interval ends at 1 - 0.025^(1/n): for 32 at 0.109.
        (fraction([True] + [False] * 31) < 0.109, [(-INF, 0), (8 / 32, INF)]),
        (fraction([True] + [False] * 31) < 0.108, [(8 / 32, INF)]),
        (fraction([True, False] * 16).between(0.2, 0.8), [(-INF, 1 / 32), (12 / 32, 20 / 32), (31 / 32, INF)]),
    ],
    ids=str,
)
def test_a_proportion_of_few_seeds(comparison, expected):
    assert regions(comparison) == expected


def test_what_is_decided_lies_in_a_region_and_what_is_not_does_not():
    draw = np.random.default_rng(1)
    for _ in range(10):
        n = int(draw.integers(6, 40))
        held = fraction(draw.random(n) < draw.random())
        for comparison in (held < 0.4, held >= 0.6, held.between(0.3, 0.7)):
            inside = any(low <= held.value <= high for low, high in regions(comparison))
            assert inside is (comparison.verdict in (Verdict.CONFIRMED, Verdict.DISCONFIRMED))
