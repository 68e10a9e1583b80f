"""The pieces of a sweep: seeds of one point that are trained as one stack, of about the same cost each."""

from collections.abc import Sequence
from dataclasses import dataclass

from excolor.colors import aligned
from excolor.conditions.experiment import Experiment

COST = 1.03e10
"""Of a piece, about: what 64 seeds of 2.10 take, some four seconds of a core. A message is nothing beside that, what is
lost with a process is little, and the last worker to finish is not long alone."""
SIDE_BY_SIDE = 512
"""The most seeds of a piece: a processor's cache holds too little of many more."""


@dataclass(frozen=True)
class Piece:
    """Some seeds of one point."""

    place: int
    """Among all pieces of the sweep."""
    experiment: Experiment
    seeds: tuple[int, ...]
    cost: float


def cut(experiments: Sequence[Experiment], seeds: tuple[int, ...]) -> list[Piece]:
    """Cut a sweep into pieces, point by point, and each point's seeds in their order.

    How many seeds a piece has follows from its experiment alone: whoever adds values or seeds later has the same pieces
    as before, and then more.
    """
    pieces: list[Piece] = []
    for experiment in experiments:
        cost = cost_of_a_seed(experiment)
        size = min(SIDE_BY_SIDE, max(1, round(COST / cost)))
        for start in range(0, len(seeds), size):
            part = seeds[start : start + size]
            pieces.append(Piece(len(pieces), experiment, part, cost * len(part)))
    return pieces


def cost_of_a_seed(experiment: Experiment) -> float:
    """The products of one model's forward passes in training: steps x rows x weights."""
    rows = aligned(experiment.data())["bias"].size if isinstance(experiment.batch, str) else experiment.batch
    return float(len(experiment.dopesheet) * rows * experiment.architecture.parameters)
