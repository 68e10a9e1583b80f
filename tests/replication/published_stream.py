"""Seed 0's own stream of the published runs: torch's, with a loader of two workers, reproduced in one process.

Each epoch begins a new iterator of the loader. The iterator first draws a base seed from the global generator, of which
its workers take the next whole numbers, and then, from the same generator, all rows of the epoch. Batches go to the
workers in turn, and the worker draws their labels, all three of the program's whether or not a term reads them.
"""

from collections.abc import Iterator

import torch
from torch import Tensor

WORKERS = 2
BATCH = 64


def drawn(
    weights: Tensor, probabilities: dict[str, Tensor], generator: torch.Generator
) -> Iterator[tuple[Tensor, dict[str, Tensor]]]:
    """Every batch's rows `[B]`, and by label whether each bears it, without end.

    Args:
        weights: how often a row is drawn `[N]`; an epoch has N draws.
        probabilities: by label, in the order of drawing, how probable it is for each row `[N]`.
        generator: in the state of the global one when training begins.
    """
    while True:
        base = int(torch.empty((), dtype=torch.int64).random_(generator=generator))
        workers = [torch.Generator().manual_seed(base + worker) for worker in range(WORKERS)]
        epoch = torch.multinomial(weights, len(weights), replacement=True, generator=generator)
        for turn, rows in enumerate(epoch.split(BATCH)):
            worker = workers[turn % WORKERS]
            yield (
                rows,
                {name: torch.rand(len(rows), generator=worker) < p[rows] for name, p in probabilities.items()},
            )
