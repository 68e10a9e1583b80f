"""The command-line options of a run, and the seeds that a hypothesis file trains under them."""

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from excolor.verdicts.cluster import connect
from excolor.verdicts.freezing import drawn_for
from excolor.verdicts.keeping import DEFAULT, SIZE
from excolor.verdicts.marks import declare_marks
from excolor.verdicts.nulls import NULLS, enter
from excolor.verdicts.places import declare_places, top_of

DEFAULT_SEEDS = 32
MOST_SEEDS = 10_000
"""The loss history of one condition over so many seeds takes a gigabyte."""
LAST_FIRST_SEED = 10**18
"""Seeds are kept in 64 bits, which end at 9.2 * 10**18."""


_DRAWN = pytest.StashKey[dict[str, int]]()
"""The stash key of the first seed that was drawn for each file, by its path, in pytest's configuration."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("hypotheses", "hypotheses over many seeds")
    group.addoption(
        "--seeds",
        type=_whole_number(1, MOST_SEEDS, "32"),
        metavar="N",
        help=f"how many seeds to train (default: the SEEDS of each file, else {DEFAULT_SEEDS})",
    )
    group.addoption(
        "--first-seed",
        type=_whole_number(0, LAST_FIRST_SEED, "1000"),
        metavar="K",
        help="the first of the seeds, to replicate on others (default: as drawn for a file, or 0 if none were drawn)",
    )
    group.addoption(
        "--figures",
        metavar="DIR",
        help="draw every trained condition, and every file's verdicts, light and dark, into this directory "
        "(default: draw nothing)",
    )
    group.addoption(
        "--null",
        choices=NULLS,
        help="run with what is otherwise in a world where hypotheses should fail: "
        + "; ".join(f"{name}: {words}" for name, (words, _) in NULLS.items()),
    )
    group.addoption(
        "--plan",
        action="store_true",
        help="say how many seeds each file needs for its primary predictions, from what this run found",
    )
    group.addoption(
        "--freeze",
        action="store_true",
        help="draw seeds for these hypothesis files from what they claim, in place of a run",
    )
    group.addoption(
        "--record",
        action="store_true",
        help="write what every prediction of these files claims and gives into the record beside them, for review",
    )
    group.addoption(
        "--dask",
        metavar="ADDRESS",
        help="train on the Dask cluster whose scheduler is at this address, such as tcp://10.0.0.1:8786, to the same "
        "bits (default: train here); see docs/scale.md",
    )
    declare_places(parser)
    parser.addini(
        SIZE,
        f"the most that trained ensembles of earlier runs may take up in pytest's cache, such as 500 MB, or 0 for none "
        f"(default: {DEFAULT})",
        default=DEFAULT,
    )


def pytest_configure(config: pytest.Config) -> None:
    declare_marks(config)
    if config.option.figures is not None or getattr(config.option, "report", None) is not None:
        from excolor.verdicts.edited import EDITS  # here, since it needs what is collected

        config.pluginmanager.register(EDITS)
    if config.option.null:
        enter(config.option.null, config)
    if config.option.dask is not None:
        connect(config, config.option.dask)


def _whole_number(least: int, most: int, example: str) -> Callable[[str], int]:
    def parse(text: str) -> int:
        # Not more digits than the highest has, since Python itself refuses to read thousands of them.
        number = int(text) if re.fullmatch(rf"[0-9]{{1,{len(str(most))}}}", text) else -1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(
                f"expected a whole number from {least} to {most}, such as {example}; got {text!r}"
            )
        return number

    return parse


def chosen_seeds(config: pytest.Config, module: Any) -> tuple[int, ...]:
    """The seeds of a hypothesis file: as many as it declares, from the first that was drawn for it, or from 0.

    The options --seeds and --first-seed go before.
    """
    first = config.getoption("--first-seed")
    if first is None:
        drawn = config.stash.setdefault(_DRAWN, {})  # each test asks
        if module.__file__ not in drawn:
            file = Path(module.__file__)
            draw = drawn_for(file, top_of(file, config))
            drawn[module.__file__] = draw.first_seed if draw else 0
        first = drawn[module.__file__]
    return tuple(range(first, first + (config.getoption("--seeds") or declared_seeds(module))))


def replication(config: pytest.Config) -> str:
    """Write the options by which a run departs from that of the verdicts on record; empty if it does not."""
    chosen = {option: config.getoption(option) for option in ("--seeds", "--first-seed", "--null")}
    return " ".join(f"{option} {given}" for option, given in chosen.items() if given is not None)


def declared_seeds(module: Any) -> int:
    """The number of seeds that a hypothesis file declares as SEEDS, 32 if it has none."""
    declared = getattr(module, "SEEDS", DEFAULT_SEEDS)
    if type(declared) is not int or not 1 <= declared <= MOST_SEEDS:
        raise ValueError(
            f"SEEDS is how many seeds a file needs, 1 to {MOST_SEEDS}, such as SEEDS = 96; got {declared!r}."
        )
    return declared


@pytest.fixture(scope="module")
def seeds(request: pytest.FixtureRequest) -> tuple[int, ...]:
    """The seeds to train: 0 to 31, unless the module's SEEDS or the command line says otherwise."""
    return chosen_seeds(request.config, request.module)
