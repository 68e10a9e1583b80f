"""Trained autoencoders, one for each seed, stacked side by side as one Ensemble."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, Self, get_args

import xarray as xr

from excolor.conditions.architecture import AS_PUBLISHED, CHANNELS, Architecture, Form
from excolor.histories import beside_each_other
from excolor.numerics.given import is_real_tensor, is_whole, is_word, shown
from excolor.numerics.layers import Affine
from excolor.numerics.streams import check_seeds

if TYPE_CHECKING:
    from torch import Tensor

Layer = Literal["encoder", "bottleneck"]
"""Where latents can be changed: before normalization or after it."""


class EnsembleError(ValueError):
    """Parts that make no ensemble, or members that it does not have."""


@dataclass(frozen=True)
class Edit:
    """A change of the latents on a layer whenever the models are evaluated (excolor.edits.interventions)."""

    layer: Layer
    change: Callable[[Tensor], Tensor]
    """New latents `[S, B, K]` from old ones, each row by itself."""

    def __post_init__(self) -> None:
        if not is_word(self.layer, get_args(Layer)) or not callable(self.change):
            raise EnsembleError(
                f"an edit of {shown(self.layer)} by {shown(self.change)}: it must be a function of latents on "
                "'encoder' or 'bottleneck', for example Edit('bottleneck', AxisAlignedSuppression((0,)))"
            )


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

    def __post_init__(self) -> None:
        object.__setattr__(self, "seeds", check_seeds(self.seeds))
        for name in ("encoder", "decoder"):
            layers = getattr(self, name)
            if not isinstance(layers, tuple) or not layers or not all(isinstance(each, Affine) for each in layers):
                raise EnsembleError(
                    f"the {name} {shown(layers)}: it must be a tuple of layers, for example (Affine(weight, bias),)"
                )
        layers = (*self.encoder, *self.decoder)
        widths = [layers[0].inputs, *(layer.outputs for layer in layers)]
        fit = all(below.outputs == above.inputs for below, above in pairwise(layers))
        if not fit or (widths[0], widths[-1]) != (CHANNELS, CHANNELS):
            shapes = ", ".join(str(tuple(layer.weight.shape)) for layer in layers)
            raise EnsembleError(
                f"layers with weights {shapes}: the outputs of one are the inputs of the next, and the first inputs "
                f"and the last outputs the {CHANNELS} channels, for example (8, 5, 3), (8, 3, 5)"
            )
        members = {len(layer.weight) for layer in layers}
        if members != {len(self.seeds)}:
            raise EnsembleError(
                f"layers of {', '.join(map(str, sorted(members)))} models for {len(self.seeds)} seeds: there must be a "
                "model for each, for example weights (8, 5, 3) for range(8)"
            )
        if not isinstance(self.history, xr.DataArray) or self.history.sizes.get("seed") != len(self.seeds):
            raise EnsembleError(
                f"the history {shown(self.history)}: it must be a DataArray over 'seed', with one for each of "
                f"{len(self.seeds)} seeds, for example that of train(EX_2_10, range(8))"
            )
        if not isinstance(self.form, Form):
            raise EnsembleError(f"the form {self.form!r}: it must be a Form, for example Form(output='sigmoid')")
        if not isinstance(self.edits, tuple) or not all(isinstance(edit, Edit) for edit in self.edits):
            raise EnsembleError(
                f"the edits {shown(self.edits)}: they must be a tuple, for example (Edit('bottleneck', change),)"
            )

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
        if not is_whole(count, 1):
            raise EnsembleError(f"the first {shown(count)} members: it must be 1 or more, for example 8")
        return self._members(slice(count))

    def in_parts(self, size: int) -> Iterator[Self]:
        """Cut the ensemble into parts of `size` members, the last maybe fewer: for what takes much memory for each."""
        if not is_whole(size, 1):
            raise EnsembleError(f"parts of {shown(size)} members: it must be 1 or more, for example 8")
        return (self._members(slice(start, start + size)) for start in range(0, len(self.seeds), size))

    def _members(self, some: slice) -> Self:
        encoder, decoder = (
            tuple(Affine(layer.weight[some], layer.bias[some]) for layer in half)
            for half in (self.encoder, self.decoder)
        )
        history = self.history.isel(seed=some)
        return replace(self, encoder=encoder, decoder=decoder, seeds=self.seeds[some], history=history)


def gathered(ensembles: Sequence[Ensemble], seeds: tuple[int, ...]) -> Ensemble:
    """Gather the members of these seeds from ensembles of one condition, each from the first ensemble that has it."""
    import torch  # here, since it takes long to load

    if not isinstance(ensembles, Sequence) or not all(isinstance(each, Ensemble) for each in ensembles):
        raise EnsembleError(f"the ensembles {shown(ensembles)}: give a list, for example [train(EX_2_10, range(8))]")
    have = [seed for ensemble in ensembles for seed in ensemble.seeds]
    missing = [seed for seed in check_seeds(seeds) if seed not in have]
    if missing:
        raise EnsembleError(
            f"no ensemble has the seeds {', '.join(map(str, missing))}: take some of {', '.join(map(str, have))}, "
            "for example of those of train(EX_2_10, range(8))"
        )
    rows = [have.index(seed) for seed in seeds]

    def layers(halves: Sequence[tuple[Affine, ...]]) -> tuple[Affine, ...]:
        return tuple(
            Affine(*(torch.cat(parts)[rows] for parts in ([x.weight for x in same], [x.bias for x in same])))
            for same in zip(*halves, strict=True)
        )

    histories = [ensemble.history for ensemble in ensembles]
    whole = histories[0] if len(histories) == 1 else beside_each_other(histories)
    side_by_side = rows == list(range(rows[0], rows[0] + len(rows)))  # so that none of it need be copied
    history = whole.isel(seed=slice(rows[0], rows[0] + len(rows)) if side_by_side else rows)
    return replace(
        ensembles[0],
        encoder=layers([ensemble.encoder for ensemble in ensembles]),
        decoder=layers([ensemble.decoder for ensemble in ensembles]),
        seeds=seeds,
        history=history,
    )


def split(parameters: Tensor, architecture: Architecture) -> tuple[tuple[Affine, ...], tuple[Affine, ...]]:
    """Split the parameters `[S, P]` into the layers of encoder and decoder, which are views of them."""
    if not isinstance(architecture, Architecture):
        raise EnsembleError(f"{shown(architecture)} is no Architecture: give one, for example EX_2_10.architecture")
    if not is_real_tensor(parameters) or parameters.ndim != 2 or parameters.shape[1] != architecture.parameters:
        raise EnsembleError(
            f"parameters that are {shown(parameters)}: they must be a tensor [S, {architecture.parameters}], for "
            f"example torch.zeros(8, {architecture.parameters})"
        )

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
