"""Slices of a cube: the reconstruction without, the truth within."""

import re

import numpy as np
import pytest

from excolor.colors import ColorError, coarse_cube, hsv_cube, named_colors, over_channels, rgb_cube
from excolor.measures.evaluation import reconstruct
from excolor.plots import PlotError, color_slices

CUBE = hsv_cube([0, 1 / 3], [0, 1], [0.2, 0.6, 1])
RED, GREEN, WHITE = (255, 0, 0), (0, 255, 0), (255, 255, 255)


def test_a_square_is_the_reconstruction_and_its_middle_the_truth(pixel):
    picture = color_slices(CUBE, np.broadcast_to((0.0, 0.0, 1.0), CUBE["color"].shape))
    washed, vibrant = picture.figure.axes
    bright = 2  # the last value, in the lowest row
    assert [pixel(picture, vibrant, x, bright) for x in (0, 1)] == [RED, GREEN]
    assert pixel(picture, washed, 0, bright) == WHITE
    for x, y in ((0.2, bright), (1, bright - 0.2), (-0.4, -0.4), (1.4, bright + 0.4)):
        assert pixel(picture, vibrant, x, y) == (0, 0, 255)
    # The inner square has a side of 0.3.
    assert [pixel(picture, vibrant, x, bright) for x in (0.12, 0.18)] == [RED, (0, 0, 255)]


def test_panels_rows_and_columns_follow_the_order():
    data = color_slices(CUBE, order="vhs").data
    assert [panel["at"] for panel in data["panels"]] == [0.2, 0.6, 1]
    true = np.array(data["panels"][2]["true"])  # at full value, saturation down, hue across
    np.testing.assert_allclose(true, [[(1, 1, 1), (1, 1, 1)], [(1, 0, 0), (0, 1, 0)]], atol=1e-12)


def test_ticks_name_the_places_that_they_stand_at():
    cube = hsv_cube([0, 1 / 6, 1 / 3], [0, 1], [0.2, 0.6, 1])
    _, vibrant = color_slices(cube).figure.axes
    across, down = (
        {float(at): label.get_text() for at, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)}
        for axis in (vibrant.xaxis, vibrant.yaxis)
    )
    assert across == {0: "0°", 1: "60°", 2: "120°"}
    assert down == {0: "0.2", 1: "0.6", 2: "1"}
    assert vibrant.get_title(loc="left") == "saturation 1"


def test_the_true_colors_are_shown_alone():
    picture = color_slices(coarse_cube())
    assert all(panel["true"] == panel["shown"] for panel in picture.data["panels"])
    assert picture.alt == (
        "True colors. 4 panels by saturation, each with hue across and value going down. 240 colors."
    )


def test_seeds_are_shown_by_the_median_of_every_channel():
    shade = np.array([0.1, 0.9, 0.3])[:, None, None, None, None]
    picture = color_slices(CUBE, np.broadcast_to(shade, (3, *CUBE["color"].shape)))
    np.testing.assert_allclose([panel["shown"] for panel in picture.data["panels"]], 0.3)
    assert "median of 3 seeds" in picture.figure.get_suptitle().replace("\n", " ")


def test_alt_text_tells_where_a_gray_answer_fails(gray_ensemble):
    cube = rgb_cube([0, 0.5, 1], [0, 0.5], [0, 0.5])
    picture = color_slices(cube, reconstruct(gray_ensemble, cube["color"].values), order="rgb")
    # Black is the first of several that miss by half of full scale in every channel; gray alone is right.
    assert picture.alt.endswith(
        "3 panels by red, each with green across and blue going down. The farthest from the truth is black, answered "
        "by gray, a mean squared difference of 0.25; it is below 0.001 for 1 of 12 colors."
    )


def test_alt_text_of_a_perfect_reconstruction():
    assert color_slices(CUBE, CUBE["color"].values).alt.endswith("Every square has the color of the one inside it.")


@pytest.mark.parametrize("axes", [("channel", "h", "s", "v"), ("v", "channel", "h", "s")])
def test_the_order_of_a_cubes_axes_and_channels_does_not_matter(gray_ensemble, axes):
    turned = CUBE.transpose(*axes).sel(channel=["b", "r", "g"])
    assert color_slices(turned).data == color_slices(CUBE).data
    drawn, expected = (color_slices(cube, reconstruct(gray_ensemble, cube)) for cube in (turned, CUBE))
    assert drawn.data == expected.data
    own = color_slices(turned, over_channels(turned).values)
    assert own.alt.endswith("Every square has the color of the one inside it.")


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ColorError, match="a Dataset of \\['bias'\\]: its colors must be called 'color'"):
        color_slices(CUBE[["bias"]])
    with pytest.raises(PlotError, match="the order None does not name each axis of the cube, h, s, v, once: give, for"):
        color_slices(CUBE, order=None)
    with pytest.raises(PlotError, match="give, for example, reconstruct\\(ensemble, cube\\)"):
        color_slices(CUBE, np.zeros(3))
    with pytest.raises(PlotError, match=r"of shape \(0, 2, 2, 3, 3\) is not one of the cube's colors"):
        color_slices(CUBE, np.zeros((0, *CUBE["color"].shape)))
    named = named_colors()
    with pytest.raises(
        PlotError, match="a cube over name: it must have three axes, h, s, v or r, g, b, for example co"
    ):
        color_slices(named)
    with pytest.raises(
        PlotError, match=re.escape("of shape (4, 3) is not one of the cube's colors, of shape (2, 2, 3")
    ):
        color_slices(CUBE, np.zeros((4, 3)))
    with pytest.raises(PlotError, match=re.escape("the order 'hhv' does not name each axis of the cube, h, s, v")):
        color_slices(CUBE, order="hhv")
    with pytest.raises(ColorError, match="must be in \\[0, 1\\]"):
        color_slices(CUBE, CUBE["color"].values * 2)
