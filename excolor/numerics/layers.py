"""The layers of many models side by side, one model for each seed: affine maps and activations, with their gradients.

Activations are `[S, C, B]`: seed, channel, row. With the rows last, a bias is one number for a whole run of numbers.
The gradients are written out by hand, since autograd's bookkeeping would cost more than these small products. The tests
compare them with autograd's.

One seed goes through all of the layers before the next does. So its activations stay in the processor's cache, and no
seed's result depends on the seeds that it is stacked with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from excolor.numerics.compiling import in_place
from excolor.numerics.elementwise import (
    ONE,
    Floats,
    gelu_with_derivative,
    relu_with_derivative,
    sigmoid,
    squared_error,
)
from excolor.numerics.gelu import gelu
from excolor.numerics.given import is_real_tensor, shown
from excolor.numerics.matmul import BEGINNING, NEXT, product, product_over_rows

if TYPE_CHECKING:
    from torch import Tensor

ACTIVATIONS: Mapping[str, bool] = {"gelu": False, "relu": True}
"""Whether each activation sets negative numbers to 0: the exact GELU, x Phi(x), does not; ReLU, max(x, 0), does."""

GOES_BACK = np.bool_(True)
"""For calls of `forward`, of which numba would compile one more for a `True` that is written out."""


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
    import torch  # here, since it takes long to load

    return torch.cat([part.flatten(1) for layer in layers for part in (layer.weight, layer.bias)], dim=1)


class Layers(NamedTuple):
    """The parameters of all models, and which of them belong to the layers of one stack: `first` to `end`."""

    parameters: Floats
    """`[S, P]`, flat."""
    each: int
    """P."""
    first: int
    end: int
    widths: NDArray[np.int64]
    """The number of channels of the stack's inputs, of each hidden layer, and of its outputs."""
    rows: int
    rectify: bool
    """Whether the activation is ReLU, which sets negative numbers to 0; else it is GELU."""


class HiddenResults(NamedTuple):
    """The hidden layers' results for a batch, end to end `[S, N]`, flat; `[1, N]` if each seed overwrites the last."""

    outputs: Floats
    derivatives: Floats
    """dy/dx of the activations, if a gradient is to be computed."""
    each: int
    """N."""


class Backward(NamedTuple):
    """The gradient of the loss in the parameters, and memory to compute it in."""

    gradient: Floats
    """dL/d parameters `[S, P]`, flat."""
    spare: Floats
    """Memory for the gradients at two layers' outputs `[2, N]`, flat."""
    no_bias: Floats
    """As many zeros as the widest layer has channels."""


class ForOne(NamedTuple):
    """Memory for one seed's results, which the next seed overwrites."""

    hidden: HiddenResults
    outputs: Floats
    """`[out * B]`, flat."""
    to_outputs: Floats
    """dL/dy, flat."""
    back: Backward


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
        seeds, each = parameters.shape
        flat, rectify = parameters.numpy().reshape(-1), ACTIVATIONS[activation]
        self.layers = Layers(flat, each, first, end, np.array(widths), rows, rectify)
        hidden = sum(widths[1:-1]) * rows
        kept = seeds if self._goes_back else 1
        self._results = HiddenResults(room(kept * hidden), room(kept * hidden), hidden)
        self._takes = (widths[0], rows)
        self.outputs = room(seeds, widths[-1], rows)

    @classmethod
    def of(cls, layers: Sequence[Affine], rows: int, activation: str = "gelu") -> Stack:
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
        _forward_all(self.layers, self._goes_back, x, self._results, self.outputs)
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
        spare, no_bias = room(2 * max(widths) * rows), np.zeros(max(widths), np.float32)
        self._back = Backward(gradient.numpy().reshape(-1), spare, no_bias)
        outputs, derivatives, each = self._results
        hidden = HiddenResults(outputs[:each], derivatives[:each], each)
        self.for_one = ForOne(hidden, room(widths[-1] * rows), room(widths[-1] * rows), self._back)
        self.to_inputs = room(len(parameters), widths[0], rows)

    def backward(self, x: Floats, to_y: Floats) -> None:
        """Write the gradient of the layers from dL/dy `[S, out, B]`, after `forward` of the same x."""
        self._check(x)
        _check_shape("gradients of the outputs", to_y, self.outputs.shape)
        _backward_all(self.layers, x, self._results, to_y, self._back)

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
        _learn_all(self.layers, x, truth, squash, losses, self.for_one, self.to_inputs)
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


def room(*shape: int, kind: type = np.float32) -> Floats:
    """Allocate an array of arbitrary numbers, aligned for the processor's fastest reads as numpy's need not be."""
    import torch  # here, since it takes long to load

    unwritten: Floats = torch.empty(shape, dtype=torch.from_numpy(np.empty(0, kind)).dtype).numpy()
    return unwritten


@in_place
def _place(numbers: Any, s: Any, each: Any) -> Any:
    """Where seed s's part begins in a flat array of parts; of fewer parts than seeds, the first follows the last."""
    return s * each % max(numbers.size, 1)


@in_place
def forward(layers: Any, s: Any, goes_back: Any, x: Any, results: Any, outputs: Any) -> None:
    """Compute one seed's outputs. Inputs, results and outputs are flat.

    Derivatives are computed only if `goes_back`: without them the GELU takes half the time, and is the same but for its
    last digits.
    """
    p, widths, rows = layers.parameters, layers.widths, layers.rows
    last = len(widths) - 2
    at, to = s * layers.each + layers.first, _place(results.outputs, s, results.each)
    source, source_at = x, _place(x, s, widths[0] * rows)
    for i in range(last + 1):
        inputs, out = widths[i], widths[i + 1]
        shape, bias_at = (out, inputs, rows), at + inputs * out
        found, found_at = results.derivatives, to
        if i == last:
            found, found_at = outputs, _place(outputs, s, out * rows)
        product(shape, p, at, inputs, NEXT, p, bias_at, source, source_at, found, found_at)
        if i < last:
            here = slice(to, to + out * rows)
            if layers.rectify:
                relu_with_derivative(results.derivatives[here], results.outputs[here])
            elif goes_back:
                gelu_with_derivative(results.derivatives[here], results.outputs[here])
            else:
                gelu(results.derivatives[here], results.outputs[here])
            source, source_at = results.outputs, to
            to += out * rows
        at = bias_at + out


@in_place
def backward(layers: Any, s: Any, x: Any, results: Any, to_y: Any, back: Any, to_x: Any) -> None:
    """Compute one seed's gradient from dL/dy, and dL/dx unless `to_x` is empty. All but the widths are flat."""
    p, widths, rows = layers.parameters, layers.widths, layers.rows
    end, below = s * layers.each + layers.end, _place(results.outputs, s, results.each) + results.each
    to_outputs, to_outputs_at = to_y, _place(to_y, s, widths[-1] * rows)
    for i in range(len(widths) - 2, -1, -1):
        inputs, out = widths[i], widths[i + 1]
        at, bias_at = end - (inputs + 1) * out, end - out
        shape, turned = (out, inputs, rows), (inputs, out, rows)
        below -= inputs * rows
        source, source_at = (results.outputs, below) if i > 0 else (x, _place(x, s, inputs * rows))
        product_over_rows(shape, to_outputs, to_outputs_at, source, source_at, back.gradient, at, bias_at)
        to_source, to_source_at = (back.spare, i % 2 * (back.spare.size // 2)) if i > 0 else (to_x, source_at)
        if to_source.size > 0:
            product(
                turned, p, at, NEXT, inputs, back.no_bias, BEGINNING, to_outputs, to_outputs_at, to_source, to_source_at
            )
        if i > 0:
            there = to_source[to_source_at : to_source_at + inputs * rows]
            derivative = results.derivatives[below : below + inputs * rows]
            for n in range(there.size):
                there[n] *= derivative[n]
        to_outputs, to_outputs_at = to_source, to_source_at
        end = at


@in_place
def _forward_all(layers: Any, goes_back: bool, x: Any, results: Any, outputs: Any) -> None:
    for s in range(len(outputs)):
        forward(layers, s, goes_back, x.reshape(-1), results, outputs.reshape(-1))


@in_place
def _backward_all(layers: Any, x: Any, results: Any, to_y: Any, back: Any) -> None:
    flat = to_y.reshape(-1)
    for s in range(len(to_y)):
        backward(layers, s, x.reshape(-1), results, flat, back, flat[:0])


@in_place
def _learn_all(layers: Any, x: Any, truth: Any, squash: bool, losses: Any, for_one: Any, to_x: Any) -> None:
    """Compute losses and gradients seed by seed; each seed overwrites the results of the one before in memory."""
    for s in range(len(x)):
        losses[s] = learn(layers, s, x.reshape(-1), truth.reshape(-1), squash, for_one, to_x.reshape(-1))


@in_place
def learn(layers: Any, s: Any, x: Any, truth: Any, squash: bool, for_one: Any, to_x: Any) -> Any:
    """Compute one seed's gradient, and dL/dx; returns its mean squared error L. Inputs and truth are flat."""
    y, to_y = for_one.outputs, for_one.to_outputs
    forward(layers, s, GOES_BACK, x, for_one.hidden, y)
    if squash:
        sigmoid(y)
    at = _place(truth, s, y.size)
    loss = squared_error(y, truth[at : at + y.size], to_y)
    if squash:
        for n in range(y.size):
            to_y[n] *= y[n] * (ONE - y[n])
    backward(layers, s, x, for_one.hidden, to_y, for_one.back, to_x)
    return loss
