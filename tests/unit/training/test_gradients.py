"""The gradients of the terms in closed form, against autograd through the regularizers' own formulas."""

import numpy as np
import pytest
import torch

from excolor.conditions.regularizers import (
    Anchor,
    AngularAnchor,
    AntiAnchor,
    AxisAlignedSubspace,
    Crowding,
    Planarity,
    Regularizer,
    Separate,
    Unitarity,
)
from excolor.numerics.streams import stream
from excolor.training import gradients
from excolor.training.gradients import CLOSED_FORMS, is_angular

SEEDS, WIDTH, ROWS = 3, 4, 16
POINT = (0.5, -1.0, 0.0, 2.0)
EACH = [
    Unitarity(),
    Anchor(POINT),
    AngularAnchor(POINT),
    AngularAnchor((0, -3, 0, 0)),
    AntiAnchor(POINT),
    AntiAnchor(POINT, hemi=False),
    AxisAlignedSubspace((1, 3)),
    AxisAlignedSubspace((0,), invert=True),
    Planarity(),
    Crowding((0, 2)),
    *(Separate(power, shift) for power in (1, 2, 10, 100) for shift in (True, False)),
]
each = pytest.mark.parametrize("regularizer", EACH, ids=str)
SHARES = {
    "all rows alike": np.full((SEEDS, ROWS), 1 / ROWS),
    "some rows": stream(0, "some rows").random((SEEDS, ROWS)) * (stream(0, "which").random((SEEDS, ROWS)) < 0.4),
    "no row": np.zeros((SEEDS, ROWS)),
}
shared = pytest.mark.parametrize("share", SHARES.values(), ids=SHARES)


def add_gradient(regularizer, z, share, weight, gradient):
    """With one weight for all."""
    return gradients.add_gradient(regularizer, z, share, np.full(len(z), weight, z.dtype), gradient)


def latents():
    """Near enough to each other for a hundredth power to be felt."""
    return stream(0, "latents").normal(size=(SEEDS, WIDTH, ROWS)) * 0.4 + np.eye(WIDTH)[:, 1:2]


def length_of(z):
    return np.sqrt((z * z).sum(1, keepdims=True))


def precision(regularizer):
    """In which the closed form is held against the formula, and how near it must come.

    The separation multiplies in single precision alone, and its hundredth power makes a hundred roundings of one.
    """
    if isinstance(regularizer, Separate):
        return np.float32, {"rtol": 2e-4, "atol": 1e-6}
    return np.float64, {"rtol": 1e-12, "atol": 1e-14}


def by_formula(regularizer, z, share, weight):
    """Mean and gradient as autograd finds them, `[S]` and `[S, K, B]`."""
    given = torch.from_numpy(z).mT.requires_grad_()
    mean = (regularizer(given) * torch.from_numpy(share)).sum(-1)
    (gradient,) = torch.autograd.grad(weight * mean.sum(), given)
    return mean.detach().numpy(), gradient.mT.numpy()


class Height(Regularizer):
    """A new one: z_1^3 and no more than its formula."""

    def penalty(self, z):
        return z[..., 1] ** 3


@shared
@each
class TestClosedForms:
    def test_agree_with_autograd(self, regularizer, share):
        number, near = precision(regularizer)
        z, share = latents().astype(number), share.astype(number)
        length = length_of(z)
        mean, expected = by_formula(regularizer, z.astype(float), share.astype(float), 0.3)
        gradient = np.zeros_like(z)
        if is_angular(regularizer):
            u = z / length
            measured = add_gradient(regularizer, u, share, 0.3, gradient)
            gradient = (gradient - u * (u * gradient).sum(1, keepdims=True)) / length
        else:
            measured = add_gradient(regularizer, z, share, 0.3, gradient)
        np.testing.assert_allclose(measured, mean, **near)
        # Autograd goes through more roundings on the way.
        np.testing.assert_allclose(gradient, expected, rtol=max(near["rtol"], 1e-9), atol=max(near["atol"], 1e-12))

    def test_add_to_what_is_there_and_leave_the_latents(self, regularizer, share):
        number, near = precision(regularizer)
        z, share = latents().astype(number), share.astype(number)
        z /= length_of(z)
        kept, alone, onto = z.copy(), np.zeros_like(z), np.ones_like(z)
        add_gradient(regularizer, z, share, 0.3, alone)
        add_gradient(regularizer, z, share, 0.3, onto)
        np.testing.assert_allclose(onto, 1 + alone, **near)
        assert np.array_equal(z, kept)

    def test_bits_of_a_seed_do_not_depend_on_the_others(self, regularizer, share):
        z = latents().astype(np.float32)
        share = share.astype(np.float32)
        together, means = np.zeros_like(z), add_gradient(regularizer, z, share, 0.3, np.zeros_like(z))
        add_gradient(regularizer, z, share, 0.3, together)
        for seed in range(SEEDS):
            alone = np.zeros_like(z[[seed]])
            assert add_gradient(regularizer, z[[seed]], share[[seed]], 0.3, alone)[0] == means[seed]
            assert np.array_equal(alone[0], together[seed])


class TestSeparation:
    @pytest.mark.parametrize("share", ["all rows alike", "one row"])
    def test_in_float32_agrees_with_autograd_in_float64(self, share):
        z = stream(3, "rows").normal(size=(2, WIDTH, 64))
        z /= length_of(z)
        given = {"all rows alike": np.full((2, 64), 1 / 64), "one row": np.eye(64)[[7, 7]]}[share]
        _, expected = by_formula(Separate(100), z, given, 1.0)
        gradient = np.zeros(z.shape, np.float32)
        add_gradient(Separate(100), z.astype(np.float32), given.astype(np.float32), 1.0, gradient)
        gradient -= z * (z * gradient).sum(1, keepdims=True)
        np.testing.assert_allclose(gradient, expected, rtol=2e-4, atol=2e-5 * abs(expected).max())

    @pytest.mark.parametrize("separate", [Separate(10, shift=False), Separate(100)], ids=str)
    def test_does_not_feel_what_it_takes_for_a_duplicate(self, separate):
        """In the powers that the experiments use: 0.1 degrees apart is as good as in one place."""
        angle = np.pi / 1800
        z = np.array([[[1, np.cos(angle), 0], [0, np.sin(angle), 1]]], np.float32)
        gradient = np.zeros_like(z)
        add_gradient(separate, z, np.array([[1.0, 1.0, 0.0]], np.float32), 1.0, gradient)
        tangential = gradient - z * (z * gradient).sum(1, keepdims=True)
        assert abs(tangential[..., :2]).max() < 1e-5  # rounding; 0.09 in the hundredth power if it did


class TestNewRegularizers:
    @shared
    def test_a_formula_is_enough(self, share):
        z, gradient = latents(), np.ones((SEEDS, WIDTH, ROWS))
        mean = add_gradient(Height(), z, share, 0.3, gradient)
        np.testing.assert_allclose(mean, (share * z[:, 1] ** 3).sum(-1), rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(gradient[:, 1], 1 + 0.3 * share * 3 * z[:, 1] ** 2, rtol=1e-12)
        assert np.array_equal(gradient[:, [0, 2, 3]], np.ones((SEEDS, 3, ROWS)))

    def test_a_new_formula_is_not_taken_for_its_parents(self):
        class Twice(Unitarity):
            def penalty(self, z):
                return 2 * super().penalty(z)

        z, share = latents(), SHARES["all rows alike"]
        once, twice = np.zeros_like(z), np.zeros_like(z)
        mean = add_gradient(Unitarity(), z, share, 1.0, once)
        np.testing.assert_allclose(add_gradient(Twice(), z, share, 1.0, twice), 2 * mean, rtol=1e-12)
        np.testing.assert_allclose(twice, 2 * once, rtol=1e-12, atol=1e-14)

    def test_every_closed_form_is_held_against_autograd_above(self):
        assert {type(regularizer) for regularizer in EACH} == set(CLOSED_FORMS)


class TestZeroLatents:
    @pytest.mark.parametrize("regularizer", [Unitarity(), Anchor(POINT), Planarity()], ids=str)
    def test_gradient_is_finite(self, regularizer):
        z, gradient = np.zeros((1, WIDTH, 2), np.float32), np.zeros((1, WIDTH, 2), np.float32)
        add_gradient(regularizer, z, np.full((1, 2), 0.5, np.float32), 1.0, gradient)
        assert np.isfinite(gradient).all()


class TestShapes:
    """What kernels would read past, or write past."""

    @pytest.mark.parametrize("short", range(4))
    @pytest.mark.parametrize("axis", [0, -1])
    def test_that_do_not_fit(self, short, axis):
        whole = [np.zeros(shape, np.float32) for shape in ((2, 4, 7), (2, 7), (2,), (2, 4, 7))]
        given = [x if i != short else np.delete(x, 0, axis) for i, x in enumerate(whole)]
        with pytest.raises(ValueError, match=r"they must be \[S, K, B\], \[S, B\], \[S\] and \[S, K, B\], for example"):
            gradients.add_gradient(Unitarity(), *given)
