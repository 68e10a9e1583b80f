"""The compiled products against numpy's in double precision, of every shape at their seams."""

import numpy as np
import pytest

from excolor.numerics.matmul import product, product_over_rows

SIZES = [1, 2, 3, 4, 5, 16, 17]
ROWS = [1, 7, 16, 21, 64]


def normal(*shape):
    return np.random.default_rng(shape).standard_normal(shape).astype(np.float32)


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("inputs", SIZES)
@pytest.mark.parametrize("outputs", SIZES)
class TestAgreeWithNumpy:
    """Sums of at most 64 products of size 1, each rounded to 6e-8 of what there is of the sum."""

    def test_product(self, outputs, inputs, rows):
        weight, start, x = normal(outputs, inputs), normal(outputs), normal(inputs, rows)
        y = np.full(outputs * rows, np.nan, np.float32)
        product(weight, start, x.ravel(), y)
        expected = weight.astype(float) @ x + start[:, None]
        np.testing.assert_allclose(y.reshape(outputs, rows), expected, rtol=0, atol=2e-5)

    def test_product_over_rows(self, outputs, inputs, rows):
        slope, x = normal(outputs, rows), normal(inputs, rows)
        to_weight, to_start = np.full((outputs, inputs), np.nan, np.float32), np.full(outputs, np.nan, np.float32)
        product_over_rows(slope.ravel(), x.ravel(), to_weight, to_start)
        np.testing.assert_allclose(to_weight, slope.astype(float) @ x.T, rtol=0, atol=5e-5)
        np.testing.assert_allclose(to_start, slope.astype(float).sum(1), rtol=0, atol=5e-5)


def test_takes_weights_the_other_way_round():
    weight, x = normal(3, 5), normal(3, 16)
    y = np.empty(5 * 16, np.float32)
    product(weight.T, np.zeros(5, np.float32), x.ravel(), y)
    np.testing.assert_allclose(y.reshape(5, 16), weight.T.astype(float) @ x, rtol=0, atol=1e-5)


@pytest.mark.parametrize("rows", ROWS)
def test_bits_of_a_row_do_not_depend_on_the_others(rows):
    weight, start, x = normal(5, 16), normal(5), normal(16, rows)
    together = np.empty(5 * rows, np.float32)
    product(weight, start, x.ravel(), together)
    for row in range(rows):
        alone = np.empty(5, np.float32)
        product(weight, start, x[:, row].copy(), alone)
        assert np.array_equal(together.reshape(5, rows)[:, row], alone)


def test_shapes_that_would_be_read_past_are_refused():
    weight, bias, x, y = normal(5, 16), normal(5), normal(16 * 21), np.empty(5 * 21, np.float32)
    for given in ((weight, bias[:4], x, y), (weight, bias, x[:-1], y), (weight, bias, x, y[:-1])):
        with pytest.raises(ValueError, match=r"product: of W \[M, K\] b must be \[M\], .* for example"):
            product(*given)
    for given in ((y, x, weight, bias[:4]), (y, x[:-1], weight, bias), (y[:-1], x, weight, bias)):
        with pytest.raises(
            ValueError, match=r"product_over_rows: of dL/dW \[M, K\] dL/db must be \[M\], .* for example"
        ):
            product_over_rows(*given)
