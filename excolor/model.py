"""Bottleneck autoencoders, one for each seed, stacked side by side as one Ensemble.

    color -> encoder -> unit normalization -> decoder -> color
                 ("encoder" layer)   ("bottleneck" layer)

Encoder and decoder are affine layers with an exact GELU between each two. The output is linear; where a model is
evaluated it is clamped to [0, 1], where it is trained it is not. The earliest experiments have another Form: their
output is a sigmoid, and latents are not normalized, so that both layers are one.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, Self

import numpy as np
import torch
import xarray as xr
from torch import Tensor

from excolor.layers import ACTIVATIONS, Affine
from excolor.streams import stream

CHANNELS = 3
OUTPUTS = ("linear", "sigmoid")


class FormError(ValueError):
    """A form that no model has."""


@dataclass(frozen=True)
class Form:
    """What an autoencoder computes beside its affine layers: by default as from experiment 2.3 on."""

    activation: str = "gelu"
    """Between each two affine layers: "gelu", exact, or "relu"."""
    normalized: bool = True
    """Whether latents are put on the unit sphere, z / max(|z|, 1e-12)."""
    output: str = "linear"
    """"linear", clamped to [0, 1] where a model is evaluated, or "sigmoid", 1 / (1 + exp(-y))."""

    def __post_init__(self) -> None:
        for what, allowed in {"activation": tuple(ACTIVATIONS), "output": OUTPUTS}.items():
            given = getattr(self, what)
            if given not in allowed:
                raise FormError(
                    f"the {what} {given!r}: it is one of {', '.join(map(repr, allowed))}, "
                    f"for example Form({what}={allowed[1]!r})"
                )


AS_PUBLISHED = Form()


@dataclass(frozen=True)
class Architecture:
    """The sizes of one autoencoder: `nonlinear` hidden layers of `hidden` units on each side of the bottleneck."""

    bottleneck: int
    nonlinear: int
    hidden: int
    form: Form = AS_PUBLISHED

    @property
    def widths(self) -> list[int]:
        """The channels from layer to layer of the encoder; of the decoder the other way round."""
        return [CHANNELS, *[self.hidden] * self.nonlinear, self.bottleneck]

    @property
    def encoder(self) -> list[tuple[int, int]]:
        """(inputs, outputs) of each affine layer."""
        return list(pairwise(self.widths))

    @property
    def decoder(self) -> list[tuple[int, int]]:
        return [(outputs, inputs) for inputs, outputs in reversed(self.encoder)]

    @property
    def parameters(self) -> int:
        """How many weights and biases one model has."""
        return self.first_of_decoder + sum((inputs + 1) * outputs for inputs, outputs in self.decoder)

    @property
    def first_of_decoder(self) -> int:
        """How many of them come before the decoder's."""
        return sum((inputs + 1) * outputs for inputs, outputs in self.encoder)


Layer = Literal["encoder", "bottleneck"]
"""Where latents can be changed: before normalization or after it."""


@dataclass(frozen=True)
class Edit:
    """A change of the latents on a layer whenever the models are evaluated (excolor.interventions)."""

    layer: Layer
    change: Callable[[Tensor], Tensor]
    """New latents `[S, B, K]` from old ones, each row by itself."""


@dataclass(frozen=True, eq=False, repr=False)
class Ensemble:
    """Autoencoders that differ in their seed alone. To be read: edits are made on a copy (excolor.surgery)."""

    encoder: tuple[Affine, ...]
    decoder: tuple[Affine, ...]
    seeds: tuple[int, ...]
    history: xr.DataArray
    """The loss over `term`, `seed` and `step` while it was trained; NaN where a term's weight was 0."""
    form: Form = AS_PUBLISHED
    edits: tuple[Edit, ...] = ()
    """What is done to the latents, one after the other on each layer; nothing, as trained."""

    def __repr__(self) -> str:
        """Such as `Ensemble(32 seeds from 0, 3-16-5-16-3)`: in the message of a failed test the weights say nothing."""
        sizes = [CHANNELS, *(layer.outputs for layer in (*self.encoder, *self.decoder))]
        edits = f", {len(self.edits)} edit{'s' * (len(self.edits) > 1)}" if self.edits else ""
        return f"Ensemble({len(self.seeds)} seeds from {self.seeds[0]}, {'-'.join(map(str, sizes))}{edits})"

    @property
    def bottleneck(self) -> int:
        """The latent width K."""
        return self.decoder[0].inputs

    def first(self, count: int) -> Self:
        """So many of its members, or all if there are no more: for what few seeds show as well as many."""
        encoder, decoder = (
            tuple(Affine(layer.weight[:count], layer.bias[:count]) for layer in half)
            for half in (self.encoder, self.decoder)
        )
        history = self.history.isel(seed=slice(count))
        return replace(self, encoder=encoder, decoder=decoder, seeds=self.seeds[:count], history=history)


def gathered(ensembles: Sequence[Ensemble], seeds: tuple[int, ...]) -> Ensemble:
    """The members of these seeds, each from the first of the ensembles of one condition that has it."""
    have = [seed for ensemble in ensembles for seed in ensemble.seeds]
    rows = [have.index(seed) for seed in seeds]

    def layers(halves: Sequence[tuple[Affine, ...]]) -> tuple[Affine, ...]:
        return tuple(
            Affine(*(torch.cat(parts)[rows] for parts in ([x.weight for x in same], [x.bias for x in same])))
            for same in zip(*halves, strict=True)
        )

    history = xr.concat([ensemble.history for ensemble in ensembles], "seed").isel(seed=rows)
    return replace(
        ensembles[0],
        encoder=layers([ensemble.encoder for ensemble in ensembles]),
        decoder=layers([ensemble.decoder for ensemble in ensembles]),
        seeds=seeds,
        history=history,
    )


def initial_parameters(architecture: Architecture, seeds: tuple[int, ...]) -> Tensor:
    """`[S, P]`: every weight and bias from U(-1/sqrt(inputs), 1/sqrt(inputs)), torch's own rule for a Linear.

    Layer by layer, the weight and then the bias, from the seed's stream of weights: the same in every condition of
    one architecture.
    """
    bounds = np.concatenate(
        [
            np.full((inputs + 1) * outputs, 1 / math.sqrt(inputs))
            for inputs, outputs in architecture.encoder + architecture.decoder
        ]
    )
    draws = np.stack([stream(seed, "weights").uniform(-1, 1, architecture.parameters) for seed in seeds])
    return torch.from_numpy((draws * bounds).astype(np.float32))


def split(parameters: Tensor, architecture: Architecture) -> tuple[tuple[Affine, ...], tuple[Affine, ...]]:
    """The encoder's and the decoder's layers as views into `[S, P]`."""

    def views() -> Iterator[Affine]:
        at = 0
        for inputs, outputs in architecture.encoder + architecture.decoder:
            weight, bias = (
                parameters[:, at : at + inputs * outputs],
                parameters[:, at + inputs * outputs :][:, :outputs],
            )
            yield Affine(weight.view(-1, outputs, inputs), bias)
            at += (inputs + 1) * outputs

    layers = tuple(views())
    depth = len(architecture.encoder)
    return layers[:depth], layers[depth:]
