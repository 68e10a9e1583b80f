"""What passes for a number, and what a misspelt name is taken for."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
import torch
import xarray as xr

from excolor.numerics.given import (
    MOST,
    as_array,
    did_you_mean,
    first_of,
    is_number,
    is_numeric,
    is_over,
    is_real,
    is_real_tensor,
    is_whole,
    is_word,
    real_numbers,
    shown,
)


@pytest.mark.parametrize("given", [0, -1, 0.5, 1e308, np.float32(2), np.int64(3), 10**300])
def test_numbers(given):
    assert is_number(given)


@pytest.mark.parametrize(
    "given",
    ["1", None, True, np.True_, math.nan, math.inf, 1j, 10**400, [1], np.ones(1), torch.ones(1), Fraction(1, 2)],
    ids=repr,
)
def test_what_is_no_number(given):
    assert not is_number(given)


@pytest.mark.parametrize("given", [0, 1, np.int64(3), 10**400])
def test_whole_numbers(given):
    assert is_whole(given)
    assert not is_whole(-1 - given)


@pytest.mark.parametrize("given", [1.0, "1", None, True, math.nan, [1], np.ones(2, int), torch.ones(2)], ids=repr)
def test_what_is_no_whole_number(given):
    assert not is_whole(given)


def test_of_at_least():
    assert [is_whole(given, 1) for given in range(3)] == [False, True, True]


@pytest.mark.parametrize(
    "given",
    [1, 0.5, [1, 2.5], ((0.5, 1), (2, 3)), [], np.zeros((0, 3)), range(3), np.float32(0.5), torch.ones(2),
     xr.DataArray([1.0])],
    ids=repr,
)  # fmt: skip
def test_real_numbers(given):
    found = real_numbers(given)
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, np.asarray(given))


@pytest.mark.parametrize(
    "given",
    [None, True, [True], "1", ["1"], [None], [1, None], [1, "2"], 1j, {}, {1}, {"a": 1}, object(), [[1], [2, 3]],
     10**400, np.ma.masked_array([1.0]), np.ma.masked_array([1.0], [True]), np.array(["2001-01-01"], "M8[s]"),
     torch.ones(2, requires_grad=True), xr.Dataset(), range(MOST + 1)],
)  # fmt: skip
def test_what_is_no_real_numbers(given):
    assert real_numbers(given) is None


def test_a_mask_is_numbers_where_it_may_be_given():
    assert real_numbers([True, False], masks=True).tolist() == [1, 0]
    assert real_numbers(["1"], masks=True) is None


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (("a", 1), "('a', 1)"),
        ((np.zeros((2, 2)),), "(array([[0., 0.], [0., 0.]]),)"),
        ("x" * 500, "'" + "x" * 49 + "..." + "x" * 24 + "'"),
        (10**5000, "a int"),
        (np.zeros((2, 3)), "a ndarray of float64, of shape (2, 3)"),
        (torch.zeros(2), "a Tensor of torch.float32, of shape (2,)"),
        (xr.DataArray(np.zeros((1, 2)), dims=("seed", "h")), "a DataArray of float64 over seed, h"),
        (xr.DataArray(1), "a DataArray of int64 over nothing"),
    ],
    ids=["short", "of two lines", "long", "of no repr", "array", "tensor", "over axes", "over nothing"],
)
def test_shown(given, text):
    assert shown(given) == text


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("bottelneck", " (did you mean 'bottleneck'?)"),
        ("BATCH", " (did you mean 'batch'?)"),
        ("step", " (did you mean 'STEP'?)"),
        ("stp", " (did you mean 'STEP'?)"),
        ("steep hill", ""),
        ("xyz", ""),
        (None, ""),
    ],
)
def test_did_you_mean(given, hint):
    assert did_you_mean(given, ["batch", "bottleneck", "STEP"]) == hint


def test_real_numbers_may_be_none_that_can_be_reckoned_with():
    assert all(map(is_real, (0, math.nan, -math.inf, np.float32("nan"), 2**1022)))
    assert not any(map(is_real, ("1", None, True, 1j, 10**400, [1.0], np.ones(1))))


def test_words():
    assert is_word("red", ("red", "green"))
    assert not any(is_word(given, ("red", "green")) for given in ("re", None, ["red"], np.array(["red", "green"])))


def test_arrays_over_dims_are_found_whatever_their_order():
    found = xr.DataArray(np.zeros((2, 3)), dims=("seed", "h"))
    assert is_over(found, ("h", "seed"))
    assert is_over(found.astype(int), ("h", "seed"))
    for given in (found.values, found.isel(h=0), found.astype(str), found.astype(bool), found.rename(h="s"), None):
        assert not is_over(given, ("h", "seed"))
    assert is_numeric(found)
    assert not is_numeric(found.astype(object))


def test_real_tensors():
    assert all(map(is_real_tensor, (torch.zeros(2), torch.zeros((), dtype=torch.float64), torch.zeros(0, 3))))
    half = torch.zeros(2, dtype=torch.float16)
    for given in (half, torch.arange(2), torch.zeros(2).to_sparse(), torch.zeros(2, device="meta"), np.zeros(2), 1.0):
        assert not is_real_tensor(given)


def test_arrays_of_words_are_arrays():
    assert as_array(["red", "green"]).tolist() == ["red", "green"]


def test_no_more_is_taken_than_asked_for():
    assert first_of(itertools.count(), 3) == [0, 1, 2]
    assert first_of({5: "five"}, 3) == [5]
    for single in (7, "red", None):
        assert first_of(single, 3) == [single]
    assert first_of(np.array(7), 3) == [7]
