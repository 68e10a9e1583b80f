"""How errors go with a concept, of models that lose what is known, against scores computed elsewhere beforehand."""

from itertools import product
from math import fsum
from statistics import correlation, fmean, median, pvariance

import numpy as np
import pytest

from excolor.colors import validation_colors
from excolor.conditions import Concept, ConceptError, concept_of
from excolor.edits.deletion import answering
from excolor.experiments import EX_2_10
from excolor.measures.concept_scores import (
    collateral_of_gray_answers,
    collateral_of_similarity,
    concept_collateral,
    red_collateral,
    similarity_fit,
    typical_error_of_others,
    vibrancy_collateral,
    vibrancy_fit,
)

WITHOUT_RED = np.diag([0, 1, 1])
OWN_GRAY = np.full((3, 3), 1 / 3)


@pytest.mark.parametrize(("exponent", "expected"), [(2, 0.37), (3, 0.26)])
def test_similarity_fit_of_a_lost_channel(seeing, exponent, expected):
    fit = similarity_fit(seeing(answer=WITHOUT_RED), exponent)
    assert fit["seed"].values.tolist() == [7, 2]
    assert fit.values == pytest.approx([expected] * 2, abs=0.005)


def test_red_collateral_of_a_lost_channel(seeing):
    models = seeing(answer=WITHOUT_RED)
    assert red_collateral(models).values == pytest.approx([0.30] * 2, abs=0.005)
    assert red_collateral(models, validation_colors()).values == pytest.approx([0.29] * 2, abs=0.005)


def test_scores_of_another_concept_by_its_likeness(seeing):
    """Of a lost green channel the error is g^2 / 3, and likeness to green falls off by 2/3 with each full channel."""
    models, green = seeing(answer=np.diag([1, 0, 1])), Concept.named("green")
    levels = [i / 19 for i in range(20)]
    by_color = [(max(0, 1 - (r + (1 - g) + b) / 1.5), g * g / 3) for r, g, b in product(levels, repeat=3)]
    unlike = fsum((1 - likeness) * error for likeness, error in by_color) / fsum(1 - each for each, _ in by_color)
    assert concept_collateral(models, green).values == pytest.approx([unlike / (1 / 3)] * 2, rel=1e-5)
    fit = correlation([likeness**2 for likeness, _ in by_color], [error for _, error in by_color]) ** 2
    assert similarity_fit(models, 2, concept=green).values == pytest.approx([fit] * 2, rel=1e-5)


def test_red_collateral_is_that_of_red_as_the_published_scores_measure_it(ensemble):
    for colors in (None, validation_colors()):
        assert concept_collateral(ensemble, concept_of(EX_2_10), colors).identical(red_collateral(ensemble, colors))


def test_red_collateral_of_mid_gray(ensemble):
    gray = answering(ensemble, (0.5, 0.5, 0.5))
    assert red_collateral(gray, validation_colors()).values == pytest.approx([0.35] * 2, abs=0.005)


def test_typical_error_of_others(seeing):
    """Of a lost red channel the error is r^2 / 3; what is not cyan by half has more red in it than the median color."""
    models = seeing(answer=WITHOUT_RED)
    levels = [i / 19 for i in range(20)]
    errors = [r * r / 3 for r, g, b in product(levels, repeat=3) if r + (1 - g) + (1 - b) > 3 / 4]
    found = typical_error_of_others(models, Concept.named("cyan"))
    assert found["seed"].values.tolist() == [7, 2]
    assert found.values == pytest.approx([median(errors)] * 2)


def test_typical_error_of_what_is_like_none_of_two(seeing):
    """Neither red by half nor white."""
    levels = [i / 19 for i in range(20)]
    errors = [r * r / 3 for r, g, b in product(levels, repeat=3) if 1 - r + g + b > 3 / 4 and 3 - r - g - b > 3 / 4]
    found = typical_error_of_others(seeing(answer=WITHOUT_RED), Concept.named("red"), Concept.named("white"))
    assert found.values == pytest.approx([median(errors)] * 2)


def test_no_others_are_left(ensemble):
    every = Concept("every color", (1.0, 0.0, 0.0), lambda rgb: np.ones(np.shape(rgb)[:-1]))
    with pytest.raises(ConceptError, match="every color bears half or more of every color: there are no others, give"):
        typical_error_of_others(ensemble, every)
    with pytest.raises(ConceptError, match="'red' is no Concept: give one"):
        typical_error_of_others(ensemble, "red")


def test_vibrancy_of_gray_answers(seeing):
    """Of each color its own gray: hue is lost, and nothing else. The error is the variance of a color's channels, and
    its vibrancy what they span.
    """
    levels = [i / 19 for i in range(20)]
    by_color = [(max(rgb) - min(rgb), pvariance(rgb)) for rgb in product(levels, repeat=3)]
    dull = fsum((1 - vibrancy) * error for vibrancy, error in by_color) / fsum(1 - vibrancy for vibrancy, _ in by_color)
    expected = dull / fmean(error for vibrancy, error in by_color if vibrancy == 1)
    models = seeing(answer=OWN_GRAY)
    assert vibrancy_fit(models, 2.3).values == pytest.approx([0.97] * 2, abs=0.005)
    assert vibrancy_collateral(models).values == pytest.approx([expected] * 2, rel=1e-5)
    assert collateral_of_gray_answers() == pytest.approx(expected)


def test_of_what_is_answered_exactly_there_is_no_collateral(seeing):
    models = seeing(answer=np.eye(3))
    assert red_collateral(models).values.tolist() == vibrancy_collateral(models).values.tolist() == [0, 0]


def test_collateral_of_similarity_falls_with_the_exponent():
    for concept in (None, Concept.named("green")):
        one, two, three = (collateral_of_similarity(exponent, concept) for exponent in (1, 2, 3))
        assert 0.2 > one > two > three > 0
    two = collateral_of_similarity(2)
    assert two == pytest.approx(0.04, abs=0.01)


@pytest.mark.parametrize("score", [red_collateral, lambda models, colors=None: similarity_fit(models, 2, colors)])
def test_of_an_edited_copy_is_its_own(seeing, score):
    """What is remembered of one ensemble is not told of another."""
    models = seeing(answer=WITHOUT_RED)
    before = score(models)
    assert (score(answering(models, (0, 1, 0))) != before).all()
    assert score(models).identical(before)
