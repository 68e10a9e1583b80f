"""Thresholds that follow from a closed form are that form's values."""

import numpy as np
import pytest

from excolor.judging.thresholds import UNREBUILT, share_of_red


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
    """As in the published table of 2.4.1: 2/3 for the hues beside red, 1/3 for the next."""
    assert share_of_red(color) == pytest.approx(share)


def test_no_gray_is_a_better_answer_to_red_than_the_one_whose_error_makes_red_lost():
    grays = np.linspace(0, 1, 3001)
    errors = ((1 - grays) ** 2 + 2 * grays**2) / 3
    assert errors.min() == pytest.approx(UNREBUILT)
    assert grays[errors.argmin()] == pytest.approx(1 / 3)
