"""The gradient of a Drift term: colors whose latents are held where they were at one step of the training.

It takes a pass of its own through the encoder, beside the batch's.
"""

from collections.abc import Iterable

import numpy as np
import torch
from torch import Tensor

from excolor.conditions.experiment import Drift, Experiment
from excolor.numerics.elementwise import Floats
from excolor.numerics.layers import TrainedStack
from excolor.training.gradients import add_squares
from excolor.training.history import Weighted


class DriftGradient:
    """The gradient of one Drift term for every member of a stack, and the latents that it has captured."""

    def __init__(self, term: Drift, experiment: Experiment, parameters: Tensor, gradient: Tensor) -> None:
        self.term = term
        self.captured_at = experiment.dopesheet.step_of(term.action)
        self.gradient, self.own_gradient = gradient, torch.zeros_like(gradient)
        self.colors = np.ascontiguousarray(np.array(term.colors, np.float32).T)[None]
        sizes = experiment.architecture
        rows = self.colors.shape[2]
        self.encoder = TrainedStack(parameters, self.own_gradient, sizes.widths, rows, experiment.form.activation)
        self.captured, self.to_latents = (np.empty_like(self.encoder.outputs) for _ in range(2))
        self.equal_share = np.full((len(parameters), rows), 1 / rows, np.float32)
        self.nowhere = np.zeros(sizes.bottleneck, np.float32)
        self.equal_factor = np.full(sizes.bottleneck, 1 / sizes.bottleneck, np.float32)

    def differentiate(self, step: int, active: Iterable[Weighted], losses: Floats) -> None:
        """Add the term's gradient, if it is active, and write its losses into `losses` `[terms, S]`.

        Call this at every step, since the latents are captured at one of them.
        """
        if step == self.captured_at:
            np.copyto(self.captured, self.encoder.forward(self.colors))
        for place, term, members, weight in active:
            if term == self.term:
                moved = self.encoder.forward(self.colors) - self.captured
                self.to_latents.fill(0)
                add_squares(
                    self.nowhere, self.equal_factor, moved[members], self.equal_share[members], weight,
                    self.to_latents[members], losses[place, members], np.empty(moved.shape[2], np.float32),
                )  # fmt: skip
                self.encoder.backward(self.colors, self.to_latents)
                self.gradient += self.own_gradient
