"""All hypotheses in one figure."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excolor.judging.claims import Claim, Verdict
from excolor.judging.estimates import Comparison, Estimate
from excolor.judging.predictions import Prediction
from excolor.judging.trials import Trial
from excolor.plots import PlotError, Standing, all_hypotheses, standardized_distance

LOPSIDED = Estimate(0.5, 0.4, 0.9, n=32)
INFINITE = Estimate(0.5, -math.inf, math.inf, n=3)
EXACT = Estimate(0.5, 0.5, 0.5, n=32)


@pytest.mark.parametrize(
    ("comparison", "distance"),
    [
        (LOPSIDED > 0.3, 2),  # 0.2 above the threshold, 0.1 down to the lower bound
        (LOPSIDED > 0.4, 1),
        (LOPSIDED > 0.45, 0.5),
        (LOPSIDED > 0.7, -0.5),  # 0.2 below, 0.4 up to the upper bound
        (LOPSIDED > 1.3, -2),
        (LOPSIDED < 1.3, 2),
        (LOPSIDED < 0.3, -2),
        (LOPSIDED.between(0.3, 0.7), 0.5),  # the lesser of 2 and 0.5
        (LOPSIDED.between(0.1, 0.3), -2),
        (INFINITE > 0.1, 0),
        (EXACT > 0.5, 0),
        (EXACT > 0.4, math.inf),
        (EXACT < 0.4, -math.inf),
    ],
)
def test_a_distance_is_measured_by_the_half_of_the_interval_toward_the_threshold(comparison, distance):
    assert standardized_distance(comparison) == pytest.approx(distance)


numbers = st.floats(-100, 100)


@given(st.tuples(numbers, numbers, numbers).map(sorted), st.lists(numbers, min_size=1, max_size=2, unique=True))
def test_a_distance_beyond_one_is_what_decides(ordered, bounds):
    low, value, high = ordered
    claim = Claim(*sorted(bounds)) if len(bounds) == 2 else Claim(low=bounds[0])
    comparison = Comparison(Estimate(value, low, high, n=32), claim)
    distance = standardized_distance(comparison)
    if abs(abs(distance) - 1) < 1e-9:
        return  # a bound at the threshold itself, where it matters whether that is within the claim
    if distance > 1:
        assert comparison.verdict is Verdict.CONFIRMED
    elif distance < -1:
        assert comparison.verdict is Verdict.DISCONFIRMED


def standing(
    *predictions, verdict="confirmed", statement="only red is deleted", experiment="2.10 Delete only red", published=""
):
    return Standing(experiment, statement, verdict, predictions, published)


def drawn(picture):
    """Where the predictions stand, of each marker."""
    dots = picture.figure.axes[1]
    return [x for marks in dots.collections for x in marks.get_offsets()[:, 0]]


def test_a_prediction_stands_at_its_distance_within_the_axis():
    given = [
        Prediction("a", LOPSIDED > 0.3),
        Prediction("b", EXACT < 0.4),
        Prediction("c", Trial(200)),
        Prediction("d", Trial(200, "0")),
        Prediction("e", LOPSIDED > 0.3, error="lost"),
    ]
    assert sorted(drawn(all_hypotheses([standing(*given)]))) == pytest.approx([-100, -100, 0, 2, 100])


def test_what_has_not_run_is_not_drawn():
    assert drawn(all_hypotheses([standing(Prediction("a"), verdict="not judged")])) == []


def test_primary_predictions_are_larger_and_beside_which_the_legend_says():
    given = [Prediction("a", LOPSIDED > 0.3), Prediction("b", LOPSIDED > 0.3, primary=False)]
    picture = all_hypotheses([standing(*given)])
    beside, primary = picture.figure.axes[1].collections
    assert primary.get_sizes() > 3 * beside.get_sizes()
    legend = [text.get_text() for text in picture.figure.legends[0].get_texts()]
    assert legend == ["confirmed", "primary prediction", "prediction beside"]


def test_a_row_has_statement_and_both_verdicts_and_an_experiment_is_named_once():
    rows = [standing(statement="one", published="works"), standing(statement="two", verdict="partially confirmed")]
    rows.append(standing(experiment="2.9, before", statement="three", verdict="error"))
    texts = [text.get_text() for text in all_hypotheses(rows).figure.axes[0].texts]
    assert texts[:2] == ["published", "here"]
    assert texts[2:] == ["2.10", "one", "works", "confirmed", "two", "partially confirmed", "2.9", "three", "error"]


@pytest.mark.parametrize(
    ("experiment", "number"),
    [
        ("2.10 Delete only red", "2.10"),
        ("2.4.1 to 2.10.1 Weights that do not change", "2.4.1\N{EN DASH}2.10.1"),
        ("2.6, 2.7 Delete the warm-cool axis", "2.6, 2.7"),
        ("2.10, second version: delete only red", "2.10"),
        ("Of my own: red", "Of"),
    ],
)
def test_an_experiment_is_named_by_its_number_or_those_of_several(experiment, number):
    assert all_hypotheses([standing(experiment=experiment)]).figure.axes[0].texts[2].get_text() == number


def test_the_axis_stands_above_and_below():
    dots = all_hypotheses([standing(Prediction("a", LOPSIDED > 0.3))]).figure.axes[1]
    tick = dots.xaxis.get_major_ticks()[0]
    assert (tick.label1.get_visible(), tick.label2.get_visible()) == (True, True)


def test_sixty_rows_fit_a_page_and_no_words_run_into_others():
    long = "deleting the dimension of red damages colors in proportion to their similarity to red, to the power of "
    rows = [
        standing(statement=long + case, experiment="2.4.1 to 2.10.1 Weights", published="a small improvement")
        for case in ("two", "three") * 30
    ]
    picture = all_hypotheses(rows)
    width, height = picture.figure.get_size_inches()
    assert width <= 8.27 - 0.8
    assert height <= 11.69 - 1
    picture.figure.draw_without_rendering()
    texts = picture.figure.axes[0].texts
    boxes = {text.get_text(): text.get_window_extent() for text in texts}
    two, three = (box for words, box in boxes.items() if " … " in words)
    assert boxes["2.4.1\N{EN DASH}2.10.1"].x1 < two.x0
    assert max(two.x1, three.x1) < boxes["a small improvement"].x0
    marker = picture.figure.axes[0].lines[0].get_window_extent()
    assert boxes["a small improvement"].x1 < marker.x0 < marker.x1 <= boxes["confirmed"].x0
    assert {words.split()[-1] for words in boxes if " … " in words} == {"two", "three"}
    assert all(box.x0 >= 0 and box.x1 <= picture.figure.bbox.x1 for box in boxes.values())


def test_alt_text_counts_the_verdicts_and_names_what_is_disconfirmed():
    rows = [standing(Prediction("a", LOPSIDED > 0.3)), standing(statement="blue is lost", verdict="disconfirmed")]
    assert all_hypotheses(rows, title="In all").alt == (
        "In all: 2 hypotheses, 1 confirmed and 1 disconfirmed; beside each its predictions by their distance from the "
        "threshold, 1 in all, 1 of them primary. Disconfirmed: blue is lost (2.10 Delete only red)."
    )
    published = [standing(published="confirmed", verdict=verdict) for verdict in ("confirmed", "open", "confirmed")]
    assert all_hypotheses(published).alt.endswith("Of 3 published as confirmed 2 are.")
    assert all_hypotheses(rows[:1]).alt == "All hypotheses: 1 hypothesis, 1 confirmed; beside it 1 prediction."


def test_no_rows_are_refused():
    message = "no hypotheses to draw: give a list of them, for example [Standing('2.10', 'Only red is deleted', "
    for rows in ([], [Prediction("a")], standing()):
        with pytest.raises(PlotError, match=re.escape(message)):
            all_hypotheses(rows)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"verdict": "fine"},
            "one of confirmed, disconfirmed, at the threshold, open, error, partially confirmed, not",
        ),
        ({"statement": 3}, "a Standing is put in words, for example '2.10 Delete only red'; got 3"),
        ({"predictions": "abc"}, "a Standing has a list of predictions, for example [Prediction('red is lost', "),
    ],
)
def test_a_standing_of_something_else_is_refused(fields, message):
    whole = {"experiment": "2.10", "statement": "red", "verdict": "open", "predictions": []} | fields
    with pytest.raises(PlotError, match=re.escape(message)):
        Standing(**whole)


def test_a_distance_of_a_number_is_refused():
    with pytest.raises(PlotError, match=re.escape("for example median(error) < 0.5; got 3")):
        standardized_distance(3)
