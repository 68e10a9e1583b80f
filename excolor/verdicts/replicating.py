"""Whether a run on other seeds, or on other machines, replicates the record.

It does unless something is contradicted, or lies farther from its value on record than chance would have it, or more
has moved than the forecast of the record allows. A verdict moves if it is decided in one of both and not in the other.
On any seeds that happens to some, which lie near a threshold.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from excolor.judging.chance import FAMILY, expected_range, remaining_by_holm
from excolor.judging.estimates import Comparison
from excolor.judging.predictions import ERROR
from excolor.verdicts.reading import Reading


@dataclass(frozen=True)
class Replication:
    """How many verdicts came out as recorded, and how many had to."""

    same: int
    total: int
    contradicted: int
    apart: tuple[str, ...]
    """The tests whose values differ from the record beyond chance: exact two-sample tests, 5 % for all (Holm)."""
    expected: tuple[int, int] | None
    """Between which numbers 95 % of runs have as many as recorded; None if there is no forecast."""
    blind: bool = False
    """Whether no median of so few seeds can differ beyond chance, however far apart it is."""

    @property
    def fails(self) -> bool:
        """Whether a value differs beyond chance, or more moved than forecast; what is contradicted fails by itself."""
        return bool(self.apart) or self._moved

    @property
    def _moved(self) -> bool:
        return self.expected is not None and self.same < self.expected[0]

    def __str__(self) -> str:
        expected = f"; {self.expected[0]} to {self.expected[1]} expected" if self.expected else ""
        more = ", more moved than forecast" * self._moved
        apart = f", {len(self.apart)} beyond chance ({', '.join(self.apart)})" if self.apart else ""
        told = f"{self.same} of {self.total} as recorded{expected}{more}"
        if self.expected and self.expected[1] == 0:
            told += ", since so few seeds decide nothing"
        blind = ", and no median of so few seeds can be beyond chance" * self.blind
        return f"{told}; {self.contradicted or 'none'} contradicted{apart}{blind}"


def replicated(readings: Iterable[Reading]) -> Replication | None:
    """Hold a run against the record; None if it was not asked for other seeds."""
    judged = [reading for reading in readings if reading.replication and reading.verdict not in ("", ERROR)]
    if not judged:
        return None
    on_record = [reading for reading in judged if reading.again is not None]
    forecast = defaultdict(list)
    for reading in on_record:
        forecast[_file(reading)].append(reading.again or 0.0)
    counted = on_record or judged
    return Replication(
        same=sum(not reading.changed for reading in counted),
        total=len(counted),
        contradicted=sum(reading.contradicted for reading in judged),
        apart=tuple(f"{_file(reading)}::{reading.test}" for reading in _apart(judged)),
        expected=expected_range(forecast.values()) if forecast else None,
        blind=_is_blind(judged),
    )


def told_apart(readings: Iterable[Reading]) -> list[Reading]:
    """The same Readings, of which those say so that lie farther from the record than chance would have it."""
    given = list(readings)
    beyond = set(map(id, _apart(reading for reading in given if reading.verdict not in ("", ERROR))))
    return [replace(reading, apart=_in_words(reading)) if id(reading) in beyond else reading for reading in given]


def _in_words(reading: Reading) -> str:
    return f"beyond chance: if seeds alone differ, a value so far from the record has a chance of {reading.alike:.1g}"


def _file(reading: Reading) -> str:
    return PurePosixPath(reading.group.partition("::")[0]).name


def _apart(judged: Iterable[Reading]) -> list[Reading]:
    """Those whose values lie farther from the record than chance would have it, the farthest first."""
    compared = sorted(_compared(judged), key=lambda each: (each[0], _file(each[1]), each[1].test))
    return [reading for _, reading in compared[: remaining_by_holm([p for p, _ in compared])]]


def _is_blind(judged: Iterable[Reading]) -> bool:
    """Whether all samples of any median on one side of the record are no more than chance can do among so many."""
    compared = [reading.comparison for _, reading in _compared(judged)]
    seeds = [each.estimate.n for each in compared if isinstance(each, Comparison)]
    return bool(seeds) and 2 * 0.5 ** max(seeds) > FAMILY / len(seeds)


def _compared(judged: Iterable[Reading]) -> list[tuple[float, Reading]]:
    """Those that were held against the record, each with the chance of its difference."""
    return [(reading.alike, reading) for reading in judged if reading.alike is not None]
