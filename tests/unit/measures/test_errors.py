"""Reconstructions, latents and errors, against one color at a time in Python's own floats."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from excolor.colors import ColorError, hsv_cube, hues, medium_cube, named_color, named_colors, rgb_cube
from excolor.conditions.architecture import Architecture, Form
from excolor.edits.deletion import answering
from excolor.ensemble import Ensemble, split
from excolor.measures import errors
from excolor.measures.anchoring import falls_with_hue_distance, most_opposed
from excolor.measures.errors import (
    error_of,
    latents,
    reconstruct,
    reconstruction_error,
    typical_error,
    worst_error,
)
from excolor.numerics.layers import Affine
from excolor.numerics.streams import stream

SEEDS = (7, 2)
parts = st.floats(0, 1)
CUBE = hsv_cube(hues(5), np.linspace(0, 1, 3), np.linspace(0, 1, 4))


@pytest.fixture(scope="module")
def ensemble():
    """Models of random weights, large enough for outputs on both sides of [0, 1]."""
    architecture = Architecture(5, 2, 8)
    drawn = stream(0, "untrained").normal(0, 0.9, (len(SEEDS), architecture.parameters))
    layers = split(torch.from_numpy(drawn).float(), architecture)
    return Ensemble(*layers, SEEDS, xr.DataArray(np.zeros(len(SEEDS)), dims="seed"))


def seeing(ensemble):
    """Models whose latents are the colors themselves, seen from mid-gray."""
    eye = Affine(torch.eye(3).expand(2, 3, 3).contiguous(), torch.full((2, 3), -0.5))
    return Ensemble((eye,), (eye,), SEEDS, ensemble.history)


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
        many = colors(2 * (errors.BLOCK // len(SEEDS)) + 7)
        pieces = torch.cat([answered(ensemble, piece) for piece in np.array_split(many, 5)], dim=1)
        # Not to the bit: the matrix library adds up in another order at another number of columns.
        torch.testing.assert_close(answered(ensemble, many), pieces, rtol=0, atol=1e-5)

    @pytest.mark.parametrize("form", [Form(normalized=False), Form("relu", normalized=False, output="sigmoid")])
    @pytest.mark.parametrize("answered", [reconstruct, latents])
    def test_more_colors_than_one_block_holds_in_other_forms(self, ensemble, answered, form):
        """What is not normalized is not a copy: each block is to keep its own."""
        many, raw = colors(3 * errors.BLOCK), replace(ensemble, form=form)
        pieces = torch.cat([answered(raw, piece) for piece in np.array_split(many, 5)], dim=1)
        torch.testing.assert_close(answered(raw, many), pieces, rtol=1e-5, atol=1e-5)

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
        lengths = latents(ensemble, colors(200)).norm(dim=-1)
        torch.testing.assert_close(lengths, torch.ones(2, 200), rtol=0, atol=3e-7)

    def test_are_measured_where_the_decoder_reads_them(self, ensemble):
        """Colors seen from mid-gray: the eight corners of the cube are its diagonals."""
        corners = latents(seeing(ensemble), rgb_cube([0, 1], [0, 1], [0, 1])["color"].values)
        assert torch.equal(
            corners > 0, torch.tensor(list(np.ndindex(2, 2, 2))).view(2, 2, 2, 3).bool().expand(2, 2, 2, 2, 3)
        )
        torch.testing.assert_close(corners.abs(), torch.full((2, 2, 2, 2, 3), 1 / math.sqrt(3)))


class TestReconstructionError:
    def test_keeps_axes_and_coordinates(self, ensemble):
        error = reconstruction_error(ensemble, CUBE)
        assert error.dims == ("seed", "h", "s", "v")
        assert error.name == "error"
        assert error.dtype == np.float32
        assert error["seed"].values.tolist() == list(SEEDS)
        for axis in "hsv":
            np.testing.assert_array_equal(error[axis], CUBE[axis])
        assert set(error.coords) == {"seed", "h", "s", "v"}

    def test_of_an_rgb_cube(self, ensemble):
        cube = rgb_cube([0, 1], [0, 0.5, 1], [0.3])
        assert reconstruction_error(ensemble, cube).sizes == {"seed": 2, "r": 2, "g": 3, "b": 1}

    def test_of_named_colors(self, ensemble):
        error = reconstruction_error(ensemble, named_colors())
        assert error.dims == ("seed", "name")
        assert error.sel(name="azure")["h"] == 7 / 12
        np.testing.assert_allclose(error.sel(name="azure"), error_of(ensemble, "azure"), atol=1e-7)

    def test_does_not_mind_the_order_of_the_axes(self, ensemble):
        turned = CUBE.transpose("channel", "v", "h", "s")
        error = reconstruction_error(ensemble, turned)
        assert error.dims == ("seed", "v", "h", "s")
        xr.testing.assert_allclose(
            error.transpose("seed", "h", "s", "v"), reconstruction_error(ensemble, CUBE), atol=1e-7
        )

    def test_of_what_is_answered_exactly_is_0(self, ensemble):
        gray = answering(ensemble, named_color("gray"))
        error = reconstruction_error(gray, named_colors())
        assert (error.sel(name="gray") == 0).all()
        np.testing.assert_allclose(error.sel(name=["red", "cyan", "black", "white"]), 0.25)
        np.testing.assert_allclose(error.sel(name="light gray"), 1 / 16)


class TestSummaries:
    """Of models that answer one color, where everything has a closed form."""

    def test_worst_error(self, ensemble):
        assert worst_error(answering(ensemble, (0.5, 0.5, 0.5))).values == pytest.approx([0.25, 0.25])
        assert worst_error(answering(ensemble, (0, 0, 0))).values == pytest.approx([1, 1])  # white
        assert worst_error(answering(ensemble, (1, 0, 0))).values == pytest.approx([1, 1])  # cyan

    def test_typical_error(self, ensemble):
        """Against black, the mean square of the channels of the color in the middle, counted over the whole cube."""
        squares = sorted((medium_cube()["color"].values ** 2).mean(-1).ravel().tolist())
        middle = (squares[len(squares) // 2 - 1] + squares[len(squares) // 2]) / 2
        assert typical_error(answering(ensemble, (0, 0, 0))).values == pytest.approx([middle] * 2, rel=1e-5)

    def test_typical_and_worst_bracket_the_cube(self, ensemble):
        error = reconstruction_error(ensemble, medium_cube())
        below = (error <= typical_error(ensemble)).mean(("h", "s", "v"))
        np.testing.assert_allclose(below, 0.5, atol=0.01)
        assert (error.max(("h", "s", "v")) == worst_error(ensemble)).all()
        assert (error.median(("h", "s", "v")) == typical_error(ensemble)).all()

    def test_are_remembered_and_cannot_be_spoiled(self, ensemble):
        for summary in (worst_error, typical_error):
            measured = summary(ensemble)
            before = measured.copy()
            measured[:] = 9
            assert summary(ensemble).identical(before)

    @pytest.mark.parametrize("summary", [worst_error, typical_error, lambda e: error_of(e, "red")])
    def test_are_over_seeds(self, ensemble, summary):
        measured = summary(ensemble)
        assert measured.dims == ("seed",)
        assert measured["seed"].values.tolist() == list(SEEDS)

    @pytest.mark.parametrize("summary", [worst_error, typical_error, lambda e: error_of(e, "red")])
    def test_of_a_broken_model_are_nan(self, ensemble, summary):
        """Never a number, which could be judged."""
        dark = answering(ensemble, (0, 0, 0))
        dark.decoder[-1].bias[1, 2] = math.nan
        measured = summary(dark)
        assert measured[0] > 0
        assert measured[1].isnull()

    def test_error_of(self, ensemble):
        black = answering(ensemble, (0, 0, 0))
        assert error_of(black, "red").values == pytest.approx([1 / 3] * 2)
        assert error_of(black, "dark green").values == pytest.approx([1 / 48] * 2)

    def test_error_of_several_is_their_mean(self, ensemble):
        assert error_of(answering(ensemble, (0, 0, 0)), "red", "white", "black").values == pytest.approx([4 / 9] * 2)

    def test_error_of_no_color(self, ensemble):
        with pytest.raises(ColorError, match="no color is named 'mauve': the names are red, orange"):
            error_of(ensemble, "mauve")

    def test_most_opposed(self, ensemble):
        """Seen from mid-gray, red's opposite is (0, 1/2, 1/2): nearest to it are the two hues beside cyan, at 12/23."""
        least = -0.5 / math.hypot(0.5, 12 / 23 - 0.5, 12 / 23 * 19 / 20 - 0.5)
        assert most_opposed(seeing(ensemble)).values == pytest.approx([least] * 2, abs=1e-6)
        assert most_opposed(ensemble).dims == ("seed",)

    @pytest.mark.parametrize(("answered", "falls"), [("cyan", True), ("red", False), ("gray", False)])
    def test_falls_with_hue_distance(self, ensemble, answered, falls):
        """An answer of cyan is the worse the nearer a hue is to red; mid-gray is as bad for red as for yellow."""
        assert falls_with_hue_distance(answering(ensemble, named_color(answered))).values.tolist() == [falls, falls]


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

    def test_cube_with_a_color_that_is_none(self, ensemble):
        cube = CUBE.copy(deep=True)
        cube["color"][1, 2, 3, 0] = 2
        with pytest.raises(ColorError, match=re.escape("at position (1, 2, 3) has r = 2.0")):
            reconstruction_error(ensemble, cube)


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
        assert torch.equal(evaluate(many, rgb)[3], evaluate(alone, rgb)[0])
