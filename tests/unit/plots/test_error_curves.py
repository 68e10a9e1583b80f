"""Curves of error, in the colors that it is the error of."""

import numpy as np
import pytest
import xarray as xr
from matplotlib.collections import LineCollection, PolyCollection

from excolor.colors import hsv_cube, hue_distance, hues
from excolor.measures.errors import reconstruction_error
from excolor.plots import PlotError, curve_cube, error_curves

CUBE = hsv_cube(hues(12), [0, 0.5, 1], [0, 0.5, 1])


def made_up(cube=CUBE, seeds=(0.5, 1, 3)):
    """s v max(0, 0.3 - d), with d the distance in turns from green, times a factor for every seed."""
    near_green = xr.DataArray(np.maximum(0, 0.3 - hue_distance(cube["h"], 1 / 3)), dims="h", coords={"h": cube["h"]})
    error = near_green * cube["s"] * cube["v"]
    return error.expand_dims(seed=len(seeds)) * np.array(seeds)[:, None, None, None]


def panels(picture):
    return {panel["along"]: panel["curves"] for panel in picture.data["panels"]}


def test_lines_are_medians_and_shades_quartiles():
    curve = panels(error_curves(made_up(seeds=(1, 2, 3, 4, 10)), values=[1.0]))["h"][0]
    at_green = curve["x"].index(pytest.approx(1 / 3))
    assert [curve[key][at_green] for key in ("low", "median", "high")] == pytest.approx([0.6, 0.9, 1.2])


def test_each_panel_goes_along_its_axis_at_full_saturation_or_value():
    drawn = panels(error_curves(made_up(), values=[0.5, 1], hues=[1 / 3, 0]))
    assert [curve["at"] for curve in drawn["h"]] == [0.5, 1]
    assert [max(curve["median"]) for curve in drawn["h"]] == pytest.approx([0.15, 0.3])
    for along in "sv":
        assert drawn[along][0]["median"] == pytest.approx([0, 0.15, 0.3])
        assert drawn[along][1]["median"] == [0, 0, 0]


def test_axes_begin_on_the_left_and_name_what_they_show():
    of_hue, of_saturation, of_value = error_curves(made_up(curve_cube()), values=[1.0]).figure.axes
    assert of_hue.get_xlim() == pytest.approx((-30, 390))
    ticks = {
        round(at): label.get_text() for at, label in zip(of_hue.get_xticks(), of_hue.get_xticklabels(), strict=True)
    }
    assert ticks == {at: str(at) for at in range(0, 361, 60)}
    assert of_hue.get_xlabel() == "hue [degrees], at saturation 1"
    assert [axes.get_xlim() for axes in (of_saturation, of_value)] == [(0, 1), (0, 1)]
    assert [axes.get_xlabel() for axes in (of_saturation, of_value)] == [
        "saturation, at value 1",
        "value, at saturation 1",
    ]


def test_the_nearest_curves_there_are_stand_in_for_those_asked_for():
    drawn = panels(error_curves(made_up(), values=[0.1, 0.2, 0.55], hues=[0.99, 0.34]))
    assert [curve["at"] for curve in drawn["h"]] == [0, 0.5]
    assert [curve["at"] for curve in drawn["s"]] == pytest.approx([0, 1 / 3])


def test_segments_have_the_color_halfway_between_their_ends():
    picture = error_curves(made_up(), values=[1.0], hues=[1 / 3])
    drawn = panels(picture)
    # From red to orange, halfway in hue; from white to half saturated green; from black to half of green.
    assert drawn["h"][0]["colors"][0] == pytest.approx((1, 0.25, 0))
    assert drawn["s"][0]["colors"][0] == pytest.approx((0.75, 1, 0.75))
    assert drawn["v"][0]["colors"][0] == pytest.approx((0, 0.25, 0))
    for axes, panel in zip(picture.figure.axes, picture.data["panels"], strict=True):
        (lines,) = (each for each in axes.collections if isinstance(each, LineCollection))
        np.testing.assert_allclose(lines.get_colors()[:, :3], panel["curves"][0]["colors"])
        scale = 360 if panel["along"] == "h" else 1
        start = (panel["curves"][0]["x"][1] * scale, panel["curves"][0]["median"][1])
        np.testing.assert_allclose(lines.get_segments()[1][0], start)


def test_the_panels_share_an_axis_of_error():
    ((low, high),) = {axes.get_ylim() for axes in error_curves(made_up()).figure.axes}
    # The upper quartile of 0.5, 1 and 3 is 2.
    assert (low, high) == (0, pytest.approx(1.05 * 0.6))


def test_one_seed_has_no_shade():
    picture = error_curves(made_up().isel(seed=0))
    assert not picture.figure.findobj(PolyCollection)
    assert picture.data["seeds"] == 1


def test_curves_can_be_told_apart_without_color():
    picture = error_curves(made_up(curve_cube()))
    for axes in picture.figure.axes:
        markers = [handle.get_marker() for handle in axes.get_legend().legend_handles]
        assert len(set(markers)) == len(markers) >= 5


def test_alt_text_tells_the_peaks_and_where_there_is_no_error():
    alt = error_curves(made_up()).alt
    assert (
        "The error: over hue, it peaks at 0.3, at green; all lines are below 0.001 from 240° (blue) to 0° (red); "
    ) in alt
    assert alt.endswith("over value, it peaks at 0.3, at green; all lines are below 0.001 at 0.")


def test_alt_text_names_a_color_as_it_looks_and_not_by_its_line():
    """All hues are white at saturation 0."""
    alt = error_curves(made_up() * 0 + (1 - CUBE["s"]) * CUBE["v"]).alt
    assert "over saturation, it peaks at 1, at white; all lines are below 0.001 at 1;" in alt


def test_an_axis_reaches_as_high_as_its_lines_however_low_these_are():
    (_, high) = error_curves(made_up() * 1e-5).figure.axes[0].get_ylim()
    assert high == pytest.approx(1.05 * 0.3e-5 * 2, rel=0.3)
    assert error_curves(made_up() * 1e-5).alt.endswith("Every line is below 0.001 everywhere, at most 3e-06.")


def test_alt_text_of_hues_that_go_around_more_than_once():
    alt = error_curves(made_up(curve_cube())).alt
    # 0.3 - d is below 0.001 from 107.64 degrees on, either way from green.
    assert "at green; all lines are below 0.001 from 228° (blue) to 12° (red)" in alt


def test_a_gray_answer_misses_by_half_of_full_scale_at_most(gray_ensemble):
    picture = error_curves(reconstruction_error(gray_ensemble, CUBE))
    for curves in panels(picture).values():
        assert max(curves[-1]["median"]) == pytest.approx(0.25, abs=1e-6)  # float32
    assert "at least one line is above 0.001 everywhere" in picture.alt


def test_no_error_at_all_is_said_and_drawn():
    picture = error_curves(made_up() * 0)
    assert picture.alt.endswith("The error is 0 everywhere.")
    assert picture.figure.axes[0].get_ylim() == (0, 1)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(PlotError, match="an error over seed, h, s: it must be over h, s, v and may be over seed"):
        error_curves(made_up().isel(v=0, drop=True))
    with pytest.raises(PlotError, match=r"the axis s reaches to 0\.5: the curves are drawn at 1"):
        error_curves(made_up().isel(s=slice(2)))
    with pytest.raises(PlotError, match="the axis h has 1 of the two points or more that a line needs"):
        error_curves(made_up().isel(h=[0]))
    with pytest.raises(PlotError, match="an error is not finite"):
        error_curves(made_up() * np.nan)
    with pytest.raises(PlotError, match="0 hues to draw: the lines of a panel can be told apart up to 10"):
        error_curves(made_up(), hues=[])


def test_only_what_is_drawn_has_to_be_finite():
    error = made_up()
    on_curves = error.where((error["s"] == 1) | (error["v"] == 1))
    assert on_curves.isnull().any()
    assert error_curves(on_curves).data == error_curves(error).data
    for axis in "sv":
        with pytest.raises(PlotError, match="an error is not finite"):
            error_curves(error.where(error[axis] < 1))
