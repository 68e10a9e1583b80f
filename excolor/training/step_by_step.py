"""Training step by step, where all models take one step before any takes the next: it serves terms of every kind.

batch -> encoder -> normalization -> decoder -> error
                                                  |
        Adam <- gradient of the layers <- gradients of the terms
"""

from collections.abc import Sequence

import numpy as np
from torch import Tensor

from excolor.conditions.architecture import Architecture
from excolor.conditions.experiment import BesideTheBatch, Decoding, Drift
from excolor.conditions.stacking import Plan
from excolor.numerics.elementwise import Floats, add_tangential, normalize
from excolor.numerics.layers import TrainedStack, room
from excolor.training.batches import Batch
from excolor.training.decoding_gradient import DecodingGradient
from excolor.training.drift_gradient import DriftGradient
from excolor.training.gradients import add_gradient, is_on_sphere
from excolor.training.history import History, Weighted
from excolor.training.optimizer import Adam
from excolor.training.stretches import Stretch


class StepByStep:
    """The models of a plan, one for each condition and seed."""

    def __init__(self, plan: Plan, parameters: Tensor, gradient: Tensor, history: History) -> None:
        self.plan, self.history, self.losses = plan, history, history.losses.numpy()
        self.models = plan.shared, parameters, gradient
        self.workbenches: dict[int, Workbench] = {}
        self.beside_the_batch: list[DriftGradient | DecodingGradient] = [
            *(DriftGradient(term, *self.models) for term in plan.terms if isinstance(term, Drift)),
            *(DecodingGradient(term, *self.models) for term in plan.terms if isinstance(term, Decoding)),
        ]

    def take(self, stretch: Stretch, optimizer: Adam) -> None:
        """Take the steps of a stretch, and write their losses."""
        shared, parameters, gradient = self.models
        if stretch.rows not in self.workbenches:
            self.workbenches[stretch.rows] = Workbench(shared.architecture, parameters, gradient, stretch.rows)
        workbench = self.workbenches[stretch.rows]
        for place, step in enumerate(range(stretch.steps.start, stretch.steps.stop), start=stretch.place):
            batch, active = stretch.epoch.batch(place), self.history.active(step)
            workbench.differentiate(batch.repeated(len(self.plan.conditions)), active, self.losses[step])
            for each in self.beside_the_batch:
                each.differentiate(step, active, self.losses[step])
            optimizer.step(parameters, gradient, step)


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
        self.length, self.along = room(len(parameters), rows), room(rows)
        self.equal_share = np.full((len(parameters), rows), 1 / rows, np.float32)

    def differentiate(self, batch: Batch, active: Sequence[Weighted], losses: Floats) -> None:
        """Write the gradient of the whole loss, and the losses of the active terms into `losses` `[terms, S]`."""
        colors = batch.colors.numpy()
        self.encoder.forward(colors)
        normalize(self.raw, self.code, self.length)
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
            z, to_z = (self.code, to_code) if is_on_sphere(term, self.form) else (self.raw, self.to_raw)
            share = self.equal_share if term.label is None else batch.shares[term.label.name]
            losses[place, members] = add_gradient(term.regularizer, z[members], share[members], weight, to_z[members])

        # The normalization passes the tangential gradient back, the more of it the shorter a raw latent is.
        add_tangential(to_code, self.code, self.length, self.to_raw, self.along)
        self.encoder.backward(colors, self.to_raw)
