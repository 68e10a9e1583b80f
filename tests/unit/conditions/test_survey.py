"""The survey's names against matplotlib's table and against distances of our own."""

import numpy as np
import pytest
from matplotlib.colors import XKCD_COLORS

from excolor.conditions import Called, SurveyError, survey


def test_survey_has_the_names_of_the_table():
    assert len(survey()) == len(XKCD_COLORS) == 949
    assert survey()["red"] == (0xE5 / 255, 0, 0)


@pytest.mark.parametrize(
    ("word", "name", "called"),
    [
        ("red", "red", 1),
        ("red", "brick red", 1),
        ("red", "reddish", 0),
        ("red", "red pink", 0),
        ("red", "scarlet", 0),
        ("red", "blurple", 0),
        ("purple", "blue purple", 1),
        ("purple", "bluey purple", 1),
    ],
)
def test_a_color_of_the_survey_is_called_by_its_last_word(word, name, called):
    assert Called(word)(survey()[name]) == called


def test_any_color_is_called_what_the_nearest_one_is():
    """By distances to all of them, one after the other."""
    colors = np.random.Generator(np.random.PCG64(0)).random((4, 5, 3))
    names, table = list(survey()), np.array(list(survey().values()))
    nearest = ((colors[..., np.newaxis, :] - table) ** 2).sum(-1).argmin(-1)
    expected = [[float(names[i].split()[-1] == "green") for i in row] for row in nearest]
    assert Called("green")(colors).tolist() == expected
    assert 0 < np.sum(expected) < 20


@pytest.mark.parametrize(
    ("word", "meant"), [("grene", "did you mean 'green'"), (3, "no color is called 3"), ("", "''")]
)
def test_a_name_that_nobody_gave(word, meant):
    with pytest.raises(SurveyError, match=meant):
        Called(word)


def test_equal_words_are_equal():
    assert Called("red") == Called("red") != Called("green")
