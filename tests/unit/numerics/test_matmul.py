"""The compiled products against numpy's in double precision, of every shape at their seams."""

import numpy as np
import pytest

from excolor.numerics.matmul import product, product_over_rows

SIZES = [1, 2, 3, 4, 5, 16, 17]
ROWS = [1, 7, 16, 21, 64, 85, 128]


BEFORE = 3
"""In the tests every matrix stands so many numbers behind the beginning of its array."""


def normal(*shape):
    return np.random.default_rng(shape).standard_normal(shape).astype(np.float32)


def placed(numbers):
    """An array with the numbers in it, and where they begin; before and behind them it is not a number."""
    return np.pad(numbers.ravel(), BEFORE, constant_values=np.nan), BEFORE


def multiplied(weight, bias, x, strides=None):
    outputs, inputs = weight.shape if strides is None else weight.shape[::-1]
    y = np.full(outputs * x.shape[1] + 2 * BEFORE, np.nan, np.float32)
    shape = outputs, inputs, x.shape[1]
    product(shape, *placed(weight), *(strides or (inputs, 1)), *placed(bias), *placed(x), y, BEFORE)
    assert np.isnan(np.append(y[:BEFORE], y[-BEFORE:])).all()
    return y[BEFORE:-BEFORE].reshape(outputs, -1)


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("inputs", SIZES)
@pytest.mark.parametrize("outputs", SIZES)
class TestAgreeWithNumpy:
    """Sums of at most 128 products of size 1, each rounded to 6e-8 of what there is of the sum."""

    def test_product(self, outputs, inputs, rows):
        weight, start, x = normal(outputs, inputs), normal(outputs), normal(inputs, rows)
        expected = weight.astype(float) @ x + start[:, None]
        np.testing.assert_allclose(multiplied(weight, start, x), expected, rtol=0, atol=2e-5)

    def test_product_over_rows(self, outputs, inputs, rows):
        slope, x = normal(outputs, rows), normal(inputs, rows)
        gradient, ends = np.full((outputs + 1) * (inputs + 1) + BEFORE, np.nan, np.float32), BEFORE + outputs * inputs
        product_over_rows((outputs, inputs, rows), *placed(slope), *placed(x), gradient, BEFORE, ends + 1)
        to_weight, to_start = gradient[BEFORE:ends].reshape(outputs, inputs), gradient[ends + 1 :][:outputs]
        np.testing.assert_allclose(to_weight, slope.astype(float) @ x.T, rtol=0, atol=1e-4)
        np.testing.assert_allclose(to_start, slope.astype(float).sum(1), rtol=0, atol=1e-4)
        assert np.isnan(np.delete(gradient, np.r_[BEFORE:ends, ends + 1 : ends + 1 + outputs])).all()


def test_takes_weights_the_other_way_round():
    weight, x = normal(3, 5), normal(3, 16)
    y = multiplied(weight, np.zeros(5, np.float32), x, strides=(1, 5))
    np.testing.assert_allclose(y, weight.T.astype(float) @ x, rtol=0, atol=1e-5)


@pytest.mark.parametrize("rows", ROWS)
def test_bits_of_a_row_do_not_depend_on_the_others(rows):
    weight, start, x = normal(5, 16), normal(5), normal(16, rows)
    together = multiplied(weight, start, x)
    for row in range(rows):
        assert np.array_equal(together[:, row], multiplied(weight, start, x[:, [row]])[:, 0])


def test_what_would_be_read_past_an_end_is_refused():
    weight, bias, x, y = normal(5 * 16), normal(5), normal(16 * 21), np.empty(5 * 21, np.float32)
    for places in ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (-1, 0, 0, 0), (0, 0, 0, -1)):
        w, b, n, to = places
        with pytest.raises(ValueError, match=r"product: of W \[M, K\] b must be \[M\], .* for example"):
            product((5, 16, 21), weight, w, 16, 1, bias, b, x, n, y, to)
    gradient = np.empty(5 * 17, np.float32)
    for places in ((1, 0, 0, 80), (0, 1, 0, 80), (0, 0, 6, 80), (0, 0, 0, 81), (-1, 0, 0, 80), (0, 0, -1, 80)):
        of_y, of_x, w, b = places
        with pytest.raises(
            ValueError, match=r"product_over_rows: of dL/dW \[M, K\] dL/db must be \[M\], .* for example"
        ):
            product_over_rows((5, 16, 21), y, of_y, x, of_x, gradient, w, b)
