"""Elementary functions against the system's mathematical library, which computes them in another way."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excolor.numerics.functions import cos_of_turns, exp, log, power, sqrt, turns_of

ULP = 2.0**-52
numbers = st.floats(-1e3, 1e3)


class TestExp:
    @given(st.floats(-708, 709))
    def test_value(self, x):
        assert float(exp(x)) == pytest.approx(math.exp(x), rel=3 * ULP)

    @given(st.floats(-300, 300), st.floats(-300, 300))
    def test_of_a_sum_is_the_product(self, x, y):
        """What rounding x + y loses is its own: a unit in its last place, |x + y| / 2^52 of the result."""
        assert float(exp(x + y)) == pytest.approx(float(exp(x) * exp(y)), rel=(10 + abs(x + y)) * ULP)

    def test_far_out(self):
        assert exp([-np.inf, -1e6, 0, 1e6, np.inf]).tolist() == [0, 0, 1, np.inf, np.inf]
        assert math.isnan(exp(np.nan))


class TestLog:
    @given(st.floats(1e-300, 1e300))
    def test_value(self, x):
        assert float(log(x)) == pytest.approx(math.log(x), rel=3 * ULP)

    @given(st.floats(-1e-3, 1e-3))
    def test_keeps_its_digits_near_1(self, x):
        assert float(log(1 + x)) == pytest.approx(math.log1p((1 + x) - 1), rel=3 * ULP)

    @given(st.floats(-600, 600))
    def test_undoes_exp(self, x):
        assert float(log(exp(x))) == pytest.approx(x, rel=3 * ULP, abs=3 * ULP)

    @pytest.mark.parametrize("x", [0, -1.0, np.inf, 1e-310])
    def test_refuses_what_has_no_finite_one(self, x):
        with pytest.raises(ValueError, match=rf"log of {x:g}: a number must be from 1e-300 to 1e300, for example 0\.5"):
            log([0.5, x])


class TestPower:
    @given(st.floats(1e-10, 1e10), st.floats(-10, 10))
    def test_value(self, base, exponent):
        assert float(power(base, exponent)) == pytest.approx(base**exponent, rel=1e-13)

    def test_of_0_and_of_1(self):
        assert power([0, 0, 1], [2.3, 1e-9, 7]).tolist() == [0, 0, 1]

    @pytest.mark.parametrize("exponent", [0, -1, math.nan])
    def test_of_0_has_none_without_an_exponent_above_0(self, exponent):
        with pytest.raises(ValueError, match="log of 0: a number must be from 1e-300 to 1e300"):
            power([1.0, 0.0], exponent)


class TestAngles:
    @given(numbers)
    def test_cosine(self, turns):
        # The library's argument has been multiplied by 2 pi, and rounded; whole turns are taken away before, exactly.
        assert float(cos_of_turns(turns)) == pytest.approx(math.cos(math.tau * math.remainder(turns, 1)), abs=4 * ULP)

    def test_is_exact_at_quarters_of_a_turn(self):
        assert cos_of_turns(np.arange(-4, 5) / 4).tolist() == [1, 0, -1, 0, 1, 0, -1, 0, 1]
        assert turns_of([0, 1, 0, -1], [1, 0, -1, 0]).tolist() == [0, 1 / 4, 1 / 2, 3 / 4]

    @given(numbers, numbers)
    def test_angle_of_a_point(self, x, y):
        expected = math.atan2(y, x) / math.tau % 1
        if (x, y) == (0, 0):
            assert math.isnan(turns_of(y, x))
        else:
            apart = (float(turns_of(y, x)) - expected + 0.5) % 1 - 0.5
            assert abs(apart) < 2 * ULP
            assert 0 <= turns_of(y, x) < 1

    @given(st.floats(0, 1, exclude_max=True))
    def test_angle_undoes_the_circle(self, turns):
        apart = float(turns_of(cos_of_turns(turns - 1 / 4), cos_of_turns(turns))) - turns
        assert abs((apart + 0.5) % 1 - 0.5) < 4 * ULP


class TestSqrt:
    @given(st.floats(0, 1e300))
    def test_is_correctly_rounded(self, x):
        assert float(sqrt(x)) == math.sqrt(x)


@pytest.mark.parametrize("function", [exp, cos_of_turns, sqrt])
def test_keeps_the_shape_and_the_argument(function):
    x = np.linspace(0, 1, 24).reshape(2, 3, 4)
    before = x.copy()
    assert function(x[:, ::2]).shape == (2, 2, 4)
    assert function(x.T).tolist() == function(x).T.tolist()
    assert np.array_equal(x, before)
    assert function(0.5).shape == ()
