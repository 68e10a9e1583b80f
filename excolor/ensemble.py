"""Trained autoencoders, one for each seed, stacked side by side as one Ensemble."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

import torch
import xarray as xr
from torch import Tensor

from excolor.conditions.architecture import AS_PUBLISHED, CHANNELS, Architecture, Form
from excolor.numerics.layers import Affine

Layer = Literal["encoder", "bottleneck"]
"""Where latents can be changed: before normalization or after it."""


@dataclass(frozen=True)
class Edit:
    """A change of the latents on a layer whenever the models are evaluated (excolor.edits.interventions)."""

    layer: Layer
    change: Callable[[Tensor], Tensor]
    """New latents `[S, B, K]` from old ones, each row by itself."""


@dataclass(frozen=True, eq=False, repr=False)
class Ensemble:
    """Trained autoencoders that differ in their seed alone. They never change: edits make a copy (excolor.edits)."""

    encoder: tuple[Affine, ...]
    decoder: tuple[Affine, ...]
    seeds: tuple[int, ...]
    history: xr.DataArray
    """The loss over `term`, `seed` and `step` while it was trained; NaN where a term's weight was 0."""
    form: Form = AS_PUBLISHED
    edits: tuple[Edit, ...] = ()
    """The changes of the latents, one after the other on each layer; none after training."""

    def __repr__(self) -> str:
        """Such as `Ensemble(32 seeds from 0, 3-16-5-16-3)`: the weights say nothing in a failed test's message."""
        sizes = [CHANNELS, *(layer.outputs for layer in (*self.encoder, *self.decoder))]
        edits = f", {len(self.edits)} edit{'s' * (len(self.edits) > 1)}" if self.edits else ""
        return f"Ensemble({len(self.seeds)} seeds from {self.seeds[0]}, {'-'.join(map(str, sizes))}{edits})"

    @property
    def bottleneck(self) -> int:
        """The latent width K."""
        return self.decoder[0].inputs

    def first(self, count: int) -> Self:
        """Take the first members, as many as `count` or all there are, for what few seeds show as well as many."""
        encoder, decoder = (
            tuple(Affine(layer.weight[:count], layer.bias[:count]) for layer in half)
            for half in (self.encoder, self.decoder)
        )
        history = self.history.isel(seed=slice(count))
        return replace(self, encoder=encoder, decoder=decoder, seeds=self.seeds[:count], history=history)


def gathered(ensembles: Sequence[Ensemble], seeds: tuple[int, ...]) -> Ensemble:
    """Gather the members of these seeds from ensembles of one condition, each from the first ensemble that has it."""
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


def split(parameters: Tensor, architecture: Architecture) -> tuple[tuple[Affine, ...], tuple[Affine, ...]]:
    """Split the parameters `[S, P]` into the layers of encoder and decoder, which are views of them."""

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
