"""The words of the alternative texts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excolor.colors import named_colors
from excolor.plots.wording import (
    as_fit,
    color_words,
    count,
    degrees,
    hue_name,
    listing,
    number,
    over_seeds,
    runs,
    shortened,
)


def test_numbers_have_three_digits():
    assert [number(x) for x in (0.123456, 1e-5, 0, 250)] == ["0.123", "1e-05", "0", "250"]


def test_a_long_text_loses_its_middle_between_words():
    text = "After deletion a dark shade far from red is spared: dark green"
    assert shortened(text, 30) == "After deletion a … dark green"
    assert shortened(text, len(text)) == text
    assert shortened("x" * 50, 20) == "x" * 11 + " … " + "x" * 6


@given(st.text("ab ", max_size=40), st.integers(9, 30))
def test_what_is_left_of_a_text_is_no_longer_than_allowed(text, most):
    assert len(shortened(text, most)) <= most


def test_parts_are_told_as_far_as_they_fit():
    assert as_fit("In all.", "Lost:", ["red", "blue"]) == "In all. Lost: red; blue."
    assert as_fit("In all.", "Lost:", []) == "In all."
    assert as_fit("x" * 590 + ".", "Lost:", ["red"]) == "x" * 590 + "."
    parts = ["red" * 60] * 5
    assert as_fit("In all.", "Lost:", parts) == f"In all. Lost: {'; '.join(parts[:3])}; 2 more."
    assert as_fit("In all.", "Lost:", ["x" * 700]) == "In all. Lost: 1, all too long to be read out."


def test_counts_and_lists():
    assert [count(1, "seed"), count(0, "seed"), over_seeds(1), over_seeds(8)] == [
        "1 seed", "0 seeds", "1 seed", "median of 8 seeds",
    ]  # fmt: skip
    assert [listing(list(parts)) for parts in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]


def test_hues_are_told_within_one_turn():
    assert [degrees(hue) for hue in (-1 / 12, 13 / 12, 1, 0.99999)] == [330, 30, 0, 0]
    assert [hue_name(hue) for hue in (-1 / 12, 13 / 12, 0.96, 0.49)] == ["pink", "orange", "red", "cyan"]


def test_a_named_color_goes_by_its_name():
    names = named_colors()
    assert [color_words(rgb) for rgb in names["color"].values] == names["name"].values.tolist()


@pytest.mark.parametrize(
    ("rgb", "words"),
    [((0.1, 0.1, 0.1), "gray of value 0.10"), ((0.6, 0.3, 0.3), "red (0°) of saturation 0.50 and value 0.60")],
)
def test_another_color_goes_by_its_place(rgb, words):
    assert color_words(rgb) == words


@given(st.lists(st.booleans(), min_size=1), st.booleans())
def test_runs_cover_what_is_true_once_and_touch_nothing_else(mask, cyclic):
    size, covered = len(mask), []
    for first, last in runs(np.array(mask), cyclic):
        stretch = [place % size for place in range(first, last + 1 + size * (last < first))]
        covered += stretch
        at_an_end = not cyclic and (first == 0 or last == size - 1)
        assert all(mask) or at_an_end or (not mask[first - 1] and not mask[(last + 1) % size])
    assert sorted(covered) == [place for place, holds in enumerate(mask) if holds]
    assert cyclic or covered == sorted(covered)
