"""How many seeds each hypothesis file should have drawn, from what a run on exploring seeds found."""

import math
from collections.abc import Iterable, Iterator
from itertools import groupby

from excolor.judging.estimates import Comparison
from excolor.judging.settling import LEAST, seeds_to_settle
from excolor.verdicts.reading import Reading

MARGIN = 2
"""A value moves with other seeds: twice as many as would settle it where it lies."""
CHOICES = (32, 64, 96, 128, 192, 256, 384, 512)


def plan(readings: Iterable[Reading]) -> Iterator[str]:
    """Say in a line for each file how many seeds its primary predictions need, and which of them needs most."""
    estimated = [each for each in readings if each.primary and isinstance(each.comparison, Comparison)]
    for name, of_file in groupby(sorted(estimated, key=_file), key=_file):
        found = list(of_file)
        if any(map(_has_no_end, found)):
            few = f"fewer than {LEAST} seeds give a median no interval"
            yield f"{name}: {few}: run it with more, such as --seeds {CHOICES[0]}"
            continue
        needs = {reading.test: needed(reading) for reading in found}
        most = max(needs, key=lambda test: needs[test])
        seeds = enough(needs[most]) or CHOICES[-1]
        short = f", and {_in_words(needs[most])}" if needs[most] > CHOICES[-1] else ""
        yield f"{name}: SEEDS = {seeds}{short}, for {most}"


def enough(needs: float) -> int | None:
    """The least number of seeds that a file may declare and that is as many; None if there is none."""
    return next((choice for choice in CHOICES if choice >= needs), None)


def needed(reading: Reading) -> float:
    """How many seeds settle the prediction of a Reading, with a margin."""
    compared = reading.comparison
    return MARGIN * seeds_to_settle(compared.estimate, compared.claim) if isinstance(compared, Comparison) else 0


def _in_words(needs: float) -> str:
    return f"{needs:.0f} would be needed" if math.isfinite(needs) else "no number would settle it"


def _has_no_end(reading: Reading) -> bool:
    compared = reading.comparison
    return isinstance(compared, Comparison) and math.isinf(compared.estimate.high - compared.estimate.low)


def _file(reading: Reading) -> str:
    return reading.group.partition("::")[0]
