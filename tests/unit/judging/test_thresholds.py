"""The shared thresholds as they were decided, and what each is said to rest on.

A claim holds or fails by them: one that is moved by a little moves verdicts, or worse, moves none.
"""

import pytest

from excolor.judging import thresholds
from excolor.judging.thresholds import ALIKE, REBUILT, SPARED, UNREBUILT, share_of_red

DECIDED = {
    "SPARED": 0.001,
    "REBUILT": 0.0001,
    "UNREBUILT": 2 / 9,
    "ANCHORED": 0.9,
    "EMPTY": -0.1,
    "ALIKE": 2.0,
}


def test_they_are_as_decided():
    assert {name: value for name, value in vars(thresholds).items() if name.isupper()} == DECIDED


def test_spared_allows_for_twice_the_published_typical_error():
    """Experiment 2.10, from one seed: 0.00043 after the deletion."""
    assert ALIKE * 0.00043 < SPARED < 3 * 0.00043


@pytest.mark.parametrize("published", [8.1e-6, 1.1e-5, 1.4e-5, 1.5e-5, 1.6e-5])
def test_rebuilt_is_met_by_what_was_published_before_a_deletion(published):
    """Experiments 2.9, 2.8, 2.5, 2.10 and 2.3, from one seed each."""
    assert 5 * published < REBUILT


def test_no_gray_is_a_better_answer_to_red_than_the_one_whose_error_makes_red_lost():
    grays = [i / 900 for i in range(901)]
    errors = [((1 - gray) ** 2 + 2 * gray**2) / 3 for gray in grays]
    assert min(errors) == pytest.approx(UNREBUILT, abs=1e-15)
    assert grays[errors.index(min(errors))] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("color", "share"),
    [
        ("red", 1),
        ("orange", 8 / 27),
        ("pink", 8 / 27),
        ("yellow", 1 / 27),
        ("magenta", 1 / 27),
        ("lime", 0),
        ("gray", 0),
        ("dim red", 1 / 8),
        ("dark red", 1 / 64),
    ],
)
def test_share_of_red_is_the_similarity_cubed(color, share):
    """Similarity is 1, two thirds, one third or 0, and its cube the share."""
    assert share_of_red(color) == pytest.approx(share, abs=1e-12)
