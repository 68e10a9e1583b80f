"""The optimizer, for all seeds at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from excolor.numerics.arithmetic import whole_powers
from excolor.numerics.elementwise import adam_step


class Adam:
    """Adam (arXiv 1412.6980) with betas (0.9, 0.999) and epsilon 1e-8, on all parameters `[S, P]` at once."""

    def __init__(self, parameters: Tensor, rates: ArrayLike) -> None:
        """For steps with these learning rates, of which none is left out."""
        self.mean = np.zeros(parameters.numel(), np.float32)
        self.square = np.zeros_like(self.mean)
        self.paces = _paces(np.asarray(rates, np.float64))

    def step(self, parameters: Tensor, gradient: Tensor, step: int) -> None:
        """Make the step of this number, counted from 0: update the parameters, in place."""
        if not parameters.numel() == gradient.numel() == self.mean.size:
            raise ValueError(
                f"{parameters.numel()} parameters with a gradient of {gradient.numel()}: this optimizer moves "
                f"{self.mean.size}, for example those that it was made for"
            )
        values, gradients = (tensor.view(-1).numpy() for tensor in (parameters, gradient))  # never a copy
        adam_step(values, gradients, self.mean, self.square, *self.paces[step])


def _paces(rates: NDArray[np.float64]) -> NDArray[np.float32]:
    """The rate and the epsilon of each step `[steps, 2]`, with which `adam_step` makes it."""
    slow, fast = (1 - whole_powers(beta, len(rates) + 1)[1:] for beta in (0.999, 0.9))
    # m / (sqrt(v) / c + epsilon) as c m / (sqrt(v) + c epsilon), which saves a division of every parameter.
    c = np.sqrt(slow)
    return np.stack([rates * c / fast, 1e-8 * c], axis=1).astype(np.float32)
