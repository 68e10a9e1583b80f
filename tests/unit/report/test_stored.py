"""A run as JSON: it comes back as it was, its form is that of the schema, and other files are refused in words."""

import json
from copy import deepcopy
from dataclasses import asdict, replace

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from excolor.report.form import fault
from excolor.report.run import Run, Shown, merged
from excolor.report.stored import SCHEMA, StoredError, as_plain, as_text, from_plain, read


@pytest.fixture
def schema():
    told = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(told)
    return Draft202012Validator(told)


@pytest.fixture
def back(tmp_path):
    """What is read of a run once it was written."""

    def back(run):
        path = tmp_path / "report.json"
        path.write_text(as_text(run), encoding="utf-8")
        return read(path)

    return back


def plain(run):
    """All that a run knows; it compares samples as well, which are no part of whether two Estimates are equal."""
    counted = {"predictions": 0, "controls": 0}  # of a class, in the file; here few of them are there
    return [[asdict(replace(reading, **counted)) for reading in each.readings] for each in run.hypotheses]


def test_a_run_comes_back_as_it_was(whole, back):
    again = back(whole)
    assert plain(again) == plain(whole)
    assert [each.provenance for each in again.hypotheses] == [each.provenance for each in whole.hypotheses]
    assert as_plain(again) == as_plain(whole)


def test_a_bound_of_0_comes_back_as_it_was(hypothesis_of, early, back):
    (hypothesis,) = back(Run.of(hypothesis_of((0.0, 0.0)), early)).hypotheses
    estimate = hypothesis.readings[0].comparison.estimate
    assert (estimate.low, estimate.value, estimate.high) == (0, 0, 0)


def test_each_hypothesis_keeps_the_run_that_it_is_from(hypothesis_of, early, late, back):
    before = Run.of([*hypothesis_of((0.4, 0.6)), *hypothesis_of((0.4, 0.6), file="ex_2_10")], early)
    both = back(merged(before, Run.of(hypothesis_of((0.1, 0.2), file="ex_2_10"), late)))
    assert [(each.file[-7:-3], each.provenance) for each in both.hypotheses] == [("_2_9", early), ("2_10", late)]
    assert both.latest == late


def test_its_form_is_that_of_the_schema(whole, schema):
    picture = Shown("figures/a.png", 4, 3, "a", dark="figures/b.png", file="tests/hypotheses/test_ex_2_9.py")
    told = json.loads(as_text(Run.of(whole.hypotheses[0].readings, whole.latest, [picture])))
    schema.validate(told)
    schema.validate(json.loads(as_text(whole)))
    del told["pictures"][0]["hypothesis"]  # as it was not written at first
    schema.validate(told)
    assert from_plain(told).pictures[0].place == picture.place


@pytest.mark.parametrize("part", ["runs", "hypotheses", "pictures"])
def test_the_schema_refuses_what_lacks_a_part(whole, schema, part):
    told = as_plain(whole)
    del told[part]
    with pytest.raises(ValidationError, match=f"'{part}' is a required property"):
        schema.validate(told)


def test_the_schema_knows_every_word_that_is_written(whole, schema):
    """So that nothing is written that is not documented."""
    told = as_plain(whole)
    told["hypotheses"][0]["predictions"][0]["mood"] = "fine"
    with pytest.raises(ValidationError, match="'mood' was unexpected"):
        schema.validate(told)


def test_an_infinite_bound_is_null(whole):
    bounds = {
        each["id"].rpartition("_")[2]: (each["estimate"]["low"], each["estimate"]["high"], each["claim"]["high"])
        for hypothesis in json.loads(as_text(whole))["hypotheses"]
        for each in hypothesis["predictions"]
        if each["estimate"]
    }
    assert bounds["infinite"] == (None, None, None)
    assert bounds["0"] == (0.4, 0.6, None)


def test_samples_stand_on_one_line(whole):
    assert '"samples": [ 0.4, 0.5, 0.6 ]' in as_text(whole)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("no json", "is no JSON: give the report.json of a run, such as that of pytest --report report"),
        ("[]", "is JSON, but no stored run: give the report.json"),
        ('{"format": "excolor report", "version": 9}', "version 9, and this excolor reads version 1: run pytest"),
        ('{"format": "excolor report", "version": 1}', r"as report.schema.json has it \(runs is missing\): run pytest"),
        ("[" * 100_000, "is no JSON: give the report.json"),
    ],
)
def test_another_file_is_refused(tmp_path, content, said):
    path = tmp_path / "report.json"
    path.write_text(content)
    with pytest.raises(StoredError, match=said):
        read(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(StoredError, match=r"cannot read '.*none.json' \(No such file or directory\): give the report"):
        read(tmp_path / "none.json")


def changed(told, *path, to):
    """The same JSON with something else in one place, or with nothing there."""
    told = deepcopy(told)
    at = told
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = to
    if to is NOTHING:
        del at[path[-1]]
    return told


NOTHING = object()
FIRST = ("hypotheses", 0, "predictions", 0)


@pytest.mark.parametrize(
    ("path", "to", "said"),
    [
        (("hypotheses",), [], "has it (hypotheses has 0 items, and must have 1 or more)"),
        (("hypotheses", 0, "mood"), "fine", "has it (hypotheses[0].mood is not known)"),
        (("hypotheses", 0, "run"), 7, "has what no run measures (a hypothesis is from a run that is none of the 1)"),
        ((*FIRST, "verdict"), "fine", "[0].verdict is 'fine', and must be one of 'confirmed', 'disconfirmed', 'at the"),
        ((*FIRST, "position"), -1, "[0].position is -1, and must lie between 0 and any)"),
        ((*FIRST, "primary"), 1, "[0].primary is 1, and must be boolean)"),
        ((*FIRST, "statement"), "\ud800", r"[0].statement is '\ud800', and must be string)"),
        ((*FIRST, "estimate", "low"), "x" * 99, f"[0].estimate.low is '{'x' * 59}..., and must be number or null)"),
        ((*FIRST, "estimate", "n"), 10**400, "[0].estimate.n is a number too large, and must be integer)"),
        ((*FIRST, "estimate", "value"), float("inf"), "[0].estimate.value is inf, and must be number)"),
        ((*FIRST, "estimate", "low"), 9, "has what no run measures (The value of an Estimate lies within its interval"),
        ((*FIRST, "claim"), NOTHING, "[0].claim is missing): run pytest --report again"),
        ((*FIRST, "claim"), None, "TestRed::test_number_0 is held against no claim)"),
        (("runs", 0, "date"), "yesterday", r"has it (runs[0].date is 'yesterday', and must match ^\d{4}-\d{2}"),
        (("runs", 0, "versions", "numpy"), 2, "has it (runs[0].versions.numpy is 2, and must be string)"),
    ],
)
def test_what_no_run_writes_is_refused(whole, tmp_path, path, to, said):
    file = tmp_path / "report.json"
    file.write_text(json.dumps(changed(as_plain(whole), *path, to=to)))
    with pytest.raises(StoredError) as refused:
        read(file)
    assert said in str(refused.value)


def places(told, *path):
    """All places of JSON, of the items of a list the first and the last."""
    steps = told if isinstance(told, dict) else {0, len(told) - 1} if isinstance(told, list) and told else ()
    for step in steps:
        yield (*path, step)
        yield from places(told[step], *path, step)


def test_it_finds_what_a_json_schema_validator_finds(whole, schema):
    """One written by others, for every word of the schema: what is missing, and what is of another kind."""
    picture = Shown("figures/a.png", 4, 3, "a", file="tests/hypotheses/test_ex_2_9.py")
    told = as_plain(
        Run.of([reading for each in whole.hypotheses for reading in each.readings], whole.latest, [picture])
    )
    wrong = 0
    for *path, last in places(told):
        for to in (NOTHING, None, -1, "x", {}):
            other = changed(told, *path, last, to=to)
            valid = schema.is_valid(other)
            assert (fault(other, schema.schema) == "") is valid, (path, last, to)
            wrong += not valid
    assert wrong > 500
