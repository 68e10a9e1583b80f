"""What has changed from one run to the next."""

from excolor.report.against import changes
from excolor.report.run import Run

HELD, FAILED, ALSO_HELD = (0.4, 0.6), (0.1, 0.2), (0.62, 0.7)


def told(found):
    return [
        (each.prediction.statement if each.prediction else each.hypothesis.statement, each.before, each.after)
        for each in found
    ]


def test_verdicts_come_first_then_values_beyond_their_old_interval(hypothesis_of, early, late):
    before = Run.of(hypothesis_of(HELD, HELD, HELD), early)
    found = changes(before, Run.of(hypothesis_of(FAILED, ALSO_HELD, (0.31, 0.5)), late))
    assert told(found.verdicts) == [
        ("Red alone is deleted", "confirmed", "partially confirmed"),
        ("It is number_0", "confirmed, 0.50 [0.40, 0.60] (3 seeds)", "disconfirmed, 0.15 [0.10, 0.20] (3 seeds)"),
    ]
    assert told(found.values) == [
        ("It is number_1", "0.50 [0.40, 0.60] (3 seeds)", "0.66 [0.62, 0.70] (3 seeds)"),
    ]
    assert found.since == early
    assert found


def test_a_run_has_not_changed_against_itself(whole):
    assert not changes(whole, whole)


def test_what_did_not_run_in_one_of_both_has_not_changed(hypothesis_of, early, late):
    found = changes(Run.of(hypothesis_of(HELD, None), early), Run.of(hypothesis_of(None, HELD), late))
    assert not found


def test_what_came_and_went(hypothesis_of, early, late):
    before = Run.of([*hypothesis_of(HELD), *hypothesis_of(HELD, file="ex_1_8")], early)
    found = changes(before, Run.of([*hypothesis_of(HELD), *hypothesis_of(HELD, file="ex_2_10")], late))
    assert [[each.experiment for each in there] for there in (found.new, found.gone)] == [
        ["2.10 Delete red"],
        ["1.8 Delete red"],
    ]
