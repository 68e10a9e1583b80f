"""Which seeds to run, and the fixtures that hand them to a hypothesis file."""

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pytest

from excolor.verdicts.progress import is_watched, progress, show_on_terminal
from excolor.verdicts.shelf import Shelf

if TYPE_CHECKING:
    from excolor.conditions.experiment import Experiment
    from excolor.ensemble import Ensemble

DEFAULT_SEEDS = 32

TRAINED = pytest.StashKey[list[tuple["Experiment", "Ensemble"]]]()
"""Kept with the configuration: every condition that this process has trained, in order."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("hypotheses", "hypotheses over many seeds")
    group.addoption(
        "--seeds",
        type=_at_least(1, "32"),
        metavar="N",
        help=f"how many seeds to train (default: the SEEDS of each file, else {DEFAULT_SEEDS})",
    )
    group.addoption(
        "--first-seed",
        type=_at_least(0, "1000"),
        default=0,
        metavar="K",
        help="the first of the seeds, to replicate on others (default: 0)",
    )
    group.addoption(
        "--figures",
        metavar="DIR",
        help="draw every trained condition, and every file's verdicts, light and dark, into this directory "
        "(default: draw nothing)",
    )


def _at_least(least: int, example: str) -> Callable[[str], int]:
    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if number < least:
            raise argparse.ArgumentTypeError(f"expected a whole number >= {least}, such as {example}; got {text!r}")
        return number

    return parse


def chosen_seeds(config: pytest.Config, module: Any) -> tuple[int, ...]:
    """The seeds of a hypothesis file, as many as --seeds says, else as it declares itself."""
    first, n = config.getoption("--first-seed"), config.getoption("--seeds") or declared_seeds(module)
    return tuple(range(first, first + n))


def replication(config: pytest.Config) -> str:
    """The options, if any, by which a run departs from the seeds that the verdicts on record were measured on."""
    chosen = {"--seeds": config.getoption("--seeds"), "--first-seed": config.getoption("--first-seed")}
    return " ".join(f"{option} {number}" for option, number in chosen.items() if number)


def declared_seeds(module: Any) -> int:
    """How many seeds a hypothesis file asks for with its SEEDS, 32 if it has none."""
    declared = getattr(module, "SEEDS", DEFAULT_SEEDS)
    if type(declared) is not int or declared < 1:
        raise ValueError(f"SEEDS is how many seeds a file needs, such as SEEDS = 96; got {declared!r}.")
    return declared


@pytest.fixture(scope="module")
def seeds(request: pytest.FixtureRequest) -> tuple[int, ...]:
    """The seeds to train: 0 to 31, unless the module's SEEDS or the command line says otherwise."""
    return chosen_seeds(request.config, request.module)


Trained = Callable[["Experiment", Sequence[int]], "Ensemble"]
TrainedTogether = Callable[[Sequence["Experiment"], Sequence[int]], list["Ensemble"]]


@pytest.fixture(scope="session")
def trained(trained_together: TrainedTogether) -> Trained:
    """`trained(experiment, seeds)` is the trained Ensemble: each is made once and then remembered."""
    return lambda experiment, seeds: trained_together([experiment], seeds)[0]


@pytest.fixture(scope="session")
def trained_together(pytestconfig: pytest.Config) -> TrainedTogether:
    """`trained_together(experiments, seeds)` is a list of what `trained` gives for each.

    Those that differ in their terms alone are trained as one stack, which is faster; what this process remembers, or
    another of the run has trained, is not trained again.
    """
    from excolor.conditions.experiment import check_experiment
    from excolor.conditions.stacking import stacks
    from excolor.ensemble import gathered
    from excolor.numerics.streams import check_seeds
    from excolor.training import train_together

    shelf = Shelf(pytestconfig)
    remembered: dict[tuple[Experiment, tuple[int, ...]], Ensemble] = {}

    def ensembles(experiments: Sequence["Experiment"], seeds: Sequence[int]) -> list["Ensemble"]:
        for each in experiments:
            check_experiment(each)
        chosen = check_seeds(seeds)
        new = {each: list(shelf.get(each)) for each in experiments if (each, chosen) not in remembered}
        by_gap: dict[tuple[int, ...], list[Experiment]] = {}
        for each, found in new.items():
            known = {seed for ensemble in found for seed in ensemble.seeds}
            by_gap.setdefault(tuple(seed for seed in chosen if seed not in known), []).append(each)
        for gap, conditions in by_gap.items():
            for stack in stacks(conditions) if gap else ():
                watch = progress(_in_words(stack), len(gap), show_on_terminal) if is_watched(pytestconfig) else None
                for each, ensemble in zip(stack, train_together(stack, gap, watch), strict=True):
                    shelf.put(each, ensemble)
                    new[each].append(ensemble)
        for each, parts in new.items():
            alone = each in by_gap.get(chosen, ())
            remembered[each, chosen] = parts[0] if alone else gathered(parts, chosen)
            pytestconfig.stash.setdefault(TRAINED, []).append((each, remembered[each, chosen]))
        return [remembered[each, chosen] for each in experiments]

    return ensembles


def _in_words(experiments: Sequence["Experiment"]) -> str:
    """`2.10`, or `2.10 and 3 more`."""
    return experiments[0].name + f" and {len(experiments) - 1} more" * (len(experiments) > 1)
