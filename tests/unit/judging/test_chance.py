"""What chance could have done, held against closed forms and simulations."""

import numpy as np
import pytest
from scipy import stats

from excolor.judging.chance import (
    expected_range,
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


class TestSameAgain:
    @pytest.mark.parametrize("threshold", [-0.5, 0, 0.1, 0.3, 0.5])
    def test_of_a_median_is_what_resampling_gives(self, threshold):
        comparison = median(NORMAL) > threshold
        draw = np.random.default_rng(1)
        again = [(median(draw.choice(NORMAL, 64)) > threshold).verdict for _ in range(400)]
        share = np.mean([verdict.on_record == comparison.verdict.on_record for verdict in again])
        assert same_again(comparison) == pytest.approx(share, abs=0.08)

    def test_between_two_bounds(self):
        comparison = median(NORMAL).between(-0.1, 0.9)
        draw = np.random.default_rng(1)
        again = [median(draw.choice(NORMAL, 64)).between(-0.1, 0.9).verdict for _ in range(400)]
        share = np.mean([verdict is comparison.verdict for verdict in again])
        assert same_again(comparison) == pytest.approx(share, abs=0.08)

    @pytest.mark.parametrize("threshold", [0.3, 0.6, 0.9])
    def test_of_a_proportion_is_what_other_seeds_give(self, threshold):
        comparison = fraction(np.arange(48) < 34) > threshold
        draw = np.random.default_rng(1)
        again = [(fraction(draw.random(48) < 34 / 48) > threshold).verdict for _ in range(400)]
        share = np.mean([verdict.on_record == comparison.verdict.on_record for verdict in again])
        assert same_again(comparison) == pytest.approx(share, abs=0.08)

    def test_what_never_varies_is_sure(self):
        assert same_again(median([1.0] * 32) > 0) == 1
        assert same_again(median([1.0] * 3) > 0) == 1  # too few to decide, then as now


class TestOtherNumbersOfSeeds:
    @pytest.mark.parametrize("seeds", [16, 64, 256])
    @pytest.mark.parametrize("threshold", [-0.3, 0, 0.3])
    def test_about_what_drawing_gives(self, seeds, threshold):
        comparison = median(NORMAL) > threshold
        draw = np.random.default_rng(1)
        again = [(median(draw.normal(comparison.estimate.value, 1, seeds)) > threshold).verdict for _ in range(400)]
        share = np.mean([verdict.on_record == comparison.verdict.on_record for verdict in again])
        assert same_with(seeds, comparison.estimate, comparison.claim) == pytest.approx(share, abs=0.12)

    def test_fewer_than_six_decide_nothing(self):
        sure, open_ = median([1.0] * 32) > 0, median([-1.0, 1.0] * 16) > 0
        assert same_with(5, sure.estimate, sure.claim) == 0
        assert same_with(5, open_.estimate, open_.claim) == 1

    def test_without_spread_it_is_sure(self):
        sure = median([1.0] * 32) > 0
        assert same_with(8, sure.estimate, sure.claim) == 1


def test_expected_range():
    assert expected_range([1.0] * 9) == (9, 9)
    assert expected_range([0.5] * 100) == (40, 60)
    assert expected_range([1.0] * 50 + [0.5] * 100) == (90, 110)
