"""The addresses of hypotheses and predictions on a page: `#ex_2_10.RedIsDeleted.gray_is_spared-black`."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from excolor.report.run import Run
from excolor.verdicts.reading import Reading


def addresses(run: Run) -> dict[str, str]:
    """The address of each hypothesis, by its node id, and of each of its predictions and controls, by theirs.

    They follow from these names alone, so that a link stays right from run to run. Of two that would have the same one,
    the later has a number behind it.
    """
    given: dict[str, str] = {}
    taken: set[str] = set()
    for name in _names(run):
        plain = _plain(name)
        address, number = plain, 1
        while address in taken:
            number += 1
            address = f"{plain}-{number}"
        taken.add(address)
        given[name] = address
    return given


def name_of(reading: Reading) -> str:
    """The node id of a prediction or control."""
    return f"{reading.group.partition('::')[0]}::{reading.test}"


def _names(run: Run) -> Iterator[str]:
    for hypothesis in run.hypotheses:
        yield hypothesis.group
        yield from map(name_of, hypothesis.readings)


def _plain(name: str) -> str:
    file, *inner = name.split("::", 2)
    parts = [PurePosixPath(file).stem.removeprefix("test_")]
    parts += [part.removeprefix("Test").removeprefix("test_") for part in inner]
    return ".".join(re.sub(r"[^\w.]+", "-", part).strip("-") for part in parts)
