"""The compiled loops against closed forms, in double precision and from other libraries."""

import math

import numpy as np
import pytest
import torch
from scipy.special import expit, ndtr

from excolor.numerics.elementwise import (
    adam_step,
    add_tangential,
    gelu_with_derivative,
    mean_squared_difference,
    normalize,
    relu_with_derivative,
    sigmoid,
    squared_error,
    summed,
)

SEEDS, WIDTH, ROWS = 2, 3, 21  # so many rows that some go through the vector loop, and some through what it leaves
LINE = np.linspace(-12, 12, 200_001, dtype=np.float32)


def normal(*shape):
    return np.random.default_rng(7).standard_normal(shape).astype(np.float32)


def applied(kernel, x):
    """(y, what is left in place of x)."""
    x = np.array(x, np.float32)
    y = np.full_like(x, np.nan)
    kernel(x, y)
    return y, x


class TestGelu:
    def test_value_to_the_last_digits_even_where_it_is_tiny(self):
        """x Phi(x), Phi by another library in double precision: at -12 it is 2e-32."""
        y, _ = applied(gelu_with_derivative, LINE)
        exact = LINE.astype(float) * ndtr(LINE.astype(float))
        np.testing.assert_allclose(y, exact, rtol=5e-6)  # 4.1e-6 was met: x^2 / 2 = 72 is rounded to 4e-6
        near = np.abs(LINE) < 3
        np.testing.assert_allclose(y[near], exact[near], rtol=6e-7)

    def test_derivative(self):
        """Phi(x) + x phi(x)."""
        _, derivative = applied(gelu_with_derivative, LINE)
        x = LINE.astype(float)
        np.testing.assert_allclose(derivative, ndtr(x) + x * np.exp(-x * x / 2) / math.sqrt(2 * math.pi), atol=3e-7)

    def test_far_out(self):
        y, derivative = applied(gelu_with_derivative, [-1000, -13, 13, 1000])
        assert np.array_equal(y[2:], [13, 1000])
        assert np.array_equal(derivative[2:], [1, 1])
        np.testing.assert_allclose([y[:2], derivative[:2]], 0, atol=1e-33)

    @pytest.mark.parametrize("kernel", [gelu_with_derivative, relu_with_derivative])
    def test_what_has_diverged_stays_so(self, kernel):
        """Else a loss could be finite where a weight is not."""
        assert np.isnan(applied(kernel, [np.nan])[0])

    @pytest.mark.parametrize("size", [1, 7, 8, 9, 33])
    def test_bits_do_not_depend_on_the_place(self, size):
        together = applied(gelu_with_derivative, LINE[:size])[0]
        assert np.array_equal(together, np.concatenate([applied(gelu_with_derivative, [x])[0] for x in LINE[:size]]))


class TestRelu:
    def test_is_torchs_and_so_is_its_derivative_at_0(self):
        line = torch.tensor([-3, -1e-38, -0.0, 0, 1e-38, 2], requires_grad=True)
        expected = torch.relu(line)
        expected.sum().backward()
        y, derivative = applied(relu_with_derivative, line.detach().numpy())
        assert y.tolist() == expected.tolist()
        assert derivative.tolist() == line.grad.tolist() == [0, 0, 0, 0, 1, 1]


class TestSigmoid:
    def test_value(self):
        y = np.linspace(-80, 80, 100_001, dtype=np.float32)
        expected = expit(y.astype(float))
        sigmoid(y)
        np.testing.assert_allclose(y, expected, rtol=5e-6)  # as of the GELU: the exponent is rounded to 4e-6

    def test_far_out(self):
        y = np.array([-1e30, -200, 200, 1e30], np.float32)
        sigmoid(y)
        assert y[0] == y[1] < 1.3e-37
        assert y[2:].tolist() == [1, 1]

    def test_what_has_diverged_stays_so(self):
        y = np.array([np.nan], np.float32)
        sigmoid(y)
        assert np.isnan(y)


def normalized(raw, code):
    """The lengths."""
    length = np.empty((raw.shape[0], raw.shape[2]), np.float32)
    normalize(raw, code, length)
    return length


class TestNormalize:
    def test_lengths_and_directions(self):
        raw = normal(SEEDS, WIDTH, ROWS)
        code = np.empty_like(raw)
        length = normalized(raw, code)
        expected = np.sqrt((raw.astype(float) ** 2).sum(1))
        np.testing.assert_allclose(length, expected, rtol=3e-7)
        np.testing.assert_allclose(code, raw / expected[:, None], rtol=5e-7)

    def test_of_nothing_the_length_is_not_0(self):
        raw = np.zeros((1, WIDTH, 1), np.float32)
        assert normalized(raw, np.empty_like(raw)) == np.float32(1e-12)

    def test_gradient_is_that_of_autograd(self):
        raw, gradient, there = normal(3, SEEDS, WIDTH, ROWS)
        code = np.empty_like(raw)
        length = normalized(raw, code)
        before = there.copy()
        add_tangential(gradient, code, length, there, np.empty(ROWS, np.float32))
        z = torch.from_numpy(raw.astype(float)).requires_grad_()
        (z / z.norm(dim=1, keepdim=True)).backward(torch.from_numpy(gradient.astype(float)))
        np.testing.assert_allclose(there - before, z.grad.numpy(), rtol=1e-4, atol=3e-6)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 16, 63, 64, 100])
def test_all_numbers_are_summed(size):
    """Whole numbers, whose sums are exact in any order."""
    numbers = np.arange(7, 7 + size, dtype=np.float32)
    assert summed(numbers.copy()) == 7 * size + size * (size - 1) // 2


class TestSquaredError:
    def test_and_its_gradient(self):
        answer, truth = normal(2, WIDTH * ROWS)
        gradient = np.empty_like(answer)
        loss = squared_error(answer, truth, gradient)
        error = answer.astype(float) - truth
        assert loss == pytest.approx((error**2).mean(), rel=1e-6)
        np.testing.assert_allclose(gradient, 2 * error / (WIDTH * ROWS), rtol=1e-5, atol=1e-9)


class TestShapes:
    """What would be read or written past its end."""

    @pytest.mark.parametrize("kernel", [gelu_with_derivative, relu_with_derivative])
    def test_of_activations(self, kernel):
        with pytest.raises(ValueError, match="y must have as many numbers as x, for example"):
            kernel(normal(5), normal(4))

    @pytest.mark.parametrize("shape", [(2, 3, 20), (1, 3, 21), (2, 2, 21)])
    def test_of_the_normalization(self, shape):
        whole, other = normal(SEEDS, WIDTH, ROWS), normal(*shape)
        length, row = normal(SEEDS, ROWS), normal(ROWS)
        for given in ((whole, other, length), (whole, whole, length[:, 1:])):
            with pytest.raises(ValueError, match=r"normalize: all must be \[S, K, B\], and the lengths \[S, B\], for"):
                normalize(*given)
        for given in (
            (whole, other, length, whole, row),
            (whole, whole, length, other, row),
            (whole, whole, length[:, 1:], whole, row),
            (whole, whole, length, whole, row[1:]),
        ):
            with pytest.raises(
                ValueError, match=r"all must be \[S, K, B\], the lengths \[S, B\] and the memory \[B\], for"
            ):
                add_tangential(*given)

    def test_of_errors(self):
        for given in ((normal(6), normal(5), normal(6)), (normal(6), normal(6), normal(5))):
            with pytest.raises(ValueError, match="squared_error: all must have one size, for example"):
                squared_error(*given)
        for shape in ((1, 3, 20), (0, 3, 21), (1, 2, 21)):
            with pytest.raises(ValueError, match=r"the truth of answers \[S, C, B\] must be \[1, C, B\], for example"):
                mean_squared_difference(normal(SEEDS, WIDTH, ROWS), normal(*shape))

    @pytest.mark.parametrize("short", range(4))
    def test_of_a_step(self, short):
        given = [normal(6 if i != short else 5) for i in range(4)]
        with pytest.raises(ValueError, match="adam_step: all must have one size, for example"):
            adam_step(*given, np.float32(0.1), np.float32(1e-8))
