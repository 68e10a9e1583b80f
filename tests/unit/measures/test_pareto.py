"""Which seeds are on the front, of scores that are made by hand."""

import math
import re

import numpy as np
import pytest
import xarray as xr

from excolor.measures.pareto import FrontError, on_pareto_front


def scores(*values, seeds=None):
    return xr.DataArray(list(values), dims="seed", coords={"seed": seeds or list(range(len(values)))})


def front(*minimized, maximized=()):
    return on_pareto_front(minimized, maximized).values.nonzero()[0].tolist()


def test_of_one_score_it_is_the_best():
    found = on_pareto_front([scores(3.0, 1.0, 2.0, seeds=[7, 2, 5])])
    assert found["seed"].values.tolist() == [7, 2, 5]
    assert found.values.tolist() == [False, True, False]
    assert front(maximized=[scores(3, 1, 2)]) == [0]


def test_of_two_scores_it_is_a_staircase():
    """Seed 3 is as good as seed 1 in one score, and worse in the other; seed 4 is worse than seed 2 in both."""
    assert front(scores(1, 2, 3, 2, 4), scores(3, 2, 1, 3, 2)) == [0, 1, 2]


def test_to_maximize_is_to_minimize_the_negative():
    size, fit = scores(1, 2, 3, 2), scores(0.5, 0.7, 0.6, 0.9)
    assert front(size, maximized=[fit]) == front(size, -fit) == [0, 3]


def test_equals_are_all_on_it():
    assert front(scores(1, 1, 1), scores(2, 2, 2)) == [0, 1, 2]
    assert front(scores(1, 1, 2), scores(2, 2, 1)) == [0, 1, 2]


def test_what_is_not_known_is_not_on_it_and_hides_nothing():
    assert front(scores(math.nan, 2, 1)) == [2]
    assert front(scores(1, 2, 3), scores(math.nan, 2, 3)) == [1]


def test_the_best_by_one_score_is_always_on_it():
    drawn = np.random.default_rng(0).random((4, 50))
    assert {int(row.argmin()) for row in drawn} <= set(front(*(scores(*row) for row in drawn)))


def test_more_scores_put_more_seeds_on_it():
    """By two scores at random 1/1 + 1/2 + ... + 1/n are expected of n seeds."""
    drawn = np.random.default_rng(1).random((200, 3, 40))
    of_two, of_three = ([len(front(*(scores(*row) for row in rows[:n]))) for rows in drawn] for n in (2, 3))
    assert np.mean(of_two) == pytest.approx(sum(1 / n for n in range(1, 41)), rel=0.1)
    assert np.mean(of_three) > 1.5 * np.mean(of_two)


@pytest.mark.parametrize(
    ("minimized", "maximized", "message"),
    [
        ([], [], "no score to be minimized or maximized: give one or more"),
        (scores(1, 2), [], "the scores to be minimized are"),
        ([], [np.array([1, 2])], "the scores to be maximized are"),
        ([xr.DataArray([1.0], dims="step")], [], "give a list of DataArrays over 'seed', for example"),
        (
            [scores(1, 2)],
            [scores(1, 2, seeds=[0, 5])],
            "scores of the seeds [0, 1] and [0, 5]: they must be",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(minimized, maximized, message):
    with pytest.raises(FrontError, match=re.escape(message)):
        on_pareto_front(minimized, maximized)
