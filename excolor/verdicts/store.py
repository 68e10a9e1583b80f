"""The trained ensembles of a run: what one test has trained, in whichever process, no other trains again.

Each process remembers its own. Several share them through files: the first that needs a seed of a condition trains it.
Nobody waits for another: two that need the same at the same time both train it, and get the same bits. The directory is
gone when the run ends.
"""

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from excolor.verdicts.progress import is_watched, progress, show_on_terminal

if TYPE_CHECKING:
    from excolor.conditions.experiment import Experiment
    from excolor.ensemble import Ensemble

Trained = Callable[["Experiment", Sequence[int]], "Ensemble"]
TrainedTogether = Callable[[Sequence["Experiment"], Sequence[int]], list["Ensemble"]]

_DIRECTORY = "excolor.store"
_SHARED = pytest.StashKey[str]()


class Store:
    """Trains each seed of a condition once, and keeps it.

    Conditions are one if they differ in nothing but their name.
    """

    def __init__(self, files: Path | None = None, watched: bool = False) -> None:
        """`files`: where other processes find them. `watched`: whether to print signs of life while training."""
        self._files, self._watched = files, watched
        self._remembered: dict[tuple[Experiment, tuple[int, ...]], Ensemble] = {}

    @property
    def conditions(self) -> "Iterator[tuple[Experiment, Ensemble]]":
        """Every condition that this process was asked for, with its seeds, in the order of the first requests."""
        yield from ((experiment, ensemble) for (experiment, _), ensemble in self._remembered.items())

    def trained(self, experiments: "Sequence[Experiment]", seeds: Sequence[int]) -> "list[Ensemble]":
        """The trained ensemble of each experiment, as `train` gives it.

        Those that differ in their terms alone are trained as one stack, which is faster.
        """
        from excolor.conditions.experiment import check_experiment
        from excolor.ensemble import gathered
        from excolor.numerics.streams import check_seeds

        for each in experiments:
            check_experiment(each)
        chosen = check_seeds(seeds)
        parts = {each: list(self.found(each)) for each in experiments if (each, chosen) not in self._remembered}
        self._train_missing(parts, chosen)
        for each, of_each in parts.items():
            whole = next((ensemble for ensemble in of_each if ensemble.seeds == chosen), None)
            self._remembered[each, chosen] = whole or gathered(of_each, chosen)
        return [self._remembered[each, chosen] for each in experiments]

    def _train_missing(self, parts: "dict[Experiment, list[Ensemble]]", chosen: tuple[int, ...]) -> None:
        """Add to the parts of each condition what of its seeds is not there yet."""
        from excolor.conditions.stacking import stacks
        from excolor.training import train_together

        by_gap: dict[tuple[int, ...], list[Experiment]] = {}
        for each, found in parts.items():
            there = {seed for ensemble in found for seed in ensemble.seeds}
            by_gap.setdefault(tuple(seed for seed in chosen if seed not in there), []).append(each)
        by_gap.pop((), None)
        for gap, conditions in by_gap.items():
            for stack in stacks(conditions):
                watch = progress(_in_words(stack), len(gap), show_on_terminal) if self._watched else None
                for each, ensemble in zip(stack, train_together(stack, gap, watch), strict=True):
                    self.share(each, ensemble)
                    parts[each].append(ensemble)

    def share(self, experiment: "Experiment", ensemble: "Ensemble") -> None:
        """Write what was trained into a file, for other processes."""
        import numpy as np

        from excolor.numerics.layers import joined

        if folder := self._folder(experiment):
            folder.mkdir(exist_ok=True)
            half_written = folder / f"{os.getpid()}-{len(ensemble.seeds)}-{ensemble.seeds[0]}.part"
            with half_written.open("wb") as file:
                np.savez(
                    file,
                    parameters=joined((*ensemble.encoder, *ensemble.decoder)).numpy(),
                    seeds=np.array(ensemble.seeds),
                    losses=ensemble.history.values,
                )
            os.replace(half_written, half_written.with_suffix(".npz"))

    def found(self, experiment: "Experiment") -> "Iterator[Ensemble]":
        """What other processes have trained of it by now."""
        import numpy as np
        import torch

        from excolor.ensemble import Ensemble, split
        from excolor.training.history import labeled

        folder = self._folder(experiment)
        for path in sorted(folder.glob("*.npz")) if folder else ():
            with np.load(path, allow_pickle=False) as stored:
                seeds = tuple(stored["seeds"].tolist())
                layers = split(torch.from_numpy(stored["parameters"]), experiment.architecture)
                yield Ensemble(*layers, seeds, labeled(experiment, seeds, stored["losses"]), experiment.form)

    def _folder(self, experiment: "Experiment") -> Path | None:
        """By what the experiment says but its name; None for one whose functions have no name that all can find."""
        if self._files is None:
            return None
        try:
            content = pickle.dumps(experiment.replace(name=""))
        except (pickle.PicklingError, AttributeError):
            return None
        return self._files / hashlib.sha256(content).hexdigest()


STORE = pytest.StashKey[Store]()
"""Kept with the configuration, one for each process."""


@pytest.fixture(scope="session")
def trained(trained_together: TrainedTogether) -> Trained:
    """`trained(experiment, seeds)` is the trained Ensemble: each is made once and then remembered."""
    return lambda experiment, seeds: trained_together([experiment], seeds)[0]


@pytest.fixture(scope="session")
def trained_together(pytestconfig: pytest.Config) -> TrainedTogether:
    """`trained_together(experiments, seeds)` is a list of what `trained` gives for each, trained side by side."""
    worker = hasattr(pytestconfig, "workerinput")
    store = Store(shared_directory(pytestconfig) if worker else None, is_watched(pytestconfig))
    return pytestconfig.stash.setdefault(STORE, store).trained


def shared_directory(config: pytest.Config) -> Path | None:
    """The directory that all processes of a run share, seen from any of them; None where there is only one."""
    directory = getattr(config, "workerinput", {}).get(_DIRECTORY) or config.stash.get(_SHARED, None)
    return Path(directory) if directory else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Make the directory. Only the process that others work for comes here, before they are there."""
    directory = TemporaryDirectory(prefix="excolor-")
    config.add_cleanup(directory.cleanup)
    config.stash[_SHARED] = directory.name
    config.pluginmanager.register(_Pointer(directory.name))


class _Pointer:
    """Tells each worker where the files are."""

    def __init__(self, directory: str) -> None:
        self.directory = directory

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput[_DIRECTORY] = self.directory


def _in_words(experiments: Sequence["Experiment"]) -> str:
    """`2.10`, or `2.10 and 3 more`."""
    return experiments[0].name + f" and {len(experiments) - 1} more" * (len(experiments) > 1)
