"""The record beside a hypothesis file: what is written, and what a later run must not differ in."""

import csv

import pytest

FILE = '''
BOUND = 0.9


class TestSpared:
    """H1: other colors are spared."""

    @published(0.3, source="Ex 0.1, table")
    @pytest.mark.parametrize("color", ["orange", pytest.param("dark green", marks=disconfirmed("moves with red"))])
    def test_spared(self, color, seeds):
        """The color is spared."""
        assert half < (BOUND if color != "dark green" else 0.1)

    @control
    def test_red(self):
        """Red is not."""
        assert half > 0.1


class TestUnitarity:
    """H2: unitarity is still needed."""

    @undecided("too small an effect")
    @restated(was="> 0.7", why="a slip of the pen")
    def test_typical_error(self):
        """The typical error grows."""
        assert half > 0.5
'''
WITHOUT_CHANCE = '''
from hypothesis.strategies import floats

from excolor.judging import over


class TestSmall:
    """H1: it is small."""

    def test_small(self):
        """It is small for all."""
        assert over(floats(0, 1)).always(lambda x: x < 2)
'''
ADVICE = "If that is meant, write the record anew: pytest test_small.py --record"


@pytest.fixture
def recorded(write, run):
    """A file, and what it gave as its record; `changed(old, new)` runs it again with something else in it."""
    path = write(FILE)
    made = run("--record")
    assert made.code == 0, made.text
    assert "hypotheses/test_small.py: 4 recorded, 4 of them new, changed or gone." in made.text

    def changed(old="", new="", *args):
        assert path.read_text().count(old) == 1 or not old
        path.write_text(path.read_text().replace(old, new))
        return run(*args)

    changed.table = path.parent / "record" / "test_small.csv"
    return changed


def test_has_a_row_for_every_prediction_and_control(recorded):
    orange, green, red, error = csv.DictReader(recorded.table.read_text().splitlines())
    assert orange["test"] == "TestSpared::test_spared[orange]"
    assert (orange["claim"], orange["verdict"], orange["value"], orange["low"], orange["high"], orange["n"]) == (
        *("< 0.9", "confirmed"),
        *("0.5", "0.4", "0.6", "32"),
    )
    assert (orange["published"], orange["source"], orange["seeds"]) == ("0.3", "Ex 0.1, table", "0..31, exploring")
    assert (green["verdict"], green["reason"]) == ("disconfirmed", "moves with red")
    assert (red["role"], red["published"], red["seeds"]) == ("control", "", "")
    assert (error["verdict"], error["restated"]) == ("at the threshold", "> 0.7")
    assert [(row["below"], row["above"]) for row in (orange, green, red, error)] == [
        *(("0", "0"), ("0", "32")),
        *(("0", "0"), ("16", "0")),
    ]


def test_the_same_again_is_as_recorded(recorded):
    again = recorded()
    assert again.code == 0
    assert (
        "3 predictions (1 confirmed, 1 disconfirmed, 1 at the threshold) and 1 control, all as recorded" in again.words
    )


@pytest.mark.parametrize(
    ("old", "new", "test", "said"),
    [
        ("BOUND = 0.9", "BOUND = 0.8", "test_spared[orange]", "claim < 0.9, now < 0.8"),
        ("half > 0.1", "half > 0.2", "test_red", "claim > 0.1, now > 0.2"),
        ("    @control\n", "", "test_red", "role control, now prediction"),
        ("Red is not.", "Red is spared too.", "test_red", "statement Red is not, now Red is spared too"),
        ("(0.3,", "(0.5,", "test_spared[orange]", "published 0.3, now 0.5"),
        ("moves with red", "is spared", "test_spared[dark green]", "reason moves with red, now is spared"),
        ("0.1, table", "0.2, table", "test_spared[orange]", "source Ex 0.1, table, now Ex 0.2, table"),
        (
            '    @restated(was="> 0.7", why="a slip of the pen")\n',
            "",
            "test_typical_error",
            "restated > 0.7, now nothing",
        ),
        ("Estimate(0.5, 0.4", "Estimate(0.5, 0.3", "test_red", "low 0.4, now 0.3"),
        ("(self, color, seeds)", "(self, color)", "test_spared[orange]", "seeds 0..31, exploring, now nothing"),
    ],
)
def test_whatever_differs_fails(recorded, old, new, test, said):
    again = recorded(old, new)
    assert again.code == 1
    assert again.outcomes[test] == "failed"
    assert f"On record are {said}" in again.messages[test]
    assert ADVICE in again.messages[test]
    assert f"CHANGED: On record are {said.split()[0]}" in again.words


def test_a_prediction_that_is_dropped_is_missed(recorded):
    again = recorded('"orange", ', "")
    assert again.code != 0
    assert "TestSpared::test_spared[orange] is on record, and is not there any more." in again.text


def test_a_hypothesis_that_is_dropped_is_missed(recorded):
    again = recorded("class TestUnitarity", "class Unitarity")
    assert "TestUnitarity is on record, and is not there any more." in again.text
    assert again.code != 0


def test_a_new_prediction_is_to_be_recorded(recorded):
    again = recorded('["orange", ', '["orange", "lime", ')
    assert again.outcomes["test_spared[lime]"] == "failed"
    assert "It is not on record." in again.messages["test_spared[lime]"]
    assert "NEW: It is not on record." in again.words
    assert " and 1 control: 1 new, 1 restated." in again.words


def test_of_what_is_new_and_not_confirmed_no_record_is_made_up(recorded):
    again = recorded('["orange", ', '["orange", pytest.param("dark green", id="lime"), ')
    assert "It is new: there is no record of it yet, " in again.messages["test_spared[lime]"]


def test_what_a_table_has_on_record_as_confirmed_is_not_new(recorded):
    said = recorded("half < (BOUND", "half > (BOUND").messages["test_spared[orange]"]
    assert "Recorded confirmed, since no mark says otherwise; measured disconfirmed.\nSuspect first what may" in said


def test_what_a_table_that_cannot_be_read_had_on_record_is_new(recorded):
    recorded.table.write_text("test\nTestSpared\n")
    said = recorded("half < (BOUND", "half > (BOUND", "--record").messages["test_spared[orange]"]
    assert "It is new: there is no record of it yet, " in said


def test_only_claims_are_compared_on_other_seeds(recorded):
    elsewhere = recorded("Estimate(0.5, 0.4", "Estimate(0.5, 0.3", "--first-seed", "1000")
    assert elsewhere.code == 0
    moved = recorded("BOUND = 0.9", "BOUND = 0.8", "--first-seed", "1000")
    assert moved.outcomes["test_spared[orange]"] == "failed"


def test_elsewhere_the_last_bit_may_differ(recorded):
    bits = recorded.table.with_name("bits.json")
    bits.write_text(bits.read_text().replace("Linux", "Darwin").replace("x86_64", "arm64"))
    assert recorded("Estimate(0.5, 0.4", "Estimate(0.5, 0.399").code == 0


def test_a_part_of_a_file_is_compared_all_the_same(recorded):
    assert recorded("", "", "-k", "orange").code == 0


def test_what_is_not_as_marked_is_not_recorded(recorded):
    before = recorded.table.read_text()
    made = recorded("half < (BOUND", "half > (BOUND", "--record")
    assert "not recorded, since 2 of 4 have another verdict than their mark, or none." in made.text
    assert recorded.table.read_text() == before


@pytest.mark.parametrize("part", ["-k red", "-m control", "--seeds 8", "--first-seed 1000"])
def test_only_whole_files_are_recorded(recorded, part):
    refused = recorded("", "", "--record", *part.split())
    assert refused.code == 4
    assert f"such as pytest tests/hypotheses --record; got {part}." in refused.errors


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"\xff", "cannot be read: 'utf-8' codec"),
        (b"a,b\n1,2\n", "has a row for each test with test, role, primary, statement,"),
    ],
    ids=["no text", "another table"],
)
def test_a_table_that_is_none_is_refused_in_words_and_may_be_written_anew(recorded, table, said):
    recorded.table.write_bytes(table)
    refused = recorded()
    assert refused.code == pytest.ExitCode.INTERRUPTED
    assert f"record/test_small.csv {said}" in refused.text
    assert "Only --record writes there: restore it as it was committed, or remove it and write it anew." in refused.text
    assert "Traceback" not in refused.text
    assert "4 recorded, 4 of them new, changed or gone." in recorded("", "", "--record").text


def test_a_row_that_is_cut_short_is_refused(recorded):
    recorded.table.write_text(recorded.table.read_text().rstrip("\n").rpartition(",")[0])
    assert "record/test_small.csv has a row for each test with test, role" in recorded().text


def test_bits_that_cannot_be_read_are_told_in_words(recorded):
    recorded.table.with_name("bits.json").write_text("{")
    again = recorded()
    assert again.code == 1
    assert "record/bits.json cannot be read: Expecting property name" in again.messages["test_red"]


@pytest.mark.parametrize("in_the_way", ["record", "record/test_small.csv"])
def test_what_cannot_be_recorded_is_refused_before_it_is_run(write, run, in_the_way):
    path = write(FILE).parent / in_the_way
    if in_the_way == "record":
        path.touch()
    else:
        path.mkdir(parents=True)
    refused = run("--record")
    assert refused.code == pytest.ExitCode.INTERRUPTED
    assert "The record of test_small.py cannot be written to record/test_small.csv: " in refused.text
    assert refused.outcomes == {}


def test_a_claim_without_chance_is_on_record_too(write, run):
    path = write(WITHOUT_CHANCE)
    assert run("--record").code == 0
    assert run().code == 0
    path.write_text(path.read_text().replace("x < 2", "x < 1"))
    again = run()
    assert again.outcomes["test_small"] == "failed"
    path.write_text(path.read_text().replace("x < 1", "x < 0.5").replace("always", "not_always"))
    assert "value holds for all 200 inputs tried, now found." in run().messages["test_small"]


def test_a_file_without_a_record_has_nothing_to_differ_from(judge):
    methods = '''
    def test_red(self):
        """Red is small."""
        assert half < 0.9
    '''
    assert judge(methods).code == 0
