"""Hypotheses in their order, and what a second run does to those that stand there."""

import pytest

from excolor.report.addresses import addresses
from excolor.report.run import Run, Shown, merged

HELD, FAILED = (0.4, 0.6), (0.1, 0.2)


def numbers(run):
    return {each.file.partition("ex_")[2][:-3]: (each.verdict, each.provenance.day) for each in run.hypotheses}


def test_files_stand_in_the_order_of_their_experiments(hypothesis_of, early):
    files = ["ex_2_10", "ex_2_10_1", "ex_2_9_to_2_10", "ex_1_8", "ex_2_9", "ex_1_8_left_out"]
    run = Run.of([each for file in files for each in hypothesis_of(HELD, file=file)], early)
    in_order = ["1_8", "1_8_left_out", "2_9", "2_9_to_2_10", "2_10", "2_10_1"]
    assert list(numbers(run)) == in_order


def test_a_second_run_replaces_the_hypotheses_that_it_judges(hypothesis_of, early, late):
    before = Run.of([*hypothesis_of(HELD), *hypothesis_of(HELD, file="ex_2_10")], early)
    now = Run.of(hypothesis_of(FAILED), late)
    assert numbers(merged(before, now)) == {
        "2_9": ("disconfirmed", "2026-11-02"),
        "2_10": ("confirmed", "2026-11-01"),
    }


def test_a_part_does_not_take_the_place_of_a_whole(hypothesis_of, early, late):
    """Or else five predictions would become one."""
    whole, part = Run.of(hypothesis_of(HELD, HELD), early), Run.of(hypothesis_of(HELD, None), late)
    (kept,) = merged(whole, part).hypotheses
    assert (kept.verdict, kept.held, kept.ran, kept.provenance) == ("confirmed", 2, 2, early)
    (kept,) = merged(part, whole).hypotheses
    assert (kept.ran, kept.provenance) == (2, early)


def test_a_part_that_fails_is_told_all_the_same(hypothesis_of, early, late):
    """Or else a run that fails would leave a page on which all is well."""
    run = merged(Run.of(hypothesis_of(HELD, HELD), early), Run.of(hypothesis_of(FAILED, None), late))
    assert [(each.verdict, each.provenance) for each in run.hypotheses] == [("not judged", late)]
    assert [reading.verdict for reading in run.news] == ["disconfirmed"]


def test_a_part_takes_the_place_of_a_part(hypothesis_of, early, late):
    (kept,) = merged(Run.of(hypothesis_of(HELD, None), early), Run.of(hypothesis_of(None, HELD), late)).hypotheses
    assert ([bool(each.verdict) for each in kept.readings], kept.provenance) == ([False, True], late)


def test_a_hypothesis_is_an_error_if_a_control_of_it_is(hypothesis_of, reading, early):
    group = "tests/hypotheses/test_ex_2_9.py::TestRed"
    failed = reading("control", role="control", group=group, position=9, error="it failed")
    (hypothesis,) = Run.of([*hypothesis_of(HELD), failed], early).hypotheses
    assert (hypothesis.verdict, hypothesis.held, len(hypothesis.controls)) == ("error", 1, 1)


@pytest.mark.parametrize(("draws_anew", "left"), [(True, ["new"]), (False, [])])
def test_a_picture_goes_with_the_run_that_drew_it(hypothesis_of, early, late, draws_anew, left):
    file = "tests/hypotheses/test_ex_2_9.py"
    before = Run.of(hypothesis_of(HELD), early, [Shown("old", 1, 1, "", file=file)])
    now = Run.of(hypothesis_of(HELD), late, [Shown("new", 1, 1, "", file=file)] * draws_anew)
    assert [each.place for each in merged(before, now).pictures] == left


def test_a_picture_of_one_hypothesis_goes_with_that_alone(hypothesis_of, early, late):
    kept, judged = (f"tests/hypotheses/test_ex_2_9.py::Test{name}" for name in ("Kept", "Judged"))

    def run_of(provenance, *groups):
        readings = [each for group in groups for each in hypothesis_of(HELD, name=group.rpartition("Test")[2])]
        shown = [
            Shown(f"{group[-4:]} {provenance.day}", 1, 1, "", file=group.partition("::")[0], hypothesis=group)
            for group in groups
        ]
        return Run.of(readings, provenance, shown)

    both = merged(run_of(early, kept, judged), run_of(late, judged))
    assert [each.place for each in both.pictures] == [f"Kept {early.day}", f"dged {late.day}"]


def test_addresses_follow_from_names(whole):
    given = addresses(whole)
    assert given["tests/hypotheses/test_ex_2_10.py::TestAll"] == "ex_2_10.All"
    assert given["tests/hypotheses/test_ex_2_10.py::TestAll::test_left_out[a b]"] == "ex_2_10.All.left_out-a-b"


def test_addresses_differ_though_names_look_alike(reading, early):
    group = "tests/hypotheses/test_ex_2_9.py::TestRed"
    cases = [reading(f"color[{name}]", group=group, position=k) for k, name in enumerate(("a b", "a-b", "a:b"))]
    given = addresses(Run.of(cases, early))
    assert [address.partition("color")[2] for address in given.values()] == ["", "-a-b", "-a-b-2", "-a-b-3"]


def test_what_moved_on_other_seeds_is_no_news_and_what_is_contradicted_is(hypothesis_of, reading, early):
    known = {"replication": "--first-seed 20000"}
    moved, contradicted = hypothesis_of((0.1, 0.9), FAILED, **known)
    broken = reading("broken", group=moved.group, position=5, error="ValueError", **known)
    assert Run.of([moved, contradicted, broken], early).news == (contradicted, broken)
