"""The GELU of evaluation against another library's in double precision, and against the one of training."""

import numpy as np
import pytest
from scipy.special import ndtr

from excolor.numerics.elementwise import gelu_with_derivative
from excolor.numerics.gelu import gelu

LINE = np.linspace(-12, 12, 200_001, dtype=np.float32)


def applied(kernel, x):
    """(y, what is left in place of x)."""
    x = np.array(x, np.float32)
    y = np.full_like(x, np.nan)
    kernel(x, y)
    return y, x


def test_value():
    """x Phi(x): what the table leaves open, and half a unit of the last place for each of two roundings."""
    y, _ = applied(gelu, LINE)
    exact = LINE.astype(float) * ndtr(LINE.astype(float))
    np.testing.assert_array_less(np.abs(y - exact), 4e-8 + np.spacing(np.abs(y)))


def test_is_as_good_where_one_piece_of_the_table_ends_and_the_next_begins():
    ends = np.float32(0.8) * (np.arange(8, dtype=np.float32) + np.float32(0.5))
    near = (ends[:, None].view(np.int32) + np.arange(-3, 4, dtype=np.int32)).view(np.float32).ravel()
    for x in (near, -near):
        y, _ = applied(gelu, x)
        np.testing.assert_allclose(y, x.astype(float) * ndtr(x.astype(float)), rtol=0, atol=3e-7)


def test_half_of_what_is_tiny():
    """Phi(0) is 1/2 exactly, so that no color moves for a hidden number of 0."""
    x = np.array([1e-30, -1e-30, 1e-8, -1e-8, 0], np.float32)
    np.testing.assert_allclose(applied(gelu, x)[0], x / 2, rtol=1e-6)


def test_far_out():
    y, _ = applied(gelu, [13, 1000, np.inf, -13, -1000, -np.inf])
    assert y[:3].tolist() == [13, 1000, np.inf]
    np.testing.assert_allclose(y[3:], 0, atol=1e-8)


def test_what_has_diverged_stays_so():
    """In a whole run, and in what a run leaves."""
    for size in (16, 1):
        assert np.isnan(applied(gelu, np.full(size, np.nan))[0]).all()


def test_is_the_one_of_training_to_the_last_digits():
    near = LINE[np.abs(LINE) < 6]
    np.testing.assert_allclose(applied(gelu, near)[0], applied(gelu_with_derivative, near)[0], rtol=0, atol=6e-7)


def test_leaves_its_input_alone():
    assert np.array_equal(applied(gelu, LINE)[1], LINE)


@pytest.mark.parametrize("size", [1, 15, 16, 17, 33])
def test_bits_do_not_depend_on_the_place(size):
    together = applied(gelu, LINE[:size])[0]
    assert np.array_equal(together, np.concatenate([applied(gelu, [x])[0] for x in LINE[:size]]))


def test_arrays_of_two_sizes_are_refused():
    with pytest.raises(ValueError, match=r"^gelu: y must have as many numbers as x, for example np.empty_like\(x\)$"):
        gelu(np.zeros(3, np.float32), np.zeros(2, np.float32))
