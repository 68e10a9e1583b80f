"""Colors whose latents are held where they were at one step of the training: the gradient of a Drift term.

It takes a pass of its own through the encoder, beside the batch's.
"""

from collections.abc import Iterable

import numpy as np
import torch
from torch import Tensor

from excolor.experiment import Experiment, Term
from excolor.history import Weighted
from excolor.kernels import Floats
from excolor.layers import ACTIVATIONS, TrainedStack
from excolor.model import split
from excolor.regularizers import Drift
from excolor.slopes import add_slope


class Landmarks:
    """What a Drift term holds, for every member of a stack, and its gradient."""

    def __init__(self, term: Term, drift: Drift, experiment: Experiment, parameters: Tensor, gradient: Tensor) -> None:
        self.term, self.drift = term, drift
        self.captured_at = experiment.dopesheet.step_of(drift.action)
        self.gradient, self.own_gradient = gradient, torch.zeros_like(gradient)
        self.colors = torch.tensor(drift.colors, dtype=torch.float32).T
        rows = self.colors.shape[1]
        (layers, _), (gradients, _) = (split(x, experiment.architecture) for x in (parameters, self.own_gradient))
        activation = ACTIVATIONS[experiment.form.activation]
        self.encoder = TrainedStack(layers, gradients, len(parameters), rows, activation)
        self.z, self.slope = self.encoder.affine[-1].numpy(), self.encoder.slopes[-1].numpy()
        self.captured = np.empty_like(self.z)
        self.equal_share = np.full((1, 1), 1 / rows, np.float32)

    def differentiate(self, step: int, active: Iterable[Weighted], losses: Floats) -> None:
        """Add to the gradient that of the term, if it is active, and write into `losses` `[terms, S]` what it was.

        To be called at every step, so that none is missed at which the latents are captured.
        """
        if step == self.captured_at:
            self.encoder.forward(self.colors)
            np.copyto(self.captured, self.z)
        for place, term, members, weight in active:
            if term == self.term:
                self.encoder.forward(self.colors)
                moved = self.z - self.captured
                self.slope.fill(0)
                losses[place, members] = add_slope(
                    self.drift, moved[members], self.equal_share, weight, self.slope[members]
                )
                self.encoder.backward(self.encoder.slopes[-1], to_inputs=False)
                self.gradient += self.own_gradient


def landmarks(terms: Iterable[Term], experiment: Experiment, parameters: Tensor, gradient: Tensor) -> list[Landmarks]:
    """Those of every term that holds some."""
    return [
        Landmarks(term, term.regularizer, experiment, parameters, gradient)
        for term in terms
        if isinstance(term.regularizer, Drift)
    ]
