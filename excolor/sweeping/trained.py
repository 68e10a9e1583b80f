"""Ensembles that a cluster trains: the same bits as here, taken apart into arrays for the way."""

import os
from collections.abc import Generator, Mapping
from contextlib import closing
from typing import Any, NamedTuple

from excolor.conditions.experiment import Experiment
from excolor.ensemble import Ensemble
from excolor.keeping.block import put_together, taken_apart
from excolor.keeping.surroundings import STEERING, machine, settings
from excolor.numerics.elementwise import Floats
from excolor.sweeping.cluster import on_cluster
from excolor.sweeping.pieces import cut
from excolor.sweeping.sources import sources
from excolor.training import train


class Parts(NamedTuple):
    """What a worker sends back."""

    parameters: Floats
    losses: Floats
    where: dict[str, object]
    """What the bits may depend on beside the sources, as the worker has it."""


def train_on(client: Any, wanted: Mapping[Experiment, tuple[int, ...]]) -> Generator[tuple[Experiment, Ensemble, bool]]:
    """Train experiments, each with its seeds, on the workers of a cluster; parts of them come as they are done.

    Yields:
        An experiment, an ensemble of some of its seeds, and whether the worker is of the kind of this machine. If it is
        not, a formula that torch differentiates may have other bits there (docs/reproducibility.md).

    Raises:
        SweepError: a worker of another version, or one that has not what an experiment reads.
        TrainingError: a loss is no longer finite.
    """
    pieces = [piece for experiment, seeds in wanted.items() for piece in cut([experiment], seeds)]
    with closing(on_cluster(client, pieces, trained, sources())) as computing:
        for piece, (parameters, losses, where) in computing:
            ensemble = put_together(piece.experiment, piece.seeds, parameters, losses)
            yield piece.experiment, ensemble, where == surroundings()


def trained(experiment: Experiment, seeds: tuple[int, ...]) -> Parts:
    """Train a piece, in a worker."""
    return Parts(*taken_apart(train(experiment, seeds)), surroundings())


def surroundings() -> dict[str, object]:
    """The machine and the settings of this process, but for numbers of threads, which Dask sets and training pins."""
    given = settings()
    steering = [name for name in os.environ if name.startswith(STEERING) and not name.endswith("_NUM_THREADS")]
    return {**machine(), **given, "environment": {name: os.environ[name] for name in sorted(steering)}}
