"""The Readings of a run by experiment, each a file, and by hypothesis, each a class, in the order of the files."""

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import PurePosixPath

from excolor.verdicts.reading import NOT_REACHED, ON_REQUEST, Reading

Hypothesis = list[Reading]
Experiment = list[Hypothesis]


def grouped(readings: Iterable[Reading]) -> tuple[list[Experiment], int]:
    """The experiments of which anything ran, with all of each hypothesis; and how many hypotheses did not run at all.

    That is if all of it was left out on request, or the run was stopped before.
    """
    known = sorted(readings, key=lambda reading: reading.position)
    ran = {reading.group for reading in known if reading.left_out not in (ON_REQUEST, NOT_REACHED)}
    hypotheses = [list(each) for group, each in groupby(known, key=lambda reading: reading.group) if group in ran]
    experiments = [list(each) for _, each in groupby(hypotheses, key=lambda hypothesis: file_of(hypothesis[0]))]
    return experiments, len({reading.group for reading in known} - ran)


def file_of(reading: Reading) -> str:
    """The file that a Reading comes from."""
    return reading.group.partition("::")[0]


NUMBERS = re.compile(r"(?:Experiment )?(\d[\d.]*(?:(?:,| to| and) \d[\d.]*)*)")
"""Those that a title may begin with, such as "2.6, 2.7" or "2.8 to 2.9"."""


def name(experiment: Experiment) -> str:
    """What an experiment is called for short: by the numbers that its title begins with, or else as its file is."""
    first = experiment[0][0]
    if numbers := NUMBERS.match(first.experiment):
        return numbers[1].replace(" to ", "-").replace(" and ", ", ")
    return PurePosixPath(file_of(first)).stem.removeprefix("test_").removesuffix("_test").replace("_", " ")


def seeds_of(experiments: Iterable[Experiment]) -> list[str]:
    """The seeds of all experiments, such as `0..31, exploring`, in order; of those that begin alike the longest row."""
    known = {title(experiment)[1].removeprefix("seeds ") for experiment in experiments} - {""}
    in_order = sorted(known, key=lambda seeds: [int(number) for number in re.findall(r"\d+", seeds)])
    return list({seeds.partition("..")[0]: seeds for seeds in in_order}.values())


def title(experiment: Experiment) -> tuple[str, str]:
    """What an experiment is called, and its seeds, such as `seeds 0..31`; empty if nothing is trained."""
    of_file = [reading for hypothesis in experiment for reading in hypothesis]
    seeds = next((f"seeds {reading.seeds}" for reading in of_file if reading.seeds), "")
    return of_file[0].experiment, seeds
