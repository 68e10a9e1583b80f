"""Workers of xdist begin with the files that train most, so that none of these is left over when all others are done.

Files are handed out in the order in which they were collected, and with the longest last all workers but one would wait
for it. How long a file takes is guessed, by the experiments that its module names and the seeds that it declares.

Files that begin at the same time would both train what they share, and a later one finds it.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from excolor.verdicts.options import chosen_seeds
from excolor.verdicts.places import is_hypothesis_file

if TYPE_CHECKING:
    from excolor.conditions.experiment import Experiment


class Training(NamedTuple):
    """What a hypothesis file would train if it trained each experiment that it names with all its seeds."""

    experiments: "frozenset[Experiment]"
    seeds: frozenset[int]

    @property
    def steps(self) -> int:
        return len(self.seeds) * sum(len(experiment.dopesheet) for experiment in self.experiments)

    def shares(self, other: "Training") -> bool:
        """Whether one of the two would find a model that the other has trained."""
        return not (self.experiments.isdisjoint(other.experiments) or self.seeds.isdisjoint(other.seeds))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort files in a worker; the tests of a file keep their order, and every worker finds the same."""
    if not hasattr(config, "workerinput"):
        return
    modules = {item.path: item.getparent(pytest.Module) for item in items}
    training = {
        path: Training(named(module.obj), frozenset(chosen_seeds(config, module.obj)))
        for path, module in modules.items()
        if module and is_hypothesis_file(path, config)
    }
    places = {path: place for place, path in enumerate(in_order(training, config.workerinput["workercount"]))}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def in_order(training: dict[Path, Training], workers: int) -> list[Path]:
    """The longest first, but none beside those that begin with it and share what it trains, while there is another."""
    order: list[Path] = []
    left = sorted(training, key=lambda path: -training[path].steps)
    while left:
        beside = [training[path] for path in order[-(workers - 1) :]] if workers > 1 else []
        apart = (path for path in left if not any(training[path].shares(other) for other in beside))
        order.append(next(apart, left[0]))
        left.remove(order[-1])
    return order


def named(module: ModuleType) -> "frozenset[Experiment]":
    """The experiments that a module names. Of those of a published mapping it names what it picks."""
    published = vars(sys.modules.get("excolor.experiments", ModuleType("")))
    return frozenset(
        experiment
        for name, value in vars(module).items()
        if not (isinstance(value, dict) and value is published.get(name))
        for experiment in _experiments(value)
    )


def _experiments(value: Any) -> "Iterator[Experiment]":
    """The experiments that a value is, or that it holds."""
    conditions = sys.modules.get("excolor.conditions.experiment")  # where it is not loaded, there are none
    if conditions and isinstance(value, conditions.Experiment):
        yield value
    elif isinstance(value, list | tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _experiments(each)
