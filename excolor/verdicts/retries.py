"""A test that is run again counts by its first run: a retry is no evidence, and one that differs is an error.

Plugins such as pytest-rerunfailures and flaky run a failed test again, in the same process, and let the last run count.
"""

from dataclasses import replace

import pytest

from excolor.judging.estimates import Judged
from excolor.judging.predictions import ERROR
from excolor.verdicts.reading import Reading

_RUNS = pytest.StashKey[list[Reading]]()
"""Kept with a test: what is known of each of its runs, the present one last."""


def begin(item: pytest.Item, claimed: Reading) -> None:
    """Begin a run of a test, of which nothing is known but what it claims."""
    item.stash.setdefault(_RUNS, []).append(claimed)


def present(item: pytest.Item) -> Reading:
    """What is known of the present run."""
    return item.stash[_RUNS][-1]


def note(item: pytest.Item, reading: Reading) -> Reading:
    """Keep what is known of the present run by now; returns what counts: the first run, unless a retry differs."""
    item.stash[_RUNS][-1] = reading
    return counted(item.stash[_RUNS])


def counted(runs: list[Reading]) -> Reading:
    """The first of several runs, as an error if another came to something else."""
    first, *others = runs
    known = (other for other in others if other.verdict)
    different = next((other for other in known if _found(other) != _found(first)), None)
    if different is None:
        return first
    return replace(first, error=f"a retry differs from the first run: {_told(first)}; then {_told(different)}")


def _found(reading: Reading) -> Judged | str | None:
    """What two runs have to share: the comparison, or else that both are errors."""
    return ERROR if reading.error else reading.comparison


def _told(reading: Reading) -> str:
    return reading.error or f"{reading.verdict}, {reading.measured} {reading.claimed}"
