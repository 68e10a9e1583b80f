"""The gradient of a Decoding term: points of latent space that the decoder is to answer with one color.

It takes a pass of its own through the decoder, beside the batch's, and ends there: no encoder made these points.
"""

from collections.abc import Iterable

import numpy as np
import torch
from torch import Tensor

from excolor.conditions.experiment import Decoding, Experiment
from excolor.numerics.elementwise import Floats
from excolor.numerics.layers import TrainedStack
from excolor.training.history import Weighted


class DecodingGradient:
    """The gradient of one Decoding term for every member of a stack."""

    def __init__(self, term: Decoding, experiment: Experiment, parameters: Tensor, gradient: Tensor) -> None:
        self.term = term
        self.gradient, self.own_gradient = gradient.numpy(), torch.zeros_like(gradient)
        sizes, members, rows = experiment.architecture, len(parameters), len(term.latents)
        self.decoder = TrainedStack(
            parameters, self.own_gradient, sizes.widths[::-1], rows, sizes.form.activation, sizes.first_of_decoder
        )
        self.squash = sizes.form.output == "sigmoid"
        self.points = np.array(term.latents, np.float32).T[np.newaxis].repeat(members, axis=0)
        self.truth = np.array(term.color, np.float32)[np.newaxis, :, np.newaxis].repeat(rows, axis=2)
        self.losses = np.empty(members, np.float32)

    def differentiate(self, step: int, active: Iterable[Weighted], losses: Floats) -> None:
        """Add the term's gradient, if it is active, and write its losses into `losses` `[terms, S]`."""
        for place, term, members, weight in active:
            if term == self.term:
                self.decoder.learn(self.points, self.truth, self.squash, self.losses)
                losses[place, members] = self.losses[members]
                self.gradient[members] += weight[:, np.newaxis] * self.own_gradient.numpy()[members]
