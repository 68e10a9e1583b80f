"""Whole powers, norms and unit vectors, against loops over Python's own floats."""

import math
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from excolor.numerics.arithmetic import NORM_FLOOR, norm, unit, whole_power, whole_powers
from excolor.numerics.streams import stream

sizes = st.integers(1, 6)


def normal(*shape, dtype=torch.float64):
    return torch.from_numpy(stream(0, f"normal {shape}").normal(size=shape)).to(dtype)


class TestWholePower:
    @given(st.floats(-2, 2), st.integers(0, 200))
    def test_is_the_exact_power_up_to_its_roundings(self, base, power):
        exact = Fraction(base) ** power
        assert abs(Fraction(float(whole_power(np.float64(base), power))) - exact) <= abs(exact) * power * Fraction(
            1, 2**52
        ) + Fraction(1, 2**1022)

    @given(st.integers(-9, 9), st.integers(0, 15))
    def test_is_exact_where_floats_are(self, base, power):
        assert whole_power(torch.tensor(float(base), dtype=torch.float64), power) == base**power

    @pytest.mark.parametrize("power", [0, 1, 2, 7])
    @pytest.mark.parametrize("make", [np.array, torch.tensor], ids=["numpy", "torch"])
    def test_leaves_its_base_alone(self, make, power):
        base = make([2.0, -3.0])
        result = whole_power(base, power)
        result *= 0
        assert base.tolist() == [2, -3]

    def test_bits_do_not_depend_on_the_neighbors(self):
        base = normal(67, dtype=torch.float32)
        together = whole_power(base, 100)
        assert torch.equal(together, torch.stack([whole_power(one, 100) for one in base]))

    def test_numpy_and_torch_agree_to_the_bit(self):
        base = normal(40)
        assert whole_power(base, 99).tolist() == whole_power(base.numpy(), 99).tolist()


class TestWholePowers:
    @given(st.floats(-1, 1), st.integers(0, 300))
    def test_have_the_bits_of_each_by_itself(self, base, count):
        alone = [whole_power(base, power) for power in range(count)]
        assert whole_powers(base, count).tobytes() == np.array(alone, np.float64).tobytes()


class TestNorm:
    def test_pythagoras(self):
        assert norm(torch.tensor([[3.0, 4.0], [0.0, -2.0]])).tolist() == [5, 2]

    @given(st.lists(st.floats(-10, 10), min_size=1, max_size=6))
    def test_is_the_hypotenuse(self, z):
        assert float(norm(torch.tensor(z, dtype=torch.float64))) == pytest.approx(max(math.hypot(*z), NORM_FLOOR))

    @pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
    def test_has_a_floor_and_no_gradient_below_it(self, dtype):
        z = torch.zeros(2, 5, dtype=dtype, requires_grad=True)
        length = norm(z)
        length.sum().backward()
        assert length.tolist() == pytest.approx([1e-12, 1e-12])
        assert torch.equal(z.grad, torch.zeros_like(z))

    def test_gradient_is_the_direction(self):
        z = torch.tensor([0.6, -0.8], dtype=torch.float64, requires_grad=True)
        norm(z).backward()
        assert z.grad.tolist() == pytest.approx([0.6, -0.8])

    def test_length_of_every_row_whatever_the_strides(self):
        z = normal(3, 5, 7)
        torch.testing.assert_close(norm(z.mT), norm(z.mT.contiguous()), rtol=1e-15, atol=0)


class TestUnit:
    @given(st.lists(st.floats(-10, 10).filter(lambda x: x == 0 or abs(x) > 1e-3), min_size=1, max_size=6))
    def test_agrees_with_torch(self, z):
        z = torch.tensor([z], dtype=torch.float64)
        torch.testing.assert_close(unit(z), torch.nn.functional.normalize(z, dim=-1, eps=1e-12), rtol=1e-14, atol=0)

    @pytest.mark.parametrize("leading", [(), (50,), (2, 3, 50)])
    def test_puts_rows_on_the_sphere(self, leading):
        lengths = unit(normal(*leading, 5, dtype=torch.float32)).norm(dim=-1)
        torch.testing.assert_close(lengths, torch.ones(leading), rtol=0, atol=3e-7)

    def test_of_nothing_is_nothing(self):
        assert unit(torch.zeros(1, 3)).tolist() == [[0, 0, 0]]

    def test_leaves_its_argument_alone(self):
        z = torch.tensor([3.0, 4.0])
        assert unit(z).tolist() == pytest.approx([0.6, 0.8])
        assert z.tolist() == [3, 4]

    def test_gradient_agrees_with_finite_differences(self):
        assert torch.autograd.gradcheck(unit, normal(2, 4, 5).requires_grad_())

    def test_gradient_agrees_with_autograd(self):
        z, upstream = normal(3, 7, 5).requires_grad_(), normal(3, 7, 5)
        (by_hand,) = torch.autograd.grad(unit(z), z, upstream)
        (expected,) = torch.autograd.grad(torch.nn.functional.normalize(z, dim=-1), z, upstream)
        torch.testing.assert_close(by_hand, expected, rtol=1e-12, atol=1e-14)

    def test_gradient_through_two_of_them_is_that_of_one(self):
        """What is on the sphere stays where it is, whatever uses it beside."""
        z, upstream = normal(7, 5).requires_grad_(), normal(7, 5)
        (once,) = torch.autograd.grad(unit(z), z, upstream)
        for on_sphere in (unit(z), unit(z) * 1, unit(z) * 3):
            (twice,) = torch.autograd.grad(unit(on_sphere), z, upstream)
            torch.testing.assert_close(twice, once, rtol=1e-12, atol=1e-14)

    def test_gradient_is_finite_at_0(self):
        z = torch.zeros(2, 5, requires_grad=True)
        unit(z).sum().backward()
        assert z.grad.isfinite().all()
