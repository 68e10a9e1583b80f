"""What chance could have done, held against closed forms and simulations."""

import math
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from excolor.judging.chance import (
    _of_each_count,
    beside,
    expected_range,
    p_of_difference,
    p_value,
    percentile,
    remaining_by_benjamini_hochberg,
    remaining_by_holm,
    same_again,
    same_with,
)
from excolor.judging.intervals import fraction, median

NORMAL = np.random.default_rng(0).normal(0.3, 1, 64)


@pytest.mark.parametrize(("figure", "place"), [(0, 0), (1, 12.5), (2.5, 50), (9, 100), (3, 62.5)])
def test_percentile(figure, place):
    assert percentile([1, 2, 3, 4], figure) == place


class TestPValue:
    def test_of_a_median_is_the_sign_test(self):
        above = int((NORMAL > 0).sum())
        assert p_value(median(NORMAL) > 0) == pytest.approx(stats.binomtest(above, 64).pvalue)
        assert p_value(median(NORMAL) < 0) == p_value(median(NORMAL) > 0)

    def test_of_a_proportion_is_the_binomial_test(self):
        mask = np.arange(40) < 31
        one_sided = stats.binomtest(31, 40, 0.6, alternative="greater").pvalue
        assert p_value(fraction(mask) > 0.6) == pytest.approx(2 * one_sided)
        assert p_value(fraction(~mask) < 0.4) == pytest.approx(2 * one_sided)

    def test_samples_on_the_threshold_count_against_it(self):
        assert p_value(median([0.0] * 4 + [1.0] * 8) > 0) == pytest.approx(2 * stats.binom.sf(7, 12, 0.5))

    def test_between_two_bounds_the_nearer_one_counts(self):
        estimate = median(np.linspace(0, 1, 41))
        assert p_value(estimate.between(0.4, 9)) == p_value(estimate > 0.4) > p_value(estimate < 9)
        assert p_value(estimate.between(0.7, 9)) == p_value(estimate > 0.7) == pytest.approx(0.0275, abs=1e-4)

    def test_the_wholly_decided_and_the_undecided(self):
        assert p_value(median([1.0] * 10) > 0) == 2 * 0.5**10
        assert p_value(median([-1.0, 1.0] * 10 + [0.01]) > 0) == 1


def test_holm_and_benjamini_hochberg_as_in_their_papers():
    # Benjamini and Hochberg (1995), the fifteen p-values of section 4: Holm keeps three, their own way four.
    ps = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    ps += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert (remaining_by_holm(ps), remaining_by_benjamini_hochberg(ps)) == (3, 4)
    assert (remaining_by_holm([]), remaining_by_benjamini_hochberg([])) == (0, 0)
    # The step up of the second passes over a larger one in between.
    assert remaining_by_benjamini_hochberg([0.04, 0.045]) == 2
    assert remaining_by_holm([0.04, 0.045]) == 0


class TestPOfDifference:
    @pytest.mark.parametrize(("n", "m"), [(7, 5), (8, 5), (6, 6)])
    def test_of_two_medians_is_what_counting_all_orders_gives(self, n, m):
        """Every choice of ranks for the one sample is as likely as any other if both are of one population."""
        was = median(np.arange(n)) if n % 2 else median(np.arange(n) + 0.5)
        orders = np.array(list(combinations(range(n + m), n)))
        middle = orders[:, n // 2]  # of an even number the upper one, which has more of the others below it
        below = middle - n // 2
        for count in range(m + 1):
            now = median([-99.0] * count + [99.0] * (m - count))
            extreme = max(count, m - count)
            exact = min(1.0, 2 * float((below >= extreme).mean()))
            assert p_of_difference(was, now) == pytest.approx(exact)

    def test_one_population_is_found_apart_as_often_as_it_says(self):
        draw = np.random.default_rng(2)
        ps = [p_of_difference(median(draw.exponential(size=96)), median(draw.exponential(size=96))) for _ in range(600)]
        assert 0.01 < np.mean(np.array(ps) <= 0.05) < 0.06  # 3.2 % for these numbers, whatever the distribution

    def test_two_populations_are_found_apart(self):
        assert p_of_difference(median(NORMAL), median(NORMAL + 1)) < 1e-4

    def test_ties_count_against_a_difference(self):
        zeros = median([0.0] * 20)
        assert p_of_difference(zeros, median([0.0] * 20)) == 1
        assert p_of_difference(zeros, median([0.0] * 10 + [1.0] * 10)) == p_of_difference(
            median(np.linspace(-1, 1, 20)), median([-1.0] * 10 + [1.0] * 10)
        )
        third = median([1 / 3] * 20)
        assert p_of_difference(median([0.333333] * 20), third) == 1  # as six digits of a record have it

    def test_of_two_proportions_is_fishers_test(self):
        """The lady who tasted eight cups of tea and told all of them apart, on both sides."""
        right, wrong = fraction([True] * 4), fraction([False] * 4)
        assert p_of_difference(right, wrong) == pytest.approx(2 / 70)


def share_that_came_out_again(first, draw):
    """The mean of the forecasts for as many or other seeds, and the share of verdicts that came out as forecast.

    `first`: a function from a threshold to a comparison and its forecast; `draw`: one to a comparison on fresh seeds.
    The thresholds lie about the truth, so that hardly any verdict is sure.
    """
    thresholds = np.random.default_rng(4).uniform(-0.4, 0.4, 160)
    firsts = [first(threshold) for threshold in thresholds]
    same = [one.verdict.on_record == draw(t).verdict.on_record for (one, _), t in zip(firsts, thresholds, strict=True)]
    return np.mean([forecast for _, forecast in firsts]), np.mean(same)


class TestSameAgain:
    @pytest.mark.parametrize("claimed", [lambda m, t: m > t, lambda m, t: m.between(t, 0.8)], ids=["above", "between"])
    def test_of_a_median_is_how_often_fresh_seeds_agree(self, claimed):
        random = np.random.default_rng(3)

        def first(threshold):
            comparison = claimed(median(random.normal(size=64)), threshold)
            return comparison, same_again(comparison)

        forecast, share = share_that_came_out_again(first, lambda t: claimed(median(random.normal(size=64)), t))
        assert forecast == pytest.approx(share, abs=0.09)
        assert 0.5 < share < 0.9

    def test_of_a_proportion_is_how_often_fresh_seeds_agree(self):
        random = np.random.default_rng(3)

        def drawn(threshold):
            return fraction(random.random(64) < 0.5) > 0.5 + threshold / 2

        def first(threshold):
            comparison = drawn(threshold)
            return comparison, same_again(comparison)

        forecast, share = share_that_came_out_again(first, drawn)
        assert forecast == pytest.approx(share, abs=0.09)
        assert 0.5 < share < 0.9

    def test_near_a_threshold_it_is_not_sure_of_what_it_has_seen(self):
        """Of seeds that lie half on either side fresh ones decide as often as chance; 44 of 64 may have been luck."""
        decided = median([1.0] * 44 + [-1.0] * 20) > 0
        assert decided.verdict == "confirmed"
        assert 0.6 < same_again(decided) < 0.8

    def test_what_never_varies_is_sure(self):
        assert same_again(median([1.0] * 32) > 0) > 0.999
        assert same_again(median([1.0] * 3) > 0) == 1  # too few to decide, then as now


def forecast(seeds, comparison):
    return same_with(seeds, comparison.estimate, comparison.claim, beside(comparison))


class TestOtherNumbersOfSeeds:
    @pytest.mark.parametrize("seeds", [8, 16, 256])
    @pytest.mark.parametrize("draw", [np.random.Generator.normal, np.random.Generator.standard_cauchy])
    def test_of_a_median_is_about_how_often_fresh_seeds_agree(self, seeds, draw):
        random = np.random.default_rng(3)

        def first(threshold):
            comparison = median(draw(random, size=64)) > threshold
            return comparison, forecast(seeds, comparison)

        forecasts, share = share_that_came_out_again(first, lambda t: median(draw(random, size=seeds)) > t)
        assert forecasts == pytest.approx(share, abs=0.09)

    @pytest.mark.parametrize("seeds", [8, 16, 96])
    def test_of_a_proportion_is_about_how_often_fresh_seeds_agree(self, seeds):
        random = np.random.default_rng(3)

        def drawn(n, threshold):
            return fraction(random.random(n) < 0.5) > 0.5 + threshold

        def first(threshold):
            comparison = drawn(64, threshold)
            return comparison, forecast(seeds, comparison)

        forecasts, share = share_that_came_out_again(first, lambda t: drawn(seeds, t))
        assert forecasts == pytest.approx(share, abs=0.09)

    def test_eight_seeds_decide_only_if_all_of_them_agree(self):
        """Their interval is all of them. Of 96 seeds 80 lay below: fresh ones are drawn as from Polya's urn."""
        decided = median([-1.0] * 80 + [1.0] * 16) < 0
        assert beside(decided) == (0, 16)
        assert forecast(96, decided) > 0.999
        assert forecast(8, decided) == pytest.approx(math.prod((80.5 + i) / (97 + i) for i in range(8)))

    def test_a_bound_that_a_claim_has_not_costs_nothing(self):
        samples = [-1.0] * 16 + [1.0] * 80
        assert forecast(8, median(samples) > 0) == pytest.approx(math.prod((80.5 + i) / (97 + i) for i in range(8)))

    def test_samples_on_a_strict_bound_lie_beside_the_claim(self):
        assert beside(median([0.0, 1.0, 2.0, 3.0]).between(1, 2)) == (1, 1)
        assert beside(median([0.0, 1.0]) > 0) == (1, 0)
        assert beside(fraction([True, False]) > 0) is None

    def test_fewer_than_six_decide_nothing(self):
        sure, open_ = median([1.0] * 32) > 0, median([-1.0, 1.0] * 16) > 0
        assert forecast(5, sure) == 0
        assert forecast(5, open_) == 1


class TestExpectedRange:
    def test_what_is_sure_comes(self):
        assert expected_range([[1.0] * 9]) == (9, 9)
        assert expected_range([[1.0]] * 9) == (9, 9)

    def test_independent_ones_are_nearly_normal(self):
        """The mean of the lowest 2.5 % of a normal distribution lies 2.34 standard deviations below its mean."""
        assert expected_range([[0.5]] * 100) == (38, 62)
        assert expected_range([[1.0]] * 50 + [[0.5]] * 100) == (88, 112)

    def test_of_one_group_all_may_come_or_none(self):
        assert expected_range([[0.5] * 100]) == (0, 100)
        # Of the lowest 2.5 % of outcomes two fifths are none, and the others all.
        assert expected_range([[0.99] * 100]) == (60, 100)

    def test_in_a_group_the_surer_come_first(self):
        assert expected_range([[1.0] * 40 + [0.5] * 10]) == (40, 50)

    @pytest.mark.parametrize("size", [1, 2, 5, 20, 100])
    @pytest.mark.parametrize("chance", [0.5, 0.9, 0.97, 0.99])
    def test_however_they_depend_few_outcomes_are_beyond(self, chance, size):
        """A hundred of one group, of which so many each go together: for all of these sizes the range is one."""
        fewest, most = expected_range([[chance] * 100])
        successes = size * np.arange(100 // size + 1)
        chances = stats.binom.pmf(np.arange(100 // size + 1), 100 // size, chance)
        assert chances[successes < fewest].sum() <= 0.025
        assert chances[successes > most].sum() <= 0.025


@pytest.mark.parametrize(
    ("seeds", "held", "others"), [(1, 0.5, 0.5), (32, 30.5, 2.5), (384, 0.5, 384.5), (512, 130.5, 4.5)]
)
def test_chances_of_each_count_are_scipys(seeds, held, others):
    found = _of_each_count(seeds, held, others)
    np.testing.assert_allclose(found, stats.betabinom.pmf(np.arange(seeds + 1), seeds, held, others), rtol=1e-9)
    assert found.sum() == pytest.approx(1)
