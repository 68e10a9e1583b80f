"""The predictions of a file at a glance."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from excolor.judging.estimates import Estimate
from excolor.judging.intervals import fraction, median
from excolor.judging.predictions import Prediction
from excolor.judging.trials import Trial
from excolor.plots import PlotError, predictions
from excolor.plots.rows import LOOKS, rows_in

HALF = Estimate(0.5, 0.4, 0.6, n=32)
SPREAD = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]


def rows(picture):
    return rows_in(picture.data["panels"])


def beside(axes, side):
    """The words on one side of a panel, from top to bottom."""
    return [text for text in axes.texts if text.get_ha() == {"left": "right", "right": "left"}[side]]


def words(axes):
    return [text.get_text() for text in beside(axes, "left")]


def one(comparison):
    return rows(predictions([Prediction("a claim", comparison)]))[0]


@pytest.mark.parametrize(
    ("comparison", "verdict", "claim"),
    [
        (HALF < 0.7, "confirmed", [None, 0.7]),
        (HALF <= 0.3, "disconfirmed", [None, 0.3]),
        (HALF > 0.5, "at the threshold", [0.5, None]),
        (HALF >= -1e-7, "confirmed", [-1e-7, None]),
        (HALF > 2 / 9, "confirmed", [2 / 9, None]),
        (HALF.between(0.25, 2e7), "confirmed", [0.25, 2e7]),
        (HALF.between(-2, -1.5), "disconfirmed", [-2, -1.5]),
    ],
)
def test_a_comparison_becomes_a_row(comparison, verdict, claim):
    row = one(comparison)
    assert (row["verdict"], row["claim"]) == (verdict, claim)
    assert (row["low"], row["value"], row["high"]) == (0.4, 0.5, 0.6)
    assert row["measured"] == comparison.reading


def test_a_value_is_printed_to_as_many_digits_as_its_verdict_needs():
    """To two it would read 0.50 [0.50, 0.51], and so undecided."""
    near = predictions([Prediction("a claim", Estimate(0.502, 0.5004, 0.507, n=32) > 0.5)])
    assert rows(near)[0]["measured"] == "0.5020 [0.5004, 0.5070] (32 seeds)"


def test_samples_are_drawn_one_dot_for_each_seed():
    picture = predictions([Prediction("a claim", median(SPREAD) < 1)])
    (dots,) = picture.figure.axes[0].collections
    assert dots.get_offsets()[:, 0].tolist() == SPREAD
    heights = dots.get_offsets()[:, 1]
    assert np.ptp(heights) <= 1, "within the line of their row"


def test_a_fraction_needs_no_samples():
    row = one(fraction([True] * 8) > 0.5)
    assert (row["value"], row["high"], row["samples"]) == (1, 1, [])


def test_an_interval_without_end_is_drawn_to_the_edge():
    few = predictions([Prediction("a claim", median([0.1, 0.2, 0.3]) < 1)])
    (row,) = rows(few)
    assert (row["low"], row["high"], row["verdict"]) == (None, None, "open")
    axes = few.figure.axes[0]
    ends = {line.get_marker(): line.get_xdata()[0] for line in axes.get_lines()}
    assert (ends["<"], ends[">"]) == axes.get_xlim()


def test_the_shade_ends_at_the_threshold():
    axes = predictions([Prediction("a claim", HALF < 0.7)]).figure.axes[0]
    (shade,) = (patch for patch in axes.patches if isinstance(patch, Rectangle))
    assert shade.get_x() == axes.get_xlim()[0]
    assert shade.get_x() + shade.get_width() == pytest.approx(0.7)


def test_verdicts_differ_by_color_and_by_shape():
    assert len({marker for marker, _ in LOOKS.values()}) == 5
    assert len({color for _, color in LOOKS.values()}) == 4  # at the threshold and open alike
    given = [Prediction("a claim", threshold > HALF) for threshold in (1, 0.1, 0.5, 0.47)]
    given.append(Prediction("a claim", error="lost"))
    (legend,) = predictions(given).figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [*LOOKS, "threshold", "claimed"]


@pytest.mark.parametrize(
    ("low", "value", "high", "limit", "scale"),
    [
        (0.2, 0.5, 0.7, 0.9, "linear"),
        (-0.2, 0.5, 0.7, -0.1, "linear"),
        (1e-4, 1e-3, 1e-2, 0.001, "log"),
        (0, 1e-3, 1e-1, 0.001, "symlog"),
        (-3, 1e-3, 1e-2, 0.001, "symlog"),
        (0, 0, 0, 0, "linear"),
    ],
)
def test_the_axis_suits_what_it_spans(low, value, high, limit, scale):
    picture = predictions([Prediction("a claim", Estimate(value, low, high, n=32) < limit)])
    axes = picture.figure.axes[0]
    assert axes.get_xscale() == picture.data["panels"][0]["axis"]["scale"] == scale
    left, right = axes.get_xlim()
    assert left <= low <= high < right
    assert left < low or low == 0, "an error of 0 is at the edge, as none is below"
    assert axes.get_xlabel().endswith({"log": "logarithmic", "symlog": "linear around 0", "linear": "linear"}[scale])


def seen(samples, low, value, high, limit):
    """The axis, and of each mark of a seed where it stands, the dots first and then the arrows."""
    comparison = Estimate(value, low, high, len(samples), samples) > limit
    axes = predictions([Prediction("a claim", comparison)]).figure.axes[0]
    return axes, [sorted(marks.get_offsets()[:, 0].tolist()) for marks in axes.collections]


def test_all_seeds_are_within_an_axis_that_has_little_to_add():
    axes, (dots,) = seen((0.001, 0.002, 0.6), 0.002, 0.01, 0.5, 0.005)
    left, right = axes.get_xlim()
    assert axes.get_xscale() == "log"
    assert left < dots[0] < dots[-1] < right


@pytest.mark.parametrize(
    ("stray", "estimate", "limit", "scale"),
    [
        (1e-9, (0.4, 0.5, 0.6), 0.01, "log"),
        (0.0, (0.4, 0.5, 0.6), 0.01, "log"),
        (-7.0, (0.4, 0.5, 0.6), 0.01, "log"),
        (1e9, (0.4, 0.5, 0.6), 0.01, "log"),
        (1e3, (0.4, 0.5, 0.6), 0.3, "linear"),
        (-1e3, (0.0, 0.5, 0.6), 0.001, "symlog"),
    ],
)
def test_a_seed_far_from_all_the_rest_is_an_arrow_and_does_not_widen_the_axis(stray, estimate, limit, scale):
    bulk = (0.3, 0.45, 0.5, 0.55) * 8
    axes, marks = seen((*bulk, stray), *estimate, limit)
    within, _ = seen(bulk, *estimate, limit)
    assert axes.get_xscale() == within.get_xscale() == scale
    assert axes.get_xlim() == within.get_xlim()
    assert marks[1:] == [[axes.get_xlim()[stray > 0.5]]]


def test_the_legend_tells_of_seeds_beyond_the_axis():
    def entries(*stray):
        samples = (*(0.4, 0.5, 0.6) * 8, *stray)
        comparison = Estimate(0.5, 0.4, 0.6, len(samples), samples) > 0.3
        (legend,) = predictions([Prediction("a claim", comparison)]).figure.legends
        return [text.get_text() for text in legend.get_texts()]

    assert entries() == ["confirmed", "a seed", "threshold", "claimed"]
    assert entries(1e3, -1e3) == ["confirmed", "a seed", "a seed beyond the axis", "threshold", "claimed"]


def test_most_seeds_of_every_prediction_are_within_the_axis():
    # The interval of a median over 192 seeds is far narrower than the seeds are spread.
    samples = np.random.Generator(np.random.PCG64(28)).normal(1, 1, 192)
    comparison = median(samples) < 1.1
    left, right = predictions([Prediction("a claim", comparison)]).figure.axes[0].get_xlim()
    assert ((left < samples) & (samples < right)).mean() > 0.8  # what lies between the ends of the bulk


def test_many_seeds_are_fainter_than_few():
    def opacity(many):
        (dots,) = predictions([Prediction("a claim", median(np.arange(many)) < 9)]).figure.axes[0].collections
        return dots.get_alpha()

    assert opacity(6) == opacity(32) == 2 * opacity(128)


def test_hypotheses_head_their_predictions():
    given = [Prediction(f"claim {i}", error="lost", hypothesis=h) for i, h in enumerate(["H1", "H1", "", "H2"])]
    axes = predictions(given).figure.axes[0]
    labels = beside(axes, "left")
    assert [label.get_text() for label in labels] == ["H1", "claim 0", "claim 1", "claim 2", "H2", "claim 3"]
    assert [label.get_fontweight() == "bold" for label in labels] == [True, False, False, False, True, False]


def test_a_statement_is_told_to_its_end_where_cases_differ():
    given = [Prediction("word " * 60 + case, error="lost") for case in ("dark green", "dark gray")]
    picture = predictions(given)
    labels = [label.replace("\n", " ") for label in words(picture.figure.axes[0])]
    assert labels == [each.statement for each in given]


def test_rows_do_not_overlap_however_long_their_statements():
    picture = predictions([Prediction("word " * words, HALF < 0.7, published=0.2) for words in (90, 1, 40, 1)])
    picture.figure.draw_without_rendering()
    axes = picture.figure.axes[0]
    for side in ("left", "right"):
        boxes = [text.get_window_extent() for text in beside(axes, side)]
        assert len(boxes) == 4
        assert all(above.y0 >= below.y1 for above, below in pairwise(boxes))


def test_sixty_predictions_have_as_much_room_each_as_six():
    def room(many):
        picture = predictions([Prediction(f"claim {i}", median(SPREAD) < 0.7) for i in range(many)])
        picture.figure.draw_without_rendering()
        return picture.figure.axes[0].get_window_extent().height / many

    assert room(60) == pytest.approx(room(6), rel=0.2)  # the axis below them takes its share of either


def test_alt_text_counts_the_verdicts_and_tells_what_is_not_confirmed():
    given = [
        Prediction("red is lost", HALF > 0.1, hypothesis="H1"),
        Prediction("blue is lost", HALF > 0.7, hypothesis="H1"),
        Prediction("gray stays", HALF < 0.5, hypothesis="H1"),
        Prediction("green stays", error="lost", hypothesis="H1"),
    ]
    assert predictions(given, title="2.10").alt == (
        "2.10: 4 predictions, 1 confirmed, 1 disconfirmed, 1 at the threshold and 1 in error. Not confirmed: blue is "
        "lost (disconfirmed, 0.50 [0.40, 0.60] (32 seeds) where > 0.7 was claimed); gray stays (at the threshold, 0.50 "
        "[0.40, 0.60] (32 seeds) where < 0.5 was claimed); green stays (error)."
    )
    assert predictions(given[:1]).alt == "Predictions: 1 prediction, 1 confirmed."


def test_alt_text_of_many_tells_the_primary_ones_first_and_how_many_it_leaves_out():
    given = [Prediction(f"claim {i} that fails", HALF > 0.7, primary=i == 50) for i in range(60)]
    alt = predictions(given).alt
    told, left = re.search(r"Not confirmed: (.*); (\d+) more\.$", alt).groups()
    assert told.startswith("claim 50 that fails (disconfirmed, ")
    assert len(told.split("; ")) + int(left) == 60
    assert 500 < len(alt) <= 600


KINDS = [
    Prediction("error", replace(HALF, kind="error") < 0.7),
    Prediction("a ratio", replace(HALF, kind="ratio") < 0.7),
    Prediction("share", fraction([True] * 32) > 0.5, published=1.0),
    Prediction("fit", replace(HALF, kind="R²") < 0.7),
    Prediction("cosine", replace(HALF, kind="cosine") < 0.7),
    Prediction("radius", Estimate(2, 1, 3, n=32) < 5),
    Prediction("tried", Trial(200)),
]


def test_each_kind_of_number_has_a_panel_of_its_own_that_names_it():
    figure = predictions(KINDS).figure
    assert [words(axes) for axes in figure.axes] == [[each.statement] for each in KINDS]
    assert [axes.get_xlabel().partition(";")[0] for axes in figure.axes] == [
        "error, mean squared",
        "ratio of two conditions, seed by seed",
        "proportion of seeds",
        "R²",
        "cosine",
        "value of another kind, as each prediction has it",
        "without an estimate over seeds",
    ]


def test_the_panel_of_what_is_given_first_stands_at_the_top():
    """Such as that of the primary predictions of a hypothesis."""
    figure = predictions([KINDS[3], KINDS[0], KINDS[3]]).figure
    assert [axes.get_xlabel().partition(";")[0] for axes in figure.axes] == ["R²", "error, mean squared"]


def test_cosines_have_no_logarithm():
    given = [Prediction(f"{x}", Estimate(x, x, x, n=32, kind="cosine") > 0) for x in (-0.001, 0.9)]
    assert predictions(given).figure.axes[0].get_xscale() == "linear"


def test_a_large_ratio_does_not_squeeze_an_error():
    small = Prediction("error", Estimate(1e-4, 0.9e-4, 1.1e-4, n=32, kind="error") < 2e-4)
    alone = predictions([small]).data["panels"][0]
    beside = predictions([small, Prediction("ratio", Estimate(900, 800, 1000, n=32, kind="ratio") > 1)])
    assert beside.data["panels"][0] == alone


def test_shares_are_drawn_from_none_to_all_of_the_seeds_and_no_farther():
    axes = predictions([KINDS[2]]).figure.axes[0]
    assert axes.get_xlim() == (0, 1)
    (shade,) = axes.patches
    assert (shade.get_x(), shade.get_x() + shade.get_width()) == (0.5, 1)


@pytest.mark.parametrize("kind", ["error", "ratio", ""])
def test_an_axis_shows_nothing_below_zero_of_numbers_that_are_not(kind):
    def left(low):
        comparison = Estimate(0.1, low, 0.9, n=32, kind=kind) < 0.95
        return predictions([Prediction("a", comparison)]).figure.axes[0].get_xlim()[0]

    assert left(0.04) == 0
    assert left(0.0) == 0
    assert left(-0.04) < -0.04, "such as the growth of an error"


def test_the_published_figure_is_a_star_within_the_axis_and_a_number_beside():
    picture = predictions([Prediction("red is lost", HALF > 0.1, published=0.004)])
    axes = picture.figure.axes[0]
    (star,) = (line for line in axes.get_lines() if line.get_marker() == "*")
    assert star.get_xdata() == [0.004]
    assert axes.get_xlim()[0] < 0.004
    assert beside(axes, "right")[0].get_text() == "0.50 [0.40, 0.60] (32 seeds)  > 0.1\npublished 0.004"
    assert "published" in [text.get_text() for text in picture.figure.legends[0].get_texts()]


def test_a_hypothesis_that_is_the_title_heads_no_rows():
    given = [Prediction("red is lost", HALF > 0.1, hypothesis="H1")]
    assert words(predictions(given, title="H1").figure.axes[0]) == ["red is lost"]


def test_an_error_is_one_whatever_was_measured():
    (row,) = rows(predictions([Prediction("a claim", HALF < 0.7, error="lost in teardown")]))
    assert (row["verdict"], row["value"]) == ("error", 0.5)


def test_what_has_not_run_is_refused():
    message = (
        "the prediction 'a' has no verdict: give it a comparison, for example "
        "Prediction('red is lost', median(error) > 0.2), or an error in words"
    )
    with pytest.raises(PlotError, match=re.escape(message)):
        predictions([Prediction("a")])


def test_no_predictions_are_refused():
    with pytest.raises(PlotError, match="no predictions to draw: give one or more"):
        predictions([])


FAR = 1.7e308
"""Near the largest number that there is: a margin beyond it is infinite."""


@pytest.mark.parametrize("kind", ["error", "ratio", "cosine", ""])
@pytest.mark.parametrize(
    ("low", "value", "high", "threshold", "published"),
    [
        (1, 2, FAR, 3, None),
        (FAR, FAR, FAR, 3, None),
        (-FAR, 0, FAR, -FAR, None),
        (1e-300, 1, FAR, 2, None),
        (0, 1, 2, FAR, -FAR),
        (0, 5e-324, 1e-320, 1e-310, None),
    ],
)
def test_what_is_too_far_for_an_axis_is_drawn_at_its_edge_and_told(kind, low, value, high, threshold, published):
    estimate = Estimate(value, low, high, 9, (low, value, high) * 3, kind)
    picture = predictions([Prediction("a claim", estimate < threshold, published=published)])
    picture.figure.draw_without_rendering()
    axes = picture.figure.axes[0]
    left, right = axes.get_xlim()
    xs = np.concatenate([np.array(line.get_xdata(), float) for line in axes.get_lines()])
    assert (np.isnan(xs) | ((left <= xs) & (xs <= right))).all()
    assert rows(picture)[0]["measured"] in beside(axes, "right")[0].get_text().replace("\n", " ")


def test_a_bound_too_far_for_an_axis_is_an_arrow():
    axes = predictions([Prediction("a claim", Estimate(2, 1, FAR, 9) < 3)]).figure.axes[0]
    arrows = [line for line in axes.get_lines() if line.get_marker() == ">"]
    assert [line.get_xdata()[0] for line in arrows] == [axes.get_xlim()[1]]
