"""How many seeds would settle a claim, held against what so many seeds do in a simulation."""

import math

import numpy as np
import pytest

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Estimate
from excolor.judging.intervals import median
from excolor.judging.settling import seeds_to_settle, tied


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
