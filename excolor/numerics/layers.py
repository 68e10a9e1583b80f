"""The layers of many models side by side, one model for each seed: affine maps and activations, with their gradients.

Activations are `[S, C, B]`: seed, channel, row. With the rows last, a bias is one number for a whole run of numbers.
The gradients are written out by hand, since autograd's bookkeeping would cost more than these small products. The tests
compare them with autograd's.

One seed goes through all of the layers before the next does. So its activations stay in the processor's cache, and no
seed's result depends on the seeds that it is stacked with.
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
from excolor.numerics.given import is_real_tensor, shown
from excolor.numerics.matmul import product, product_over_rows

ACTIVATIONS: Mapping[str, bool] = {"gelu": False, "relu": True}
"""Whether each activation sets negative numbers to 0: the exact GELU, x Phi(x), does not; ReLU, max(x, 0), does."""


class LayerError(ValueError):
    """Weights, inputs or gradients of another shape than kernels read and write: they would go past the end."""


@dataclass(frozen=True, eq=False)
class Affine:
    """An affine layer y = W x + b of every seed, with W `[S, out, in]` and b `[S, out]`."""

    weight: Tensor
    bias: Tensor

    def __post_init__(self) -> None:
        if not is_real_tensor(self.weight) or not is_real_tensor(self.bias):
            raise LayerError(
                f"a layer of {shown(self.weight)} and {shown(self.bias)}: they must be tensors of "
                "floating point numbers, for example torch.zeros(8, 5, 16) and torch.zeros(8, 5)"
            )
        if self.weight.ndim != 3 or self.bias.shape != self.weight.shape[:2]:
            raise LayerError(
                f"a layer with weights {tuple(self.weight.shape)} and biases {tuple(self.bias.shape)}: they must be "
                "[S, out, in] and [S, out], for example (8, 5, 16) and (8, 5)"
            )

    @property
    def inputs(self) -> int:
        return self.weight.shape[-1]

    @property
    def outputs(self) -> int:
        return self.weight.shape[-2]


def joined(layers: Sequence[Affine]) -> Tensor:
    """Join the layers' parameters in one array `[S, P]`: of each layer the weight, output by output, then the bias."""
    return torch.cat([part.flatten(1) for layer in layers for part in (layer.weight, layer.bias)], dim=1)


class Layers(NamedTuple):
    """The parameters of all models, and which of them belong to the layers of one stack: `first` to `end`."""

    parameters: Floats
    """`[S, P]`."""
    first: int
    end: int
    widths: NDArray[np.int64]
    """The number of channels of the stack's inputs, of each hidden layer, and of its outputs."""
    rectify: bool
    """Whether the activation is ReLU, which sets negative numbers to 0; else it is GELU."""


class HiddenResults(NamedTuple):
    """The hidden layers' results for one batch, end to end `[S, N]`; `[1, N]` if each seed overwrites the last."""

    outputs: Floats
    derivatives: Floats
    """dy/dx of the activations, if a gradient is to be computed."""


class Backward(NamedTuple):
    """The gradient of the loss in the parameters, and memory to compute it in."""

    gradient: Floats
    """dL/d parameters `[S, P]`."""
    spare: Floats
    """Memory for the gradients at two layers' outputs `[2, N]`."""
    no_bias: Floats
    """As many zeros as the widest layer has channels."""


class Stack:
    """Affine layers with an activation between each two, and memory for their results for one batch.

    The memory is allocated once, and no step allocates any here.
    """

    _goes_back = False

    def __init__(
        self, parameters: Tensor, widths: Sequence[int], rows: int, activation: str = "gelu", first: int = 0
    ) -> None:
        """Set up layers of these widths, from the stack's inputs to its outputs.

        Their weights and biases stand among the parameters `[S, P]` as `joined` lays them out, from number `first` on.
        """
        end = first + sum((inputs + 1) * outputs for inputs, outputs in pairwise(widths))
        if len(widths) < 2 or min(widths) < 1 or rows < 1:
            raise LayerError(
                f"layers of the widths {list(widths)} for {rows} rows: there must be two widths or more, all of them "
                "and the rows 1 or above, for example [3, 16, 5] for 64"
            )
        if parameters.ndim != 2 or not 0 <= first <= end <= parameters.shape[1]:
            raise LayerError(
                f"parameters {tuple(parameters.shape)}: layers of the widths {list(widths)} take those from {first} to "
                f"{end} of each seed, for example {(len(parameters) if parameters.ndim else 1, end)}"
            )
        if activation not in ACTIVATIONS:
            raise LayerError(
                f"the activation {activation!r}: it is one of {', '.join(ACTIVATIONS)}, for example 'gelu'"
            )
        _check_memory("parameters", parameters.numpy())
        self._layers = Layers(parameters.numpy(), first, end, np.array(widths), ACTIVATIONS[activation])
        seeds, hidden = len(parameters), sum(widths[1:-1])
        kept = seeds if self._goes_back else 1
        self._results = HiddenResults(room(kept, hidden * rows), room(kept, hidden * rows))
        self._takes = (widths[0], rows)
        self.outputs = room(seeds, widths[-1], rows)

    @classmethod
    def of(cls, layers: Sequence[Affine], rows: int, activation: str = "gelu") -> "Stack":
        """Make a stack of copies of these layers: later changes of their weights do not matter."""
        for below, above in pairwise(layers):
            if below.outputs != above.inputs or len(below.weight) != len(above.weight):
                raise LayerError(
                    f"a layer with weights {tuple(below.weight.shape)} under one with {tuple(above.weight.shape)}: the "
                    "outputs of one are the inputs of the next, for example (8, 16, 3) under (8, 5, 16)"
                )
        return cls(joined(layers), [layers[0].inputs, *(layer.outputs for layer in layers)], rows, activation)

    def forward(self, x: Floats) -> Floats:
        """y `[S, out, B]` of x `[S, in, B]`; the next call overwrites y.

        Of fewer x, such as one for all seeds alike, or one for each seed of several conditions, the first follows the
        last again: S must be a multiple of their number.
        """
        self._check(x)
        _forward_all(self._layers, self._goes_back, x, self._results, self.outputs)
        return self.outputs

    def _check(self, x: Floats) -> None:
        _check_recurring("inputs", x, (len(self.outputs), *self._takes))


class TrainedStack(Stack):
    """A Stack that also computes the gradient of the loss in its parameters, laid out as they are."""

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
        _check_shape("a gradient", gradient.numpy(), tuple(parameters.shape))
        self._back = Backward(gradient.numpy(), room(2, max(widths) * rows), np.zeros(max(widths), np.float32))
        self._one = HiddenResults(*(of_all[:1] for of_all in self._results))
        self._last = room(1, widths[-1], rows), room(1, widths[-1], rows)
        self.to_inputs = room(len(parameters), widths[0], rows)

    def backward(self, x: Floats, to_y: Floats) -> None:
        """Write the gradient of the layers from dL/dy `[S, out, B]`, after `forward` of the same x."""
        self._check(x)
        _check_shape("gradients of the outputs", to_y, self.outputs.shape)
        _backward_all(self._layers, x, self._results, to_y, self._back)

    def learn(self, x: Floats, truth: Floats, squash: bool, losses: Floats) -> Floats:
        """Compute the mean squared error against the truth `[S, out, B]`, or fewer as in `forward`, and its gradient.

        Args:
            x: `[S, in, B]`.
            squash: whether the outputs pass through a sigmoid first.
            losses: `[S]`; the mean squared error of each seed is written here.

        Returns:
            dL/dx `[S, in, B]`, overwritten by the next call.
        """
        self._check(x)
        seeds = len(self.outputs)
        _check_shape("inputs to learn from", x, (seeds, *self._takes))
        _check_recurring("a truth", truth, self.outputs.shape)
        _check_shape("losses", losses, (seeds,))
        _learn_all(self._layers, x, truth, squash, losses, self._one, *self._last, self._back, self.to_inputs)
        return self.to_inputs


def _check_recurring(what: str, given: Floats, shape: tuple[int, ...]) -> None:
    """Refuse inputs of another shape, with which the kernels would read and write past the end of an array."""
    if given.shape[1:] != shape[1:] or len(given) == 0 or shape[0] % len(given):
        raise LayerError(
            f"{what} of shape {given.shape}: these layers take {shape}, or {(1, *shape[1:])} for all seeds alike"
        )
    _check_memory(what, given)


def _check_shape(what: str, given: Floats, shape: tuple[int, ...]) -> None:
    if given.shape != shape:
        raise LayerError(f"{what} of shape {given.shape}: these layers take, for example, {shape}")
    _check_memory(what, given)


def _check_memory(what: str, given: Floats) -> None:
    if given.dtype != np.float32 or not given.flags.c_contiguous:
        raise LayerError(
            f"{what} of {given.dtype}{'' if given.flags.c_contiguous else ', not side by side in memory'}: kernels "
            "take float32 that is, for example np.ascontiguousarray(x, np.float32)"
        )


def room(*shape: int) -> Floats:
    """Allocate an array of arbitrary numbers, aligned for the processor's fastest reads as numpy's need not be."""
    unwritten: Floats = torch.empty(shape).numpy()
    return unwritten


@compiled
def _own(of_all: Any, s: Any) -> Any:
    """Seed s's part of an array, as one run of numbers; of fewer parts than seeds, the first follows the last again."""
    return of_all[s % len(of_all)].reshape(-1)


@compiled
def _forward(layers: Any, s: Any, goes_back: bool, x: Any, results: Any, outputs: Any) -> None:
    """Compute one seed's outputs.

    Derivatives are computed only if `goes_back`, since they take a quarter of the GELU's time.
    """
    p, widths = layers.parameters[s, layers.first : layers.end], layers.widths
    at_s = min(s, len(results.outputs) - 1)
    hidden, derivatives = results.outputs[at_s], results.derivatives[at_s]
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
def _backward(layers: Any, s: Any, x: Any, results: Any, to_y: Any, back: Any, to_x: Any) -> None:
    """Compute one seed's gradient from dL/dy, and dL/dx unless `to_x` is empty."""
    p, widths = layers.parameters[s, layers.first : layers.end], layers.widths
    to_p = back.gradient[s, layers.first : layers.end]
    at_s, from_x = min(s, len(results.outputs) - 1), _own(x, s)
    hidden, derivatives = results.outputs[at_s], results.derivatives[at_s]
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
def _forward_all(layers: Any, goes_back: bool, x: Any, results: Any, outputs: Any) -> None:
    for s in range(len(outputs)):
        _forward(layers, s, goes_back, x, results, outputs)


@compiled
def _backward_all(layers: Any, x: Any, results: Any, to_y: Any, back: Any) -> None:
    for s in range(len(to_y)):
        _backward(layers, s, x, results, to_y, back, to_y[:0])


@compiled
def _learn_all(
    layers: Any,
    x: Any,
    truth: Any,
    squash: bool,
    losses: Any,
    results: Any,
    outputs: Any,
    to_outputs: Any,
    back: Any,
    to_x: Any,
) -> None:
    """Compute losses and gradients seed by seed; each seed overwrites the results of the one before in memory."""
    y, to_y = outputs.reshape(-1), to_outputs.reshape(-1)
    for s in range(len(x)):
        _forward(layers, s, True, x, results, outputs)
        if squash:
            sigmoid(y)
        losses[s] = squared_error(y, _own(truth, s), to_y)
        if squash:
            for n in range(y.size):
                to_y[n] *= y[n] * (ONE - y[n])
        _backward(layers, s, x, results, to_outputs, back, to_x)
