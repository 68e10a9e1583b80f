"""Error against similarity to a concept, and the line through it."""

import math
import re

import numpy as np
import pytest
import xarray as xr

from excolor.colors import ColorError, hsv_cube, named_color, named_colors, rgb_cube
from excolor.conditions import Concept
from excolor.plots import PlotError, error_vs_similarity

CUBE = rgb_cube(*[np.linspace(0, 1, 4)] * 3)
NAMED = named_colors()


def over_named(values):
    return xr.DataArray(np.asarray(values, float), dims="name")


def reconstruction_error_of(cube):
    """Some error of every color, at its place in the cube."""
    return cube["color"].isel(channel=0, drop=True)


def test_the_points_are_similarity_to_a_power_and_error():
    picture = error_vs_similarity(over_named(np.arange(17)), NAMED, power=2)
    points = dict(zip(NAMED["name"].values, zip(picture.data["x"], picture.data["y"], strict=True), strict=True))
    # Similarity is 2/3 for orange and pink, 1/3 for yellow and magenta, 0 for a right angle and farther, and for grays.
    assert points["red"] == (1, 0)
    assert points["orange"] == (pytest.approx(4 / 9), 1)
    assert points["magenta"] == (pytest.approx(1 / 9), 10)
    assert points["lime"][0] == points["gray"][0] == 0
    (dots,) = picture.figure.axes[0].collections
    np.testing.assert_allclose(dots.get_facecolor()[1, :3], named_color("orange"))
    np.testing.assert_allclose(dots.get_offsets()[1], (4 / 9, 1))


def test_of_another_concept_it_is_the_likeness_to_that():
    picture = error_vs_similarity(over_named(np.arange(17)), NAMED, power=1, concept=Concept.named("green"))
    x = dict(zip(NAMED["name"].values.tolist(), picture.data["x"], strict=True))
    assert [x[name] for name in ("green", "lime", "cyan", "red")] == pytest.approx([1, 2 / 3, 1 / 3, 0])
    assert picture.data["title"].startswith("Error and similarity to green, ")
    assert picture.figure.axes[0].get_xlabel() == "similarity to green"
    assert error_vs_similarity(over_named(np.arange(17)), NAMED).figure.axes[0].get_xlabel() == (
        "similarity to red to the power 3"
    )


def test_the_fit_is_that_of_the_median_and_r_squared_of_each_seed_its_own():
    """By hand. With x = 1, 2/3, 1/3, 0 the sum of (x - 1/2)^2 is 5/9. Of the medians 0.6, 0.3, 0.3, 0 the sums of
    (x - 1/2) y and of (y - 0.3)^2 are 0.3 and 0.18, so that R^2 is 0.09 / 0.1. Of single seeds it is 49/55, 0, 16/25.
    """
    four_hues = hsv_cube([0, 1 / 12, 1 / 6, 1 / 4], [1], [1])
    by_seed = np.array([[0.6, 0.3, 0, 0], [0, 0.3, 0.3, 0], [0.9, 0.3, 0.6, 0]])
    error = xr.DataArray(by_seed[..., np.newaxis, np.newaxis], dims=("seed", "h", "s", "v"))
    picture = error_vs_similarity(error, four_hues, power=1)
    assert picture.data["y"] == pytest.approx([0.6, 0.3, 0.3, 0])
    assert picture.data["fit"] == pytest.approx({"slope": 0.54, "intercept": 0.03, "r_squared": 0.9})
    assert picture.data["r_squared_of_single_seeds"] == pytest.approx(16 / 25)
    (dashed,) = (line for line in picture.figure.axes[0].lines if line.get_linestyle() == "--")
    assert dashed.get_xydata() == pytest.approx(np.array([(0, 0.03), (1, 0.57)]))


def test_an_error_that_follows_similarity_to_the_power_has_an_r_squared_of_one():
    x = np.array(error_vs_similarity(over_named(np.arange(17)), NAMED, power=3).data["x"])
    picture = error_vs_similarity(over_named(0.01 + 0.3 * x), NAMED, power=3)
    assert picture.data["fit"] == pytest.approx({"slope": 0.3, "intercept": 0.01, "r_squared": 1})
    assert picture.alt.endswith(
        "scatter of 17 colors, similarity to the power 3 across and mean squared error up. The line of least squares "
        "has slope 0.3 and intercept 0.01, R² 1.00. The highest error is 0.31, of red, at 1.00."
    )
    assert picture.figure.axes[0].get_legend().get_texts()[0].get_text() == "R² = 1.00"


@pytest.mark.parametrize("constant", [0, 0.2])
def test_a_constant_error_has_no_fit(constant):
    picture = error_vs_similarity(over_named([constant] * 17), NAMED)
    assert picture.data["fit"] is picture.data["r_squared_of_single_seeds"] is None
    assert picture.alt.endswith(f"The error is {constant} for every color, so there is no fit.")
    assert picture.figure.axes[0].get_ylim()[0] == 0


def test_colors_that_are_all_as_red_have_no_fit():
    grays = hsv_cube([0], [0], [0.2, 0.4])
    assert error_vs_similarity(xr.DataArray([[[1.0, 2]]], dims=("h", "s", "v")), hsv_cube([0.5], [1], [0.2, 0.4])).alt
    assert error_vs_similarity(xr.DataArray([[[1.0, 1]]], dims=("h", "s", "v")), grays).data["fit"] is None


def test_seeds_may_be_on_any_axis():
    error = xr.DataArray(np.random.default_rng(0).random((4, 4, 4, 5)), dims=("r", "g", "b", "seed"))
    a, b = (error_vs_similarity(each, CUBE) for each in (error, error.transpose("seed", ...)))
    assert a.data == b.data


def test_the_order_of_a_cubes_axes_and_channels_does_not_matter():
    error = xr.DataArray(np.random.default_rng(0).random((5, 4, 4, 4)), dims=("seed", "r", "g", "b"))
    turned = CUBE.transpose("channel", "b", "r", "g").sel(channel=["b", "r", "g"])
    assert error_vs_similarity(error, turned).data == error_vs_similarity(error, CUBE).data


def test_what_cannot_be_drawn_is_refused():
    error = reconstruction_error_of(CUBE)
    message = "an error at other r, g, b than the cube's, or in another order: give, for example, reconstruction_er"
    with pytest.raises(PlotError, match=re.escape(message)):
        error_vs_similarity(error.isel(g=[0, 2, 1, 3]), CUBE)
    with pytest.raises(PlotError, match="None is no error of each color: give, for example, reconstruction_error"):
        error_vs_similarity(None, CUBE)
    with pytest.raises(PlotError, match="an error of bool: it must be of floating point, for"):
        error_vs_similarity(error > 0, CUBE)
    with pytest.raises(PlotError, match="a power of '3': similarity is taken to one above 0 and at most 1000, for"):
        error_vs_similarity(error, CUBE, "3")
    with pytest.raises(PlotError, match="a power of 1001: similarity is taken to one above 0 and at most 1000, for"):
        error_vs_similarity(error, CUBE, 1001)
    with pytest.raises(PlotError, match="a DataArray of float64 over seed, r, g, b is no error of each color: give, f"):
        error_vs_similarity(error.expand_dims(seed=0), CUBE)
    with pytest.raises(ColorError, match="a Dataset of \\['bias'\\]: its colors must be called 'color'"):
        error_vs_similarity(error, CUBE[["bias"]])
    with pytest.raises(
        PlotError, match=re.escape("an error over {'name': 3} is not one of the cube's colors, {'name': 17}")
    ):
        error_vs_similarity(over_named([1, 2, 3]), NAMED)
    with pytest.raises(PlotError, match="an error is not finite"):
        error_vs_similarity(over_named([math.nan] * 17), NAMED)
    with pytest.raises(PlotError, match="a power of 0: similarity is taken to one above 0 and at most 1000, for e"):
        error_vs_similarity(over_named(np.arange(17)), NAMED, power=0)
