"""The loss of every term over training."""

import math
import re

import numpy as np
import pytest
import xarray as xr

from excolor import experiments
from excolor.conditions.experiment import Experiment
from excolor.plots import PlotError, loss_history, schedule
from excolor.plots.loss_history import POINTS
from excolor.plots.picture import styled
from excolor.plots.term_colors import term_color
from excolor.schedule.dopesheet import Dopesheet


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
    assert "reg-1 was never measured" in picture.alt
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
        ((0, 1, 20), "linear"),
        ((20, 90), "linear"),
        ((0.1, 2), "log"),
    ],
)
def test_the_axis_is_logarithmic_where_a_line_spans_more_than_a_decade(losses, scale):
    (axes,) = loss_history(history([[losses]])).figure.axes
    assert axes.get_yscale() == scale


def test_each_term_has_a_panel_of_its_own():
    picture = loss_history(history(np.ones((3, 2, 4)), terms=["reconstruction", "reg-unit", "reg-anchor"]))
    assert [axes.get_title(loc="left") for axes in picture.figure.axes] == [
        f"{name}, linear" for name in ("reconstruction", "reg-unit", "reg-anchor")
    ]


def test_a_panel_says_of_what_scale_it_is():
    picture = loss_history(history([[[0.0001, 0.1]], [[1, 9]]], terms=["reg-unit", "reg-anchor"]))
    first, second = picture.figure.axes
    assert [axes.get_title(loc="left") for axes in (first, second)] == ["reg-unit, logarithmic", "reg-anchor, linear"]
    assert {"0.001", "0.01"} <= {label.get_text() for label in first.get_yticklabels()}


def test_a_term_has_one_color_whatever_is_drawn_beside_it():
    def colors(names):
        figure = loss_history(history(np.ones((len(names), 1, 3)), terms=names)).figure
        return [axes.get_lines()[0].get_color() for axes in figure.axes]

    names = ["reconstruction", "reg-anchor", "reg-unit", "reg-mine"]
    assert colors(names[::-1]) == colors(names)[::-1]
    sheet = Dopesheet.parse("STEP,reg-unit,lr,reg-mine,reg-anchor\n0,1,1,1,1\n9,,,,\n")
    weights = schedule(sheet).figure.axes[0]
    scheduled = {text.get_text(): line.get_color() for text, line in
                 zip(weights.get_legend().get_texts(), weights.get_legend().legend_handles, strict=True)}  # fmt: skip
    assert scheduled == dict(zip(names[1:], colors(names)[1:], strict=True))


PUBLISHED = [each for each in vars(experiments).values() if isinstance(each, Experiment)]


@pytest.mark.parametrize("experiment", PUBLISHED, ids=lambda experiment: experiment.name)
def test_the_terms_of_a_published_experiment_have_different_colors(experiment):
    names = {"reconstruction", *(term.name for term in experiment.terms)}
    names |= set(experiment.dopesheet.properties) - {"lr"}
    with styled("light"):
        assert len({term_color(name) for name in names}) == len(names) > 0


def test_alt_text_tells_from_where_to_where_a_loss_went():
    assert loss_history(history([[[1, 4, 0.5, 2]]])).alt == (
        "Loss of every term, 1 seed, in 1 panel. Losses: reg-0 goes from 1 at step 0 to 2 at step 3, "
        "highest 4 at 1, lowest 0.5 at 2."
    )


def test_alt_text_of_a_loss_that_does_not_move_names_no_way_that_it_went():
    assert loss_history(history([[[249.2, 249.1, 249.3]]])).alt.endswith("Losses: reg-0 is 249 throughout.")
    assert loss_history(history([[[4, 2]]])).alt.endswith("reg-0 goes from 4 at step 0 to 2 at step 1.")


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
