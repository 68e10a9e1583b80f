"""The plain layers, one for each seed side by side: affine maps and their activation, forward and backward.

What they pass on is `[S, C, B]`: seed, channel, row. With the rows last, a bias is a scalar times a run of numbers, and
the products are the shape that the matrix library is fastest at. Written out by hand, since autograd's bookkeeping
would cost as much as these small products; the tests hold the gradients against autograd's.

It is numpy that multiplies: it calls its matrix library once for each seed, so no product depends on what it is stacked
with, and that library can be pinned to AVX2 on every processor, while torch's (MKL) can be only to half its speed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from excolor.kernels import Floats, gelu, gelu_with_slope, relu, relu_with_slope


class Activation(NamedTuple):
    """A function of every number by itself: kernels for arrays `[N]`."""

    value: Callable[[Floats, Floats], None]
    """(x, y): write y."""
    value_with_slope: Callable[[Floats, Floats], None]
    """(x, y): write y, and dy/dx over x."""


ACTIVATIONS: Mapping[str, Activation] = {
    "gelu": Activation(gelu, gelu_with_slope),
    "relu": Activation(relu, relu_with_slope),
}
"""GELU in its exact form, x Phi(x); ReLU, max(x, 0)."""


@dataclass(frozen=True, eq=False)
class Affine:
    """y = W x + b, for every seed its own W `[S, out, in]` and b `[S, out]`."""

    weight: Tensor
    bias: Tensor

    @property
    def inputs(self) -> int:
        return self.weight.shape[-1]

    @property
    def outputs(self) -> int:
        return self.weight.shape[-2]


class Stack:
    """Affine layers with an activation between each two, and room for what one batch makes of them.

    The room is made once, so that a step allocates nothing here, and numpy's view of it too: making the views would
    take as long as the products.
    """

    def __init__(
        self, layers: Sequence[Affine], seeds: int, rows: int, activation: Activation = ACTIVATIONS["gelu"]
    ) -> None:
        self._activate = activation.value
        self.inputs = [torch.empty(seeds, layer.inputs, rows) for layer in layers]
        self.affine = [torch.empty(seeds, layer.outputs, rows) for layer in layers]
        self._biases = [layer.bias.unsqueeze(-1) for layer in layers]
        self._products = [
            (layer.weight.numpy(), x.numpy(), y.numpy())
            for layer, x, y in zip(layers, self.inputs, self.affine, strict=True)
        ]
        self._activated = [
            (affine.numpy().ravel(), inputs.numpy().ravel())
            for affine, inputs in zip(self.affine[:-1], self.inputs[1:], strict=True)
        ]

    def forward(self, x: Tensor) -> Tensor:
        """y `[S, out, B]` of x `[S, in, B]`, or `[in, B]` for all seeds alike; it is overwritten by the next call."""
        self.inputs[0].copy_(x)
        for i, (weight, inputs, outputs) in enumerate(self._products):
            if i > 0:
                self._activate(*self._activated[i - 1])
            np.matmul(weight, inputs, out=outputs)
            self.affine[i].add_(self._biases[i])
        return self.affine[-1]


class TrainedStack(Stack):
    """A Stack that goes backward too, into `gradients`, which are shaped like its layers."""

    def __init__(
        self,
        layers: Sequence[Affine],
        gradients: Sequence[Affine],
        seeds: int,
        rows: int,
        activation: Activation = ACTIVATIONS["gelu"],
    ) -> None:
        super().__init__(layers, seeds, rows, activation)
        self._activate = activation.value_with_slope
        self.slopes = [torch.empty_like(x) for x in [*self.inputs, self.affine[-1]]]
        """dL/d of each layer's inputs, and of the outputs of the last."""
        self._sums = [gradient.bias for gradient in gradients]
        slopes = [slope.numpy() for slope in self.slopes]
        self._to_weights = [
            (slope, x.mT.numpy(), gradient.weight.numpy())
            for slope, x, gradient in zip(slopes[1:], self.inputs, gradients, strict=True)
        ]
        self._to_inputs = [
            (layer.weight.mT.numpy(), slope, below)
            for layer, slope, below in zip(layers, slopes[1:], slopes[:-1], strict=True)
        ]

    def backward(self, slope: Tensor, to_inputs: bool = True) -> Tensor:
        """From dL/dy `[S, out, B]` at the last `forward` write every layer's gradient.

        Returns:
            dL/dx `[S, in, B]`, overwritten by the next call; not worth a product if no one asks for it.
        """
        self.slopes[-1].copy_(slope)
        for i in reversed(range(len(self.inputs))):
            np.matmul(self._to_weights[i][0], self._to_weights[i][1], out=self._to_weights[i][2])
            torch.sum(self.slopes[i + 1], -1, out=self._sums[i])
            if i > 0 or to_inputs:
                np.matmul(self._to_inputs[i][0], self._to_inputs[i][1], out=self._to_inputs[i][2])
            if i > 0:
                self.slopes[i].mul_(self.affine[i - 1])  # which holds the slope of the activation since `forward`
        return self.slopes[0]
