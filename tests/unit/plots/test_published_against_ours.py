"""Published figures beside ours."""

import re

import numpy as np
import pytest

from excolor.judging.estimates import Estimate
from excolor.judging.predictions import Prediction
from excolor.judging.trials import Trial
from excolor.plots import PlotError, published_against_ours


def one(published, low=0.4, high=0.6, **kind):
    return Prediction("a claim", Estimate(0.5, low, high, n=32, **kind) > 0.1, published=published)


@pytest.mark.parametrize(
    ("published", "counted"),
    [
        (0.39, "0 lie within our interval, 1 below it and 0 above it"),
        (0.4, "1 lies within our interval, 0 below it and 0 above it"),
        (0.6, "1 lies within our interval, 0 below it and 0 above it"),
        (0.61, "0 lie within our interval, 0 below it and 1 above it"),
    ],
)
def test_alt_text_tells_on_which_side_of_our_interval_a_figure_lies(published, counted):
    assert f"of 1 published figure {counted}." in published_against_ours([one(published)]).alt


def test_an_interval_without_end_has_nothing_beyond_it():
    alt = published_against_ours([one(1e9, high=float("inf")), one(-1e9, low=float("-inf"))]).alt
    assert alt.endswith("2 lie within our interval, 0 below it and 0 above it.")


def test_what_lies_outside_is_told_with_both_numbers():
    alt = published_against_ours([one(0.9)], title="2.10").alt
    assert alt.startswith("2.10: of 1 published figure")
    assert alt.endswith("Outside: a claim (published 0.9, ours 0.50 [0.40, 0.60] (32 seeds)).")


def test_each_kind_has_a_panel_with_star_and_interval():
    picture = published_against_ours([one(0.9, kind="error"), one(0.2, kind="proportion"), one(0.3, kind="error")])
    errors, shares = picture.figure.axes
    for axes, stars in ((errors, [0.9, 0.3]), (shares, [0.2])):
        drawn = axes.get_lines()
        assert [x for line in drawn if line.get_marker() == "*" for x in line.get_xdata()] == stars
        (bars,) = (np.array(line.get_xdata()).reshape(-1, 3) for line in drawn if line.get_linestyle() == "-")
        assert bars[:, :2].tolist() == [[0.4, 0.6]] * len(stars)
        assert np.isnan(bars[:, 2]).all(), "no stroke leads from one to the next"


def test_seeds_do_not_widen_an_axis_on_which_they_are_not_drawn():
    estimate = Estimate(0.5, 0.4, 0.6, 3, (0.41, 0.5, 0.65))
    picture = published_against_ours([Prediction("a", estimate > 0.1, published=0.5)])
    assert not list(picture.figure.axes[0].collections)
    assert picture.data["panels"][0]["axis"] == published_against_ours([one(0.5)]).data["panels"][0]["axis"]


def test_what_has_no_published_figure_or_no_estimate_is_left_out():
    picture = published_against_ours([one(None), one(0.9), Prediction("b", Trial(200), published=1.0)])
    assert [row["published"] for row in picture.data["panels"][0]["groups"][0]["rows"]] == [0.9]


def test_none_at_all_is_refused():
    message = (
        "none of 1 prediction has both a published figure and an estimate: give one, for example "
        "Prediction('red is lost', median(error) > 0.2, published=0.36)"
    )
    with pytest.raises(PlotError, match=re.escape(message)):
        published_against_ours([one(None)])
    with pytest.raises(PlotError, match="published figures are drawn of a list of predictions, for example"):
        published_against_ours(one(0.9))
