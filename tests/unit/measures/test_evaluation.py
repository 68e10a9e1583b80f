"""Reconstructions and latents, against one color at a time in Python's own floats."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from excolor.colors import ColorError, hsv_cube, hues, named_colors, rgb_cube
from excolor.conditions.architecture import Architecture, Form
from excolor.ensemble import Ensemble, split
from excolor.measures.errors import reconstruction_error
from excolor.measures.evaluation import BLOCK, MeasureError, latents, reconstruct
from excolor.numerics.layers import Affine
from excolor.numerics.streams import stream

SEEDS = (7, 2)
parts = st.floats(0, 1)
CUBE = hsv_cube(hues(5), np.linspace(0, 1, 3), np.linspace(0, 1, 4))


# One model and one color, in Python --------------------------------------------------------------------------------


def affine(layer, seed, x):
    return [
        math.fsum(float(w) * value for w, value in zip(row, x, strict=True)) + float(b)
        for row, b in zip(layer.weight[seed], layer.bias[seed], strict=True)
    ]


def through(layers, seed, x):
    for i, layer in enumerate(layers):
        x = affine(layer, seed, [v * (1 + math.erf(v / math.sqrt(2))) / 2 for v in x] if i else x)
    return x


def latent(ensemble, seed, rgb):
    z = through(ensemble.encoder, seed, rgb)
    return [value / math.hypot(*z) for value in z]


def answer(ensemble, seed, rgb):
    return [min(max(value, 0), 1) for value in through(ensemble.decoder, seed, latent(ensemble, seed, rgb))]


def colors(count, purpose="colors"):
    return stream(0, purpose).random((count, 3))


class TestAgainstALoop:
    @given(st.tuples(parts, parts, parts))
    def test_reconstruct(self, ensemble, rgb):
        expected = [answer(ensemble, seed, rgb) for seed in range(2)]
        np.testing.assert_allclose(reconstruct(ensemble, rgb), expected, atol=1e-5)

    @given(st.tuples(parts, parts, parts))
    def test_latents(self, ensemble, rgb):
        expected = [latent(ensemble, seed, rgb) for seed in range(2)]
        np.testing.assert_allclose(latents(ensemble, rgb), expected, atol=1e-5)

    def test_reconstruction_error(self, ensemble):
        error = reconstruction_error(ensemble, CUBE)
        for seed, h, s, v in np.ndindex(error.shape):
            rgb = CUBE["color"].values[h, s, v].tolist()
            rebuilt = answer(ensemble, seed, rgb)
            expected = sum((a - b) ** 2 for a, b in zip(rebuilt, rgb, strict=True)) / 3
            assert float(error[seed, h, s, v]) == pytest.approx(expected, abs=1e-5)


class TestReconstruct:
    @pytest.mark.parametrize("leading", [(), (1,), (5,), (2, 3), (2, 1, 4)])
    def test_keeps_the_leading_axes(self, ensemble, leading):
        rgb = stream(1, "colors").random((*leading, 3))
        flat = reconstruct(ensemble, rgb.reshape(-1, 3))
        assert reconstruct(ensemble, rgb).shape == (2, *leading, 3)
        assert latents(ensemble, rgb).shape == (2, *leading, 5)
        torch.testing.assert_close(reconstruct(ensemble, rgb).reshape(2, -1, 3), flat, rtol=0, atol=0)

    def test_is_clamped(self, ensemble):
        rebuilt = reconstruct(ensemble, colors(1000))
        assert rebuilt.min() == 0
        assert rebuilt.max() == 1
        assert ((rebuilt > 0) & (rebuilt < 1)).any()

    @pytest.mark.parametrize("answered", [reconstruct, latents])
    def test_more_colors_than_one_block_holds(self, ensemble, answered):
        many = colors(2 * (BLOCK // len(SEEDS)) + 7)
        pieces = np.concatenate([answered(ensemble, piece) for piece in np.array_split(many, 5)], axis=1)
        np.testing.assert_array_equal(answered(ensemble, many), pieces)

    @pytest.mark.parametrize("form", [Form(normalized=False), Form("relu", normalized=False, output="sigmoid")])
    @pytest.mark.parametrize("answered", [reconstruct, latents])
    def test_more_colors_than_one_block_holds_in_other_forms(self, ensemble, answered, form):
        """What is not normalized is not a copy: each block is to keep its own."""
        many, raw = colors(3 * BLOCK), replace(ensemble, form=form)
        pieces = np.concatenate([answered(raw, piece) for piece in np.array_split(many, 5)], axis=1)
        np.testing.assert_array_equal(answered(raw, many), pieces)

    def test_takes_lists(self, ensemble):
        assert torch.equal(reconstruct(ensemble, [[1, 0, 0]]), reconstruct(ensemble, np.array([[1.0, 0, 0]])))

    def test_of_one_seed_is_as_among_others(self, ensemble):
        alone = Ensemble(
            *[
                tuple(Affine(layer.weight[1:], layer.bias[1:]) for layer in half)
                for half in (ensemble.encoder, ensemble.decoder)
            ],
            SEEDS[1:],
            ensemble.history[1:],
        )
        rgb = colors(500)
        assert torch.equal(reconstruct(alone, rgb), reconstruct(ensemble, rgb)[1:])

    def test_leaves_the_colors_alone(self, ensemble):
        rgb = colors(9)
        reconstruct(ensemble, rgb)
        assert np.array_equal(rgb, colors(9))


class TestLatents:
    def test_have_unit_length(self, ensemble):
        lengths = np.linalg.norm(latents(ensemble, colors(200)), axis=-1)
        np.testing.assert_allclose(lengths, np.ones((2, 200)), rtol=0, atol=3e-7)

    def test_are_measured_where_the_decoder_reads_them(self, seeing):
        """Colors seen from mid-gray: the eight corners of the cube are its diagonals."""
        corners = latents(seeing(b=-0.5, normalized=True), rgb_cube([0, 1], [0, 1], [0, 1]))
        expected = (np.reshape(list(np.ndindex(2, 2, 2)), (2, 2, 2, 3)) - 0.5) * 2 / math.sqrt(3)
        np.testing.assert_allclose(corners, np.stack([expected, expected]), rtol=1e-6)

    def test_of_a_cube_keep_its_axes_and_coordinates(self, seeing):
        z = latents(seeing(), CUBE.transpose("channel", "v", "h", "s"))
        assert z.dims == ("seed", "v", "h", "s", "dimension")
        assert set(z.coords) == {"seed", "h", "s", "v"}
        assert z["seed"].values.tolist() == list(SEEDS)
        assert z.sel(h=0, s=1, v=1, seed=2).values.tolist() == [1, 0, 0]

    @pytest.mark.parametrize(
        ("leading", "axes"),
        [
            ((), ()),
            ((4,), ("color",)),
            ((2, 3), ("color_0", "color_1")),
            ((1, 2, 3), ("color_0", "color_1", "color_2")),
        ],
    )
    def test_of_an_array_name_its_axes(self, seeing, leading, axes):
        rgb = np.full((*leading, 3), 0.5)
        z = latents(seeing(), rgb)
        assert z.dims == ("seed", *axes, "dimension")
        assert z.dtype == np.float32
        assert (z == 0.5).all()

    def test_of_a_named_color(self, seeing):
        z = latents(seeing(), named_colors()["color"].sel(name="azure"))
        assert z.dims == ("seed", "dimension")
        assert z["h"] == 7 / 12
        assert z.values.tolist() == [[0, 0.5, 1]] * 2


class TestRefusals:
    @pytest.mark.parametrize("answered", [reconstruct, latents])
    @pytest.mark.parametrize(
        ("rgb", "message"),
        [
            ([[0, 0, 0], [0, 1.5, 0]], "the color (0.0, 1.5, 0.0) at position (1,) has g = 1.5: it must be in [0, 1]"),
            (
                (0, 0, -0.1),
                "the color (0.0, 0.0, -0.1) has b = -0.1: it must be in [0, 1], for example (1.0, 0.5, 0.0)",
            ),
            ((math.nan, 0, 0), "the color (nan, 0.0, 0.0) has r = nan: it must be in [0, 1]"),
            ((0, 0), "colors of shape (2,): the last axis must hold the three channels r, g, b"),
            (0.5, "colors of shape (): the last axis must hold the three channels r, g, b"),
        ],
        ids=["above", "below", "nan", "two", "number"],
    )
    def test_what_is_no_color(self, ensemble, answered, rgb, message):
        with pytest.raises(ColorError, match=re.escape(message)):
            answered(ensemble, rgb)

    @pytest.mark.parametrize("answered", [reconstruct, latents])
    def test_what_has_no_colors(self, ensemble, answered):
        with pytest.raises(ColorError, match=re.escape("a Dataset of ['bias']: its colors must be called 'color'")):
            answered(ensemble, CUBE[["bias"]])
        with pytest.raises(ColorError, match=re.escape("colors over ('h', 's', 'v'): one axis must be 'channel'")):
            answered(ensemble, CUBE["bias"])

    @pytest.mark.parametrize("answered", [reconstruct, latents])
    def test_several_ensembles(self, ensemble, answered):
        with pytest.raises(MeasureError, match="a list of 2 cannot be measured: give one ensemble, for example"):
            answered([ensemble, ensemble], (1, 0, 0))


def test_no_colors_at_all_are_refused(ensemble):
    with pytest.raises(ColorError, match=r"colors of shape \(0, 3\): there are none, for example"):
        reconstruct(ensemble, np.zeros((0, 3)))


@pytest.mark.parametrize("count", [1, 3, 256, 600])
def test_a_seed_has_the_same_bits_alone_as_among_32(count):
    architecture, seeds = Architecture(5, 2, 16), tuple(range(32))
    drawn = torch.from_numpy(stream(1, "untrained").normal(0, 0.5, (32, architecture.parameters))).float()
    many = Ensemble(*split(drawn, architecture), seeds, xr.DataArray(np.zeros(32), dims="seed"))
    alone = Ensemble(*split(drawn[3:4], architecture), (3,), xr.DataArray(np.zeros(1), dims="seed"))
    rgb = colors(count)
    for evaluate in (reconstruct, latents):
        assert np.array_equal(evaluate(many, rgb)[3], evaluate(alone, rgb)[0])
