"""What was measured over a dose: a line for each claim, with the numbers and verdicts of its predictions."""

import re

import pytest
from matplotlib.colors import to_hex

from excolor import Estimate
from excolor.judging import Prediction
from excolor.plots import PlotError, dose_response


def measured(value, claimed=0.5, kind="error"):
    return Prediction("red is lost", Estimate(value, value / 2, 2 * value, 32, kind=kind) < claimed)


FALLING = {100: measured(0.01), 10: measured(0.1), 1000: measured(0.001)}
RATIOS = {dose: measured(dose / 100, 1, "ratio") for dose in (10, 20, 400)}


def test_a_line_goes_through_the_doses_in_their_order():
    (panel,) = dose_response({"it falls": FALLING}, over="steps").data["panels"]
    (line,) = panel["lines"]
    assert [(point["dose"], point["value"], point["low"]) for point in line["points"]] == [
        (10, 0.1, 0.05),
        (100, 0.01, 0.005),
        (1000, 0.001, 0.0005),
    ]
    drawn = dose_response({"it falls": FALLING}, over="steps").figure.axes[0].lines[0]
    assert list(drawn.get_xdata()) == [10, 100, 1000]
    assert list(drawn.get_ydata()) == [0.1, 0.01, 0.001]


def test_each_kind_of_number_has_a_panel():
    picture = dose_response({"it falls": FALLING, "it grows": RATIOS, "so does that": RATIOS}, over="steps")
    assert [(panel["kind"], len(panel["lines"])) for panel in picture.data["panels"]] == [("error", 1), ("ratio", 2)]
    above, below = picture.figure.axes
    assert (above.get_xscale(), above.get_yscale()) == ("log", "log")
    assert below.get_xlabel() == "steps, logarithmic"
    assert [text.get_text() for text in below.get_legend().get_texts()] == ["it grows", "so does that"]


def test_doses_close_together_have_a_linear_axis():
    axes = dose_response({"so": {3: measured(0.1), 4: measured(0.1), 5: measured(0.1)}}, over="dimensions").figure.axes
    assert (axes[0].get_xscale(), axes[0].get_yscale()) == ("linear", "linear")
    assert axes[0].get_xlim()[0] < 3 < 5 < axes[0].get_xlim()[1]


def labeled(*doses, over="labels"):
    """The doses that have a tick, and the words beside these."""
    axes = dose_response({"so": dict.fromkeys(doses, measured(0.1))}, over=over).figure.axes[0]
    return list(axes.get_xticks()), [tick.get_text() for tick in axes.get_xticklabels()]


def test_each_dose_has_a_tick():
    assert labeled(3, 4.5, 16) == ([3, 4.5, 16], ["3", "4.5", "16"])
    assert labeled(10, 30, 100, 300, 1000) == ([10, 30, 100, 300, 1000], ["10", "30", "100", "300", "1000"])


def test_a_dose_whose_label_has_no_room_beside_the_one_before_has_no_tick():
    assert labeled(1000, 1010, 1040, 1200) == ([1000, 1040, 1200], ["1000", "1040", "1200"])


def test_intervals_at_one_dose_stand_side_by_side():
    """By a twentieth of an inch or more, and in their order; a single line is where its doses are."""
    figure = dose_response({"a": FALLING, "b": FALLING, "c": RATIOS}, over="steps").figure
    errors, ratios = figure.axes
    at_10 = [bars.get_transform().transform((10, 0.1))[0] / figure.dpi for bars in errors.collections[::3]]
    assert at_10[1] - at_10[0] > 0.05
    (bars, *_), place = ratios.collections, ratios.transData.transform((10, 0.1))
    assert list(bars.get_transform().transform((10, 0.1))) == list(place)


def test_a_marker_on_the_edge_is_drawn_whole():
    """Of a proportion the edges are 0 and 1, where all seeds or none are."""
    axes = dose_response({"so": {1: measured(1, 2, "proportion"), 2: measured(0, 2, "proportion")}}, over="steps")
    _, *points, _ = axes.figure.axes[0].lines
    assert [point.get_clip_on() for point in points] == [False, False]


def test_a_marker_tells_the_verdict_and_a_line_the_threshold():
    """0.02 is confirmed, 0.4 open and 2 disconfirmed where less than 0.5 is claimed."""
    axes = dose_response({"so": {1: measured(0.02), 2: measured(0.4), 3: measured(2)}}, over="labels").figure.axes[0]
    _, *points, threshold = axes.lines
    assert [point.get_marker() for point in points] == ["o", "D", "X"]
    assert to_hex(points[1].get_markerfacecolor()) == "#ffffff"
    assert set(threshold.get_ydata()) == {0.5}


def test_the_alt_text_tells_both_ends():
    assert dose_response({"it falls": FALLING}, over="steps", title="Recovery").alt == (
        "Recovery. Lines: it falls, 0.1 at 10 steps and 0.001 at 1000 steps."
    )
    assert dose_response({"a": FALLING, "b": FALLING}, over="steps").alt.startswith("a and b, over steps.")


@pytest.mark.parametrize(
    ("given", "over", "words"),
    [
        ({}, "steps", "claims over doses {}: give one to 4, for example {'red is lost': {30: one, 100: other, 1000:"),
        (dict.fromkeys("abcde", FALLING), "steps", "give one to 4"),
        ({"a": {1: measured(1)}}, "steps", "give predictions at 2 doses or more, each a number"),
        ({"a": {"1": measured(1), 2: measured(2), 3: measured(3)}}, "steps", "the claim 'a' over"),
        (
            {"a": FALLING | {1: Prediction("lost", error="it diverged")}},
            "steps",
            "it must be a Prediction with an estimate, for example Prediction('red is lost', median(error) > 0.2)",
        ),
        ({"a": FALLING}, "", "doses of '': say what they are, for example over='steps'"),
    ],
)
def test_what_makes_no_line_is_refused(given, over, words):
    with pytest.raises(PlotError, match=re.escape(words)):
        dose_response(given, over=over)
