"""Powers of a matrix against exact ones, at the seams between panels, runs and single numbers."""

from fractions import Fraction

import numpy as np
import pytest

from excolor.numerics.powers import raise_and_add

LINE = LIMIT, PACE, START = np.float32(0.3), np.float32(0.5), np.float32(0.9)


def bases(numbers):
    """Rounded twice, as single numbers are."""
    return np.where(numbers >= LIMIT, np.float32(0), numbers) * PACE + START


@pytest.mark.parametrize("columns", [1, 15, 16, 17, 64, 85, 133])
@pytest.mark.parametrize("power", [0, 1, 2, 9, 99, 128])
def test_agree_with_exact_powers(power, columns):
    """Each of at most 14 products is rounded to 6e-8 of itself, and its error doubles with every square."""
    numbers = np.random.default_rng(columns).uniform(0, 0.4, (3, columns)).astype(np.float32)
    matrix, sums, base = numbers.ravel().copy(), np.full(columns, np.nan, np.float32), bases(numbers)
    raise_and_add(matrix, *LINE, power, sums)
    exact = np.array([[float(Fraction(float(x)) ** power) for x in row] for row in base])
    np.testing.assert_allclose(matrix.reshape(base.shape), exact, rtol=2e-5)
    np.testing.assert_allclose(sums, (exact * base).sum(0), rtol=2e-5)


def test_of_the_first_power_have_the_bits_of_the_base():
    """Also where a number is the limit itself, or is none."""
    numbers = np.random.default_rng(2).uniform(-1, 1, 85).astype(np.float32)
    numbers[::7], numbers[::11] = LIMIT, np.nan
    matrix, sums = numbers.copy(), np.empty(85, np.float32)
    raise_and_add(matrix, *LINE, 1, sums)
    assert np.array_equal(matrix, bases(numbers), equal_nan=True)
    assert np.array_equal(sums, matrix * matrix, equal_nan=True)


@pytest.mark.parametrize("power", [3, 99])
def test_a_column_has_the_same_bits_in_a_panel_in_a_run_and_alone(power):
    numbers = np.random.default_rng(1).uniform(0, 0.4, (3, 85)).astype(np.float32)
    together, of_all = numbers.ravel().copy(), np.empty(85, np.float32)
    raise_and_add(together, *LINE, power, of_all)
    for i in range(85):
        alone, of_one = numbers[:, i].copy(), np.empty(1, np.float32)
        raise_and_add(alone, *LINE, power, of_one)
        assert alone.tolist() == together[i::85].tolist()
        assert of_one[0] == of_all[i]


@pytest.mark.parametrize(("size", "columns", "power"), [(10, 3, 2), (4, 0, 2), (4, 2, -1)])
def test_what_does_not_fit_is_refused(size, columns, power):
    with pytest.raises(ValueError, match=r"raise_and_add: sums must be \[N\] for a matrix \[M, N\], .* for example 99"):
        raise_and_add(np.ones(size, np.float32), *LINE, power, np.ones(columns, np.float32))
