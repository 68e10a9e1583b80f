"""How often the intervals hold the truth, and the forecasts what comes, where the truth is known: by simulation.

`python -m excolor.judging.calibration` writes the tables of docs/calibration.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import PCG64, Generator
from numpy.typing import NDArray

from excolor.judging.chance import beside, expected_range, p_of_difference, same_again, same_with
from excolor.judging.estimates import Estimate
from excolor.judging.intervals import fraction, median

NUMBERS = (6, 9, 16, 32, 96, 512)
"""Of seeds."""
PREDICTIONS = 50
"""In each block of which a forecast is made."""
RECORDED = 96
"""Seeds of a record from which other numbers of them are forecast."""
OTHERS = (6, 8, 12, 32, 96)
"""These numbers."""
IN_COMMON = (0.0, 0.5, 0.9, 1.0)
"""The shares of their samples that the predictions of a block have in common."""
STREAM = 151


@dataclass(frozen=True)
class Population:
    """What samples are drawn from, and its median."""

    name: str
    draw: Callable[[Generator, int], NDArray[np.float64]]
    middle: float


def _normal(random: Generator, n: int) -> NDArray[np.float64]:
    return random.standard_normal(n)


def _skewed(random: Generator, n: int) -> NDArray[np.float64]:
    return np.exp(2 * random.standard_normal(n))


def _heavy(random: Generator, n: int) -> NDArray[np.float64]:
    return random.standard_cauchy(n)


def _two_peaks(random: Generator, n: int) -> NDArray[np.float64]:
    return random.standard_normal(n) * 0.1 + np.where(random.random(n) < 0.5, -1.0, 1.0)


def _zeros(random: Generator, n: int) -> NDArray[np.float64]:
    return np.where(random.random(n) < 0.3, 0.0, random.exponential(size=n))


def _tied(random: Generator, n: int) -> NDArray[np.float64]:
    return np.round(2 * random.standard_normal(n))


POPULATIONS = (
    Population("normal", _normal, 0.0),
    Population("log-normal, skewed as errors are", _skewed, 1.0),
    Population("heavy tails (Cauchy)", _heavy, 0.0),
    Population("two peaks, nothing between", _two_peaks, 0.0),
    Population("three of ten exactly zero", _zeros, float(np.log(7 / 5))),
    Population("rounded to whole numbers: many ties", _tied, 0.0),
)
PROPORTIONS = (0.5, 0.75, 0.95, 0.99)


def coverage(population: Population, n: int, repeats: int, random: Generator) -> float:
    """The share of samples whose interval for the median has the population's median in it."""
    return float(np.mean([_holds(median(population.draw(random, n)), population.middle) for _ in range(repeats)]))


def coverage_of_a_proportion(p: float, n: int, repeats: int, random: Generator) -> float:
    """The share of samples whose interval for a proportion has the true one in it."""
    return float(np.mean([_holds(fraction(random.random(n) < p), p) for _ in range(repeats)]))


def _holds(estimate: Estimate, truth: float) -> bool:
    return estimate.low <= truth <= estimate.high


def found_apart(population: Population, n: int, repeats: int, random: Generator) -> float:
    """The share of pairs of samples of one population that the two-sample test finds apart at 5 %."""
    ps = (
        p_of_difference(median(population.draw(random, n)), median(population.draw(random, n))) for _ in range(repeats)
    )
    return float(np.mean([p <= 0.05 for p in ps]))


def forecasts_held(population: Population, n: int, repeats: int, random: Generator) -> float:
    """The share of blocks of predictions in which no fewer come out as recorded than forecast.

    Each prediction is of samples of its own, and its threshold lies at random among the middle half of the population,
    where hardly anything is sure.
    """
    held = []
    for _ in range(repeats):
        thresholds = np.quantile(population.draw(random, 1000), random.uniform(0.25, 0.75, PREDICTIONS))
        first = [median(population.draw(random, n)) < threshold for threshold in thresholds]
        again = [median(population.draw(random, n)) < threshold for threshold in thresholds]
        same = sum(a.verdict.on_record == b.verdict.on_record for a, b in zip(first, again, strict=True))
        held.append(same >= expected_range([same_again(comparison)] for comparison in first)[0])
    return float(np.mean(held))


def forecasts_of_dependent_ones_held(in_common: float, n: int, repeats: int, random: Generator) -> float:
    """The share of blocks of which n seeds give no fewer verdicts as on a record of 96 than forecast, as of one file.

    The samples are log-normal. For each seed of a block and each prediction, its sample is with this chance the one
    that all of them share, else its own. Thresholds lie at random among the inner 96 % of the population.
    """
    skewed = POPULATIONS[1]

    def drawn(seeds: int) -> NDArray[np.float64]:
        shared, own = skewed.draw(random, seeds), skewed.draw(random, PREDICTIONS * seeds).reshape(PREDICTIONS, seeds)
        return np.where(random.random(own.shape) < in_common, shared, own)

    held = []
    for _ in range(repeats):
        thresholds = np.quantile(skewed.draw(random, 1000), random.uniform(0.02, 0.98, PREDICTIONS))
        first, again = (
            [median(samples) < threshold for samples, threshold in zip(drawn(seeds), thresholds, strict=True)]
            for seeds in (RECORDED, n)
        )
        chances = [same_with(n, each.estimate, each.claim, beside(each)) for each in first]
        same = sum(a.verdict.on_record == b.verdict.on_record for a, b in zip(first, again, strict=True))
        held.append(same >= expected_range([chances])[0])
    return float(np.mean(held))


PAGE = """# Calibration

Samples are drawn from populations whose truth is known. Each number rests on {repeats} simulations, and scatters by
{scatter} % or less; those of the last two tables rest on {blocks} blocks of {predictions} predictions.
`python -m excolor.judging.calibration > docs/calibration.md` writes this page.

## How often the interval of a median holds the true median

It promises 95 %. As its bounds are two of the samples it gives more where there are few, and more where there are ties.

{medians}

## How often the interval of a proportion holds the true proportion

{proportions}

## How often two samples of one population are found apart at 5 %

At most 5 % were promised. This is the test of a value on a fresh block of seeds against the record. Of as many
as there are predictions, Holm's rule keeps the chance of any to 5 %.

{apart}

## How often no fewer predictions come out as recorded than forecast

95 % were promised, or more. Thresholds lie in the middle half of the population, where hardly anything is sure: that is
the worst case. Worst of all is a threshold that is itself a value which many samples have, as all are in the last row:
the summary says so where more than one seed of twenty lies on a threshold.

{forecasts}

Predictions of one file are of the same models. Here each block is taken for a file: of ten samples of a prediction so
many are those of all others too. The record has {recorded} seeds, and the forecast is of other numbers of them.

{dependent}
"""


def page(repeats: int, blocks: int) -> str:
    """The text of docs/calibration.md."""
    random, of_forecasts, of_dependent_ones = (Generator(PCG64(STREAM + i)) for i in range(3))

    def of_populations(share: Callable[[Population, int, int, Generator], float], times: int, stream: Generator) -> str:
        return _table(NUMBERS, [(each.name, [share(each, n, times, stream) for n in NUMBERS]) for each in POPULATIONS])

    proportions = [(f"{p:g}", [coverage_of_a_proportion(p, n, repeats, random) for n in NUMBERS]) for p in PROPORTIONS]
    dependent = [
        (
            f"{10 * share:g} of ten",
            [forecasts_of_dependent_ones_held(share, n, blocks, of_dependent_ones) for n in OTHERS],
        )
        for share in IN_COMMON
    ]
    return PAGE.format(
        repeats=repeats,
        scatter=f"{100 * np.sqrt(0.05 * 0.95 / repeats):.1f}",
        blocks=blocks,
        predictions=PREDICTIONS,
        recorded=RECORDED,
        medians=of_populations(coverage, repeats, random),
        proportions=_table(NUMBERS, proportions),
        apart=of_populations(found_apart, repeats, random),
        forecasts=of_populations(forecasts_held, blocks, of_forecasts),
        dependent=_table(OTHERS, dependent),
    )


def _table(numbers: Sequence[int], rows: Sequence[tuple[str, Sequence[float]]]) -> str:
    """A table of shares in percent, a column for each number of seeds."""
    lines = [f"| | {' | '.join(f'{n} seeds' for n in numbers)} |", "|---|" + "---:|" * len(numbers)]
    lines += [f"| {name} | {' | '.join(f'{100 * share:.1f}' for share in shares)} |" for name, shares in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    print(page(repeats=1000, blocks=40), end="")
