"""Colors whose latents are held where they were at one step of the training: the gradient of a Drift term.

It takes a pass of its own through the encoder, beside the batch's.
"""

from collections.abc import Iterable

import numpy as np
import torch
from torch import Tensor

from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.regularizers import Drift
from excolor.numerics.elementwise import Floats
from excolor.numerics.layers import TrainedStack
from excolor.training.gradients import add_slope
from excolor.training.history import Weighted


class Landmarks:
    """What a Drift term holds, for every member of a stack, and its gradient."""

    def __init__(self, term: Term, drift: Drift, experiment: Experiment, parameters: Tensor, gradient: Tensor) -> None:
        self.term, self.drift = term, drift
        self.captured_at = experiment.dopesheet.step_of(drift.action)
        self.gradient, self.own_gradient = gradient, torch.zeros_like(gradient)
        self.colors = np.ascontiguousarray(np.array(drift.colors, np.float32).T)[None]
        sizes = experiment.architecture
        rows = self.colors.shape[2]
        self.encoder = TrainedStack(parameters, self.own_gradient, sizes.widths, rows, experiment.form.activation)
        self.captured, self.slope = (np.empty_like(self.encoder.outputs) for _ in range(2))
        self.equal_share = np.full((len(parameters), rows), 1 / rows, np.float32)

    def differentiate(self, step: int, active: Iterable[Weighted], losses: Floats) -> None:
        """Add to the gradient that of the term, if it is active, and write into `losses` `[terms, S]` what it was.

        To be called at every step, so that none is missed at which the latents are captured.
        """
        if step == self.captured_at:
            np.copyto(self.captured, self.encoder.forward(self.colors))
        for place, term, members, weight in active:
            if term == self.term:
                moved = self.encoder.forward(self.colors) - self.captured
                self.slope.fill(0)
                losses[place, members] = add_slope(
                    self.drift, moved[members], self.equal_share[members], weight, self.slope[members]
                )
                self.encoder.backward(self.colors, self.slope)
                self.gradient += self.own_gradient


def landmarks(terms: Iterable[Term], experiment: Experiment, parameters: Tensor, gradient: Tensor) -> list[Landmarks]:
    """Those of every term that holds some."""
    return [
        Landmarks(term, term.regularizer, experiment, parameters, gradient)
        for term in terms
        if isinstance(term.regularizer, Drift)
    ]
