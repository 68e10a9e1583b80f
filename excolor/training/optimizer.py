"""The optimizer, for all seeds at once."""

import math

import numpy as np
from numpy import float32
from torch import Tensor

from excolor.numerics.arithmetic import whole_power
from excolor.numerics.elementwise import adam_step


class Adam:
    """Adam (arXiv 1412.6980) with betas (0.9, 0.999) and epsilon 1e-8, on all parameters `[S, P]` at once."""

    def __init__(self, parameters: Tensor) -> None:
        self.mean = np.zeros(parameters.numel(), np.float32)
        self.square = np.zeros_like(self.mean)
        self.steps = 0

    def step(self, parameters: Tensor, gradient: Tensor, rate: float) -> None:
        """Update the parameters, in place, by one step with the learning rate `rate`."""
        if not parameters.numel() == gradient.numel() == self.mean.size:
            raise ValueError(
                f"{parameters.numel()} parameters with a gradient of {gradient.numel()}: this optimizer moves "
                f"{self.mean.size}, for example those that it was made for"
            )
        values, gradients = (tensor.view(-1).numpy() for tensor in (parameters, gradient))  # never a copy
        adam_step(values, gradients, self.mean, self.square, *self.pace(rate))

    def pace(self, rate: float) -> tuple[float32, float32]:
        """The rate and the epsilon of the next step, with which `adam_step` makes it; it counts as made."""
        self.steps += 1
        # m / (sqrt(v) / c + epsilon) as c m / (sqrt(v) + c epsilon), which saves a division of every parameter.
        c = math.sqrt(1 - whole_power(0.999, self.steps))
        return float32(rate * c / (1 - whole_power(0.9, self.steps))), float32(1e-8 * c)
