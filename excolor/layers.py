"""The plain layers, one for each seed side by side: affine maps and exact GELUs, forward and backward.

Activations are `[S, C, B]`: seed, channel, row. With the rows last, a bias is a scalar times a run of numbers, and
the products are the shape that the matrix library is fastest at. Written out by hand, since autograd's bookkeeping
would cost as much as these small products; the tests hold the gradients against autograd's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from excolor.arithmetic import multiply

GELU = torch.ops.aten.gelu
GELU_BACKWARD = torch.ops.aten.gelu_backward


@dataclass(frozen=True, eq=False)
class Affine:
    """y = W x + b, for every seed its own W `[S, out, in]` and b `[S, out]`."""

    weight: Tensor
    bias: Tensor

    def forward(self, x: Tensor, out: Tensor) -> None:
        """x `[S, in, B]`, or `[in, B]` for all seeds alike; out `[S, out, B]`."""
        multiply(self.weight, x, out)
        out.add_(self.bias.unsqueeze(-1))

    def backward(self, x: Tensor, slope: Tensor, gradient: "Affine") -> None:
        """From dL/dy, here `slope`, write dL/dW and dL/db into `gradient`."""
        multiply(slope, x.mT, gradient.weight)
        torch.sum(slope, -1, out=gradient.bias)

    def pull_back(self, slope: Tensor, out: Tensor) -> None:
        """From dL/dy write dL/dx into `out`."""
        multiply(self.weight.mT, slope, out)

    @property
    def inputs(self) -> int:
        return self.weight.shape[-1]

    @property
    def outputs(self) -> int:
        return self.weight.shape[-2]


class Stack:
    """Affine layers with a GELU between each two, and room for the activations of one batch.

    The room is made once, so that a training step allocates nothing here.
    """

    def __init__(self, layers: Sequence[Affine], seeds: int, rows: int) -> None:
        self.layers = tuple(layers)
        outputs = [layer.outputs for layer in layers]
        self.affine = [torch.empty(seeds, width, rows) for width in outputs]
        self.active = [torch.empty(seeds, width, rows) for width in outputs[:-1]]
        self.slopes = [torch.empty(seeds, width, rows) for width in outputs[:-1]]

    def forward(self, x: Tensor) -> Tensor:
        """y `[S, out, B]` of x `[S, in, B]`; it is overwritten by the next call."""
        self.inputs = [x, *self.active]
        for i, layer in enumerate(self.layers):
            layer.forward(self.inputs[i], self.affine[i])
            if i < len(self.active):
                GELU(self.affine[i], out=self.active[i])
        return self.affine[-1]

    def backward(self, slope: Tensor, gradients: Sequence[Affine], out: Tensor | None = None) -> None:
        """From dL/dy at the last `forward` write every layer's gradient, and dL/dx into `out`."""
        for i in reversed(range(len(self.layers))):
            self.layers[i].backward(self.inputs[i], slope, gradients[i])
            if i > 0:
                self.layers[i].pull_back(slope, self.slopes[i - 1])
                slope = self.slopes[i - 1]
                GELU_BACKWARD(slope, self.affine[i - 1], grad_input=slope)
            elif out is not None:
                self.layers[0].pull_back(slope, out)
