"""What passes for a number, and what a misspelt name is taken for."""

import math
from fractions import Fraction

import numpy as np
import pytest
import torch

from excolor.numerics.given import did_you_mean, is_number, is_whole, real_numbers, shown


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


def test_real_numbers():
    for given in (1, [1, 2.5], np.zeros((0, 3)), range(3), np.float32(0.5)):
        assert np.array_equal(real_numbers(given), given)
        assert real_numbers(given).dtype == np.float64


@pytest.mark.parametrize(
    "given", [None, True, "1", [1, None], [1, "2"], 1j, [[1], [1, 2]], np.ma.masked_array([1.0]), {1}, 10**400], ids=str
)
def test_what_is_no_real_numbers(given):
    assert real_numbers(given) is None


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (("a", 1), "('a', 1)"),
        (np.zeros((2, 2)), "array([[0., 0.], [0., 0.]])"),
        ("x" * 500, "'" + "x" * 49 + "..." + "x" * 24 + "'"),
        (10**5000, "a int"),
    ],
    ids=["short", "of two lines", "long", "of no repr"],
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
