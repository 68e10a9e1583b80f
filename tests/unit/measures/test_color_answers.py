"""What kind of color is answered, by models that answer the color itself, or one that is known."""

import math

import numpy as np
import pytest

from excolor.colors import named_colors, redness, vibrant_hues
from excolor.conditions import Concept, ConceptError
from excolor.edits.deletion import answering
from excolor.measures.color_answers import answered_brightness, answered_likeness, answered_vibrancy


def test_vibrancy(seeing):
    """Of the colors themselves, and of these drawn half-way to black."""
    models = seeing(answer=[np.eye(3), np.eye(3) / 2])
    measured = answered_vibrancy(models, vibrant_hues())
    assert measured.dims == ("seed",)
    assert measured["seed"].values.tolist() == [7, 2]
    assert measured.values == pytest.approx([1, 0.5])
    assert answered_vibrancy(models, named_colors().sel(name=["red", "gray"])).values == pytest.approx([0.5, 0.25])
    assert answered_vibrancy(models, (0.25, 0.5, 1)).values == pytest.approx([0.75, 0.375])


def test_brightness(seeing):
    """Red has a third, yellow two thirds, white 1."""
    models = seeing(answer=[np.eye(3), np.eye(3) / 2])
    assert answered_brightness(models, named_colors().sel(name=["red", "white"])).values == pytest.approx(
        [2 / 3, 1 / 3]
    )
    assert answered_brightness(models, (1, 1, 0)).values == pytest.approx([2 / 3, 1 / 3])
    assert answered_brightness(models, vibrant_hues()).values == pytest.approx([1 / 2, 1 / 4])


def test_of_one_answer(ensemble):
    orange = answering(ensemble, (1, 0.5, 0))
    assert answered_vibrancy(orange, named_colors()).values.tolist() == [1, 1]
    assert answered_brightness(orange, named_colors()).values.tolist() == [0.5, 0.5]


@pytest.mark.parametrize("measure", [answered_vibrancy, answered_brightness])
def test_of_a_broken_model_are_nan(ensemble, measure):
    """Never a number, which could be judged, though two channels of three have one."""
    orange = answering(ensemble, (1, 0.5, 0))
    orange.decoder[-1].bias[1, 2] = math.nan
    assert measure(orange, named_colors()).isnull().values.tolist() == [False, True]


@pytest.mark.parametrize(
    ("answer", "likeness"),
    [((0, 1, 1), 1), ((0, 1, 0.25), 0.5), ((0.5, 0.5, 0.5), 0), ((0, 0.5, 0.75), 0.5), ((1, 0, 0), 0)],
)
def test_likeness_of_the_answer_to_cyan(ensemble, answer, likeness):
    """By its nearness, 1 - d / (3/2)."""
    measured = answered_likeness(answering(ensemble, answer), Concept.named("cyan"))
    assert measured.dims == ("seed",)
    assert measured.values.tolist() == [likeness, likeness]


def test_likeness_is_of_the_answer_to_the_concepts_color(seeing):
    """Two models: one answers the color itself, one half of it, of which redness is r (1 - g/2 - b/2)."""
    models = seeing(answer=[np.eye(3), np.eye(3) / 2])
    assert answered_likeness(models, Concept("orange", (1.0, 0.5, 0.0), redness)).values.tolist() == [0.75, 0.4375]


def test_likeness_of_a_broken_answer_is_nan(seeing):
    models = seeing(answer=[np.eye(3), np.full((3, 3), np.nan)])
    assert answered_likeness(models, Concept.named("red")).isnull().values.tolist() == [False, True]


def test_likeness_to_what_is_no_concept(ensemble):
    with pytest.raises(ConceptError, match="'red' is no Concept: give one"):
        answered_likeness(ensemble, "red")
