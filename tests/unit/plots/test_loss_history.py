"""The loss of every term over training."""

import math
import re

import numpy as np
import pytest
import xarray as xr

from excolor.plots import PlotError, loss_history
from excolor.plots.loss_history import POINTS


def history(losses, terms=None):
    losses = np.asarray(losses, float)
    return xr.DataArray(
        losses, dims=("term", "seed", "step"), coords={"term": terms or [f"reg-{i}" for i in range(len(losses))]}
    )


def term(picture, place=0):
    return picture.data["terms"][place]


def test_seeds_are_summarized_by_their_quartiles():
    picture = loss_history(history([[[1, 10], [2, 20], [3, 30], [4, 40], [5, 90]]]))
    assert picture.data["steps"] == [0, 1]
    assert [term(picture)[key] for key in ("low", "median", "high")] == [[2, 20], [3, 30], [4, 40]]


def test_many_steps_are_drawn_as_means_of_each_seed():
    """A gated term that counts in one batch of four: its median over seeds would be 0 step by step."""
    steps = 4 * POINTS
    losses = np.zeros((1, 3, steps))
    for seed in range(3):
        losses[0, seed, seed::4] = 8
    picture = loss_history(history(losses))
    assert picture.data["window"] == 4
    assert term(picture)["median"] == [2.0] * POINTS
    assert picture.data["steps"][:2] == [1.5, 5.5]


def test_steps_that_fill_no_last_window():
    picture = loss_history(history(np.arange(2 * POINTS - 1.0)[None, None]))
    assert picture.data["steps"][-1] == term(picture)["median"][-1] == 2 * POINTS - 2


def test_a_term_is_drawn_where_it_was_measured():
    nan = math.nan
    picture = loss_history(history([[[1, nan, 3, nan]] * 2, [[nan] * 4] * 2]))
    assert term(picture)["median"] == [1, None, 3, None]
    assert term(picture, 1)["median"] == [None] * 4
    assert "reg-1 was never measured." in picture.alt
    assert [text.get_text() for text in picture.figure.axes[1].texts] == ["never measured"]


def test_a_mean_is_over_what_was_measured_of_it():
    losses = np.full((1, 1, 2 * POINTS), np.nan)
    losses[0, 0, 0] = 6
    assert term(loss_history(history(losses)))["median"][:2] == [6, None]


@pytest.mark.parametrize(
    ("losses", "scale"),
    [
        ((1, 11), "log"),
        ((1, 9), "linear"),
        ((0, 0), "linear"),
        ((0, 1, 20), "log"),
        ((20, 90), "linear"),
        ((0.1, 2), "log"),
    ],
)
def test_the_axis_is_logarithmic_where_a_line_spans_more_than_a_decade(losses, scale):
    (axes,) = loss_history(history([[losses]])).figure.axes
    assert axes.get_yscale() == scale


def test_each_term_has_a_panel_of_its_own():
    picture = loss_history(history(np.ones((3, 2, 4)), terms=["reconstruction", "reg-unit", "reg-anchor"]))
    assert [axes.get_title(loc="left") for axes in picture.figure.axes] == ["reconstruction", "reg-unit", "reg-anchor"]


def test_alt_text_tells_from_where_to_where_a_loss_went():
    assert loss_history(history([[[1, 4, 0.5, 2]]])).alt == (
        "Loss of every term, 1 seed, in 1 panel. reg-0 goes from 1 at step 0 to 2 at step 3, "
        "at most 4 at step 1, at least 0.5 at step 2."
    )


def test_what_cannot_be_drawn_is_refused():
    losses = history(np.ones((2, 2, 3)))
    with pytest.raises(
        PlotError,
        match=re.escape("a history that is a DataArray of float64 over term, step: it must be over term, seed"),
    ):
        loss_history(losses.isel(seed=0, drop=True))
    with pytest.raises(PlotError, match="with at least one of each"):
        loss_history(losses.isel(step=slice(0)))
    with pytest.raises(PlotError, match="a loss of the history is infinite"):
        loss_history(losses * np.inf)
