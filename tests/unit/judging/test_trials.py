"""Claims without chance: held for all inputs, or failing with the smallest."""

import re

import numpy as np
import pytest
from hypothesis import strategies as st

from excolor.judging.claims import Verdict
from excolor.judging.estimates import listening
from excolor.judging.trials import TRIED, TrialError, over


def test_what_holds_for_all():
    trial = over(st.floats(0, 1)).always(lambda x: x * x <= x)
    assert trial.verdict is Verdict.CONFIRMED
    assert repr(trial) == f"holds for all {TRIED} inputs tried, always: confirmed"


def test_what_fails_has_the_smallest_counterexample():
    trial = over(st.integers(), st.just("a")).always(lambda n, letter: n < 1000)
    assert trial.verdict is Verdict.DISCONFIRMED
    assert repr(trial).startswith("fails for 1000, 'a', always: disconfirmed")


def test_a_control_wants_it_to_fail():
    found, none = over(st.integers()).not_always(lambda n: n < 1000), over(st.integers()).not_always(lambda n: True)
    assert (found.verdict, none.verdict) == (Verdict.CONFIRMED, Verdict.DISCONFIRMED)
    assert found.extent == none.extent == "for some"
    assert int(found.reading.removeprefix("found for ")) >= 1000  # any: nobody waits for the smallest
    assert none.reading == f"found for none of {TRIED} inputs tried"


def test_the_edges_are_tried():
    assert over(st.floats(0, 1)).always(lambda x: x != 1).reading == "fails for 1.0"
    assert over(st.floats(0, 1)).always(lambda x: x != 0).reading == "fails for 0.0"


def test_the_same_inputs_every_time():
    tried = [], []
    for seen in tried:
        over(st.floats()).always(lambda x, seen=seen: seen.append(repr(x)) or True)
    assert tried[0] == tried[1]


def test_numpy_answers_count():
    assert over(st.integers(0, 9)).always(lambda n: np.bool_(n < 10))


def test_an_error_in_a_claim_is_an_error():
    with pytest.raises(ZeroDivisionError):
        over(st.integers(0, 9)).always(lambda n: 1 / n > 0)


def test_the_outcome_leaves_out_the_input():
    """Which one is found may depend on what else the process has loaded."""
    numbers = over(st.integers())
    trials = [numbers.always(lambda n: n < 5), numbers.not_always(lambda n: n < 5), numbers.always(lambda n: True)]
    assert [trial.outcome for trial in trials] == ["fails", "found", f"holds for all {TRIED} inputs tried"]


def test_a_long_counterexample_is_cut():
    text = over(st.lists(st.integers(), min_size=90)).always(lambda numbers: False).reading
    assert text.startswith("fails for [0, 0, 0") and text.endswith("...")  # noqa: PT018 - two ends of one text
    assert len(text) < 80


def test_who_asks_is_heard():
    with listening() as heard:
        assert over(st.integers()).always(lambda n: True)
    assert [asked.comparison.claim for asked in heard] == ["always"]


@pytest.mark.parametrize(("given", "said"), [((), "none"), ((range(3),), "range(0, 3)")])
def test_inputs_are_strategies(given, said):
    message = f"over takes strategies of the library hypothesis, such as over(floats(0, 1)); got {said}."
    with pytest.raises(TrialError, match=re.escape(message)):
        over(*given)
