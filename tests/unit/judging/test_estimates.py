"""What a comparison of an Estimate with a threshold makes of both, and who hears of it."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Comparison, Estimate, EstimateError, listening

half = Estimate(0.5, 0.4, 0.6, n=32)
CONFIRMED, DISCONFIRMED, TIED, OPEN = Verdict

# Eighths are exact in binary, so that the expectations below hold to the last bit.
eighths = st.integers(-8000, 8000).map(lambda k: k / 8)


class TestFourVerdicts:
    @pytest.mark.parametrize(
        ("comparison", "verdict"),
        [
            (half < 0.7, CONFIRMED),
            (half < 0.3, DISCONFIRMED),
            (half < 0.5, TIED),
            (half > 0.3, CONFIRMED),
            (half > 0.7, DISCONFIRMED),
            (half > 0.5, TIED),
            (half.between(0.3, 0.7), CONFIRMED),
            (half.between(0.7, 0.9), DISCONFIRMED),
            (half.between(0.1, 0.3), DISCONFIRMED),
            (half.between(0.5, 0.9), TIED),
            (half.between(0.45, 0.55), OPEN),
        ],
        ids=str,
    )
    def test_where_the_interval_lies(self, comparison, verdict):
        assert comparison.verdict is verdict
        assert bool(comparison) is (verdict is CONFIRMED)

    @pytest.mark.parametrize(
        ("comparison", "verdict"),
        [
            (half < 0.6, OPEN),
            (half <= 0.6, CONFIRMED),
            (half < 0.4, DISCONFIRMED),
            (half <= 0.4, OPEN),
            (half > 0.4, OPEN),
            (half >= 0.4, CONFIRMED),
            (half > 0.6, DISCONFIRMED),
            (half >= 0.6, OPEN),
            (half.between(0.4, 0.6), CONFIRMED),
            (half.between(0.6, 0.7), OPEN),
        ],
        ids=str,
    )
    def test_a_bound_on_the_threshold(self, comparison, verdict):
        assert comparison.verdict is verdict

    @pytest.mark.parametrize(
        ("estimate", "verdict"),
        [
            (Estimate(1, 0.75, 1.25, n=32), TIED),
            (Estimate(1, 0.7499, 1.25, n=32), OPEN),
            (Estimate(1, 0.75, 1.2501, n=32), OPEN),
            (Estimate(1, 0.999, 1.001, n=32), TIED),
            (Estimate(1.2, 1, 1.25, n=32), TIED),
            (Estimate(1.2, 1.0001, 1.25, n=32), CONFIRMED),
        ],
        ids=str,
    )
    def test_a_quarter_of_the_threshold_on_either_side_is_at_it(self, estimate, verdict):
        assert (estimate > 1).verdict is verdict
        mirrored = Estimate(-estimate.value, -estimate.high, -estimate.low, n=32)
        assert (mirrored < -1).verdict is verdict

    def test_nothing_but_0_is_near_0(self):
        assert (Estimate(0, -1e-9, 1e-9, n=32) < 0).verdict is OPEN

    @pytest.mark.parametrize("threshold", [-1e300, 0.5, 1e300])
    def test_infinite_bounds_decide_nothing(self, threshold):
        unknown = Estimate(0.5, -math.inf, math.inf, n=3)
        comparisons = (unknown < threshold, unknown >= threshold, unknown.between(-1e300, 1e300))
        assert [comparison.verdict for comparison in comparisons] == [OPEN, OPEN, OPEN]

    @given(st.tuples(eighths, eighths, eighths).map(sorted), eighths)
    def test_a_claim_and_its_opposite_are_never_both_confirmed(self, bounds, threshold):
        low, value, high = bounds
        estimate = Estimate(value, low, high, n=32)
        opposite = {CONFIRMED: DISCONFIRMED, DISCONFIRMED: CONFIRMED, TIED: TIED, OPEN: OPEN}
        assert (estimate < threshold).verdict is opposite[(estimate >= threshold).verdict]
        assert (estimate > threshold).verdict is opposite[(estimate <= threshold).verdict]

    @pytest.mark.parametrize(("bounds", "verdict"), [((0.3, 0.7), True), ((0.5, 0.7), False), ((0.3, 0.5), False)])
    def test_chained(self, bounds, verdict):
        low, high = bounds
        assert bool(low < half < high) is verdict

    def test_a_numpy_number_on_the_left(self):
        comparison = np.float64(0.3) < half
        assert isinstance(comparison, Comparison)
        assert repr(comparison) == "0.50 [0.40, 0.60] (32 seeds) > 0.3: confirmed"

    def test_equality_is_that_of_the_numbers(self):
        assert Estimate(0.5, 0.4, 0.6, n=32) == half
        assert Estimate(0.5, 0.4, 0.6, n=31) != half


class TestText:
    @pytest.mark.parametrize(
        ("comparison", "text"),
        [
            (half < 0.5, "0.50 [0.40, 0.60] (32 seeds) < 0.5: at the threshold"),
            (half <= 1, "0.50 [0.40, 0.60] (32 seeds) <= 1: confirmed"),
            (half >= 0.00003, "0.50 [0.40, 0.60] (32 seeds) >= 0.00003: confirmed"),
            (half.between(0.9, 1.1), "0.50 [0.40, 0.60] (32 seeds) between 0.9 and 1.1: disconfirmed"),
        ],
    )
    def test_comparison(self, comparison, text):
        assert repr(comparison) == text

    def test_more_digits_where_two_would_hide_the_verdict(self):
        close = Estimate(1.002, 1.0003, 1.004, 32)
        assert repr(close > 1) == "1.0020 [1.0003, 1.0040] (32 seeds) > 1: confirmed"

    def test_more_digits_where_two_would_hide_the_width(self):
        """Four at the most, or an interval of next to nothing would need a line of its own."""
        assert (Estimate(1.08, 1.07, 1.1, 32) > 0.5).reading == "1.08 [1.07, 1.10] (32 seeds)"
        assert (Estimate(0.25, 0.25, 0.2500001, 32) < 1).reading == "0.25 [0.25, 0.25] (32 seeds)"

    @given(st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3).map(sorted), st.floats(-1e9, 1e9))
    def test_a_reader_of_the_numbers_comes_to_the_same_verdict(self, bounds, threshold):
        low, value, high = bounds
        comparison = Estimate(value, low, high, n=32) < threshold
        printed = [float(number) for number in re.findall(r"[-+.e\d]+", comparison.reading)[:3]]
        assert (Estimate(printed[0], printed[1], printed[2], n=32) < threshold).verdict is comparison.verdict


class TestListening:
    def test_hears_each_comparison_that_is_asked_in_order(self):
        first, second, third = half < 1, half < 2, half < 3
        with listening() as heard:
            assert first
            if not second:
                raise NotImplementedError
        assert third
        assert [asked.comparison for asked in heard] == [first, second]
        assert {asked.frame.f_code.co_name for asked in heard} == {"test_hears_each_comparison_that_is_asked_in_order"}

    def test_a_comparison_that_nobody_asks_is_not_heard(self):
        with listening() as heard:
            _ = half < 1
        assert heard == []

    def test_an_inner_block_keeps_its_own(self):
        with listening() as outer:
            with listening() as inner:
                assert half < 1
            assert half < 2
        assert ([str(asked.comparison.claim) for asked in inner], len(inner)) == (["< 1"], 1)
        assert [str(asked.comparison.claim) for asked in outer] == ["< 2"]


def test_a_kind_changes_neither_what_is_printed_nor_what_is_equal():
    plain, error = (Estimate(0.35, 0.33, 0.37, 32, kind=kind) for kind in ("", "error"))
    assert repr(plain) == repr(error)
    assert plain == error
    assert repr(plain < 0.4) == repr(error < 0.4)


def test_a_kind_that_there_is_not_is_refused():
    with pytest.raises(EstimateError, match=re.escape("'cosine', '', such as 'error'; got 'share'.")):
        Estimate(0.35, 0.33, 0.37, 32, kind="share")
