"""The gradient of a Drift term: colors whose latents are held where they were at one step of the training.

It takes a pass of its own through the encoder, beside the batch's.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from excolor.conditions.experiment import Drift, Experiment
from excolor.numerics.compiling import inlined
from excolor.numerics.elementwise import ONE, Floats, add_multiple
from excolor.numerics.layers import GOES_BACK, ForOne, Layers, TrainedStack, backward, forward, room
from excolor.training.gradients import add_squares
from excolor.training.history import Weighted


class Held(NamedTuple):
    """The colors of a Drift term and the latents of every model that they are held at, with memory for one's pass."""

    layers: Layers
    memory: ForOne
    """Its gradient is the term's own."""
    colors: Floats
    """`[3 * B]`, flat."""
    captured_at: int
    """The step at which the latents are captured."""
    captured: Floats
    """`[M, K, B]`."""
    nowhere: Floats
    equal_factor: Floats
    """`[K]`."""
    equal_share: Floats
    """`[1, B]`."""
    spare: Floats
    """`[B]`."""


def held(term: Drift | None, experiment: Experiment, parameters: Tensor) -> Held:
    """A Drift term for kernels, with memory for all models of a stack; for none black, which is never captured."""
    colors, captured_at = (term.colors, experiment.dopesheet.step_of(term.action)) if term else (((0.0,) * 3,), -1)
    sizes, rows = experiment.architecture, len(colors)
    own = TrainedStack(parameters, torch.zeros_like(parameters), sizes.widths, rows, experiment.form.activation)
    width = sizes.bottleneck
    return Held(
        own.layers, own.for_one, np.array(colors, np.float32).T.ravel(), captured_at, own.outputs,
        np.zeros(width, np.float32), np.full(width, 1 / width, np.float32),
        np.full((1, rows), 1 / rows, np.float32), room(rows),
    )  # fmt: skip


class DriftGradient:
    """The gradient of one Drift term for every member of a stack, step by step."""

    def __init__(self, term: Drift, experiment: Experiment, parameters: Tensor, gradient: Tensor) -> None:
        self.term, self.held = term, held(term, experiment, parameters)
        self.gradient = gradient.view(-1).numpy()

    def differentiate(self, step: int, active: Iterable[Weighted], losses: Floats) -> None:
        """Add the term's gradient, if it is active, and write its losses into `losses` `[terms, S]`.

        Call this at every step, since the latents are captured at one of them.
        """
        if step == self.held.captured_at:
            capture(self.held, 0, losses.shape[1])
        for place, term, members, weight in active:
            if term == self.term:
                add_drift(self.held, members.start, weight, losses[place, members], self.gradient)


@inlined
def capture(held: Any, first: Any, end: Any) -> None:
    """Capture the latents of the models from `first` to `end`."""
    for m in range(first, end):
        forward(held.layers, m, GOES_BACK, held.colors, held.memory.hidden, held.captured.reshape(-1))


@inlined
def add_drift(held: Any, first: Any, weight: Any, losses: Any, gradient: Any) -> None:
    """Add to the gradient `[M, P]`, flat, of the models from `first` on, as many as have a weight, and write losses."""
    layers, memory, shape = held.layers, held.memory, (1, held.captured.shape[1], held.captured.shape[2])
    moved, to_moved = memory.outputs.reshape(shape), memory.to_outputs.reshape(shape)
    for at in range(weight.size):
        m = first + at
        forward(layers, m, GOES_BACK, held.colors, memory.hidden, memory.outputs)
        for k in range(shape[1]):
            for i in range(shape[2]):
                moved[0, k, i] -= held.captured[m, k, i]
        to_moved[:] = 0
        add_squares(
            held.nowhere, held.equal_factor, moved, held.equal_share, weight[at : at + 1], to_moved,
            losses[at : at + 1], held.spare,
        )  # fmt: skip
        backward(layers, m, held.colors, memory.hidden, memory.to_outputs, memory.back, memory.outputs[:0])
        own = slice(m * layers.each, (m + 1) * layers.each)
        add_multiple(gradient[own], ONE, memory.back.gradient[own])
