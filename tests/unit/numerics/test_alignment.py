"""The kernels that edit latents, against the formulas written out in torch and in numpy, bit for bit."""

import re

import numpy as np
import pytest
import torch

from excolor.edits.falloffs import BezierMapper
from excolor.numerics.alignment import inner_products, interpolated, shorten, turn

WIDTH = 5
V = np.array([0.1, -0.5, 0.7, 0.0, 0.4])
OTHER = np.array([0.0, 0.0, 0.0, 1.0, 0.0])


def drawn():
    """Latents [S, K, B]: any, tiny, 0, parallel to V and nearly so, infinite and undefined."""
    random = np.random.default_rng(7)
    z = random.normal(size=(2, WIDTH, 90))
    z[..., 10:20] *= 10.0 ** random.integers(-320, -3, 10)
    z[..., 20:30] = V[:, np.newaxis]
    z[..., 30:60] = V[:, np.newaxis] + z[..., 30:60] * 10.0 ** random.integers(-12, 0, 30)
    z[0, :, 60] = 0
    z[0, 0, 61:64] = np.nan, np.inf, -np.inf
    return z


def alike(found, expected):
    """Whether all bits are; of what is no number, that it is none."""
    found, expected = (np.where(np.isnan(x), np.nan, x) for x in (found, np.asarray(expected)))
    return found.shape == expected.shape and found.tobytes() == np.ascontiguousarray(expected).tobytes()


def by_row(x):
    return torch.from_numpy(x).unsqueeze(1)


def test_inner_products_are_added_up_in_the_order_of_the_coordinates():
    terms = torch.from_numpy(drawn() * V[:, np.newaxis]).unbind(1)
    assert alike(inner_products(drawn(), V), sum(terms[1:], terms[0]))


@pytest.mark.filterwarnings("ignore:overflow:RuntimeWarning")
def test_latents_in_single_precision_are_edited_in_double_precision():
    z = drawn().astype(np.float32)
    along, m = inner_products(z, V), np.random.default_rng(8).random((2, 90))
    assert alike(along, inner_products(z.astype(np.float64), V))
    for edit in (shorten, lambda z, *given: turn(z, *given[:2], 0.2, given[2], 1e-8, OTHER)):
        found = edit(z, V, along, m)
        assert found.dtype == np.float32
        assert alike(found, edit(z.astype(np.float64), V, along, m).astype(np.float32))


def test_shortened():
    z = drawn()
    along, share = inner_products(z, V), np.random.default_rng(8).random((2, 90))
    expected = torch.from_numpy(z) - by_row(share) * by_row(along) * torch.from_numpy(V).unsqueeze(-1)
    assert alike(shorten(z, V, along, share), expected)


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_turned():
    z = drawn()
    along, m = inner_products(z, V), np.random.default_rng(8).random((2, 90))
    across = z - along[:, np.newaxis] * V[:, np.newaxis]
    squares = (across * across).swapaxes(0, 1)
    length = np.sqrt(sum(squares[1:], squares[0]))[:, np.newaxis]
    unit = torch.from_numpy(across) / torch.from_numpy(length)
    u = torch.where(torch.from_numpy(length) < 1e-8, torch.from_numpy(OTHER).unsqueeze(-1), unit)
    height = np.sqrt(1 - m * m)
    expected = by_row(m) * torch.from_numpy(V).unsqueeze(-1) + by_row(height) * u
    found = turn(z, V, along, 0.2, m, 1e-8, OTHER)
    assert alike(found, torch.where(by_row(along) > 0.2, expected, torch.from_numpy(z)))
    assert (length < 1e-8).any()


class TestInterpolated:
    @pytest.mark.parametrize(
        "mapper",
        [
            BezierMapper(0, 0.5),
            BezierMapper(0.5, 0.9),
            BezierMapper(0, 0.5, end_slope=0.2, control=0),
            BezierMapper(0.3, 0.6, start_slope=0.97, end_slope=0.1, control=1),
            BezierMapper(0.9, 0.95, start_slope=0, end_slope=30),
        ],
        ids=repr,
    )
    def test_has_the_bits_of_another_library(self, mapper):
        xs, ys, slopes, places = mapper._points
        random = np.random.default_rng(7)
        at = [xs, np.nextafter(xs, 0), np.nextafter(xs, 1), random.random(9999), random.random(999) ** 8]
        x = np.concatenate([*at, 1 - random.random(999) ** 8, [-0.0, -1, 2, 5e-324, np.nan]])
        assert alike(interpolated(x, xs, ys, slopes, places), np.interp(x, xs, ys))

    def test_beyond_its_ends_are_their_heights(self):
        ends = np.array([0.2, 1.0]), np.array([0.2, 0.4])
        found = interpolated(np.array([-1.0, 0.2, 0.6, 3.0]), *ends, np.array([0.25]), np.array([0, 1]))
        assert found == pytest.approx([0.2, 0.2, 0.3, 0.4])


class TestRefusals:
    """What a kernel would read past."""

    z, flat = np.zeros((2, WIDTH, 3)), np.zeros((2, 3))

    @pytest.mark.parametrize(
        ("kernel", "given"),
        [
            (inner_products, (z, V[1:])),
            (shorten, (z, V[1:], flat, flat)),
            (shorten, (z, V, flat[1:], flat[1:])),
            (shorten, (z, V, flat, flat[:, 1:])),
            (turn, (z, V[1:], flat, 0.0, flat, 1e-8, V[1:])),
            (turn, (z, V, flat, 0.0, flat, 1e-8, V[1:])),
            (turn, (z, V, flat[1:], 0.0, flat[1:], 1e-8, V)),
            (turn, (z, V, flat, 0.0, flat[:, 1:], 1e-8, V)),
            (interpolated, (V, V, V[1:], V[1:], np.array([0, 1]))),
            (interpolated, (V, V, V, V, np.array([0, 1]))),
            (interpolated, (V, V, V, V[1:], np.array([0]))),
            (interpolated, (V, V[:1], V[:1], V[:0], np.array([0, 1]))),
        ],
    )
    def test_of_other_sizes(self, kernel, given):
        name = kernel.py_func.__name__
        with pytest.raises(ValueError, match=re.escape(f"{name}: ") + ".* for example"):
            kernel(*given)
