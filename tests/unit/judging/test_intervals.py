"""Estimates, their exact intervals, and what a comparison with a threshold makes of them."""

import math
import re

import numpy as np
import pytest
import xarray as xr
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from excolor.judging.claims import ThresholdError
from excolor.judging.estimates import Estimate, EstimateError
from excolor.judging.intervals import SampleError, fraction, median, ratio

half = Estimate(0.5, 0.4, 0.6, n=32)

# Eighths are exact in binary, so that the expectations below hold to the last bit.
eighths = st.integers(-8000, 8000).map(lambda k: k / 8)
samples = st.lists(eighths, min_size=1, max_size=40)


def over_seeds(values, seeds):
    return xr.DataArray(values, dims="seed", coords={"seed": list(seeds)})


class TestText:
    @pytest.mark.parametrize(
        ("estimate", "text"),
        [
            (Estimate(0.35, 0.33, 0.37, 32), "0.35 [0.33, 0.37] (32 seeds)"),
            (Estimate(0.0006, 0.000384, 0.00096, 32), "0.00060 [0.00038, 0.00096] (32 seeds)"),
            (Estimate(1.0, 0.89, 1.0, 1), "1.0 [0.89, 1.0] (1 seed)"),
            (Estimate(0.0, 0.0, 0.0996, 32), "0 [0, 0.10] (32 seeds)"),
            (Estimate(3.1e-7, 9.96e-8, 4e-5, 32), "3.1e-07 [1.0e-07, 0.000040] (32 seeds)"),
            (Estimate(1234.5, -7.25, 3e9, 32), "1234 [-7.2, 3.0e+09] (32 seeds)"),
            (Estimate(0.5, -math.inf, math.inf, 5), "0.50 [-inf, inf] (5 seeds)"),
        ],
    )
    def test_two_significant_digits(self, estimate, text):
        assert str(estimate) == repr(estimate) == text

    @pytest.mark.parametrize(
        ("samples", "text"),
        [
            ([0.25] * 32, "0.25 in all 32 seeds"),
            ([0.25] * 31 + [0.5], "0.25 [0.25, 0.25] (32 seeds)"),
            ([0.25] * 5, "0.25 [-inf, inf] (5 seeds)"),
        ],
        ids=["all alike", "all but one", "too few to tell"],
    )
    def test_what_is_the_same_in_every_seed_is_a_fact(self, samples, text):
        assert str(median(samples)) == text

    def test_what_all_of_some_seeds_do_is_none(self):
        assert str(fraction([True] * 32)) == "1.0 [0.89, 1.0] (32 seeds)"


class TestFractionBesideScipy:
    @pytest.mark.parametrize("n", [1, 2, 9, 32, 63, 384])
    def test_scipy_has_the_same_interval_of_every_count(self, n):
        """Its own comes by a search for the share with which so many are as rare as 2.5 %."""
        for count in range(n + 1):
            found = fraction(np.arange(n) < count)
            expected = stats.binomtest(count, n).proportion_ci(0.95, method="exact")
            assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-9)


class TestMedian:
    def test_six_seeds_reach_from_the_least_to_the_greatest(self):
        # All six lie on one side of the median with probability 2 / 2**6 = 3 %.
        assert median([4.0, 1.0, 9.0, 2.0, 7.0, 3.0]) == Estimate(3.5, 1.0, 9.0, n=6)

    def test_nine_seeds_reach_from_the_second_to_the_eighth(self):
        # At most one of nine on one side: 2 * (1 + 9) / 2**9 = 3.9 %; at most two would be 18 %.
        assert median(np.arange(9.0)) == Estimate(4.0, 1.0, 7.0, n=9)

    @pytest.mark.parametrize("n", [*range(6, 130), 384, 1023, 1024, 4001, 10_000])
    def test_scipy_has_the_same(self, n):
        found = median(np.arange(float(n)))
        expected = stats.quantile_test(np.arange(float(n)), p=0.5).confidence_interval(0.95)
        assert (found.low, found.high) == (expected.low, expected.high)

    @pytest.mark.parametrize("n", [1, 5])
    def test_too_few_seeds_have_no_bounds(self, n):
        assert median(np.arange(float(n))) == Estimate((n - 1) / 2, -math.inf, math.inf, n)

    def test_every_order_statistic_pair_by_counting(self):
        """The narrowest symmetric pair of ranks that a fair coin, tossed n times, leaves out in 5 % or fewer."""
        for n in range(6, 80):
            below = np.cumsum([math.comb(n, k) / 2**n for k in range(n)])
            rank = int((below <= 0.025).sum()) - 1
            estimate = median(np.arange(float(n)))
            assert (estimate.low, estimate.high) == (rank, n - 1 - rank), n

    def test_the_interval_covers_the_median_as_often_as_it_says(self):
        draws = np.random.Generator(np.random.PCG64(210)).exponential(size=(600, 32))
        estimates = [median(draw) for draw in draws]
        covered = np.mean([estimate.low <= math.log(2) <= estimate.high for estimate in estimates])
        # Ranks 10 and 23 of 32 cover 98.0 %; 600 draws scatter by 0.6 %.
        assert 0.96 < covered < 0.998

    @given(samples, st.randoms(use_true_random=False))
    def test_the_order_of_the_seeds_does_not_matter(self, values, random):
        shuffled = random.sample(values, len(values))
        assert median(shuffled) == median(values)

    @given(samples.filter(lambda values: len(values) % 2 == 1))
    def test_a_rising_map_moves_value_and_bounds_along(self, values):
        before, after = median(values), median([value**3 for value in values])
        assert (after.value, after.low, after.high) == (before.value**3, before.low**3, before.high**3)

    @given(samples)
    def test_mirrored(self, values):
        before, after = median(values), median([-value for value in values])
        assert (after.value, after.low, after.high) == (-before.value, -before.high, -before.low)

    def test_an_array_over_seeds(self):
        assert median(over_seeds([1.0, 2.0, 3.0], [7, 8, 9])) == median([1, 2, 3])

    def test_plain_floats(self):
        estimate = median(np.arange(9, dtype=np.float32))
        assert {type(number) for number in (estimate.value, estimate.low, estimate.high)} == {float}


class TestFraction:
    @pytest.mark.parametrize("n", [1, 8, 32, 96])
    def test_none_and_all(self, n):
        bound = 1 - 0.025 ** (1 / n)
        none, every = fraction(np.zeros(n, bool)), fraction(np.ones(n, bool))
        assert (none.value, none.low, none.n) == (0, 0, n)
        assert (every.value, every.high, every.n) == (1, 1, n)
        assert none.high == pytest.approx(bound, rel=1e-12)
        assert every.low == pytest.approx(1 - bound, rel=1e-12)

    @given(st.integers(1, 60), st.data())
    def test_the_bounds_leave_a_fortieth_in_each_tail(self, n, data):
        count = data.draw(st.integers(0, n))
        estimate = fraction(np.arange(n) < count)

        def binomial(k, p):
            return math.comb(n, k) * p**k * (1 - p) ** (n - k)

        if count > 0:
            assert sum(binomial(k, estimate.low) for k in range(count, n + 1)) == pytest.approx(0.025, rel=1e-6)
        if count < n:
            assert sum(binomial(k, estimate.high) for k in range(count + 1)) == pytest.approx(0.025, rel=1e-6)

    @given(st.lists(st.booleans(), min_size=1, max_size=40))
    def test_the_opposite_is_mirrored(self, mask):
        held, failed = fraction(mask), fraction(np.logical_not(mask))
        mirrored = (1 - held.value, 1 - held.high, 1 - held.low)
        assert (failed.value, failed.low, failed.high) == pytest.approx(mirrored, abs=1e-9)


class TestRatio:
    def test_each_seed_is_divided_by_itself(self):
        # Seeds differ a hundredfold, the conditions by exactly two.
        base = np.geomspace(1, 100, 9)
        assert ratio(over_seeds(2 * base, range(9)), over_seeds(base, range(9))) == Estimate(2, 2, 2, n=9)

    @given(st.lists(st.tuples(eighths, st.sampled_from([0.25, 0.5, 1.0, 2.0])), min_size=1, max_size=40))
    def test_it_is_the_median_of_the_ratios(self, pairs):
        over, under = zip(*pairs, strict=True)
        assume(over != under)
        assert ratio(over, under) == median([a / b for a, b in pairs])

    @given(st.lists(st.integers(-8, 8).map(lambda k: 2.0**k), min_size=1, max_size=39))
    def test_turned_over(self, values):
        assume(len(values) % 2 == 1 and set(values) != {1})
        ones = [1.0] * len(values)
        up, down = ratio(values, ones), ratio(ones, values)
        assert up.value == 1 / down.value
        if len(values) >= 6:
            assert (up.low, up.high) == (1 / down.high, 1 / down.low)

    @pytest.mark.parametrize("a", [1e-9, 1e9])
    def test_a_quotient_by_zero_is_larger_than_any(self, a):
        """As by an error that vanished in one seed: the interval still goes from one measured quotient to another."""
        found = ratio([*range(1, 9), a], [*[1.0] * 8, 0.0])
        assert found == Estimate(5, 2, 8, n=9)
        assert max(found.samples) == found.samples[-1]

    def test_too_many_quotients_by_zero_have_no_bound(self):
        assert ratio(range(1, 10), [*[1.0] * 7, 0.0, 0.0]) == Estimate(5, 2, math.inf, n=9)

    def test_zero_by_zero_is_one(self):
        assert ratio([0.0, 3.0, 4.0], [0.0, 1.0, 1.0]).samples == (1, 3, 4)


class TestSamples:
    @given(samples)
    def test_a_median_keeps_what_it_is_the_median_of(self, values):
        assert median(values).samples == tuple(values)

    def test_a_ratio_keeps_the_quotients_in_the_order_of_the_seeds(self):
        assert ratio([4, 2, 9], [1.0, 4.0, 3.0]).samples == (4, 0.5, 3)

    def test_a_fraction_keeps_none(self):
        assert fraction([True, False]).samples == ()

    def test_plain_floats(self):
        assert {type(sample) for sample in median(np.arange(9, dtype=np.float32)).samples} == {float}

    def test_they_are_not_printed_and_make_no_difference(self):
        kept, bare = median([1, 2, 3]), Estimate(2, -math.inf, math.inf, n=3)
        assert (kept, hash(kept), repr(kept)) == (bare, hash(bare), repr(bare))


NAN = math.nan
ONE_PER_SEED = "takes one value per seed, an array of one dimension or a DataArray over ('seed',)"


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("numbers", "message"),
        [
            ((NAN, 0.1, 0.2, 3), "has a finite value and no NaN for a bound"),
            ((math.inf, 0.1, math.inf, 3), "has a finite value and no NaN for a bound"),
            (
                (0.1, NAN, 0.2, 3),
                "such as Estimate(0.35, 0.33, 0.37, n=32); got value 0.1, interval [nan, 0.2], n 3.",
            ),
            ((0.1, 0.0, NAN, 3), "got value 0.1, interval [0.0, nan], n 3."),
            ((0.3, 0.1, 0.2, 3), "The value of an Estimate lies within its interval"),
            ((0.15, 0.1, 0.2, 0), "An Estimate rests on at least one seed"),
            ((0.15, 0.1, 0.2, 3, (0.1, 0.2)), "such as median([0.3, 0.4]), or none; got 2 for n 3."),
            ((0.15, 0.1, 0.2, 1, (NAN,)), "has finite samples, such as those of median([0.3, 0.4]); got nan."),
        ],
        ids=str,
    )
    def test_an_estimate_of_nothing(self, numbers, message):
        with pytest.raises(EstimateError, match=re.escape(message)):
            Estimate(*numbers)

    @pytest.mark.parametrize("threshold", [NAN, math.inf, -math.inf])
    @pytest.mark.parametrize("name", ["__lt__", "__le__", "__gt__", "__ge__"])
    def test_a_threshold_that_is_not_finite(self, name, threshold):
        with pytest.raises(ThresholdError, match=rf"^A threshold is a finite number, such as 0\.5; got {threshold}\.$"):
            getattr(half, name)(threshold)

    @pytest.mark.parametrize(
        ("bounds", "message"),
        [
            ((0.9, NAN), "A threshold is a finite number, such as 0.5; got nan."),
            ((1.1, 0.9), "between takes the lower bound first, such as (0.9, 1.1); got (1.1, 0.9)."),
        ],
        ids=str,
    )
    def test_bounds_that_enclose_nothing(self, bounds, message):
        with pytest.raises(ThresholdError, match=re.escape(message)):
            half.between(*bounds)

    @pytest.mark.parametrize(
        ("threshold", "given"), [("1", "'1' (str)"), (True, "True (bool)"), (None, "None (NoneType)")]
    )
    def test_a_threshold_that_is_no_number(self, threshold, given):
        message = f"An Estimate is compared with a number, such as estimate < 0.5; got {given}."
        with pytest.raises(TypeError, match=re.escape(message)):
            _ = half < threshold

    def test_an_estimate_as_threshold(self):
        with pytest.raises(TypeError, match=re.escape("to compare two conditions pair them by seed: ratio(a, b) < 1.")):
            _ = half < Estimate(0.9, 0.8, 1.0, n=32)

    def test_an_estimate_as_a_truth(self):
        with pytest.raises(
            TypeError, match=r"^An Estimate is neither true nor false: compare it, such as estimate < 0\.5\.$"
        ):
            bool(half)

    @pytest.mark.parametrize("number", [0.5, 1, np.float64(0.25)])
    def test_a_number_as_an_equal(self, number):
        message = "An Estimate equals no number: compare it, such as estimate < 0.5, or estimate.between(0.4, 0.6)"
        for ask in (lambda: half == number, lambda: half != number, lambda: number == half):
            with pytest.raises(TypeError, match=re.escape(message)):
                ask()

    def test_numbers_of_any_kind_become_plain(self):
        given = Estimate(np.float32(0.5), 0, np.float64(1), np.int64(2), np.array([0.25, 0.75]))
        assert [type(x) for x in (given.value, given.low, given.high, given.n, *given.samples)] == [
            float, float, float, int, float, float,
        ]  # fmt: skip

    def test_equal_estimates(self):
        again = Estimate(half.value, half.low, half.high, half.n)
        assert (again == half, hash(again) == hash(half), half == "0.5") == (True, True, False)

    @pytest.mark.parametrize(
        "summarize",
        [median, lambda x: ratio(x, x), lambda x: ratio([1.0] * 3, x)],
        ids=["median", "over", "under"],
    )
    def test_samples_that_are_not_finite_are_named_by_seed(self, summarize):
        with pytest.raises(SampleError, match=r"takes finite numbers; got inf, nan for seeds 4, 6\.$"):
            summarize(over_seeds([NAN, 1.0, math.inf], [4, 5, 6]))

    def test_without_seeds_by_place(self):
        with pytest.raises(SampleError, match=r"^median takes finite numbers; got -inf for seeds 1\.$"):
            median([0.1, -math.inf])

    @pytest.mark.parametrize(
        ("summarize", "samples", "message"),
        [
            (median, [], f"median {ONE_PER_SEED}; got none."),
            (median, 0.5, f"median {ONE_PER_SEED}, such as typical_error(ensemble); got 0.5."),
            (median, xr.DataArray([1.0], dims="color"), f"median {ONE_PER_SEED}; got dims ('color',)."),
            (
                median,
                xr.DataArray(np.ones((2, 3)), dims=("seed", "color")),
                "got dims ('seed', 'color'). Summarize the others first, such as .max('color').",
            ),
            (
                median,
                median,
                f"median {ONE_PER_SEED}, such as typical_error(ensemble); got <function median at 0x",
            ),
            (median, [True, False], "median takes real numbers, such as 0.35; got values of type bool."),
            (median, ["red"], "median takes real numbers, such as 0.35; got values of type <U3."),
            (
                fraction,
                np.ones((2, 3), bool),
                "such as typical_error(ensemble) < 0.1; got a ndarray of bool, of shape (2, 3).",
            ),
            (
                fraction,
                [0.0, 1.0],
                "fraction counts booleans, such as fraction(error < 0.1); got values of type float64.",
            ),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_samples_of_the_wrong_kind(self, summarize, samples, message):
        with pytest.raises(SampleError, match=re.escape(message)):
            summarize(samples)

    @pytest.mark.parametrize(
        ("other", "given"), [([1, 0], "0, 1 and 1, 0"), ([0, 2], "0, 1 and 0, 2"), ([0], "0, 1 and 0")]
    )
    def test_conditions_that_do_not_pair(self, other, given):
        message = f"both need the same seeds in the same order, such as 0..31 and 0..31; got {given}."
        with pytest.raises(SampleError, match=re.escape(message)):
            ratio(over_seeds([1.0, 2.0], [0, 1]), over_seeds([1.0] * len(other), other))

    @pytest.mark.parametrize("n", [1, 8])
    def test_a_condition_is_not_compared_with_itself(self, n):
        message = "got the same numbers twice, 0.25 for seed 3: is one condition compared with itself?"
        errors = over_seeds([0.25, *np.linspace(0, 1, n)[1:]], range(3, 3 + n))
        with pytest.raises(SampleError, match=re.escape(message)):
            ratio(errors, errors.copy())

    @pytest.mark.parametrize(
        ("under", "got"),
        [
            ([1.0, 1.0, -2.0, 1.0], "-2 at the least (seeds 9)"),
            ([0.0, 1.0, 2.0, 0.0], "0 at the least (seeds 7, 10)"),
        ],
    )
    def test_denominators_that_are_not_above_zero(self, under, got):
        message = f"ratio divides by values above zero, such as errors, of which fewer than half may be 0; got {got}."
        with pytest.raises(SampleError, match=re.escape(message)):
            ratio(over_seeds([1.0] * 4, range(7, 11)), over_seeds(under, range(7, 11)))


@pytest.mark.parametrize(
    ("name", "kind"), [("error", "error"), ("r_squared", "R²"), ("cosine", "cosine"), ("latent", ""), (None, "")]
)
def test_the_median_of_a_measure_is_of_its_kind(name, kind):
    assert median(xr.DataArray([0.1, 0.2], dims="seed", name=name)).kind == kind
    assert median([0.1, 0.2]).kind == ""


def test_a_ratio_of_errors_is_no_error_and_a_share_of_seeds_a_proportion():
    errors = xr.DataArray([0.1, 0.2], dims="seed", name="error")
    assert ratio(errors, 2 * errors).kind == "ratio"
    assert fraction(errors < 0.15).kind == "proportion"
