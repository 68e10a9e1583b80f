"""What the verdicts of the predictions make of their hypothesis."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excolor.verdicts.rollup import roll_up

C, D, T, U, E = "confirmed", "disconfirmed", "at the threshold", "open", "error"
verdicts = st.lists(st.sampled_from([C, D, T, U, E]), max_size=6)
controls = st.lists(st.sampled_from([C, E]), max_size=3)


@pytest.mark.parametrize(
    ("predictions", "hypothesis"),
    [
        ([C], C),
        ([C, C], C),
        ([D], D),
        ([D, D], D),
        ([C, D], "partially confirmed"),
        ([D, C, D], "partially confirmed"),
        ([U], U),
        ([C, U], U),
        ([D, U], D),
        ([C, D, U], "partially confirmed"),
        ([C, D, T], "partially confirmed"),
        ([T], T),
        ([C, T], T),
        ([D, T], D),
        ([D, T, D], D),
        ([T, U], U),
        ([E], E),
        ([C, E], E),
        ([D, E], E),
        ([U, E], E),
        ([C, D, U, E], E),
        ([], "not judged"),
    ],
    ids=str,
)
def test_of_predictions(predictions, hypothesis):
    assert roll_up(predictions) == hypothesis


@pytest.mark.parametrize("predictions", [[C], [D], [U], [C, D]], ids=str)
def test_what_did_not_run_leaves_it_not_judged(predictions):
    assert roll_up([*predictions, ""], [C]) == roll_up(predictions, [C, ""]) == "not judged"
    assert roll_up([*predictions, ""], [E]) == roll_up([*predictions, E], [""]) == E


@pytest.mark.parametrize("predictions", [[], *([p] for p in (C, D, U, E))], ids=str)
def test_a_failed_control_spoils_any_hypothesis(predictions):
    assert roll_up(predictions, [C, E]) == E


@given(verdicts, st.lists(st.just(C), max_size=3))
def test_confirmed_controls_add_nothing(predictions, confirmed):
    assert roll_up(predictions, confirmed) == roll_up(predictions)


@given(verdicts, controls, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(predictions, outcomes, random):
    shuffled = random.sample(predictions, len(predictions))
    assert roll_up(shuffled, outcomes[::-1]) == roll_up(predictions, outcomes)


@given(verdicts, verdicts)
def test_more_predictions_never_hide_an_error(predictions, more):
    ranks = {E: 1}
    assert ranks.get(roll_up(predictions + more), 0) >= ranks.get(roll_up(predictions), 0)


def test_twice_the_same_predictions_are_no_other_hypothesis():
    for predictions in product([C, D, T, U, E], repeat=3):
        assert roll_up(predictions * 2) == roll_up(predictions)
