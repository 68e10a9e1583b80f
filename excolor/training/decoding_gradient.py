"""The gradient of a Decoding term: points of latent space that the decoder is to answer with one color.

It takes a pass of its own through the decoder, beside the batch's, and ends there: no encoder made these points.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from excolor.conditions.experiment import Decoding, Experiment
from excolor.numerics.compiling import inlined
from excolor.numerics.elementwise import Floats, add_multiple
from excolor.numerics.layers import ForOne, Layers, TrainedStack, learn
from excolor.training.history import Weighted


class Answered(NamedTuple):
    """The points of a Decoding term and their answer, with memory for one model's pass."""

    layers: Layers
    memory: ForOne
    """Its gradient is the term's own."""
    points: Floats
    """`[K * B]`, flat."""
    truth: Floats
    """`[3 * B]`, flat."""
    squash: bool
    """Whether outputs pass through a sigmoid first."""


def answered(term: Decoding | None, experiment: Experiment, parameters: Tensor) -> Answered:
    """A Decoding term for kernels, with memory for all models of a stack; for none a point that stands for one."""
    sizes, form = experiment.architecture, experiment.form
    latents, color = (term.latents, term.color) if term else (((0.0,) * sizes.bottleneck,), (0.0,) * 3)
    rows = len(latents)
    own = TrainedStack(
        parameters, torch.zeros_like(parameters), sizes.widths[::-1], rows, form.activation, sizes.first_of_decoder
    )
    points, truth = np.array(latents, np.float32).T.ravel(), np.array(color, np.float32).repeat(rows)
    return Answered(own.layers, own.for_one, points, truth, form.output == "sigmoid")


class DecodingGradient:
    """The gradient of one Decoding term for every member of a stack, step by step."""

    def __init__(self, term: Decoding, experiment: Experiment, parameters: Tensor, gradient: Tensor) -> None:
        self.term, self.answered = term, answered(term, experiment, parameters)
        self.gradient = gradient.view(-1).numpy()

    def differentiate(self, step: int, active: Iterable[Weighted], losses: Floats) -> None:
        """Add the term's gradient, if it is active, and write its losses into `losses` `[terms, S]`."""
        for place, term, members, weight in active:
            if term == self.term:
                add_decoding(self.answered, members.start, weight, losses[place, members], self.gradient)


@inlined
def add_decoding(answered: Any, first: Any, weight: Any, losses: Any, gradient: Any) -> None:
    """Add to the gradient `[M, P]`, flat, of the models from `first` on, as many as have a weight, and write losses."""
    layers, memory, truth = answered.layers, answered.memory, answered.truth
    for at in range(weight.size):
        m = first + at
        losses[at] = learn(layers, m, answered.points, truth, answered.squash, memory, truth[:0])
        own = slice(m * layers.each, (m + 1) * layers.each)
        add_multiple(gradient[own], weight[at], memory.back.gradient[own])
