"""Sums in order against exact ones, over every choice of axes."""

import math
from itertools import chain, combinations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from excolor.numerics.reductions import length, mean, spread, total
from excolor.numerics.streams import stream

CUBE = stream(0, "numbers").normal(size=(3, 4, 5))
AXES = [None, *range(-3, 3), *chain.from_iterable(combinations(range(3), n) for n in (2, 3))]
lists = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)


class TestTotal:
    @given(lists)
    def test_is_added_up_in_order(self, x):
        expected = 0.0
        for number in x:
            expected += number
        assert float(total(x)) == expected

    @pytest.mark.parametrize("axis", AXES)
    def test_over_any_axes(self, axis):
        np.testing.assert_allclose(total(CUBE, axis), CUBE.sum(axis), rtol=1e-13)

    def test_goes_fastest_over_the_last_axis(self):
        """Else the bits would depend on how numbers lie in memory."""
        x = np.array([[1e16, 1.0], [1.0, -1e16]])
        assert total(x) == total(np.asfortranarray(x)) == ((1e16 + 1) + 1) - 1e16

    def test_adds_up_single_precision_in_double(self):
        assert total(np.full(3, 1e8 + 0.0, np.float32) + np.float32(8)) == 3 * (1e8 + 8)

    def test_of_nothing(self):
        assert total(np.zeros((2, 0)), 1).tolist() == [0, 0]
        assert total([]) == 0


class TestMean:
    @given(lists)
    def test_is_the_exact_one_but_for_rounding(self, x):
        scale = max(map(abs, x))
        assert float(mean(x)) == pytest.approx(math.fsum(x) / len(x), abs=len(x) * scale * 2**-52)

    def test_reduces_an_array_by_name(self):
        array = xr.DataArray(CUBE, dims=("seed", "h", "s"), coords={"seed": [3, 1, 2]})
        means = array.reduce(mean, ("h", "s"))
        assert means.dims == ("seed",)
        assert means["seed"].values.tolist() == [3, 1, 2]
        np.testing.assert_allclose(means, CUBE.mean((1, 2)), rtol=1e-13)

    def test_of_nothing_is_no_number(self):
        assert np.isnan(mean(np.zeros((2, 0)), 1)).all()
        assert math.isnan(mean([]))

    def test_what_is_no_number_stays_so(self):
        assert math.isnan(mean([1, np.nan]))


def test_spread_is_that_of_the_numbers_themselves():
    assert spread([[1, 3], [2, 2]], 1).tolist() == [1, 0]
    np.testing.assert_allclose(spread(CUBE, 1), CUBE.std(1), rtol=1e-13)


def test_length_is_that_of_pythagoras():
    assert length([[3, 4], [0, 0]]).tolist() == [5, 0]
    assert length([[3, 0], [4, 0]], axis=0).tolist() == [5, 0]
