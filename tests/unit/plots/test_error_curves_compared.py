"""The error over hue of several conditions in one panel."""

import re

import numpy as np
import pytest
import xarray as xr

from excolor.colors import hsv_cube, hues
from excolor.plots import PlotError, error_curves_compared

CUBE = hsv_cube(hues(4), [0, 1], [0, 1])


def error(*by_hue, seeds=(1, 2, 3, 4, 5)):
    """An error of each hue at s = v = 1, times a factor for every seed, and elsewhere one that must not be drawn."""
    values = np.full((len(seeds), 4, 2, 2), 99.0)
    values[:, :, 1, 1] = np.outer(seeds, by_hue)
    coords = {axis: CUBE[axis] for axis in "hsv"}
    return xr.DataArray(values, dims=("seed", *"hsv"), coords=coords)


TWO = {"with": error(0.1, 0.1, 0.1, 0.1), "without": error(0.1, 0.9, 0.065, 0.01)}


def test_a_condition_is_its_median_and_quartiles_over_hue_of_vibrant_colors():
    one, other = error_curves_compared(TWO).data["curves"]
    assert [other[key] for key in ("low", "median", "high")] == [
        pytest.approx([factor * x for x in (0.1, 0.9, 0.065, 0.01)]) for factor in (2, 3, 4)
    ]
    assert (one["name"], other["name"], one["seeds"]) == ("with", "without", 5)


def test_each_has_a_line_of_its_own_kind_and_a_band():
    (axes, *_) = error_curves_compared(TWO).figure.axes
    lines = [line for line in axes.get_lines() if len(line.get_xdata()) == 4]
    assert lines[0].get_linestyle() != lines[1].get_linestyle()
    assert lines[0].get_color() != lines[1].get_color()
    np.testing.assert_allclose(lines[1].get_ydata(), [0.3, 2.7, 0.195, 0.03])
    assert len(axes.collections) == 2
    assert [text.get_text() for text in axes.get_legend().get_texts()][:2] == ["with", "without"]


def test_the_scale_is_marked():
    linear = {name: error(0.1, 0.2, 0.3, 0.1) for name in "ab"}
    for given, scale in ((TWO, "logarithmic"), (linear, "linear")):
        axes = error_curves_compared(given).figure.axes[0]
        assert axes.get_ylabel().endswith(f", {scale}")
        assert axes.get_yscale() == {"logarithmic": "log"}.get(scale, scale)
    assert error_curves_compared(linear).figure.axes[0].get_ylim()[0] == 0


def test_alt_text_tells_the_peaks_and_where_the_bands_part():
    assert error_curves_compared(TWO, title="2.10").alt == (
        "2.10. Lines: with (median of 5 seeds) peaks at 0.3, at red, lowest 0.3; "
        "without (median of 5 seeds) peaks at 2.7, at lime, lowest 0.03; "
        "the bands of with and without do not meet at 90° (lime) and at 270° (purple)."
    )
    assert error_curves_compared({"a": TWO["with"], "b": TWO["with"]}).alt.endswith(
        "the bands of a and b meet at every hue."
    )


@pytest.mark.parametrize(
    ("errors", "message"),
    [
        ({"one": error(1, 1, 1, 1)}, "give two to 4 by their names, for example {'2.9': reconstruction_error(one, "),
        ({1: error(1, 1, 1, 1), 2: error(1, 1, 1, 1)}, "each has a name, for example '2.10'"),
        (
            {"one": error(1, 1, 1, 1), "other": error(1, 1, 1, 1).assign_coords(h=[0.1, 0.2, 0.3, 0.4])},
            "the conditions have errors at different hues: take one cube, for example curve_cube()",
        ),
        ({"one": error(1, 1, 1, 1), "other": 3}, "an error that is 3: it must be a DataArray of numbers, for example"),
    ],
)
def test_what_cannot_be_compared_is_refused(errors, message):
    with pytest.raises(PlotError, match=re.escape(message)):
        error_curves_compared(errors)
