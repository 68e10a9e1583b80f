"""Architectures of autoencoders: the sizes of the layers, the activation, the normalization and the output.

    color -> encoder -> unit normalization -> decoder -> color
                 ("encoder" layer)   ("bottleneck" layer)

Encoder and decoder are affine layers with an exact GELU between each two. The output is linear; it is
clamped to [0, 1] in evaluation, but not in training. The earliest experiments have another Form: their
output is a sigmoid, and latents are not normalized, so that both layers are one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from excolor.numerics.fields import Fielded
from excolor.numerics.layers import ACTIVATIONS

CHANNELS = 3
OUTPUTS = ("linear", "sigmoid")


SIZES: Mapping[str, range] = {"bottleneck": range(1, 1001), "nonlinear": range(101), "hidden": range(1, 10_001)}
"""The sizes that layers may have: a hundred times what is published, and no more than a machine has memory for."""


class FormError(ValueError):
    """A form with an activation or an output that no model has."""


class SizeError(ValueError):
    """An architecture of layers that cannot be, or that no machine has the memory for."""


@dataclass(frozen=True)
class Form(Fielded):
    """The activation, normalization and output of an autoencoder; the defaults are those from experiment 2.3 on.

    Args:
        activation: the activation between each two affine layers, "gelu", exact, by default, or "relu".
        normalized: whether latents are put on the unit sphere, z / max(|z|, 1e-12); True by default.
        output: "linear", clamped to [0, 1] where a model is evaluated, by default, or "sigmoid", 1 / (1 + exp(-y)).
    """

    activation: str = "gelu"
    normalized: bool = True
    output: str = "linear"

    def __post_init__(self) -> None:
        for what, allowed in {"activation": tuple(ACTIVATIONS), "output": OUTPUTS}.items():
            given = getattr(self, what)
            if not isinstance(given, str) or given not in allowed:
                raise FormError(
                    f"the {what} {given!r}: it is one of {', '.join(map(repr, allowed))}, "
                    f"for example Form({what}={allowed[1]!r})"
                )
        if not isinstance(self.normalized, bool):
            raise FormError(
                f"normalized is {self.normalized!r}: it is True or False, for example Form(normalized=False)"
            )


AS_PUBLISHED = Form()


@dataclass(frozen=True)
class Architecture(Fielded):
    """The sizes of one autoencoder.

    Args:
        bottleneck: the latent width K, the number of dimensions.
        nonlinear: the number of hidden layers on each side of the bottleneck.
        hidden: the number of units in each hidden layer.
        form: the activation, normalization and output; `Form()` by default.
    """

    bottleneck: int
    nonlinear: int
    hidden: int
    form: Form = AS_PUBLISHED

    def __post_init__(self) -> None:
        for name, allowed in SIZES.items():
            if not is_size(getattr(self, name), allowed):
                raise SizeError(f"{name} is {getattr(self, name)!r}: {wanted_size(allowed)}")
        if not isinstance(self.form, Form):
            raise FormError(f"the form {self.form!r}: it must be a Form, for example Form(output='sigmoid')")

    @property
    def widths(self) -> list[int]:
        """The number of channels from the encoder's input to its output; for the decoder read it backward."""
        return [CHANNELS, *[self.hidden] * self.nonlinear, self.bottleneck]

    @property
    def encoder(self) -> list[tuple[int, int]]:
        """(inputs, outputs) of each of the encoder's affine layers."""
        return list(pairwise(self.widths))

    @property
    def decoder(self) -> list[tuple[int, int]]:
        return [(outputs, inputs) for inputs, outputs in reversed(self.encoder)]

    @property
    def parameters(self) -> int:
        """The number of weights and biases of one model."""
        return self.first_of_decoder + sum((inputs + 1) * outputs for inputs, outputs in self.decoder)

    @property
    def first_of_decoder(self) -> int:
        """The number of weights and biases of the encoder, which come before the decoder's."""
        return sum((inputs + 1) * outputs for inputs, outputs in self.encoder)


def is_size(given: object, allowed: range) -> bool:
    return type(given) is int and given in allowed


def wanted_size(allowed: range) -> str:
    """The end of a message about a size that is none."""
    return f"it must be a whole number from {allowed[0]} to {allowed[-1]}, for example 5"
