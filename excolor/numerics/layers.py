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
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from excolor.numerics.compiling import compiled
from excolor.numerics.elementwise import (
    ONE,
    Floats,
    gelu,
    gelu_with_derivative,
    relu_with_derivative,
    sigmoid,
    squared_error,
)
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


class Layers(NamedTuple):
    """All models' parameters, and where among them the layers of one stack stand."""

    parameters: Floats
    """`[S, P]`."""
    first: int
    end: int
    widths: NDArray[np.int64]
    """The channels from layer to layer, from a stack's inputs to its outputs."""
    rectify: bool
    """Whether the activation puts negative numbers to 0, as ReLU, or is the GELU."""


class Passage(NamedTuple):
    """What hidden layers make of one batch, end to end `[S, N]`; `[1, N]` if one seed's is written over another's."""

    hidden: Floats
    """What they pass on."""
    derivatives: Floats
    """Those of their activations, if the way backward is to be gone."""


class WayBack(NamedTuple):
    """Where the gradient goes, and room to find it."""

    gradient: Floats
    """Of all parameters `[S, P]`."""
    spare: Floats
    """Room for the gradients at two layers' outputs `[2, N]`."""
    no_bias: Floats
    """As many zeros as the widest layer has channels."""


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
        end = first + sum((inputs + 1) * outputs for inputs, outputs in pairwise(widths))
        self._layers = Layers(parameters.numpy(), first, end, np.array(widths), ACTIVATIONS[activation])
        seeds, hidden = len(parameters), sum(widths[1:-1])
        self._passage = Passage(room(seeds, hidden * rows), room(seeds, hidden * rows))
        self._takes = (widths[0], rows)
        self.outputs = room(seeds, widths[-1], rows)

    @classmethod
    def of(cls, layers: Sequence[Affine], rows: int, activation: str = "gelu") -> "Stack":
        """Layers as they are now: what is done to their weights later does not matter."""
        return cls(joined(layers), [layers[0].inputs, *(layer.outputs for layer in layers)], rows, activation)

    def forward(self, x: Floats) -> Floats:
        """y `[S, out, B]` of x `[S, in, B]`, or `[1, in, B]` for all seeds alike; the next call overwrites it."""
        self._check(x)
        _forward_all(self._layers, self._goes_back, x, self._passage, self.outputs)
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
        self._back = WayBack(gradient.numpy(), room(2, max(widths) * rows), np.zeros(max(widths), np.float32))
        self._one = Passage(*(of_all[:1] for of_all in self._passage))
        self._last = room(1, widths[-1], rows), room(1, widths[-1], rows)
        self.to_inputs = room(len(parameters), widths[0], rows)

    def backward(self, x: Floats, to_y: Floats) -> None:
        """From dL/dy `[S, out, B]`, after `forward` of x, write the gradient of the layers."""
        self._check(x)
        _backward_all(self._layers, x, self._passage, to_y, self._back)

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
        _learn_all(self._layers, x, truth, squash, losses, self._one, *self._last, self._back, self.to_inputs)
        return self.to_inputs


def room(*shape: int) -> Floats:
    """Unwritten memory that begins where the processor reads fastest, which numpy's need not."""
    unwritten: Floats = torch.empty(shape).numpy()
    return unwritten


@compiled
def _own(of_all: Any, s: Any) -> Any:
    """What is seed s's, or the one for all seeds alike, as one run of numbers."""
    return of_all[min(s, len(of_all) - 1)].reshape(-1)


@compiled
def _forward(layers: Any, s: Any, goes_back: bool, x: Any, passage: Any, outputs: Any) -> None:
    """One seed's outputs. Derivatives are found only for the way back, since they take a quarter of the GELU's time."""
    p, widths = layers.parameters[s, layers.first : layers.end], layers.widths
    at_s = min(s, len(passage.hidden) - 1)
    hidden, derivatives = passage.hidden[at_s], passage.derivatives[at_s]
    source, at, done = _own(x, s), 0, 0
    rows = source.size // widths[0]
    for i in range(len(widths) - 1):
        inputs, out = widths[i], widths[i + 1]
        bias, end = at + inputs * out, at + (inputs + 1) * out
        weight = p[at:bias].reshape(out, inputs)
        if i == len(widths) - 2:
            product(weight, p[bias:end], source, _own(outputs, s))
        else:
            here = slice(done, done + out * rows)
            product(weight, p[bias:end], source, derivatives[here])
            source = hidden[here]
            if layers.rectify:
                relu_with_derivative(derivatives[here], source)
            elif goes_back:
                gelu_with_derivative(derivatives[here], source)
            else:
                gelu(derivatives[here], source)
            done += out * rows
        at = end


@compiled
def _backward(layers: Any, s: Any, x: Any, passage: Any, to_y: Any, back: Any, to_x: Any) -> None:
    """One seed's gradient from dL/dy, and dL/dx if there is room for it."""
    p, widths = layers.parameters[s, layers.first : layers.end], layers.widths
    to_p = back.gradient[s, layers.first : layers.end]
    at_s, from_x = min(s, len(passage.hidden) - 1), _own(x, s)
    hidden, derivatives = passage.hidden[at_s], passage.derivatives[at_s]
    rows = from_x.size // widths[0]
    to_outputs, end, done = _own(to_y, s), p.size, hidden.size
    for i in range(len(widths) - 2, -1, -1):
        inputs, out = widths[i], widths[i + 1]
        at, bias = end - (inputs + 1) * out, end - out
        weight = p[at:bias].reshape(out, inputs)
        below = slice(done - inputs * rows, done)
        source = hidden[below] if i > 0 else from_x
        product_over_rows(to_outputs, source, to_p[at:bias].reshape(out, inputs), to_p[bias:end])
        if i > 0:
            to_source = back.spare[i % 2, : inputs * rows]
            product(weight.T, back.no_bias, to_outputs, to_source)
            derivative = derivatives[below]
            for n in range(to_source.size):
                to_source[n] *= derivative[n]
            to_outputs = to_source
        elif len(to_x) > 0:
            product(weight.T, back.no_bias, to_outputs, _own(to_x, s))
        end, done = at, done - inputs * rows


@compiled
def _forward_all(layers: Any, goes_back: bool, x: Any, passage: Any, outputs: Any) -> None:
    for s in range(len(outputs)):
        _forward(layers, s, goes_back, x, passage, outputs)


@compiled
def _backward_all(layers: Any, x: Any, passage: Any, to_y: Any, back: Any) -> None:
    for s in range(len(to_y)):
        _backward(layers, s, x, passage, to_y, back, to_y[:0])


@compiled
def _learn_all(
    layers: Any,
    x: Any,
    truth: Any,
    squash: bool,
    losses: Any,
    passage: Any,
    outputs: Any,
    to_outputs: Any,
    back: Any,
    to_x: Any,
) -> None:
    """What lies between forward and backward is one seed's at a time, and written over by the next."""
    y, to_y = outputs.reshape(-1), to_outputs.reshape(-1)
    for s in range(len(x)):
        _forward(layers, s, True, x, passage, outputs)
        if squash:
            sigmoid(y)
        losses[s] = squared_error(y, truth[s].reshape(-1), to_y)
        if squash:
            for n in range(y.size):
                to_y[n] *= y[n] * (ONE - y[n])
        _backward(layers, s, x, passage, to_outputs, back, to_x)
