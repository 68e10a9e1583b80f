"""The summary as text, from Readings made by hand."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excolor.judging.claims import Claim
from excolor.judging.estimates import Comparison, Estimate
from excolor.judging.intervals import median
from excolor.verdicts.counts import closing
from excolor.verdicts.reading import Reading
from excolor.verdicts.summary import render

SMALLISH = Estimate(0.0006, 0.00038, 0.00096, n=32)
MEASURED = "0.00060 [0.00038, 0.00096] (32 seeds)"
COMPARISONS = {"confirmed": SMALLISH < 0.003, "disconfirmed": SMALLISH < 0.0001, "open": SMALLISH < 0.0005}
SMALL = Reading(
    experiment="Experiment 2.10: delete only red",
    hypothesis="H1: the subspace term is not needed",
    test="TestSubspaceTerm::test_spared[dark green]",
    statement="Dark green is spared",
    role="prediction",
    recorded="confirmed",
    reason="",
    seeds="0..31",
    group="hypotheses/test_ex_2_10.py::TestSubspace",
    predictions=1,
    position=0,
    comparison=COMPARISONS["confirmed"],
)
CONTROL = replace(SMALL, statement="Red is rebuilt when another dimension is deleted", role="control", position=1)


def text(readings, unread=0, width=80, verbose=False):
    return ["".join(piece for piece, _ in line) for line in render(readings, unread, width, verbose)]


def body(*readings, width=80):
    """The lines of the only experiment, without the legend above and the count below."""
    lines = text(readings, width=width)
    start, end = (place for place, line in enumerate(lines) if not line)
    return lines[start + 1 : end]


def test_the_whole():
    other = replace(
        SMALL,
        experiment="Experiment 2.9: delete only red",
        hypothesis="Deleting one dimension removes red and leaves all other colors as they were, dark ones included",
        statement="The typical error stays as it was",
        recorded="disconfirmed",
        reason="it grows, though by less than a hundredth",
        seeds="",
        group="hypotheses/test_ex_2_9.py::TestDeletion",
        predictions=3,
        position=2,
        comparison=Estimate(12, 11, 13, 5).between(0.9, 1.1),
    )
    assert text([other, CONTROL, SMALL], unread=1, verbose=True) == [
        "+ confirmed, x disconfirmed, ~ at the threshold, ? open, ! error; then the",
        "measured value [95 % interval], what was claimed of it, and the published",
        "figure, if there is one, from the seeds that its hypothesis names.",
        "",
        "Experiment 2.10: delete only red                                     seeds 0..31",
        "  H1: the subspace term is not needed                              CONFIRMED 1/1",
        "    + Dark green is spared",
        "        0.00060 [0.00038, 0.00096] (32 seeds) < 0.003",
        "    + 1 control confirmed",
        "",
        "Experiment 2.9: delete only red",
        "  Deleting one dimension removes red and        DISCONFIRMED 0 of the 1 that ran",
        "  leaves all other colors as they were, dark",
        "  ones included",
        "    x The typical error stays as it was",
        "        12 [11, 13] (5 seeds)                 between 0.9 and 1.1",
        "        recorded disconfirmed: it grows, though by less than a hundredth",
        "",
        "2 hypotheses: 1 confirmed, 1 disconfirmed. 2 predictions (1 confirmed, 1",
        "disconfirmed) and 1 control, all as recorded. 1 file could not be collected.",
    ]


def test_not_one_of_many_is_left_out():
    many = [
        replace(
            SMALL,
            statement=f"Color {place} is spared",
            hypothesis=f"Colors from {place // 7 * 7} on are spared",
            group=f"hypotheses/test_ex_{place // 35}.py::TestSeven{place // 7}",
            predictions=7,
            position=place,
        )
        for place in range(700)
    ]
    lines = [line.strip() for line in text(many[::-1], verbose=True)]
    listed = [line.partition(" is spared ")[0] for line in lines if line.startswith("+ Color ")]
    assert listed == [f"+ Color {place}" for place in range(700)]
    assert lines[-1] == "100 hypotheses: 100 confirmed. 700 predictions (700 confirmed), all as recorded."


def test_a_control_that_was_not_confirmed_is_listed():
    failed = replace(CONTROL, statement="Red is rebuilt", comparison=COMPARISONS["disconfirmed"], error="not confirmed")
    assert body(SMALL, CONTROL, failed)[1:] == [
        "  H1: the subspace term is not needed                                  ERROR 1/1",
        "    ! control: Red is rebuilt     0.00060 [0.00038, 0.00096] (32 seeds) < 0.0001",
        "        not confirmed",
        "    + Dark green is spared        0.00060 [0.00038, 0.00096] (32 seeds) < 0.003",
        "    + 1 control confirmed",
    ]


def test_the_background_stands_below_the_hypothesis():
    (_, *lines) = body(replace(SMALL, background="Published verdict: confirmed."))
    assert lines[0].startswith("  H1: the subspace term is not needed")
    assert lines[1] == "    Published verdict: confirmed."


def test_statements_wrap_beside_aligned_readings():
    long = "The error of every dark shade stays below that of the published run"
    lines = body(SMALL, replace(SMALL, statement=long, comparison=SMALLISH < 0.03, position=1))
    assert lines[2:] == [
        "    + Dark green is spared         0.00060 [0.00038, 0.00096] (32 seeds) < 0.003",
        "    + The error of every dark      0.00060 [0.00038, 0.00096] (32 seeds) < 0.03",
        "      shade stays below that of",
        "      the published run",
    ]


def test_published_figures_stand_in_a_column():
    readings = [
        replace(SMALL, published=0.00043),
        replace(SMALL, statement="Red is spared", comparison=SMALLISH.between(0, 1), position=1),
        replace(SMALL, statement="Blue is spared", published=0.00026 / 0.00013, position=2),
    ]
    beside, below, apart = (body(*readings, width=width)[2:] for width in (105, 80, 79))
    assert beside == [
        "    + Dark green is spared       0.00060 [0.00038, 0.00096] (32 seeds) < 0.003          published 0.00043",
        "    + Red is spared              0.00060 [0.00038, 0.00096] (32 seeds) between 0 and 1",
        "    + Blue is spared             0.00060 [0.00038, 0.00096] (32 seeds) < 0.003          published 2",
    ]
    assert below[:3] == [
        "    + Dark green is spared",
        "        0.00060 [0.00038, 0.00096] (32 seeds) < 0.003          published 0.00043",
        "    + Red is spared",
    ]
    assert apart == [
        "    + Dark green is spared",
        "        0.00060 [0.00038, 0.00096] (32 seeds) < 0.003",
        "        published 0.00043",
        "    + Red is spared",
        "        0.00060 [0.00038, 0.00096] (32 seeds) between 0 and 1",
        "    + Blue is spared",
        "        0.00060 [0.00038, 0.00096] (32 seeds) < 0.003",
        "        published 2",
    ]


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (0.28357, "0.28"),
        (0.0011 / 0.0017, "0.65"),
        (0.99 / 0.9848, "1"),
        (0, "0"),
        (-0.000057, "-0.000057"),
        (2.2e-5, "0.000022"),
        (9.96e-6, "0.00001"),
        (12.34, "12"),
    ],
)
def test_published_figures_have_two_digits_at_most(figure, shown):
    (line,) = (line for line in body(replace(SMALL, published=figure), width=120) if "published" in line)
    assert line.endswith(f"< 0.003  published {shown}")


def test_a_published_figure_has_no_color_of_ours():
    row = next(line for line in render([replace(SMALL, published=0.5)], 0, 120) if "Dark green" in str(line))
    assert [markup for _, markup in row] == [{"green": True}, {}, {"green": True}, {}]


def test_a_restated_claim_has_a_sign_that_the_legend_explains():
    moved = replace(SMALL, statement="Red is spared", restated="< 0.001", restated_why="no margin", position=2)
    plain, signed, explained = text([SMALL]), text([SMALL, moved]), text([SMALL, moved], verbose=True)
    legend = "figure, if there is one, from the seeds that its hypothesis names."
    assert plain[2] == legend
    assert signed[2:4] == [
        f"{legend} A claim with",
        "* was restated once results were seen: -v shows what it was.",
    ]
    assert signed[7:9] == [
        "    + Dark green is spared       0.00060 [0.00038, 0.00096] (32 seeds) < 0.003",
        "    + Red is spared              0.00060 [0.00038, 0.00096] (32 seeds) < 0.003 *",
    ]
    assert explained[:9] == signed[:9]
    assert explained[9] == "        restated, was < 0.001: no margin"


def test_controls_that_hold_are_not_listed_and_need_no_sign_explained():
    lines = text([SMALL, replace(CONTROL, restated="< 0.001", restated_why="no margin")])
    assert "*" not in "".join(lines)
    assert " ".join(lines).endswith("all as recorded, 1 restated.")


def test_changes_and_errors_come_first_the_rest_in_order():
    readings = [
        replace(SMALL, statement="a", position=0),
        replace(SMALL, statement="b", position=1, recorded="undecided", reason="near", comparison=COMPARISONS["open"]),
        replace(SMALL, statement="c", position=2, comparison=COMPARISONS["disconfirmed"]),
        replace(SMALL, statement="d", position=3),
        replace(SMALL, statement="e", position=4, error="ValueError: lost", comparison=None),
        replace(SMALL, statement="f", position=5, recorded="disconfirmed", reason="moves with red"),
    ]
    lines = body(*readings)
    assert [line[4:7].rstrip() for line in lines[2:] if line[4] != " "] == ["x c", "! e", "+ f", "+ a", "? b", "+ d"]
    below = {
        "x c": "CHANGED: recorded confirmed",
        "! e": "ValueError: lost",
        "+ f": "CHANGED: recorded disconfirmed: moves with red",
        "? b": "open: about 155 seeds would do; with these 32 a value of 0.032 or more,",
    }
    for start, note in below.items():
        place = next(i for i, line in enumerate(lines) if line[4:].startswith(start))
        assert lines[place + 1] == f"        {note}"


@pytest.mark.parametrize(
    ("verdict", "color"),
    [
        ("confirmed", {"green": True}),
        ("disconfirmed", {"red": True}),
        ("open", {"yellow": True}),
        ("error", {"red": True, "bold": True}),
    ],
)
def test_symbol_and_reading_have_the_color_of_the_verdict(verdict, color):
    reading = replace(SMALL, **{"error": "lost"} if verdict == "error" else {"comparison": COMPARISONS[verdict]})
    row = next(line for line in render([reading], 0, 80) if "Dark green" in str(line))
    assert [markup for _, markup in row] == [color, {}, color]


@given(st.integers(40, 250), st.lists(st.text("ab c", min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_no_width_cuts_an_estimate_or_is_overrun_by_words(width, statements):
    readings = [
        replace(SMALL, statement=words, position=i, published=0.5 if i % 2 else None)
        for i, words in enumerate(statements)
    ]
    lines = text(readings, width=width)
    assert sum(MEASURED in line for line in lines) == len(readings)
    assert all(len(line) <= min(width, 120) for line in lines if MEASURED not in line)
    columns = {line.index(MEASURED) for line in lines if MEASURED in line}
    assert len(columns) == 1
    assert sum("published 0.5" in line for line in lines) == len(readings) // 2
    assert not any(line.endswith(" ") for line in lines)


MANY = [
    replace(
        SMALL,
        experiment=f"Experiment {file}",
        hypothesis=f"H{group}: small",
        statement=f"Color {number} is spared",
        comparison=COMPARISONS[verdict],
        group=f"hypotheses/test_{file}.py::Test{group}",
        predictions=5,
        position=number,
    )
    for number, (file, group, verdict) in enumerate(
        (file, group, verdict)
        for file in range(40)
        for group in range(5)
        for verdict in ("confirmed", "disconfirmed", "open", "confirmed", "confirmed")
    )
]


def test_of_a_thousand_none_is_dropped():
    lines = text(MANY[::-1], verbose=True)
    listed = [re.search(r"^    [+x?] Color (\d+) is spared", line) for line in lines]
    assert sorted(int(found[1]) for found in listed if found) == list(range(1000))
    assert sum(line.startswith("Experiment ") for line in lines) == 40
    assert sum(line.startswith("  H") for line in lines) == 200
    assert " ".join(lines).endswith(
        "200 hypotheses: 200 partially confirmed. 1000 predictions (600 confirmed, 200 disconfirmed, 200 open): "
        "400 changed."
    )


@pytest.mark.parametrize(
    ("readings", "standings", "unread", "line"),
    [
        ([SMALL], ["confirmed"], 0, "1 hypothesis: 1 confirmed. 1 prediction (1 confirmed), all as recorded."),
        (
            [SMALL, SMALL, CONTROL, CONTROL],
            ["disconfirmed", "partially confirmed", "confirmed", "confirmed", "open"],
            0,
            "5 hypotheses: 2 confirmed, 1 partially confirmed, 1 disconfirmed, 1 open. "
            "2 predictions (2 confirmed) and 2 controls, all as recorded.",
        ),
        (
            [replace(SMALL, comparison=COMPARISONS["open"]), replace(CONTROL, error="lost"), SMALL],
            ["error"],
            2,
            "1 hypothesis: 1 in error. 2 predictions (1 confirmed, 1 open) and 1 control: 1 changed, 1 error. "
            "2 files could not be collected.",
        ),
        (
            [replace(SMALL, error="lost")] * 2,
            ["error"],
            0,
            "1 hypothesis: 1 in error. 2 predictions: 2 errors.",
        ),
        (
            [replace(SMALL, replication="--first-seed 1000")],
            ["confirmed"],
            0,
            "1 hypothesis: 1 confirmed. 1 prediction (1 confirmed): 1 of 1 as recorded; none contradicted with "
            "--first-seed 1000.",
        ),
        (
            [replace(SMALL, replication="--seeds 8", restated="< 1", restated_why="no margin")],
            ["confirmed"],
            0,
            "1 hypothesis: 1 confirmed. 1 prediction (1 confirmed): 1 of 1 as recorded; none contradicted with "
            "--seeds 8, 1 restated.",
        ),
        ([CONTROL], ["not judged"], 0, "1 hypothesis: 1 not judged. 0 predictions and 1 control, all as recorded."),
    ],
)
def test_the_last_line(readings, standings, unread, line):
    assert closing(readings, standings, unread) == line


class Report:
    """What else a report of pytest's has is of no matter here."""


@pytest.mark.parametrize(
    "comparison",
    [
        None,
        Estimate(0.0006, float("-inf"), 0.00096, n=2, samples=(1 / 3, 0.1)) >= 0,
        Comparison(SMALLISH, Claim(high=1 / 3, high_is_strict=True, source="Ex 2.10, table")),
    ],
)
def test_a_reading_survives_its_journey(comparison):
    measured = replace(SMALL, published=0.0, comparison=comparison)
    sent, bare = Report(), Report()
    measured.attach(sent)
    assert "Estimate" not in repr(vars(sent))  # plain types alone go from process to process
    assert Reading.of(sent) == measured
    assert Reading.of(bare) is None
    if comparison is not None:
        assert Reading.of(sent).comparison.estimate.samples == comparison.estimate.samples


def test_properties_are_plain_and_those_without_a_value_are_left_out():
    properties = dict(replace(SMALL, published=0.0).as_properties())
    assert {type(value) for value in properties.values()} == {str, int, float}
    assert (properties["excolor.published"], properties["excolor.claimed_high"]) == (0.0, 0.003)
    assert not {"excolor.reason", "excolor.claimed_low", "excolor.samples"} & properties.keys()
    measured = {name: properties[f"excolor.{name}"] for name in ("estimate", "low", "high", "n")}
    assert measured == {"estimate": 0.0006, "low": 0.00038, "high": 0.00096, "n": 32}


def test_an_error_is_no_verdict_whatever_was_measured():
    assert replace(SMALL, error="lost in teardown").verdict == "error"
    assert replace(SMALL, comparison=None).verdict == ""


def test_what_chance_could_have_decided_stands_before_the_last_line():
    sure = median([0.0001] * 30 + [0.9] * 2) < 0.001  # p = 2.5e-7
    close = median([0.0001] * 23 + [0.9] * 9) < 0.001  # p = 0.02
    comparisons = [sure] * 10 + [close] * 6 + [SMALLISH < 0.0005]
    readings = [
        replace(SMALL, statement=f"{i}", position=i, comparison=comparison) for i, comparison in enumerate(comparisons)
    ]
    words = " ".join(text(readings))
    told = (
        " Of 16 primary predictions decided by seeds at most 0.4 are expected to be wrong; 10 remain if the chance of "
        "any wrong one is to be 5 % (Holm), 16 if 5 % of them may be (Benjamini-Hochberg).  1 hypothesis: 1 open."
    )
    assert told in words
    beside = [replace(reading, primary=False) for reading in readings]
    assert "Holm" not in " ".join(text(beside))
    assert "Holm" not in " ".join(text(readings[:9]))


def test_what_is_the_same_in_every_seed_was_not_decided_by_them():
    decided = median([0.0001] * 30 + [0.9] * 2) < 0.001
    fact = median([0.0001] * 32) < 0.001
    readings = [replace(SMALL, position=i, comparison=decided if i < 10 else fact) for i in range(20)]
    assert "Of 10 primary predictions decided by seeds at most 0.2 are" in " ".join(text(readings))


@pytest.mark.parametrize("recorded", ["confirmed", "disconfirmed", "undecided"])
def test_a_verdict_has_changed_if_there_is_one_and_it_is_another(recorded):
    expected = {measured: {"open": "undecided"}.get(measured, measured) != recorded for measured in COMPARISONS}
    assert {
        name: replace(SMALL, recorded=recorded, comparison=x).changed for name, x in COMPARISONS.items()
    } == expected
    assert not replace(SMALL, recorded=recorded, error="lost").changed
    assert not replace(SMALL, recorded=recorded, comparison=None).changed
