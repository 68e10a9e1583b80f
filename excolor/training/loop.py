"""The training loop: the models of all seeds are trained side by side, step by step, with their loss history.

`train` does so for one condition, `train_together` for several that differ in their terms alone.

    batch -> encoder -> normalization -> decoder -> error
                                                      |
            Adam <- gradient of the layers <- gradients of the terms

The gradients of the layers are written out by hand (excolor.numerics.layers). At the latents each term adds its own
gradient (excolor.training.gradients), so that a regularizer is no more than its formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import torch
from torch import Tensor

from excolor.conditions.architecture import Architecture
from excolor.conditions.experiment import BesideTheBatch, Decoding, Drift, Experiment
from excolor.conditions.stacking import plan
from excolor.determinism import flushed_denormals
from excolor.ensemble import Ensemble, split
from excolor.numerics.elementwise import Floats, add_tangential, normalize
from excolor.numerics.layers import TrainedStack, room
from excolor.numerics.streams import check_seeds
from excolor.schedule.dopesheet import LEARNING_RATE
from excolor.training.batches import Batch, batches
from excolor.training.decoding_gradient import DecodingGradient
from excolor.training.drift_gradient import DriftGradient
from excolor.training.gradients import add_gradient, is_angular
from excolor.training.history import History, Weighted
from excolor.training.initial_weights import Train, starting_parameters
from excolor.training.optimizer import Adam

LOOK = 50
"""The number of steps between checks of the losses, by which a run that goes astray is stopped early."""


def train(experiment: Experiment, seeds: Iterable[int], watch: Callable[[int, int], None] | None = None) -> Ensemble:
    """Train one model for each seed, side by side, each as if it were alone.

    A seed fixes the initial weights, if the experiment has no other start, and the stream of batches and labels. Both
    are the same in every experiment that shares architecture and data: conditions pair by seed. Step n takes the
    dopesheet's values of step n, to the last (the published runs repeat the last but one).

    Args:
        experiment: the condition.
        seeds: different whole numbers, 0 or above.
        watch: called every 50 steps, and at the end, with the steps done and how many there are.

    Returns:
        The trained models with their loss history.

    Raises:
        ExperimentError: the first argument is no Experiment.
        SeedError: no seeds, one twice, or one that is no whole number of 0 or above.
        TrainingError: a loss is no longer finite; the message names the term, the step and the seeds.
    """
    (ensemble,) = train_together([experiment], seeds, watch)
    return ensemble


def train_together(
    experiments: Sequence[Experiment],
    seeds: Iterable[int],
    watch: Callable[[int, int], None] | None = None,
    before: Train | None = None,
) -> list[Ensemble]:
    """Train conditions that differ in nothing but their terms and the terms' weights side by side, as one stack.

    Each ensemble has the same bits as from `train`, but eight seeds of thirty conditions take only the time of 240
    seeds of one. A term costs nothing for the conditions before the first and after the last that has it.

    Args, errors as for `train`, and:

    Args:
        before: how to train what these start after, such as a function that remembers; `train` by default.

    Raises:
        ExperimentError: no experiment, something that is none, or two that differ in more than their terms, or list
            these in another order.
    """
    planned = plan(experiments)
    if watch is not None and not callable(watch):
        raise TypeError(f"watch is {watch!r}: it must be a function of two numbers, for example print")
    if before is not None and not callable(before):
        raise TypeError(f"before is {before!r}: it must be a function of an experiment and seeds, for example train")
    shared, chosen = planned.shared, check_seeds(seeds)
    parameters = starting_parameters(shared, chosen, before or train).repeat(len(experiments), 1)
    gradient = torch.zeros_like(parameters)
    optimizer = Adam(parameters)
    rates = shared.dopesheet.values(LEARNING_RATE).tolist()
    history = History(planned, chosen)
    losses = history.losses.numpy()
    models = shared, parameters, gradient
    beside_the_batch: list[DriftGradient | DecodingGradient] = [
        *(DriftGradient(term, *models) for term in planned.terms if isinstance(term, Drift)),
        *(DecodingGradient(term, *models) for term in planned.terms if isinstance(term, Decoding)),
    ]
    workbenches: dict[int, Workbench] = {}
    # The history reports a diverging loss by the term's name; numpy's warnings would say less.
    with np.errstate(all="ignore"), flushed_denormals():
        for step, (rate, batch) in enumerate(zip(rates, batches(planned, chosen), strict=False), start=1):
            rows = batch.colors.shape[-1]
            if rows not in workbenches:
                workbenches[rows] = Workbench(shared.architecture, parameters, gradient, rows)
            active = history.active(step - 1)
            workbenches[rows].differentiate(batch.repeated(len(experiments)), active, losses[step - 1])
            for each in beside_the_batch:
                each.differentiate(step - 1, active, losses[step - 1])
            optimizer.step(parameters, gradient, rate)
            if step % LOOK == 0 or step == len(rates):
                history.check(step)
                if watch is not None:
                    watch(step, len(rates))
        history.check_parameters(parameters)
    return [
        Ensemble(*split(own, shared.architecture), chosen, history.labeled(at), shared.form)
        for at, own in enumerate(torch.split(parameters, len(chosen)))
    ]


class Workbench:
    """The models' layers with their gradients, and memory for batches of one size."""

    def __init__(self, architecture: Architecture, parameters: Tensor, gradient: Tensor, rows: int) -> None:
        form = self.form = architecture.form
        self.encoder = TrainedStack(parameters, gradient, architecture.widths, rows, form.activation)
        self.decoder = TrainedStack(
            parameters, gradient, architecture.widths[::-1], rows, form.activation, architecture.first_of_decoder
        )
        self.raw = self.encoder.outputs
        # Unit directions: the decoder reads them if latents are normalized, else only angular terms do.
        self.code, self.to_raw = room(*self.raw.shape), room(*self.raw.shape)
        self.equal_share = np.full((len(parameters), rows), 1 / rows, np.float32)

    def differentiate(self, batch: Batch, active: Sequence[Weighted], losses: Floats) -> None:
        """Write the gradient of the whole loss, and the losses of the active terms into `losses` `[terms, S]`."""
        colors = batch.colors.numpy()
        self.encoder.forward(colors)
        length = normalize(self.raw, self.code)
        read = self.code if self.form.normalized else self.raw
        to_read = self.decoder.learn(read, colors, self.form.output == "sigmoid", losses[0])
        if self.form.normalized:
            self.to_raw.fill(0)
            to_code = to_read
        else:
            np.copyto(self.to_raw, to_read)
            to_code = np.zeros_like(self.code)
        for place, term, members, weight in active:
            if isinstance(term, BesideTheBatch):  # takes a pass of its own
                continue
            on_sphere = is_angular(term.regularizer) or (self.form.normalized and term.layer == "bottleneck")
            z, to_z = (self.code, to_code) if on_sphere else (self.raw, self.to_raw)
            share = self.equal_share if term.label is None else batch.shares[term.label.name]
            losses[place, members] = add_gradient(term.regularizer, z[members], share[members], weight, to_z[members])

        # The normalization passes the tangential gradient back, the more of it the shorter a raw latent is.
        add_tangential(to_code, self.code, length, self.to_raw)
        self.encoder.backward(colors, self.to_raw)
