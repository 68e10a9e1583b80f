"""Stretches: the parts of a training between which its losses are looked at."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from excolor.training.batches import Epoch

LOOK = 50
"""The number of steps between checks of the losses, by which a run that goes astray is stopped early."""


class Stretch(NamedTuple):
    """Steps that follow each other, with batches of one epoch and one size."""

    epoch: Epoch
    place: int
    """The place of the first step's batch in the epoch."""
    rows: int
    """Of each batch."""
    steps: slice

    @property
    def begin(self) -> int:
        """The place of the first batch's first row in the epoch."""
        return self.place * self.epoch.size


def stretches(epochs: Iterable[Epoch], count: int) -> Iterator[Stretch]:
    """Cut a training of `count` steps: no stretch goes past a step at which losses are checked."""
    step = 0
    for epoch in epochs:
        place = 0
        while place < epoch.batches:
            rows, alike = epoch.rows_from(place)
            end = min(step + alike, step + LOOK - step % LOOK, count)
            yield Stretch(epoch, place, rows, slice(step, end))
            if end == count:
                return
            place, step = place + end - step, end
