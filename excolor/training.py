"""train(experiment, seeds): every seed's model side by side, step by step, with its loss history.

    batch -> encoder -> normalization -> terms   ->
                                  decoder -> error -> gradients -> Adam

The plain layers go forward and backward by hand (excolor.layers); between the encoder and the decoder, where the
regularizers measure, autograd does, so that a regularizer is no more than its formula.
"""

import math
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
import xarray as xr
from numpy.typing import NDArray
from torch import Tensor

from excolor.arithmetic import unit
from excolor.determinism import flushed_denormals
from excolor.dopesheet import LEARNING_RATE
from excolor.experiment import RECONSTRUCTION, Experiment, Term
from excolor.labels import draw
from excolor.layers import Stack
from excolor.model import Ensemble, initial_parameters, split
from excolor.sampling import WeightedSampler
from excolor.streams import SeedError, stream

EPSILON = 1e-8
"""Keeps a gated term 0, and not 0 / 0, in a batch where no row bears its label."""


class TrainingError(RuntimeError):
    """A loss that is no longer a number: no model, and so no verdict, comes of this run."""


@dataclass(frozen=True)
class Batch:
    """One step's colors `[S, 3, B]`, and by label the rows that bear it, 0 or 1 `[S, B]`."""

    colors: Tensor
    labels: dict[str, Tensor]


def train(experiment: Experiment, seeds: Iterable[int]) -> Ensemble:
    """Train one model for each seed, side by side, each as if it were alone.

    A seed fixes the initial weights and the stream of batches and labels, the same in every experiment that shares
    architecture and data: conditions pair by seed.

    Args:
        experiment: the condition.
        seeds: different whole numbers, 0 or above.

    Returns:
        The trained models with their loss history.

    Raises:
        SeedError: no seeds, one twice, or one that is no whole number of 0 or above.
        TrainingError: a loss stopped being finite; it names the term, the step and the seeds.
    """
    chosen = check_seeds(seeds)
    parameters = initial_parameters(experiment.architecture, chosen)
    gradient = torch.zeros_like(parameters)
    adam = Adam(parameters)
    rates = experiment.dopesheet.values(LEARNING_RATE).tolist()
    history = History(experiment, chosen)
    workbenches: dict[int, Workbench] = {}
    # A diverging loss is reported by the history, by name; numpy's warnings of it would say less.
    with np.errstate(all="ignore"), flushed_denormals():
        for step, (rate, batch) in enumerate(zip(rates, batches(experiment, chosen), strict=False)):
            rows = batch.colors.shape[-1]
            if rows not in workbenches:
                workbenches[rows] = Workbench(experiment, parameters, gradient, rows)
            workbenches[rows].differentiate(batch, history.active(step), history.losses[step])
            adam.step(parameters, gradient, rate)
            if rows != experiment.batch or step == len(rates) - 1:  # once an epoch is often enough to stop early
                history.check(step + 1)
    encoder, decoder = split(parameters, experiment.architecture)
    return Ensemble(encoder, decoder, chosen, history.labeled())


def check_seeds(seeds: Iterable[int]) -> tuple[int, ...]:
    """The seeds as a tuple, or a `SeedError`."""
    given = tuple(seeds)
    example = "for example range(32)"
    if not given:
        raise SeedError(f"no seeds to train: give at least one whole number, {example}")
    for seed in given:
        if isinstance(seed, bool) or not hasattr(seed, "__index__") or operator.index(seed) < 0:
            raise SeedError(f"the seed {seed!r}: every seed must be a whole number, 0 or above, {example}")
    chosen = tuple(operator.index(seed) for seed in given)
    twice = sorted({seed for seed in chosen if chosen.count(seed) > 1})
    if twice:
        raise SeedError(
            f"the seeds {', '.join(map(str, twice))} are given more than once: a seed is one model, {example}"
        )
    return chosen


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


class Workbench:
    """The models' layers beside their gradients, and room to work on batches of one size."""

    def __init__(self, experiment: Experiment, parameters: Tensor, gradient: Tensor, rows: int) -> None:
        seeds = len(parameters)
        encoder, decoder = split(parameters, experiment.architecture)
        self.encoder, self.decoder = Stack(encoder, seeds, rows), Stack(decoder, seeds, rows)
        self.encoder_gradient, self.decoder_gradient = split(gradient, experiment.architecture)
        self.code_slope = torch.empty(seeds, experiment.bottleneck, rows)

    def differentiate(self, batch: Batch, active: Sequence["Weighted"], losses: Tensor) -> None:
        """Write the gradient of the loss, and into `losses` `[terms, S]` what the active ones were."""
        raw = self.encoder.forward(batch.colors).mT.detach().requires_grad_()
        code = unit(raw)
        layers = {"encoder": raw, "bottleneck": code}
        penalties = [term_loss(term, layers[term.layer], batch.labels) for _, term, _ in active]

        error = self.decoder.forward(code.detach().mT) - batch.colors
        self.decoder.backward(error * (2 / error[0].numel()), self.decoder_gradient, out=self.code_slope)

        weights = [torch.full_like(penalty, weight) for penalty, (_, _, weight) in zip(penalties, active, strict=True)]
        (raw_slope,) = torch.autograd.grad([code, *penalties], raw, [self.code_slope.mT, *weights])
        self.encoder.backward(raw_slope.mT, self.encoder_gradient)

        losses[0] = error.square().mean((1, 2))
        for (place, _, _), penalty in zip(active, penalties, strict=True):
            losses[place] = penalty.detach()


def term_loss(term: Term, z: Tensor, labels: Mapping[str, Tensor]) -> Tensor:
    """The term's mean `[S]` over a batch of latents `[S, B, K]`: over the labeled rows if it has a label."""
    losses = term.regularizer(z)
    if term.label is None:
        return losses.mean(-1)
    borne = labels[term.label.name]
    return (borne * losses).sum(-1) / (borne.sum(-1) + EPSILON)


class Adam:
    """Adam (arXiv 1412.6980) with betas (0.9, 0.999) and epsilon 1e-8, on all parameters `[S, P]` at once."""

    def __init__(self, parameters: Tensor) -> None:
        self.mean = torch.zeros_like(parameters)
        self.square = torch.zeros_like(parameters)
        self.scale = torch.empty_like(parameters)
        self.steps = 0

    def step(self, parameters: Tensor, gradient: Tensor, rate: float) -> None:
        """Move the parameters, in place."""
        self.steps += 1
        self.mean.lerp_(gradient, 1 - 0.9)
        self.square.mul_(0.999).addcmul_(gradient, gradient, value=1 - 0.999)
        torch.sqrt(self.square, out=self.scale).div_(math.sqrt(1 - 0.999**self.steps)).add_(1e-8)
        parameters.addcdiv_(self.mean, self.scale, value=-rate / (1 - 0.9**self.steps))


class Weighted(NamedTuple):
    """A term at a step where it counts."""

    place: int
    """Its row in the history, after reconstruction in row 0."""
    term: Term
    weight: float


class History:
    """The loss of every term at every step, and its weight; NaN where the weight is 0, and nothing was measured."""

    def __init__(self, experiment: Experiment, seeds: tuple[int, ...]) -> None:
        self.experiment = experiment
        self.seeds = seeds
        self.weights = {term.name: experiment.dopesheet.values(term.name).tolist() for term in experiment.terms}
        self.losses = torch.full((len(experiment.dopesheet), 1 + len(experiment.terms), len(seeds)), math.nan)
        self.measured = torch.tensor(
            [[True] * len(self.losses), *(list(map(bool, w)) for w in self.weights.values())]
        ).T
        self.checked = 0

    def active(self, step: int) -> list[Weighted]:
        weights = [self.weights[term.name][step] for term in self.experiment.terms]
        return [
            Weighted(place, term, weight)
            for place, (term, weight) in enumerate(zip(self.experiment.terms, weights, strict=True), start=1)
            if weight != 0
        ]

    def check(self, end: int) -> None:
        """Raise a `TrainingError` if a loss measured before step `end` is not finite."""
        recent = self.losses[self.checked : end]
        lost = ~recent.isfinite() & self.measured[self.checked : end, :, None]
        if lost.any():
            step, place, _ = lost.nonzero()[0].tolist()
            stray = lost[step, place]
            term = [RECONSTRUCTION, *self.weights][place]
            seeds = ", ".join(str(seed) for seed, is_lost in zip(self.seeds, stray, strict=True) if is_lost)
            raise TrainingError(
                f"{self.experiment.name}: the loss of the term {term!r} is {recent[step, place][stray][0]} at step "
                f"{self.checked + step} for the seeds {seeds}: training went astray, and no verdict can rest on "
                f"it; a lower {LEARNING_RATE}, for example, keeps it finite"
            )
        self.checked = end

    def labeled(self) -> xr.DataArray:
        return xr.DataArray(
            self.losses.numpy(),
            dims=("step", "term", "seed"),
            coords={"term": [RECONSTRUCTION, *self.weights], "seed": list(self.seeds)},
        ).transpose("term", "seed", "step")
