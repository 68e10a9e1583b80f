"""The store of a run's trained ensembles: what one test has trained, in whichever process, no other trains again.

Each process remembers its own ensembles. Several processes share them through files: the first that needs a seed of a
condition trains it. No process waits for another: two that need the same seed at the same time both train it, and get
the same bits. The files only save time: what cannot be written, or is not found as it was written, is trained.
"""

import hashlib
import io
import math
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from excolor.verdicts.progress import is_watched, progress, show_on_terminal
from excolor.verdicts.shelf import shared_directory

if TYPE_CHECKING:
    from excolor.conditions.experiment import Experiment
    from excolor.ensemble import Ensemble

Trained = Callable[["Experiment", Sequence[int]], "Ensemble"]
TrainedTogether = Callable[[Sequence["Experiment"], Sequence[int]], list["Ensemble"]]


SIDE_BY_SIDE = 512
"""About how many models are trained as one stack: a processor's cache holds too little of many more."""


class HandOverError(RuntimeError):
    """An ensemble of another condition, or of other seeds, than were asked for."""


class Store:
    """A store that trains each seed of a condition once.

    Conditions that differ in nothing but their name are the same.
    """

    def __init__(self, files: Path | None = None, watched: bool = False) -> None:
        """`files`: the directory shared with other processes. `watched`: whether to print progress while training."""
        self._files, self._watched = files, watched
        self._remembered: dict[tuple[Experiment, tuple[int, ...]], Ensemble] = {}

    @property
    def conditions(self) -> "Iterator[tuple[Experiment, Ensemble]]":
        """Every condition that this process was asked for, with its ensemble, in the order of the first requests."""
        yield from ((experiment, ensemble) for (experiment, _), ensemble in self._remembered.items())

    def trained(self, experiments: "Sequence[Experiment]", seeds: Sequence[int]) -> "list[Ensemble]":
        """Find or train the ensemble of each experiment, as `train` gives it.

        Experiments that differ in their terms alone are trained as one stack, which is faster.
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
        return [_as_asked(self._remembered[each, chosen], each, chosen) for each in experiments]

    def _train_missing(self, parts: "dict[Experiment, list[Ensemble]]", chosen: tuple[int, ...]) -> None:
        """Train the seeds that no part of a condition has yet, and add them to its parts."""
        from excolor.conditions.stacking import stacks
        from excolor.training import train_together

        by_gap: dict[tuple[int, ...], list[Experiment]] = {}
        for each, found in parts.items():
            there = {seed for ensemble in found for seed in ensemble.seeds}
            by_gap.setdefault(tuple(seed for seed in chosen if seed not in there), []).append(each)
        by_gap.pop((), None)
        for gap, conditions in by_gap.items():
            for stack in stacks(conditions):
                for seeds in _cut(gap, len(stack)):
                    watch = progress(_in_words(stack), len(seeds), show_on_terminal) if self._watched else None
                    for each, ensemble in zip(stack, train_together(stack, seeds, watch), strict=True):
                        self.share(each, ensemble)
                        parts[each].append(ensemble)

    def share(self, experiment: "Experiment", ensemble: "Ensemble") -> None:
        """Write a trained ensemble into a file, for other processes."""
        import numpy as np

        from excolor.numerics.layers import joined

        if folder := self._folder(experiment):
            content = io.BytesIO()
            np.savez(
                content,
                parameters=joined((*ensemble.encoder, *ensemble.decoder)).numpy(),
                seeds=np.array(ensemble.seeds),
                losses=ensemble.history.values,
            )
            with suppress(OSError):  # such as a full disk
                folder.mkdir(exist_ok=True)
                _write(folder / f"{os.getpid()}-{len(ensemble.seeds)}-{ensemble.seeds[0]}.npz", content.getvalue())

    def found(self, experiment: "Experiment") -> "Iterator[Ensemble]":
        """Load the ensembles of an experiment that any process has written by now."""
        import numpy as np
        import torch

        from excolor.ensemble import Ensemble, split
        from excolor.training.history import labeled

        folder = self._folder(experiment)
        for path in sorted(folder.glob("*.npz")) if folder else ():
            content = _read(path)
            if content is None:
                continue
            with np.load(io.BytesIO(content), allow_pickle=False) as stored:
                seeds = tuple(stored["seeds"].tolist())
                layers = split(torch.from_numpy(stored["parameters"]), experiment.architecture)
                yield Ensemble(*layers, seeds, labeled(experiment, seeds, stored["losses"]), experiment.form)

    def _folder(self, experiment: "Experiment") -> Path | None:
        """The directory of an experiment, by its content except the name; None if it cannot be pickled."""
        if self._files is None:
            return None
        try:
            content = pickle.dumps(experiment.replace(name=""))
        except Exception:  # of any kind: each thing that cannot be pickled says so in its own way
            return None
        return self._files / hashlib.sha256(content).hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Write a file in one move, its digest behind its content."""
    half_written = path.with_suffix(".part")
    try:
        half_written.write_bytes(content + _digest(path, content))
        os.replace(half_written, path)
    finally:
        half_written.unlink(missing_ok=True)


def _read(path: Path) -> bytes | None:
    """Read the content of a file; None unless all of it is as it was written, and written into this folder."""
    try:
        whole = path.read_bytes()
    except OSError:
        return None
    content, digest = whole[:-_DIGEST_SIZE], whole[-_DIGEST_SIZE:]
    return content if digest == _digest(path, content) else None


_DIGEST_SIZE = hashlib.sha256().digest_size


def _digest(path: Path, content: bytes) -> bytes:
    return hashlib.sha256(path.parent.name.encode() + content).digest()


STORE = pytest.StashKey[Store]()
"""The stash key of the store of a process, in pytest's configuration."""


@pytest.fixture(scope="session")
def trained(trained_together: TrainedTogether) -> Trained:
    """A function: `trained(experiment, seeds)` is the trained Ensemble, made once and then remembered."""
    return lambda experiment, seeds: trained_together([experiment], seeds)[0]


@pytest.fixture(scope="session")
def trained_together(pytestconfig: pytest.Config) -> TrainedTogether:
    """A function: `trained_together(experiments, seeds)` lists their trained Ensembles, trained side by side."""
    worker = hasattr(pytestconfig, "workerinput")
    store = Store(shared_directory(pytestconfig) if worker else None, is_watched(pytestconfig))
    return pytestconfig.stash.setdefault(STORE, store).trained


def _as_asked(ensemble: "Ensemble", experiment: "Experiment", seeds: tuple[int, ...]) -> "Ensemble":
    """The ensemble, once it was compared with what was asked for."""
    terms = ensemble.history["term"].values[1:].tolist()  # the first is the reconstruction's
    wanted = [term.name for term in experiment.terms]
    if (ensemble.seeds, ensemble.form, ensemble.bottleneck, terms) != (
        seeds, experiment.form, experiment.bottleneck, wanted,
    ):  # fmt: skip
        raise HandOverError(
            f"{experiment.name} was asked for with the seeds {', '.join(map(str, seeds))}, and what would have been "
            f"handed over is {ensemble}, of the terms {', '.join(terms) or 'none'}: no verdict may rest on it; this is "
            "a fault of excolor"
        )
    return ensemble


def _cut(seeds: tuple[int, ...], conditions: int) -> "list[tuple[int, ...]]":
    """Cut seeds into parts of one size, each of which is of about as many models as are trained as one stack."""
    parts = max(1, round(len(seeds) * conditions / SIDE_BY_SIDE))
    size = math.ceil(len(seeds) / parts)
    return [seeds[start : start + size] for start in range(0, len(seeds), size)]


def _in_words(experiments: Sequence["Experiment"]) -> str:
    """Name a stack of experiments, such as `2.10`, or `2.10 and 3 more`."""
    return experiments[0].name + f" and {len(experiments) - 1} more" * (len(experiments) > 1)
