"""What the processes of a run have trained, shared through files: the first that needs a seed of a condition trains it.

Nobody waits for another: two that need the same at the same time both train it, and get the same bits. The directory is
gone when the run ends.
"""

import hashlib
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from excolor.conditions.experiment import Experiment
    from excolor.ensemble import Ensemble

_DIRECTORY = "excolor.shelf"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Only the process that others work for comes here, before they are there."""
    directory = TemporaryDirectory(prefix="excolor-")
    config.add_cleanup(directory.cleanup)
    config.pluginmanager.register(_Pointer(directory.name))


class _Pointer:
    """Tells each worker where the shelf is."""

    def __init__(self, directory: str) -> None:
        self.directory = directory

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput[_DIRECTORY] = self.directory


class Shelf:
    """The files of every condition; without other processes there are none."""

    def __init__(self, config: pytest.Config) -> None:
        directory = getattr(config, "workerinput", {}).get(_DIRECTORY)
        self.directory = Path(directory) if directory else None

    def put(self, experiment: "Experiment", ensemble: "Ensemble") -> None:
        """Keep what was trained, for the others."""
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

    def get(self, experiment: "Experiment") -> "Iterator[Ensemble]":
        """What others have trained of it by now."""
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
        if self.directory is None:
            return None
        try:
            content = pickle.dumps(experiment.replace(name=""))
        except (pickle.PicklingError, AttributeError):
            return None
        return self.directory / hashlib.sha256(content).hexdigest()
