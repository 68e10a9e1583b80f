"""Claims without chance: held for all inputs, or failing with the smallest."""

import re
import sys
import warnings
from threading import Lock
from types import ModuleType

import numpy as np
import pytest
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.errors import HypothesisDeprecationWarning

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


def square_is_less(x):
    return x * x <= x


def is_first_time(numbers):
    """That of its kind which changes what it is given."""
    numbers.append(0)
    return numbers.count(0) == 1


WHERE_NO_ZERO_IS = st.lists(st.integers(1, 9))


class TestWhatIsDrawnOnce:
    """Claims on the same strategies are tried on inputs that were drawn for the first of them."""

    @pytest.mark.parametrize(
        ("strategy", "claim"),
        [
            (st.floats(0, 1), square_is_less),
            (st.integers(0, 9), lambda n: n < 10),
            (st.integers(), lambda n: n < 1000),
            (st.integers(), lambda n: n % 7 != 3),
            (st.floats(0, 1), lambda x: x != 1),
            (st.lists(st.integers()), lambda numbers: sorted(numbers) == numbers),
            (WHERE_NO_ZERO_IS, is_first_time),
            (st.integers(), lambda n: assume(n % 2) or n % 2 == 1),
            (st.data(), lambda data: data.draw(st.integers(0, 5)) < 6),
            (st.data(), lambda data: data.draw(st.integers(0, 5)) < 5),
            (st.builds(Lock), lambda lock: not lock.locked()),
        ],
    )
    @pytest.mark.parametrize("among_others", [False, True])
    def test_a_trial_says_what_a_search_does(self, strategy, claim, among_others):
        inputs = over(strategy)
        if among_others:
            assert inputs.always(lambda each: True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", HypothesisDeprecationWarning)
            assert inputs.always(claim) == inputs._search(claim, True)
            assert inputs.not_always(claim) == inputs._search(claim, False)

    def test_an_error_is_that_of_a_search(self):
        """It is the one of the smallest input, whatever came first."""

        def fails(n):
            if n > 10:
                raise ValueError(n)
            return True

        for _ in range(2):
            with pytest.raises(ValueError, match=r"^11\b"):
                over(st.integers(0, 1000)).always(fails)

    def test_strategies_draw_once(self):
        drawn = []
        strategy = st.builds(drawn.append, st.integers())
        trials = [over(strategy).always(lambda each: True) for _ in range(3)]
        assert [trial.tried for trial in trials] == [TRIED] * 3
        assert len(drawn) == TRIED

    def test_others_that_look_the_same_are_drawn_anew(self):
        made = [], []
        for each in made:
            assert over(st.builds(each.append, st.just(0) | st.integers(1, 2**60))).always(lambda each: True)
        assert len(made[0]) == len(made[1]) == TRIED

    def test_it_is_drawn_anew_once_more_is_loaded(self, monkeypatch):
        """Numbers that stand there are tried as well."""
        drawn = []
        inputs = over(st.builds(drawn.append, st.integers()))
        inputs.always(lambda each: True)
        monkeypatch.setitem(sys.modules, "one_more", ModuleType("one_more"))
        inputs.always(lambda each: True)
        assert len(drawn) == 2 * TRIED

    def test_a_claim_that_changes_its_input_does_not_change_that_of_the_next(self):
        inputs = over(st.lists(st.integers()))
        assert inputs.always(lambda numbers: numbers.clear() is None)
        assert inputs.always(lambda numbers: not numbers).reading == "fails for [0]"
