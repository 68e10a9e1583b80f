"""A seed's stream of batches: which colors are drawn at each step, and which labels they bear."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, repeat

import numpy as np
import torch
import xarray as xr
from numpy.typing import NDArray
from torch import Tensor

from excolor.experiment import ALL, Experiment
from excolor.labels import draw
from excolor.sampling import WeightedSampler
from excolor.streams import stream

EPSILON = 1e-8
"""Keeps a gated mean 0, and not 0 / 0, in a batch where no row bears its label."""


@dataclass(frozen=True)
class Batch:
    """One step's colors `[S, 3, B]`, and who bears which label."""

    colors: Tensor
    shares: dict[str, NDArray[np.float32]]
    """By label each row's share in a mean over the rows that bear it `[S, B]`: 1 / (n + 1e-8), or 0 if it does not."""

    @property
    def labels(self) -> dict[str, Tensor]:
        """By label the rows that bear it, 0 or 1 `[S, B]`."""
        return {name: torch.from_numpy((share > 0).astype(np.float32)) for name, share in self.shares.items()}

    def repeated(self, times: int) -> "Batch":
        """The same colors and labels for so many conditions, one after the other along the seeds' axis."""
        if times == 1:
            return self
        shares = {name: np.tile(share, (times, 1)) for name, share in self.shares.items()}
        return Batch(self.colors.repeat(times, 1, 1), shares)


def batches(experiment: Experiment, seeds: tuple[int, ...], *beside: Experiment) -> Iterator[Batch]:
    """Every seed's batches, without end: epoch after epoch of draws, cut into batches, a rest at the end of each.

    `beside`: conditions that are trained on the same batches, and whose labels are drawn too.
    """
    cube = experiment.data()
    colors = cube["color"].values.reshape(-1, 3)
    by_channel = torch.from_numpy(colors.T.astype(np.float32))
    labels = {term.label.name: term.label for one in (experiment, *beside) for term in one.terms if term.label}
    probability = {name: label.probability(colors) for name, label in labels.items()}
    label_streams = {name: [stream(seed, f"label:{name}") for seed in seeds] for name in labels}
    size = len(colors) if isinstance(experiment.batch, str) else experiment.batch
    starts = np.arange(0, len(colors), size)
    for rows in _epochs(experiment, cube, seeds, starts):
        epoch = by_channel[:, torch.from_numpy(rows)].transpose(0, 1).contiguous()
        shares = {
            name: _shares(_draw_labels(probability[name][rows], streams), starts)
            for name, streams in label_streams.items()
        }
        for start, end in pairwise([*starts, len(colors)]):
            cut = slice(start, end)
            yield Batch(epoch[:, :, cut], {name: share[:, cut] for name, share in shares.items()})


def _epochs(
    experiment: Experiment, cube: xr.Dataset, seeds: tuple[int, ...], starts: NDArray[np.int64]
) -> Iterator[NDArray[np.int64]]:
    """The rows of the cube `[S, N]` that every seed has in each epoch, whose batches begin at `starts`."""
    bias = cube["bias"].values.ravel()
    if experiment.batch == ALL:
        yield from repeat(np.tile(np.arange(bias.size), (len(seeds), 1)))
    streams = [stream(seed, "rows") for seed in seeds]
    if experiment.curriculum is None:
        sampler = WeightedSampler(bias)
        while True:
            yield np.stack([sampler.draw(rng, bias.size) for rng in streams])
    samplers = experiment.curriculum.samplers(cube, experiment.dopesheet)
    while True:
        uniforms = np.split(np.stack([rng.random(bias.size) for rng in streams]), starts[1:], axis=1)
        yield np.concatenate([sampler.rows(u) for u, sampler in zip(uniforms, samplers, strict=False)], axis=1)


def _draw_labels(probability: NDArray[np.float64], streams: list[np.random.Generator]) -> NDArray[np.float32]:
    uniforms = np.stack([rng.random(probability.shape[1]) for rng in streams])
    return draw(probability, uniforms).astype(np.float32)


def _shares(borne: NDArray[np.float32], starts: NDArray[np.int64]) -> NDArray[np.float32]:
    counts = np.add.reduceat(borne, starts, axis=1)
    in_batch = np.repeat(counts, np.diff(starts, append=borne.shape[1]), axis=1)
    return np.divide(borne, in_batch + EPSILON, dtype=np.float32)
