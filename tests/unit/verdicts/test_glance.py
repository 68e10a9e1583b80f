"""The answer at a glance: a line for each hypothesis, and in full only what changed or is an error."""

import re
from dataclasses import replace

import pytest

from excolor.judging.estimates import Estimate
from excolor.verdicts.reading import Reading
from excolor.verdicts.summary import render
from tests.unit.programme import programme

SMALLISH = Estimate(0.0006, 0.00038, 0.00096, n=32)
SPARED = Reading(
    experiment="2.10 Delete only red",
    hypothesis="H1: the subspace term is not needed",
    test="TestSubspaceTerm::test_spared",
    statement="Dark green is spared",
    role="prediction",
    recorded="confirmed",
    seeds="0..31",
    published_verdict="largely confirmed",
    group="hypotheses/test_ex_2_10.py::TestSubspaceTerm",
    predictions=2,
    position=0,
    comparison=SMALLISH < 0.003,
)
LOST = replace(
    SPARED, statement="Red is lost", recorded="disconfirmed", reason="it is not", comparison=SMALLISH > 0.1, position=1
)
OTHER = replace(
    SPARED,
    experiment="2.9 Delete only red, from five dimensions, with desaturated colors kept out of the way",
    hypothesis="With one more latent dimension and one more layer on each side, red alone can be deleted",
    seeds="",
    published_verdict="open",
    predictions=1,
    group="hypotheses/test_ex_2_9.py::TestRedAlone",
    position=2,
)


def text(readings, width=80, **options):
    return ["".join(piece for piece, _ in line) for line in render(readings, 0, width, **options)]


def test_the_whole():
    control = replace(OTHER, role="control", position=3)
    assert text([control, OTHER, LOST, SPARED], width=90) == [
        "         ours       held  published          all predictions: -v, or one file alone",
        "2.10  +x partially   1/2  largely confirmed  H1: the subspace term is not needed",
        "2.9   +  confirmed   1/1  open               With one more latent dimension and one ...",
        "Seeds: 0..31.",
        "",
        "2 hypotheses: 1 confirmed, 1 partially confirmed. 3 predictions (2 confirmed, 1",
        "disconfirmed) and 1 control, all as recorded.",
    ]


def test_where_there_is_no_room_beside_it_a_statement_stands_below():
    assert text([OTHER, LOST, SPARED], width=60)[:6] == [
        "         ours       held  published",
        "         all predictions: -v, or one file alone",
        "2.10  +x partially   1/2  largely confirmed",
        "         H1: the subspace term is not needed",
        "2.9   +  confirmed   1/1  open",
        "         With one more latent dimension and one more ...",
    ]


def test_without_a_published_verdict_there_is_no_column_for_it():
    readings = [replace(reading, published_verdict="") for reading in (SPARED, LOST, OTHER)]
    heads, first, *_ = text(readings)
    assert heads == "         ours       held  all predictions: -v, or one file alone"
    assert first == "2.10  +x partially   1/2  H1: the subspace term is not needed"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2.10.1 Delete only red, with one label", "2.10.1"),
        ("2.10, middle version: delete only red", "2.10"),
        ("2.6, 2.7 Delete the warm-cool axis", "2.6, 2.7"),
        ("2.4.1 to 2.10.1 Weights that do not change", "2.4.1-2.10.1"),
        ("2.4.1 and 2.9.1, the models of the paper", "2.4.1, 2.9.1"),
        ("Experiment 2.10: delete only red", "2.10"),
        ("Green is deleted as red is", "green too"),
    ],
)
def test_an_experiment_is_named_once_by_its_numbers_or_as_its_file_is(title, name):
    groups = [f"claims/test_green_too.py::Test{end}" for end in "AB"]
    readings = [replace(SPARED, experiment=title, group=each, position=place) for place, each in enumerate(groups)]
    heads, first, second, *_ = text([*readings, replace(OTHER, position=2)], width=120)
    assert first.startswith(f"{name}  ")
    assert not second[: heads.index("ours") - 3].strip()


@pytest.mark.parametrize(
    ("file", "width", "name"),
    [
        ("test_other_concepts", 80, "other conc.."),
        ("test_other_concepts", 93, "other conc.."),
        ("test_other_concepts", 110, "other concepts"),
        ("other_concepts_test", 110, "other concepts"),
        ("test_what_becomes_of_red_when_it_is_deleted", 120, "what becomes of re.."),
    ],
)
def test_a_name_is_cut_where_it_would_leave_a_statement_too_little(file, width, name):
    named = replace(SPARED, experiment="Red", group=f"claims/{file}.py::TestIt")
    lines = text([named, replace(OTHER, position=1)], width=width)
    assert [line.partition("  ")[0] for line in lines if " largely confirmed" in line] == [name]


def test_of_rows_of_seeds_that_begin_alike_the_longest_is_told():
    rows = ["20000..20031", "0..31, exploring", "20000..20127", ""]
    groups = [f"hypotheses/test_{place}.py::TestIt" for place in range(len(rows))]
    readings = [
        replace(SPARED, seeds=seeds, group=group, position=place)
        for place, (seeds, group) in enumerate(zip(rows, groups, strict=True))
    ]
    assert "Seeds: 0..31, exploring; 20000..20127." in text(readings)


def test_statements_that_begin_alike_are_cut_at_their_beginning():
    common = "Damping or turning latents aligned with red raises the error near red and leaves others"
    readings = [
        replace(SPARED, hypothesis=f"{common} {end}", group=f"hypotheses/test_ex_2_2.py::Test{end}", position=place)
        for place, end in enumerate(["unchanged", "as they were"])
    ]
    lines = text([*readings, replace(OTHER, position=3)], width=100)
    assert lines[1].endswith(" leaves others unchanged")
    assert lines[2].endswith(" leaves others as they were")
    assert all("... " in line for line in lines[1:3])


def test_a_single_file_and_a_verbose_run_list_every_prediction():
    listed = "    x Red is lost"
    assert listed in "\n".join(text([SPARED, LOST]))
    assert listed in "\n".join(text([SPARED, LOST, OTHER], verbose=True))
    assert listed not in "\n".join(text([SPARED, LOST, OTHER]))


def test_what_changed_or_is_an_error_is_told_in_full_and_nothing_else():
    changed = replace(LOST, recorded="confirmed", reason="")
    broken = replace(OTHER, error="ValueError: lost", comparison=None)
    lines = text([SPARED, changed, broken])
    full = lines.index("+ confirmed, x disconfirmed, ~ at the threshold, ? open, ! error; then the")
    assert lines[full - 1] == ""
    assert [line[4:] for line in lines[full:] if re.match(r"    [+x~?!-] ", line)] == [
        "x Red is lost                    0.00060 [0.00038, 0.00096] (32 seeds) > 0.1",
        "! Dark green is spared",
    ]
    assert "        CHANGED: recorded confirmed" in lines
    assert "        ValueError: lost" in lines


def test_of_a_replication_what_moved_is_counted_and_what_is_contradicted_told():
    moved = replace(SPARED, comparison=SMALLISH < 0.0007, replication="--seeds 8", again=0.5)
    contradicted = replace(LOST, recorded="confirmed", replication="--seeds 8", again=0.9)
    assert (moved.moved, contradicted.moved) == (True, False)
    words = "\n".join(text([moved, contradicted, OTHER]))
    assert "x Red is lost" in words
    assert "? Dark green is spared" not in words


@pytest.mark.parametrize("role", ["prediction", "control"])
def test_of_a_replication_what_lies_beyond_chance_is_told_though_its_verdict_is_the_same(role):
    beyond = replace(SPARED, role=role, replication="--seeds 8", again=0.9, alike=1e-9)
    within = replace(LOST, replication="--seeds 8", again=0.9, alike=0.5)
    lines = text([beyond, within, OTHER], width=120)
    assert "        beyond chance: if seeds alone differ, a value so far from the record has a chance of 1e-09" in lines
    assert any("Dark green is spared" in line for line in lines)
    assert not any("Red is lost" in line for line in lines)


def test_if_more_moved_than_forecast_all_that_moved_is_told():
    moved = replace(SPARED, comparison=SMALLISH < 0.0007, replication="--seeds 8", again=1.0)
    words = "\n".join(text([moved, LOST, OTHER]))
    assert "more moved than forecast" in " ".join(words.split())
    assert "? Dark green is spared" in words


def test_what_did_not_run_has_no_verdict_and_counts_among_its_predictions():
    left_out = replace(LOST, comparison=None, left_out="left out on request")
    lines = text([SPARED, left_out, OTHER], width=90)
    assert lines[1] == "2.10  -  not judged   1/2  largely confirmed  H1: the subspace term is not needed"
    assert " ".join(lines).endswith("all as recorded. 1 prediction left out on request.")


@pytest.mark.parametrize(
    ("comparison", "sign"),
    [
        (SMALLISH < 0.003, "2.10  +  confirmed "),
        (SMALLISH < 0.0001, "2.10  x  disconfirmed "),
        (Estimate(1.0, 0.9, 1.1, 32) < 1, "2.10  ~  at threshold "),
        (SMALLISH < 0.0005, "2.10  ?  open "),
        (None, "2.10  !  error "),
    ],
)
def test_each_verdict_has_a_sign_of_its_own(comparison, sign):
    reading = replace(SPARED, comparison=comparison, error="lost" * (comparison is None))
    assert any(line.startswith(sign) for line in text([reading, OTHER]))


PROGRAMME = programme()


SIGNED = re.compile(r"[\d., -]+(\+x|[+x~?!-]) +\w")
"""A line of a hypothesis begins so."""


def test_the_whole_programme_fits_90_lines_of_100_columns():
    lines = text(PROGRAMME, width=100)
    hypotheses = {reading.group for reading in PROGRAMME}
    assert sum(SIGNED.match(line) is not None for line in lines) == len(hypotheses) >= 70
    assert len(lines) <= 90


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160, 200])
def test_at_any_width_no_line_is_overrun_and_all_of_it_is_ascii(width):
    lines = text(PROGRAMME, width=width)
    assert max(map(len, lines)) <= width
    assert all(line.isascii() and not line.endswith(" ") for line in lines)
    assert len(list(filter(SIGNED.match, lines))) == len({reading.group for reading in PROGRAMME})
