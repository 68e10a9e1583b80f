"""A seed's stream of batches: which colors are drawn at each step, and which labels they bear."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from excolor.experiment import Experiment
from excolor.labels import draw
from excolor.sampling import WeightedSampler
from excolor.streams import stream


@dataclass(frozen=True)
class Batch:
    """One step's colors `[S, 3, B]`, and by label the rows that bear it, 0 or 1 `[S, B]`."""

    colors: Tensor
    labels: dict[str, Tensor]


def batches(experiment: Experiment, seeds: tuple[int, ...]) -> Iterator[Batch]:
    """Every seed's batches, without end: epoch after epoch of draws, cut into batches, a rest at the end of each."""
    cube = experiment.data()
    colors = cube["color"].values.reshape(-1, 3)
    by_channel = torch.from_numpy(colors.T.astype(np.float32))
    sampler = WeightedSampler(cube["bias"].values.ravel())
    labels = {term.label.name: term.label for term in experiment.terms if term.label}
    probability = {name: label.probability(colors) for name, label in labels.items()}
    row_streams = [stream(seed, "rows") for seed in seeds]
    label_streams = {name: [stream(seed, f"label:{name}") for seed in seeds] for name in labels}
    while True:
        rows = np.stack([sampler.draw(rng, len(colors)) for rng in row_streams])
        epoch = by_channel[:, torch.from_numpy(rows)].transpose(0, 1).contiguous()
        drawn = {name: _draw_labels(probability[name][rows], streams) for name, streams in label_streams.items()}
        for start in range(0, len(colors), experiment.batch):
            cut = slice(start, start + experiment.batch)
            yield Batch(epoch[:, :, cut], {name: borne[:, cut] for name, borne in drawn.items()})


def _draw_labels(probability: NDArray[np.float64], streams: list[np.random.Generator]) -> Tensor:
    uniforms = np.stack([rng.random(probability.shape[1]) for rng in streams])
    return torch.from_numpy(draw(probability, uniforms).astype(np.float32))
