"""Workers of xdist begin with the files that train most, so that none of these is left over when all others are done.

Files are handed out in the order in which they were collected, and with the longest last all workers but one would wait
for it. How long a file takes is guessed, by the experiments that its module names and the seeds that it declares.
"""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from excolor.verdicts.options import declared_seeds
from excolor.verdicts.places import is_hypothesis_file

if TYPE_CHECKING:
    from excolor.conditions.experiment import Experiment


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort files in a worker; the tests of a file keep their order, and every worker finds the same."""
    if not hasattr(config, "workerinput"):
        return
    modules = {item.path: item.getparent(pytest.Module) for item in items}
    steps = {
        path: _steps(module.obj) for path, module in modules.items() if module and is_hypothesis_file(path, config)
    }
    items.sort(key=lambda item: -steps.get(item.path, 0))


def _steps(module: ModuleType) -> int:
    """How many steps a hypothesis file would train, if it trained each experiment that it names with all its seeds."""
    experiments = {experiment for value in vars(module).values() for experiment in _experiments(value)}
    return declared_seeds(module) * sum(len(experiment.dopesheet) for experiment in experiments)


def _experiments(value: Any) -> "Iterator[Experiment]":
    """The experiments that a value is, or that it holds."""
    conditions = sys.modules.get("excolor.conditions.experiment")  # where it is not loaded, there are none
    if conditions and isinstance(value, conditions.Experiment):
        yield value
    elif isinstance(value, list | tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _experiments(each)
