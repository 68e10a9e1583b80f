"""The error of every color and what sums it up, of models that answer one color, where all has a closed form."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
import torch
import xarray as xr

from excolor.colors import ColorError, hsv_cube, hues, medium_cube, named_color, named_colors, rgb_cube
from excolor.edits import suppressed
from excolor.edits.deletion import answering
from excolor.measures import anchoring, errors, evaluation, latent_shape
from excolor.measures.anchoring import most_opposed
from excolor.measures.errors import (
    at_least_half_a_step,
    error_growth,
    error_of,
    mean_error,
    reconstruction_error,
    typical_error,
    worst_error,
)
from excolor.measures.evaluation import MeasureError
from excolor.measures.latent_shape import off_sphere

SEEDS = (7, 2)
CUBE = hsv_cube(hues(5), np.linspace(0, 1, 3), np.linspace(0, 1, 4))


@pytest.mark.parametrize("measure", [worst_error, typical_error, most_opposed, off_sphere])
def test_members_are_shown_a_cube_few_at_a_time(measure, ensemble, monkeypatch):
    """With the same bits, and after an edit too: it does the same to every member."""
    models = suppressed(ensemble)
    expected, shown, evaluated = measure(models), [], evaluation.by_color

    def by_color(some, colors, of):
        shown.append(some.seeds)
        return evaluated(some, colors, of)

    for room in (errors, anchoring, evaluation):
        monkeypatch.setattr(room, "by_color", by_color)
    for room in (errors, anchoring, latent_shape):
        monkeypatch.setattr(room, "FEW", 1)
    found = measure(replace(models))  # another one, of which nothing is remembered
    assert shown == [(7,), (2,)]
    assert found.identical(expected)


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

    @pytest.mark.parametrize("summary", [worst_error, typical_error])
    def test_of_a_model_that_some_colors_break_are_nan(self, ensemble, summary):
        """Of one in which what is redder than green and blue together grows beyond all numbers."""
        dark = answering(ensemble, (0, 0, 0))
        dark.encoder[0].weight[1, 0] = torch.tensor([1e38, -1e38, -1e38])
        broken = reconstruction_error(dark, medium_cube()).isnull().mean(("h", "s", "v"))
        assert broken[0] == 0 < broken[1] < 1 / 2
        assert summary(dark).isnull().values.tolist() == [False, True]

    def test_error_of(self, ensemble):
        black = answering(ensemble, (0, 0, 0))
        assert error_of(black, "red").values == pytest.approx([1 / 3] * 2)
        assert error_of(black, "dark green").values == pytest.approx([1 / 48] * 2)

    def test_error_of_several_is_their_mean(self, ensemble):
        assert error_of(answering(ensemble, (0, 0, 0)), "red", "white", "black").values == pytest.approx([4 / 9] * 2)

    def test_error_of_no_color(self, ensemble):
        with pytest.raises(ColorError, match="no color is named 'mauve': the names are red, orange"):
            error_of(ensemble, "mauve")

    def test_mean_error(self, ensemble):
        """Against black, the mean of a square of what goes evenly from 0 to 1 in so many steps."""
        black = answering(ensemble, (0, 0, 0))
        assert mean_error(black, rgb_cube([0, 0.5, 1], [0, 0.5, 1], [0, 0.5, 1])).values == pytest.approx([5 / 12] * 2)
        assert mean_error(black, (1, 0, 0)).values == pytest.approx([1 / 3] * 2)

    def test_error_growth(self, ensemble):
        """Mid-gray answers red with 1/4, black with 1/3; white with 1/4 and with 1."""
        black, gray = answering(ensemble, (0, 0, 0)), answering(ensemble, (0.5, 0.5, 0.5))
        assert error_growth(black, gray, "red").values == pytest.approx([1 / 12] * 2)
        assert error_growth(gray, black, "red", "white").values == pytest.approx([-5 / 12] * 2)

    def test_at_least_half_a_step(self):
        given = xr.DataArray([0, 1e-6, 1e-5, math.nan], dims="seed")
        floor = 1 / 510**2
        np.testing.assert_allclose(at_least_half_a_step(given), [floor, floor, 1e-5, math.nan])


class TestRefusals:
    def test_cube_with_a_color_that_is_none(self, ensemble):
        cube = CUBE.copy(deep=True)
        cube["color"][1, 2, 3, 0] = 2
        with pytest.raises(ColorError, match=re.escape("at position (1, 2, 3) has r = 2.0")):
            reconstruction_error(ensemble, cube)

    def test_no_name(self, ensemble):
        with pytest.raises(ColorError, match="error_of was given no color: name one or more, for example error_of"):
            error_of(ensemble)

    @pytest.mark.parametrize("summary", [worst_error, typical_error, lambda models: error_of(models, "red"), error_of])
    def test_several_ensembles(self, ensemble, summary):
        with pytest.raises(MeasureError, match="a list of 2 cannot be measured: give one ensemble, for example"):
            summary([ensemble, ensemble])

    def test_an_error_is_no_ensemble(self, ensemble):
        for measure in (typical_error, worst_error, error_of):
            with pytest.raises(MeasureError, match="a DataArray cannot be measured: give one ensemble, for example"):
                measure(typical_error(ensemble))

    def test_a_color_in_place_of_the_ensemble(self):
        with pytest.raises(MeasureError, match=r"a str cannot be measured: give one ensemble, for example typical_er"):
            error_of("red")

    def test_an_ensemble_is_no_color(self, ensemble):
        message = (
            "error_of was given Ensemble(2 seeds from 7, 3-8-8-5-8-8-3): it takes names, for example error_of("
            "ensemble, 'red', 'orange'); of RGB or a cube, "
            "mean_error(ensemble, colors) or reconstruction_error(ensemble, colors)"
        )
        with pytest.raises(ColorError, match=re.escape(message)):
            error_of(ensemble, ensemble)
        with pytest.raises(ColorError, match=re.escape("colors Ensemble(2 seeds from 7, 3-8-8-5-8-8-3): give numbers")):
            mean_error(ensemble, ensemble)

    @pytest.mark.parametrize("given", [(1.0, 0.0, 0.0), ["red", "orange"], CUBE, None], ids=["rgb", "list", "cube", ""])
    def test_what_is_no_name(self, ensemble, given):
        with pytest.raises(
            ColorError, match=r"error_of was given .*: it takes names, for example error_of\(ensemble, 'r"
        ):
            error_of(ensemble, given)

    def test_a_misspelt_name(self, ensemble):
        with pytest.raises(ColorError, match=r"no color is named 'ornage' \(did you mean 'orange'\?\): the names are"):
            error_growth(ensemble, ensemble, "red", "ornage")

    def test_an_axis_that_the_ensemble_has(self, ensemble):
        message = (
            r"what is measured has an axis 'seed' of its own; call theirs otherwise, for example cube.rename\(seed='"
        )
        with pytest.raises(ColorError, match=message):
            reconstruction_error(ensemble, CUBE.rename(h="seed"))

    def test_only_an_error_has_a_least_one(self, ensemble):
        with pytest.raises(
            MeasureError, match=r"Ensemble\(2 seeds .*\) is no error: give one, for example at_least_half"
        ):
            at_least_half_a_step(ensemble)
