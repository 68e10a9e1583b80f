"""train(experiment, seeds): every seed's model side by side, step by step, with its loss history.

    batch -> encoder -> normalization -> terms   ->
                                  decoder -> error -> gradients -> Adam

The plain layers go forward and backward by hand (excolor.layers); between the encoder and the decoder, where the
regularizers measure, autograd does, so that a regularizer is no more than its formula.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import torch
from torch import Tensor

from excolor.arithmetic import unit
from excolor.batches import Batch, batches
from excolor.determinism import flushed_denormals
from excolor.dopesheet import LEARNING_RATE
from excolor.experiment import Experiment, ExperimentError, Term
from excolor.history import History, Weighted
from excolor.layers import TrainedStack
from excolor.model import Ensemble, initial_parameters, split
from excolor.streams import check_seeds

EPSILON = 1e-8
"""Keeps a gated term 0, and not 0 / 0, in a batch where no row bears its label."""


def train(experiment: Experiment, seeds: Iterable[int]) -> Ensemble:
    """Train one model for each seed, side by side, each as if it were alone.

    A seed fixes the initial weights and the stream of batches and labels, the same in every experiment that shares
    architecture and data: conditions pair by seed. Step n takes the dopesheet's values of step n, to the last (the
    published runs repeat the last but one).

    Args:
        experiment: the condition.
        seeds: different whole numbers, 0 or above.

    Returns:
        The trained models with their loss history.

    Raises:
        ExperimentError: what is given first is no Experiment.
        SeedError: no seeds, one twice, or one that is no whole number of 0 or above.
        TrainingError: a loss stopped being finite; it names the term, the step and the seeds.
    """
    if not isinstance(experiment, Experiment):
        raise ExperimentError(
            f"{experiment!r} is no Experiment: give one and its seeds, for example EX_2_10, range(32)"
        )
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
        history.check_parameters(parameters)
    encoder, decoder = split(parameters, experiment.architecture)
    return Ensemble(encoder, decoder, chosen, history.labeled())


class Workbench:
    """The models' layers beside their gradients, and room to work on batches of one size."""

    def __init__(self, experiment: Experiment, parameters: Tensor, gradient: Tensor, rows: int) -> None:
        layers, gradients = split(parameters, experiment.architecture), split(gradient, experiment.architecture)
        self.encoder, self.decoder = (
            TrainedStack(*half, len(parameters), rows) for half in zip(layers, gradients, strict=True)
        )

    def differentiate(self, batch: Batch, active: Sequence[Weighted], losses: Tensor) -> None:
        """Write the gradient of the loss, and into `losses` `[terms, S]` what the active ones were."""
        raw = self.encoder.forward(batch.colors).mT.detach().requires_grad_()
        code = unit(raw)
        layers = {"encoder": raw, "bottleneck": code}
        penalties = [term_loss(term, layers[term.layer], batch.labels) for _, term, _ in active]

        error = self.decoder.forward(code.detach().mT) - batch.colors
        code_slope = self.decoder.backward(error * (2 / error[0].numel()))

        weights = [torch.full_like(penalty, weight) for penalty, (_, _, weight) in zip(penalties, active, strict=True)]
        (raw_slope,) = torch.autograd.grad([code, *penalties], raw, [code_slope.mT, *weights])
        self.encoder.backward(raw_slope.mT, to_inputs=False)

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
