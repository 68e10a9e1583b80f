"""The weighted sampler draws each row exactly as often as its weight says."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import chisquare

from excolor.colors import training_cube
from excolor.numerics.sampling import SearchSampler, UniformError, WeightedSampler, WeightError
from excolor.numerics.streams import stream

LAST = np.nextafter(1, 0)
weights_with_zeros = hnp.arrays(
    np.float64, st.integers(1, 40), elements=st.one_of(st.just(0), st.floats(1e-6, 1e6))
).filter(np.any)


@pytest.fixture(scope="module")
def bias():
    return training_cube().bias.values.ravel()


def shares(sampler):
    """What the table gives each row, added up cell by cell."""
    share = [0.0] * len(sampler.own)
    for cell, (own, alias) in enumerate(zip(sampler.own, sampler.alias, strict=True)):
        share[cell] += own
        share[alias] += 1 - own
    return np.array(share) / len(share)


class TestExactness:
    @given(weights_with_zeros)
    def test_shares_of_the_cells_add_up_to_the_weights(self, weights):
        np.testing.assert_allclose(shares(WeightedSampler(weights)), weights / weights.sum(), atol=1e-14)

    def test_shares_of_the_training_cube(self, bias):
        np.testing.assert_allclose(shares(WeightedSampler(bias)), bias / bias.sum(), rtol=1e-11)

    @given(weights_with_zeros)
    def test_an_even_comb_of_uniforms_meets_every_row_in_proportion(self, weights):
        """Each stretch of [0, 1) that belongs to a row gains or loses at most one tooth of the comb."""
        sampler, teeth = WeightedSampler(weights), 997 * len(weights)
        met = np.bincount(sampler.rows((np.arange(teeth) + 0.5) / teeth), minlength=len(weights))
        stretches = 1 + np.bincount(sampler.alias, minlength=len(weights))
        assert (np.abs(met - teeth * weights / weights.sum()) <= stretches + 1e-6).all()

    @given(weights_with_zeros)
    def test_zero_weights_are_never_drawn(self, weights):
        edges = np.arange(len(weights)) / len(weights)  # the very first number of every cell
        drawn = WeightedSampler(weights).rows(np.concatenate([edges, np.nextafter(edges[1:], 0), [LAST]]))
        assert (weights[drawn] > 0).all()


class TestDraw:
    def test_follows_the_weights(self, bias):
        counts = np.bincount(WeightedSampler(bias).rows(stream(0, "rows").random(3_600_000)), minlength=len(bias))
        expected = counts.sum() * bias / bias.sum()
        assert 0.01 < chisquare(counts, expected).pvalue < 0.99

    def test_equal_weights_cut_the_circle_evenly(self):
        sampler = WeightedSampler(np.full(7, 0.3))
        assert sampler.rows(np.array([0, 0.5 / 7, 3.5 / 7, LAST])).tolist() == [0, 0, 3, 6]

    @given(st.integers(1, 5000))
    def test_the_last_number_below_one_stays_inside(self, count):
        assert WeightedSampler(np.ones(count)).rows(np.array([LAST])) == count - 1

    def test_one_row_is_always_drawn(self):
        assert WeightedSampler([0.2]).rows(stream(0, "rows").random(5)).tolist() == [0] * 5

    def test_writes_the_same_rows_where_it_is_told(self):
        sampler, uniforms = WeightedSampler([1, 2, 3]), stream(0, "rows").random((4, 5))
        rows = np.full((6, 5), -1, np.int32)
        sampler.write(uniforms, rows[1:5])
        assert rows.tolist() == [[-1] * 5, *sampler.rows(uniforms).tolist(), [-1] * 5]

    def test_keeps_the_shape_of_the_uniforms(self):
        rows = WeightedSampler([1, 2, 3]).rows(stream(0, "rows").random((4, 5)))
        assert rows.shape == (4, 5)
        assert rows.dtype == np.int32


class TestWeightsRefused:
    @pytest.mark.parametrize(
        ("weights", "message"),
        [
            ([1, -0.5], r"the weight -0.5 of row 1: it must be finite and 0 or above, for example 0.5"),
            ([np.nan, 1], r"the weight nan of row 0"),
            ([1, 1, np.inf], r"the weight inf of row 2"),
            ([0, 0], r"all 2 weights are 0: at least one must be above, for example \[0, 1\]"),
            ([], r"weights of shape \(0,\): give one for each row, for example \[1, 1, 2\]"),
            ([[1, 2]], r"weights of shape \(1, 2\)"),
        ],
    )
    def test(self, weights, message):
        with pytest.raises(WeightError, match=message):
            WeightedSampler(weights)


class TestUniformsRefused:
    """One of 1 and above, or NaN, would pick a row from memory that is somebody else's."""

    @pytest.mark.parametrize("kind", [WeightedSampler, SearchSampler])
    @pytest.mark.parametrize("wrong", [1.0, 1e18, -1e-9, -1.0, np.nan, np.inf])
    def test(self, kind, wrong):
        message = f"the uniform number {wrong}: it must be from 0 to below 1, for example rng.random(64)"
        with pytest.raises(UniformError, match=re.escape(message)):
            kind([1, 2, 3]).rows(np.array([[0.5, wrong], [0.0, LAST]]))

    @pytest.mark.parametrize("kind", [WeightedSampler, SearchSampler])
    def test_none_are_no_rows(self, kind):
        assert kind([1, 2]).rows(np.empty((0, 4))).shape == (0, 4)


class TestSearch:
    @given(weights_with_zeros)
    def test_picks_each_row_in_proportion_to_its_weight(self, weights):
        """Of uniform numbers on a grid each row picks its share, to the one at either end."""
        grid = (np.arange(4000) + 0.5) / 4000
        picked = np.bincount(SearchSampler(weights).rows(grid), minlength=len(weights))
        np.testing.assert_allclose(picked / 4000, weights / weights.sum(), rtol=0, atol=1.001 / 4000)

    @given(weights_with_zeros)
    def test_never_picks_a_row_of_weight_0(self, weights):
        assert weights[SearchSampler(weights).rows(np.array([0, LAST]))].all()

    @given(weights_with_zeros)
    def test_finds_what_a_search_without_a_guide_finds(self, weights):
        """Beside the edges of rows and of the guide's cells too, where rounding decides."""
        cumulative, grid = np.cumsum(weights), np.arange(len(weights)) / len(weights)
        edges = np.concatenate([cumulative / cumulative[-1], grid, [1e-300]])
        near = np.concatenate([edges, np.nextafter(edges, 0), np.nextafter(edges, 1)])
        uniforms = np.concatenate([near[near < 1], stream(0, "rows").random(500)])
        found = np.searchsorted(cumulative, uniforms * cumulative[-1], side="right")
        np.testing.assert_array_equal(SearchSampler(weights).rows(uniforms), found)

    @pytest.mark.parametrize("weights", [[5e-324, 0], [1e-320] * 5])
    def test_stays_inside_where_numbers_are_too_small_to_be_exact(self, weights):
        rows = SearchSampler(weights).rows(np.array([0, 0.5, 0.9, LAST]))
        assert ((rows >= 0) & (rows < len(weights))).all()

    def test_writes_the_same_rows_where_it_is_told(self):
        sampler, uniforms = SearchSampler([1, 0, 3]), stream(0, "rows").random((4, 5))
        rows = np.full((6, 5), -1, np.int32)
        sampler.write(uniforms, rows[1:5])
        assert rows.tolist() == [[-1] * 5, *sampler.rows(uniforms).tolist(), [-1] * 5]

    def test_keeps_the_shape(self):
        rows = SearchSampler([1, 0, 2]).rows(np.array([[0.0, 0.3], [0.4, 0.9]]))
        assert rows.tolist() == [[0, 0], [2, 2]]

    def test_refuses_what_are_no_weights(self):
        with pytest.raises(WeightError, match=r"the weight -1\.0 of row 1: it must be finite and 0 or above"):
            SearchSampler([1, -1])
