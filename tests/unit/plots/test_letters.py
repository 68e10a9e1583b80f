"""How wide words are, before they are drawn."""

import pytest
from matplotlib.figure import Figure

from excolor.plots.letters import width, wrapped
from excolor.plots.picture import styled


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("words", ["With one more latent dimension", "0.38 [0.085] < 0.5", "iiii", "W" * 30, "λ²"])
def test_a_width_is_that_which_is_drawn(words, bold):
    with styled("light"):
        figure = Figure(dpi=300)
        text = figure.text(0, 0, words, fontsize=7.5, fontweight="bold" if bold else "normal")
        drawn = text.get_window_extent().width / 300
    assert width(words, 7.5, bold) == pytest.approx(drawn, rel=0.02, abs=2 / 300)


def test_the_widest_line_counts_and_a_letter_of_no_font_is_square():
    assert width("i\nWW\ni", 10) == width("WW", 10) == 2 * width("W", 10)
    assert width("\U0001f534", 72) == 1
    assert width("", 10) == 0


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("words", ["red and green " * 20, "W" * 90 + " is lost", "a", "", "赤 " * 80])
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(words, bold):
    lines = wrapped(words, 2, 7.5, bold).split("\n")
    assert all(width(line, 7.5, bold) <= 2 for line in lines)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert "" not in lines or lines == [""]


def test_a_line_has_as_many_words_as_there_is_room_for():
    first, second, *_ = wrapped("red and green " * 20, 2, 7.5).split("\n")
    assert width(f"{first} {second.split()[0]}", 7.5) > 2
