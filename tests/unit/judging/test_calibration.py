"""A short form of docs/calibration.md: where the truth is known, intervals hold it as often as they say."""

from pathlib import Path

import numpy as np
import pytest
from numpy.random import PCG64, Generator

from excolor.judging.calibration import (
    NUMBERS,
    PAGE,
    POPULATIONS,
    PROPORTIONS,
    coverage,
    coverage_of_a_proportion,
    forecasts_of_dependent_ones_held,
    found_apart,
)

REPEATS = 200
SCATTER = 3.5 * np.sqrt(0.05 * 0.95 / REPEATS)
WRITTEN = Path(__file__).parents[3] / "docs" / "calibration.md"


@pytest.fixture
def random():
    return Generator(PCG64(7))


@pytest.mark.parametrize("population", POPULATIONS, ids=lambda each: each.name)
def test_the_middle_of_a_population_is_its_median(population, random):
    below, above = ((population.draw(random, 20_000) - population.middle) * sign > 0 for sign in (-1, 1))
    assert max(below.mean(), above.mean()) < 0.512  # 3.5 standard deviations beyond a half


@pytest.mark.parametrize("n", [6, 16, 96])
@pytest.mark.parametrize("population", POPULATIONS, ids=lambda each: each.name)
def test_a_median(population, n, random):
    assert coverage(population, n, REPEATS, random) > 0.95 - SCATTER


@pytest.mark.parametrize("n", [6, 16, 96])
@pytest.mark.parametrize("p", PROPORTIONS)
def test_a_proportion(p, n, random):
    assert coverage_of_a_proportion(p, n, REPEATS, random) > 0.95 - SCATTER


@pytest.mark.parametrize("population", POPULATIONS, ids=lambda each: each.name)
def test_two_samples_of_one_population(population, random):
    assert found_apart(population, 16, REPEATS, random) < 0.05 + SCATTER


@pytest.mark.parametrize("in_common", [0.0, 0.9])
def test_forecasts_of_few_seeds(in_common, random):
    assert forecasts_of_dependent_ones_held(in_common, 8, 20, random) > 0.95 - 3.5 * np.sqrt(0.05 * 0.95 / 20)


def test_what_is_written_is_of_these_populations():
    text = WRITTEN.read_text(encoding="utf-8")
    assert text.startswith(PAGE.partition("{")[0])
    for name in [each.name for each in POPULATIONS] + [f"{p:g}" for p in PROPORTIONS]:
        rows = [line for line in text.splitlines() if line.startswith(f"| {name} |")]
        assert {line.count("|") - 2 for line in rows} == {len(NUMBERS)}
