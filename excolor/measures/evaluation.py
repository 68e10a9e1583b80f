"""Evaluation of a trained ensemble on colors: reconstructions and latents, with the same bits on every processor."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import xarray as xr
from numpy.typing import NDArray
from torch import Tensor

from excolor.colors import ColorError, Colors, over_channels
from excolor.ensemble import Ensemble, Layer
from excolor.numerics.elementwise import Floats, normalize, sigmoid
from excolor.numerics.given import is_real_tensor, is_whole, shown
from excolor.numerics.layers import Stack, room

BLOCK = 256
"""How many colors are evaluated at a time: so few that the activations of many seeds stay in the processor's cache."""
FEW = 64
"""How many members are shown a whole cube at a time: of the medium one the errors of each take a quarter of a MB."""


class MeasureError(TypeError):
    """A measure was given an object that is no ensemble."""


def reconstruct(ensemble: Ensemble, colors: Colors) -> Tensor:
    """Every seed's reconstruction `[S, ..., 3]` in [0, 1] of the colors `[..., 3]`, float32.

    Args:
        colors: RGB `[..., 3]`, or a cube or another Dataset or DataArray over (..., channel).

    Raises:
        ColorError: a color outside [0, 1], or NaN.
        MeasureError: something other than an ensemble, such as a list of ensembles.
    """
    return torch.from_numpy(by_color(ensemble, over_channels(colors), Models.answer))


def latents(ensemble: Ensemble, colors: Colors) -> xr.DataArray:
    """Every seed's latents of the colors, as the decoders read them; args and errors as for `reconstruct`.

    They have unit length, unless an intervention on the bottleneck has made them shorter, or the models' form does not
    normalize them.

    Returns:
        float32 `[S, ..., K]` over `seed`, the colors' own axes and `dimension`. The leading axis of colors that are a
        plain array is called `color`, of several `color_0`, `color_1`, ...
    """
    rgb = over_channels(colors)
    return by_axes(ensemble, rgb, by_color(ensemble, rgb, Models.code), "dimension").rename("latent")


def is_axis(z: xr.DataArray, dim: object) -> bool:
    """Whether it is one of the latents' dimensions, counted from 0."""
    return is_whole(dim) and operator.index(dim) < z.sizes["dimension"]  # type: ignore[arg-type]


class Models:
    """An ensemble's encoders and decoders, with its edits, set up for a fixed number of colors at a time."""

    def __init__(self, ensemble: Ensemble, rows: int) -> None:
        self.form, self.edits = ensemble.form, ensemble.edits
        self.encoder, self.decoder = (
            Stack.of(layers, rows, self.form.activation) for layers in (ensemble.encoder, ensemble.decoder)
        )
        self.length = room(len(ensemble.seeds), rows)

    def code(self, colors: Floats) -> Floats:
        """The latents `[S, K, B]` that the decoder reads, of colors `[1, 3, B]`."""
        z = self._edited("encoder", self.encoder.forward(colors))
        if self.form.normalized:
            raw, z = z, np.empty_like(z)
            normalize(raw, z, self.length)
        return self._edited("bottleneck", z)

    def answer(self, colors: Floats) -> Floats:
        """The reconstructions `[S, 3, B]` of colors `[1, 3, B]`; the next call overwrites them."""
        y = self.decoder.forward(self.code(colors))
        if self.form.output == "sigmoid":
            sigmoid(y.reshape(-1))
            return y
        return np.clip(y, 0, 1, out=y)

    def _edited(self, layer: Layer, z: Floats) -> Floats:
        changes = [edit.change for edit in self.edits if edit.layer == layer]
        if not changes:
            return z
        latents = torch.from_numpy(z).mT
        for change in changes:
            changed = change(latents)
            if not is_real_tensor(changed) or changed.shape != latents.shape or changed.dtype != latents.dtype:
                raise MeasureError(
                    f"an edit on {layer!r} makes {shown(changed)} of latents of shape {tuple(latents.shape)}: it "
                    f"must have the same shape and be of {latents.dtype}, for example 0.5 * z"
                )
            latents = changed
        return np.ascontiguousarray(latents.mT.numpy())


def by_color(ensemble: Ensemble, rgb: xr.DataArray, measure: Callable[[Models, Floats], Floats]) -> Floats:
    """Apply a measure, of models and colors `[1, 3, B]` to `[S, C, B]`, to all colors block by block: `[S, ..., C]`."""
    check_ensemble(ensemble)
    if rgb.size == 0:
        raise ColorError(f"colors of shape {rgb.shape}: there are none, for example (1.0, 0.5, 0.0), orange, is one")
    columns = rgb.values.reshape(-1, 3).T.astype(np.float32)[np.newaxis]
    count = columns.shape[2]
    models = {rows: Models(ensemble, rows) for rows in {min(count, BLOCK), count % BLOCK} - {0}}
    found = np.empty((len(ensemble.seeds), 0, count), np.float32)
    for start in range(0, count, BLOCK):
        block = np.ascontiguousarray(columns[..., start : start + BLOCK])
        measured = measure(models[block.shape[2]], block)
        if start == 0:
            found = np.empty((*measured.shape[:2], count), np.float32)
        found[..., start : start + BLOCK] = measured  # a copy: the next block is worked on in the same memory
    return found.swapaxes(1, 2).reshape(len(ensemble.seeds), *rgb.shape[:-1], -1)


def check_ensemble(given: object) -> None:
    """Raise a `MeasureError` unless an object is an Ensemble."""
    if not isinstance(given, Ensemble):
        raise MeasureError(
            f"{_counted(given)} cannot be measured: give one ensemble, for example "
            "typical_error(ablate(intact, 0)), and of several one after the other"
        )


def by_axes(ensemble: Ensemble, rgb: xr.DataArray, values: Floats, *last: str) -> xr.DataArray:
    """Label values `[S, ..., *last]`: `seed`, then the axes and coordinates of the colors, then the axes `last`."""
    axes = rgb.isel(channel=0, drop=True)
    for taken in {"seed", *last} & set(axes.dims):
        raise ColorError(
            f"colors over {axes.dims}: what is measured has an axis {taken!r} of its own; call theirs otherwise, for "
            f"example cube.rename({taken}='place')"
        )
    return xr.DataArray(values, dims=("seed", *axes.dims, *last), coords={"seed": list(ensemble.seeds), **axes.coords})


def over_seeds(ensemble: Ensemble, values: NDArray[Any], name: str) -> xr.DataArray:
    """Label values `[S]` of a measure: a copy, so that what is remembered cannot be spoiled."""
    return xr.DataArray(values.copy(), dims="seed", coords={"seed": list(ensemble.seeds)}, name=name)


def _counted(given: object) -> str:
    size = f" of {len(given)}" if isinstance(given, list | tuple | dict) else ""
    return f"a {type(given).__name__}{size}"
