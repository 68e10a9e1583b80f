"""The plain layers, one for each seed side by side: affine maps and their activation, forward and backward.

What they pass on is `[S, C, B]`: seed, channel, row. With the rows last, a bias is a scalar times a run of numbers.
Written out by hand, since autograd's bookkeeping would cost more than these small products; the tests hold the
gradients against autograd's.

One seed goes through all of the layers before the next does, so that what they pass on stays near the processor; and so
no seed's result depends on what it is stacked with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import Tensor

from excolor.numerics.compiling import compiled
from excolor.numerics.elementwise import ONE, Floats, gelu, gelu_with_slope, relu_with_slope, sigmoid, squared_error
from excolor.numerics.matmul import product, product_over_rows

ACTIVATIONS: Mapping[str, bool] = {"gelu": False, "relu": True}
"""GELU in its exact form, x Phi(x), and ReLU, max(x, 0): by what the kernels ask, whether negative numbers become 0."""


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


def joined(layers: Sequence[Affine]) -> Tensor:
    """`[S, P]`: layer by layer the weight, output by output, and then the bias."""
    return torch.cat([part.flatten(1) for layer in layers for part in (layer.weight, layer.bias)], dim=1)


class Stack:
    """Affine layers with an activation between each two, and room for what one batch makes of them.

    The room is made once, so that a step allocates nothing here.
    """

    _goes_back = False

    def __init__(
        self, parameters: Tensor, widths: Sequence[int], rows: int, activation: str = "gelu", first: int = 0
    ) -> None:
        """Layers of these widths, from a stack's inputs to its outputs.

        Their weights and biases are laid out as by `joined`, from the `first` of the parameters `[S, P]` on.
        """
        self._layers = (
            parameters.numpy(),
            (first, first + sum((inputs + 1) * outputs for inputs, outputs in pairwise(widths))),
            np.array(widths),
            ACTIVATIONS[activation],
        )
        seeds, hidden = len(parameters), sum(widths[1:-1])
        self._between = room(seeds, hidden * rows), room(seeds, hidden * rows)
        self._takes = (widths[0], rows)
        self.outputs = room(seeds, widths[-1], rows)

    @classmethod
    def of(cls, layers: Sequence[Affine], rows: int, activation: str = "gelu") -> "Stack":
        """Layers as they are now: what is done to their weights later does not matter."""
        return cls(joined(layers), [layers[0].inputs, *(layer.outputs for layer in layers)], rows, activation)

    def forward(self, x: Floats) -> Floats:
        """y `[S, out, B]` of x `[S, in, B]`, or `[1, in, B]` for all seeds alike; the next call overwrites it."""
        self._check(x)
        _forward_all(self._layers, self._goes_back, x, self._between, self.outputs)
        return self.outputs

    def _check(self, x: Floats) -> None:
        """The kernels would read, and write, past the end."""
        if x.shape[1:] != self._takes or len(x) not in (1, len(self.outputs)):
            raise ValueError(
                f"inputs of shape {x.shape}: these layers take {(len(self.outputs), *self._takes)}, "
                f"or {(1, *self._takes)} for all seeds alike"
            )


class TrainedStack(Stack):
    """A Stack that goes backward too, into a gradient laid out like its parameters."""

    _goes_back = True

    def __init__(
        self,
        parameters: Tensor,
        gradient: Tensor,
        widths: Sequence[int],
        rows: int,
        activation: str = "gelu",
        first: int = 0,
    ) -> None:
        super().__init__(parameters, widths, rows, activation, first)
        self._back = gradient.numpy(), room(2, max(widths) * rows), np.zeros(max(widths), np.float32)
        self._one = tuple(of_all[0] for of_all in self._between)
        self._last = room(widths[-1] * rows), room(widths[-1] * rows)
        self.to_inputs = room(len(parameters), widths[0], rows)

    def backward(self, x: Floats, slope: Floats) -> None:
        """From dL/dy `[S, out, B]`, after `forward` of x, write the gradient of the layers."""
        self._check(x)
        _backward_all(self._layers, x, self._between, slope, *self._back)

    def learn(self, x: Floats, truth: Floats, squash: bool, losses: Floats) -> Floats:
        """Forward, the error against the truth `[S, out, B]`, and backward.

        Args:
            x: `[S, in, B]`.
            squash: whether the outputs pass through a sigmoid first.
            losses: the mean of the squared errors is written there, `[S]`.

        Returns:
            dL/dx `[S, in, B]`, overwritten by the next call.
        """
        self._check(x)
        _learn_all(self._layers, x, truth, squash, losses, self._one, self._last, self._back, self.to_inputs)
        return self.to_inputs


def room(*shape: int) -> Floats:
    """Unwritten memory that begins where the processor reads fastest, which numpy's need not."""
    unwritten: Floats = torch.empty(shape).numpy()
    return unwritten


@compiled
def _forward(p: Any, widths: Any, rectify: bool, backward: bool, x: Any, hidden: Any, slopes: Any, y: Any) -> None:
    """One seed's y, all given flat; what hidden layers pass on lies end to end.

    So do the slopes of their activations, if the way backward is to be gone, for a quarter of the GELU's time.
    """
    rows = x.size // widths[0]
    source, at, done = x, 0, 0
    for i in range(len(widths) - 1):
        inputs, outputs = widths[i], widths[i + 1]
        bias, end = at + inputs * outputs, at + (inputs + 1) * outputs
        weight = p[at:bias].reshape(outputs, inputs)
        if i == len(widths) - 2:
            product(weight, p[bias:end], source, y)
        else:
            here = slice(done, done + outputs * rows)
            product(weight, p[bias:end], source, slopes[here])
            source = hidden[here]
            if rectify:
                relu_with_slope(slopes[here], source)
            elif backward:
                gelu_with_slope(slopes[here], source)
            else:
                gelu(slopes[here], source)
            done += outputs * rows
        at = end


@compiled
def _backward(
    p: Any, widths: Any, x: Any, hidden: Any, slopes: Any, to_y: Any, to_p: Any, to_x: Any, spare: Any, nothing: Any
) -> None:
    """One seed's gradient, and dL/dx if there is room for it; `spare` has room for two layers' slopes."""
    rows = x.size // widths[0]
    slope, end, done = to_y, p.size, hidden.size
    for i in range(len(widths) - 2, -1, -1):
        inputs, outputs = widths[i], widths[i + 1]
        at, bias = end - (inputs + 1) * outputs, end - outputs
        weight = p[at:bias].reshape(outputs, inputs)
        below = slice(done - inputs * rows, done)
        source = hidden[below] if i > 0 else x
        product_over_rows(slope, source, to_p[at:bias].reshape(outputs, inputs), to_p[bias:end])
        if i > 0:
            to_source = spare[i % 2, : inputs * rows]
            product(weight.T, nothing, slope, to_source)
            through = slopes[below]
            for n in range(to_source.size):
                to_source[n] *= through[n]
            slope = to_source
        elif to_x.size > 0:
            product(weight.T, nothing, slope, to_x)
        end, done = at, done - inputs * rows


@compiled
def _forward_all(layers: Any, backward: bool, x: Any, between: Any, y: Any) -> None:
    (parameters, own, widths, rectify), (hidden, slopes) = layers, between
    for s in range(len(y)):
        p, from_x = parameters[s, own[0] : own[1]], x[min(s, len(x) - 1)].reshape(-1)
        _forward(p, widths, rectify, backward, from_x, hidden[s], slopes[s], y[s].reshape(-1))


@compiled
def _backward_all(layers: Any, x: Any, between: Any, to_y: Any, gradient: Any, spare: Any, nothing: Any) -> None:
    (parameters, own, widths, _), (hidden, slopes) = layers, between
    for s in range(len(to_y)):
        p, to_p = parameters[s, own[0] : own[1]], gradient[s, own[0] : own[1]]
        from_x = x[min(s, len(x) - 1)].reshape(-1)
        _backward(p, widths, from_x, hidden[s], slopes[s], to_y[s].reshape(-1), to_p, nothing[:0], spare, nothing)


@compiled
def _learn_all(
    layers: Any, x: Any, truth: Any, squash: bool, losses: Any, between: Any, last: Any, back: Any, to_x: Any
) -> None:
    """What lies between forward and backward is one seed's at a time, and written over by the next."""
    (parameters, own, widths, rectify), (hidden, slopes), (y, to_y) = layers, between, last
    gradient, spare, nothing = back
    for s in range(len(x)):
        p, to_p, from_x = parameters[s, own[0] : own[1]], gradient[s, own[0] : own[1]], x[s].reshape(-1)
        _forward(p, widths, rectify, True, from_x, hidden, slopes, y)
        if squash:
            sigmoid(y)
        losses[s] = squared_error(y, truth[s].reshape(-1), to_y)
        if squash:
            for n in range(y.size):
                to_y[n] *= y[n] * (ONE - y[n])
        _backward(p, widths, from_x, hidden, slopes, to_y, to_p, to_x[s].reshape(-1), spare, nothing)
