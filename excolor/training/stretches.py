"""Stretches: the parts of a training whose steps are taken together, and between which its losses are looked at."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from excolor.training.batches import Epoch

LOOK = 50
"""Losses are looked at where a stretch ends and this many steps or more were taken since the last look, by which a run
that goes astray is stopped early."""

LONGEST = 64
"""The most steps of a stretch. An epoch of 57 batches, of which the last is smaller, has two stretches."""


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
    """Cut a training of `count` steps where an epoch ends, where a smaller batch follows, and after `LONGEST` steps."""
    step = 0
    for epoch in epochs:
        place = 0
        while place < epoch.batches:
            rows, alike = epoch.rows_from(place)
            end = min(step + alike, step + LONGEST, count)
            yield Stretch(epoch, place, rows, slice(step, end))
            if end == count:
                return
            place, step = place + end - step, end
