"""Every seed's stream of batches: the colors that are drawn at each step, and the labels that they bear."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import torch
import xarray as xr
from numpy.typing import NDArray
from torch import Tensor

from excolor.colors import aligned
from excolor.conditions.experiment import ALL, Experiment
from excolor.conditions.labels import Label, draw
from excolor.conditions.stacking import Plan
from excolor.numerics.compiling import compiled, in_place, inlined
from excolor.numerics.elementwise import ONE
from excolor.numerics.sampling import WeightedSampler
from excolor.numerics.side_by_side import SideBySide, write_numbers
from excolor.numerics.streams import stream

EPSILON = np.float32(1e-8)
"""Added to the number of labeled rows, so that a gated mean without any is 0 and not 0 / 0."""

AT_ONCE = 2**14
"""How many random numbers are drawn before they are looked at: calls take little of the time then, and the numbers
still fit the second-level cache."""

_bears = inlined(draw)
"""Whether a row bears a label, within a kernel."""


@dataclass(frozen=True)
class Batch:
    """A batch of every seed for one step: colors, and the rows that bear each label."""

    colors: Tensor
    """`[S, 3, B]`."""
    shares: dict[str, NDArray[np.float32]]
    """For each label, the share `[S, B]` of each row in a mean over the n rows that bear it: 1 / (n + 1e-8), or 0 if
    it does not bear the label; of a soft one a / (sum of a + 1e-8), a being how far it bears the label."""

    @property
    def labels(self) -> dict[str, Tensor]:
        """For each label, 1 for the rows that bear it and 0 for the others `[S, B]`."""
        return {name: torch.from_numpy((share > 0).astype(np.float32)) for name, share in self.shares.items()}

    def repeated(self, times: int) -> "Batch":
        """Repeat the shares for so many conditions, one after the other; the layers take the colors again for each."""
        if times == 1:
            return self
        return Batch(self.colors, {name: np.tile(share, (times, 1)) for name, share in self.shares.items()})


@dataclass(frozen=True)
class Epoch:
    """An epoch of every seed: as many draws as there are colors, cut into batches of which the last may be smaller.

    The next epoch overwrites it.
    """

    colors: NDArray[np.float32]
    """The colors `[N, 3]` that are drawn from: the channels of each side by side, as it is read whole."""
    rows: NDArray[np.int32]
    """Which of them are drawn `[S, N]`."""
    labels: tuple[str, ...]
    shares: NDArray[np.float32]
    """The shares `[L, S, N]` of each row in the means of its batch over each label; see `Batch.shares`."""
    borne: NDArray[np.bool_]
    """Whether any row of each batch has a share `[L, S, batches]`: few have one with a label that is rare."""
    size: int
    """The rows of a batch."""

    @property
    def batches(self) -> int:
        """How many an epoch has."""
        return len(range(0, self.rows.shape[1], self.size))

    def rows_from(self, place: int) -> tuple[int, int]:
        """How many rows the batch at a place has, and how many batches from there on have as many."""
        whole, rest = divmod(self.rows.shape[1], self.size)
        return (self.size, whole - place) if place < whole else (rest, 1)

    def batch(self, place: int) -> Batch:
        """The batch at a place, counted from 0."""
        cut = slice(place * self.size, (place + 1) * self.size)
        shares = {name: share[:, cut].copy() for name, share in zip(self.labels, self.shares, strict=True)}
        return Batch(torch.from_numpy(_gathered(self.colors, self.rows[:, cut])), shares)


def batches(plan: Plan, seeds: tuple[int, ...]) -> Iterator[Batch]:
    """Draw every seed's batches, without end."""
    for epoch in epochs(plan, seeds):
        yield from map(epoch.batch, range(epoch.batches))


def epochs(plan: Plan, seeds: tuple[int, ...]) -> Iterator[Epoch]:
    """Draw every seed's epochs, without end.

    Every condition of the plan is trained on them; they have the labels of all conditions.
    """
    experiment, labels = plan.shared, plan.labels
    cube = aligned(experiment.data())
    colors = cube["color"].values.reshape(-1, 3)
    probability = [np.ascontiguousarray(label.probability(colors), np.float64) for label in labels.values()]
    label_streams = [SideBySide([stream(seed, f"label:{name}") for seed in seeds]) for name in labels]
    total = len(colors)
    size = total if isinstance(experiment.batch, str) else experiment.batch
    starts, drawn_from = np.arange(0, total, size), colors.astype(np.float32, order="C")
    shares = np.empty((len(labels), len(seeds), total), np.float32)
    borne = np.empty((len(labels), len(seeds), len(starts)), bool)
    room = np.empty((_few(total), total)), np.empty(min(size, total)), np.empty(min(size, total), bool)
    for rows in _rows(experiment, cube, seeds, starts):
        for at, (label, streams) in enumerate(zip(labels.values(), label_streams, strict=True)):
            if type(label).borne is Label.borne:  # others say in Python what a row bears
                _write_drawn(streams.states, probability[at], rows, shares[at], borne[at], room)
                continue
            for some, uniforms in _uniforms(streams, total):
                likely = probability[at][rows[some]]
                _write_shares(label.borne(likely, uniforms), size, shares[at, some], borne[at, some])
        yield Epoch(drawn_from, rows, tuple(labels), shares, borne, size)


def _rows(
    experiment: Experiment, cube: xr.Dataset, seeds: tuple[int, ...], starts: NDArray[np.int64]
) -> Iterator[NDArray[np.int32]]:
    """Draw each epoch's rows of the cube `[S, N]`, which the next one overwrites; batches begin at `starts`."""
    bias = cube["bias"].values.ravel()
    rows = np.empty((len(seeds), bias.size), np.int32)
    if experiment.batch == ALL:
        rows[:] = np.arange(bias.size)
        yield from repeat(rows)
    streams = SideBySide([stream(seed, "rows") for seed in seeds])
    if experiment.curriculum is None:
        sampler = WeightedSampler(bias)
        while True:
            for some, drawn in _uniforms(streams, bias.size):
                sampler.write(drawn, rows[some])
            yield rows
    samplers = experiment.curriculum.samplers(cube, experiment.dopesheet)
    whole, ends = np.empty(rows.shape), [*starts[1:], bias.size]
    while True:
        streams.write(slice(None), whole)
        for begin, end, of_step in zip(starts, ends, samplers, strict=False):
            found = np.empty((len(seeds), end - begin), np.int32)
            of_step.write(whole[:, begin:end], found)
            rows[:, begin:end] = found
        yield rows


def _uniforms(streams: SideBySide, count: int) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Draw `count` uniform numbers of each stream, `[few, N]` of a few streams at a time, which the next overwrite."""
    few = _few(count)
    room = np.empty((few, count))
    for first in range(0, len(streams), few):
        some = slice(first, min(first + few, len(streams)))
        found = room[: some.stop - first]
        streams.write(some, found)
        yield some, found


def _few(count: int) -> int:
    """How many seeds are drawn for at a time, if each takes `count` numbers."""
    return max(1, AT_ONCE // count)


@compiled
def _gathered(drawn_from: NDArray[np.float32], rows: NDArray[np.int32]) -> NDArray[np.float32]:
    """The colors `[S, 3, B]` of the rows `[S, B]`; those of a whole epoch at once would not fit the cache."""
    colors = np.empty((rows.shape[0], drawn_from.shape[1], rows.shape[1]), np.float32)
    for s in range(rows.shape[0]):
        for i in range(rows.shape[1]):
            for channel in range(drawn_from.shape[1]):
                colors[s, channel, i] = drawn_from[rows[s, i], channel]
    return colors


@in_place
def _write_drawn(states: Any, probability: Any, rows: Any, shares: Any, any_borne: Any, room: Any) -> None:
    """Write what `_write_shares` does, of a label that each row `[S, N]` bears or not, as `draw` has it.

    The room is for the uniform numbers of a few seeds, and for a batch's probabilities and what it bears. Each thing
    that is done to a batch has a loop of its own: of a single loop the compiler makes no vector instructions.
    """
    uniforms, likely, borne = room
    size = likely.size
    for first in range(0, rows.shape[0], uniforms.shape[0]):
        end = min(first + uniforms.shape[0], rows.shape[0])
        write_numbers(states[first:end], uniforms[: end - first])
        for s in range(first, end):
            for place in range(any_borne.shape[1]):
                batch = slice(place * size, (place + 1) * size)
                drawn, numbers, count = rows[s, batch], uniforms[s - first, batch], 0
                for i in range(drawn.size):
                    likely[i] = probability[drawn[i]]
                for i in range(drawn.size):
                    borne[i] = _bears(likely[i], numbers[i])
                    count += borne[i]
                any_borne[s, place] = count > 0
                _write_share(borne, count, shares[s, batch])


@in_place
def _write_shares(
    borne: NDArray[np.bool_] | NDArray[np.float64], size: int, shares: NDArray[np.float32], any_borne: NDArray[np.bool_]
) -> None:
    """Write the shares `[S, N]` of rows in the means over batches of `size`, and whether a batch `[S, batches]` has any
    other than 0; `borne` `[S, N]` is how far each row bears the label."""
    for s in range(borne.shape[0]):
        for place in range(any_borne.shape[1]):
            batch = slice(place * size, (place + 1) * size)
            _write_share(borne[s, batch], np.sum(borne[s, batch]), shares[s, batch])
            any_borne[s, place] = np.any(shares[s, batch])


@in_place
def _write_share(borne: Any, together: Any, shares: Any) -> None:
    """Write the share of each row of a batch, which bear a label so far, and so far together."""
    share = ONE / (np.float32(together) + EPSILON)
    for i in range(shares.size):
        shares[i] = share * borne[i]
