"""A run as its report tells it: hypotheses in their order, each with all that was measured and where that is from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from excolor.judging.claims import Verdict
from excolor.judging.predictions import ERROR
from excolor.report.provenance import Provenance
from excolor.verdicts.reading import Reading
from excolor.verdicts.rollup import NOT_JUDGED, roll_up


@dataclass(frozen=True)
class Hypothesis:
    """A hypothesis and everything that is known of its predictions and controls, all from one run."""

    readings: tuple[Reading, ...]
    """In the order in which they stand in the file; one that did not run says why."""
    provenance: Provenance

    @property
    def group(self) -> str:
        """The node id of its class, such as `tests/hypotheses/test_ex_2_9.py::TestRedIsLost`."""
        return self.readings[0].group

    @property
    def file(self) -> str:
        return self.group.partition("::")[0]

    @property
    def experiment(self) -> str:
        return self.readings[0].experiment

    @property
    def statement(self) -> str:
        return self.readings[0].hypothesis

    @property
    def background(self) -> str:
        return self.readings[0].background

    @property
    def seeds(self) -> str:
        return next((reading.seeds for reading in self.readings if reading.seeds), "")

    @cached_property
    def predictions(self) -> tuple[Reading, ...]:
        """Its predictions, the primary ones first."""
        stated = [reading for reading in self.readings if reading.role == "prediction"]
        return tuple(sorted(stated, key=lambda reading: not reading.primary))

    @cached_property
    def primary(self) -> tuple[Reading, ...]:
        return tuple(reading for reading in self.predictions if reading.primary)

    @cached_property
    def beside(self) -> tuple[Reading, ...]:
        return tuple(reading for reading in self.predictions if not reading.primary)

    @cached_property
    def controls(self) -> tuple[Reading, ...]:
        return tuple(reading for reading in self.readings if reading.role == "control")

    @cached_property
    def verdict(self) -> str:
        return roll_up(
            [reading.verdict for reading in self.primary],
            [reading.verdict for reading in (*self.beside, *self.controls)],
        )

    @property
    def held(self) -> int:
        """How many of its predictions are confirmed."""
        return sum(reading.verdict == Verdict.CONFIRMED for reading in self.predictions)

    @property
    def news(self) -> tuple[Reading, ...]:
        """What of it is an error, or not as the record has it, unless it moved on other seeds as some do on any."""
        ran = (reading for reading in self.readings if reading.verdict)
        return tuple(each for each in ran if each.verdict == ERROR or (each.changed and not each.moved))

    @property
    def ran(self) -> int:
        """How many of its predictions and controls have an outcome."""
        return sum(bool(reading.verdict) for reading in self.readings)

    @property
    def is_whole(self) -> bool:
        return self.verdict != NOT_JUDGED

    @property
    def published(self) -> tuple[str, str]:
        """The published verdict in a word or three, and what it rests on: `("confirmed", "one seed")`."""
        return self.readings[0].published_verdict, self.readings[0].published_seeds


@dataclass(frozen=True)
class Shown:
    """A figure on a page."""

    place: str
    """Its file, seen from the page."""
    width: int
    height: int
    alt: str
    caption: str = ""
    dark: str = ""
    """The file for a reader who prefers dark pages; empty if it is the same."""
    file: str = ""
    """The hypothesis file that trained what it shows; empty if it shows verdicts."""
    hypothesis: str = ""
    """The node id of the hypothesis that alone speaks of it; empty if it stands above all those of the file."""
    date: str = ""
    """When the run began that drew it."""

    @property
    def places(self) -> list[str]:
        """Its files."""
        return [self.place, self.dark] if self.dark else [self.place]


@dataclass(frozen=True)
class Run:
    """The hypotheses of a report, in natural order of their files, and the run that was written into it last."""

    hypotheses: tuple[Hypothesis, ...]
    latest: Provenance
    pictures: tuple[Shown, ...] = ()
    """Of what was trained. Those of verdicts are drawn anew from the hypotheses."""

    @classmethod
    def of(cls, readings: Iterable[Reading], provenance: Provenance, pictures: Iterable[Shown] = ()) -> "Run":
        by_group = sorted(readings, key=lambda reading: (reading.group, reading.position))
        hypotheses = [
            Hypothesis(tuple(members), provenance) for _, members in groupby(by_group, key=lambda each: each.group)
        ]
        dated = {each.place: replace(each, date=provenance.date) for each in pictures}
        return cls(in_order(hypotheses), provenance, tuple(dated[place] for place in sorted(dated)))

    @property
    def news(self) -> tuple[Reading, ...]:
        """What is an error, or not as the record has it, unless it moved on other seeds as some do on any."""
        return tuple(reading for each in self.hypotheses for reading in each.news)

    @property
    def is_of_published_claims(self) -> bool:
        """Whether any of its hypotheses says what its published verdict was, as no claim of one's own does."""
        return any(word for word, _ in (each.published for each in self.hypotheses))

    @property
    def is_of_this_programme(self) -> bool:
        """Whether these published claims are those that this project is about, and no other project's."""
        return self.is_of_published_claims and self.latest.of_this_programme

    @property
    def explores(self) -> bool:
        """Whether any seed that was judged by is one for exploring, on which limits may be found."""
        return any(reading.seeds.endswith("exploring") for each in self.hypotheses for reading in each.predictions)

    @property
    def others(self) -> tuple[Provenance, ...]:
        """The earlier runs that some hypotheses are from, the latest of them first."""
        earlier = {each.provenance.date: each.provenance for each in self.hypotheses if each.provenance != self.latest}
        return tuple(earlier[date] for date in sorted(earlier, reverse=True))


def in_order(hypotheses: Iterable[Hypothesis]) -> tuple[Hypothesis, ...]:
    """Sort by file, 2.9 before 2.10, and within it as they stand there."""
    return tuple(sorted(hypotheses, key=lambda each: (_natural(each.file), each.readings[0].position)))


def merged(before: Run, now: Run) -> Run:
    """Put a run into a report: each of its hypotheses takes the place of the one that stood there, as a whole.

    One of which a part was left out, or not reached, does not take the place of one that was judged, unless something
    in it is news: a report does not lose what it had, no hypothesis is made up of two runs, and no failure is silent.
    """
    kept = {each.group: each for each in before.hypotheses}
    for each in now.hypotheses:
        earlier = kept.get(each.group)
        if earlier is None or each.is_whole or not earlier.is_whole or each.news:
            kept[each.group] = each
    dates = {(of, each.provenance.date) for each in kept.values() for of in (each.file, each.group)}
    there = (each for each in (*before.pictures, *now.pictures) if (each.hypothesis or each.file, each.date) in dates)
    pictures = {each.place: each for each in there}
    return Run(in_order(kept.values()), now.latest, tuple(pictures[place] for place in sorted(pictures)))


def _natural(file: str) -> list[tuple[int, str]]:
    """A key by which `test_ex_2_9` comes before `test_ex_2_10`."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", file)]
