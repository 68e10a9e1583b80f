"""Claims as values: how they print, where a number lies, what an interval says, what makes none."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excolor.judging.claims import Claim, ThresholdError, Verdict
from excolor.judging.estimates import Estimate

half = Estimate(0.5, 0.4, 0.6, n=32)


@pytest.mark.parametrize(
    ("comparison", "claim", "text"),
    [
        (half < 0.7, Claim(high=0.7, high_is_strict=True), "< 0.7"),
        (half <= 1, Claim(high=1), "<= 1"),
        (half > 0, Claim(low=0, low_is_strict=True), "> 0"),
        (half >= -1e-7, Claim(low=-1e-7), ">= -1e-07"),
        (half > 2 / 9, Claim(low=2 / 9, low_is_strict=True), "> 0.222222"),
        (half.between(0.25, 2e7), Claim(0.25, 2e7), "between 0.25 and 2e+07"),
    ],
)
def test_a_comparison_makes_the_claim(comparison, claim, text):
    assert comparison.claim == claim
    assert str(claim) == repr(claim) == text


@pytest.mark.parametrize(
    ("claim", "sides"),
    [
        (Claim(high=0.5), [0, 0, 1]),
        (Claim(high=0.5, high_is_strict=True), [0, 1, 1]),
        (Claim(low=0.5), [-1, 0, 0]),
        (Claim(low=0.5, low_is_strict=True), [-1, -1, 0]),
        (Claim(0.45, 0.5), [-1, 0, 1]),
        (Claim(0.45, 0.5, high_is_strict=True), [-1, 1, 1]),
    ],
)
def test_where_a_number_lies(claim, sides):
    assert [claim.side(x) for x in (0.4, 0.5, 0.6)] == sides


@pytest.mark.parametrize("claim", [Claim(high=0, high_is_strict=True), Claim(low=0, low_is_strict=True), Claim(0, 1)])
def test_infinite_bounds_of_what_is_known_decide_nothing(claim):
    assert claim.judge(-math.inf, math.inf) is Verdict.OPEN


@given(st.floats(-9, 9), st.floats(-9, 9), st.floats(-9, 9))
def test_an_interval_within_the_claim_confirms_it_and_one_apart_denies_it(a, b, limit):
    low, high = sorted((a, b))
    verdict = Claim(high=limit).judge(low, high)
    assert (verdict is Verdict.CONFIRMED) is (high <= limit)
    assert (verdict is Verdict.DISCONFIRMED) is (low > limit)


def test_a_claim_is_a_value():
    assert Claim(high=0.5) == Claim(high=0.5)
    assert Claim(high=0.5) != Claim(high=0.5, high_is_strict=True)
    assert len({Claim(high=1 / 3), Claim(high=1 / 3), Claim(high=0.333333)}) == 2  # though both are printed alike


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ((), "A claim has a finite bound at least, such as Claim(high=0.5); got (-inf, inf)."),
        ((math.inf, math.inf), "A claim has a finite bound at least, such as Claim(high=0.5); got (inf, inf)."),
        ((0.1, math.nan), "A claim has a finite bound at least, such as Claim(high=0.5); got (0.1, nan)."),
        ((0.9, 0.9), "between takes the lower bound first, such as (0.9, 1.1); got (0.9, 0.9)."),
        ((math.inf, 0.9), "between takes the lower bound first, such as (0.9, 1.1); got (inf, 0.9)."),
    ],
)
def test_what_is_no_claim(bounds, message):
    with pytest.raises(ThresholdError, match=f"^{re.escape(message)}$"):
        Claim(*bounds)
