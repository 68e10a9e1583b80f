"""What a trained ensemble does with colors: reconstructions, latents, and the error of every color.

The error of a color is the mean over its three channels of the squared difference between its reconstruction, clamped
to [0, 1], and itself. Half of full scale in every channel is 0.25; one step of 256 is 1.5e-5.
"""

from collections.abc import Callable
from functools import cache
from weakref import WeakKeyDictionary

import numpy as np
import torch
import xarray as xr
from numpy.typing import ArrayLike
from torch import Tensor

from excolor.colors import ColorError, check_colors, medium_cube, named_color
from excolor.ensemble import Ensemble, Layer
from excolor.numerics.elementwise import Floats, mean_squared_difference, normalize, sigmoid
from excolor.numerics.layers import Stack
from excolor.numerics.reductions import mean

BLOCK = 256
"""Colors that are worked on at a time: few enough that the activations of many seeds stay near the processor."""


def reconstruct(ensemble: Ensemble, rgb: ArrayLike) -> Tensor:
    """Every seed's reconstruction `[S, ..., 3]` in [0, 1] of the colors `[..., 3]`.

    Raises:
        ColorError: a color outside [0, 1], or NaN.
    """
    return torch.from_numpy(by_color(ensemble, rgb, Models.answer))


def latents(ensemble: Ensemble, rgb: ArrayLike) -> Tensor:
    """Every seed's latents `[S, ..., K]` of the colors `[..., 3]`, as decoders read them; errors as for `reconstruct`.

    They have unit length, unless an intervention on the bottleneck has made them shorter, or the models' form does not
    normalize them.
    """
    return torch.from_numpy(by_color(ensemble, rgb, Models.code))


def reconstruction_error(ensemble: Ensemble, cube: xr.Dataset) -> xr.DataArray:
    """The error of every color of a cube, or of any Dataset with a `color` over (..., channel), for every seed.

    Returns:
        float32 over `seed` and the cube's own axes.
    """
    color = cube["color"].transpose(..., "channel")
    error = by_color(ensemble, color.values, _error)
    per_color = color.isel(channel=0, drop=True)
    return xr.DataArray(
        error[..., 0],
        dims=("seed", *per_color.dims),
        coords={"seed": list(ensemble.seeds), **per_color.coords},
        name="error",
    )


def worst_error(ensemble: Ensemble) -> xr.DataArray:
    """The largest error of any color of the medium cube, over `seed`: the published "max" at half its resolution."""
    return _over_medium_cube(ensemble)[0]


def typical_error(ensemble: Ensemble) -> xr.DataArray:
    """The error of the median color of the medium cube, over `seed`: the published "median" at half its resolution."""
    return _over_medium_cube(ensemble)[1]


def error_of(ensemble: Ensemble, *names: str) -> xr.DataArray:
    """The error of a named color, or the mean error of several, over `seed`; see `named_color` for the names."""
    colors = xr.Dataset({"color": (("name", "channel"), np.stack([named_color(name) for name in names]))})
    return reconstruction_error(ensemble, colors).reduce(mean, "name")


_known: WeakKeyDictionary[Ensemble, tuple[xr.DataArray, xr.DataArray]] = WeakKeyDictionary()


def _over_medium_cube(ensemble: Ensemble) -> tuple[xr.DataArray, xr.DataArray]:
    """The largest error and the median one of every seed; measured once for an ensemble, since nothing changes it."""
    if ensemble not in _known:
        colors, places = _distinct_in_medium_cube()
        error = reconstruction_error(ensemble, colors).isel(distinct=places)
        _known[ensemble] = (error.max(("h", "s", "v"), skipna=False), error.median(("h", "s", "v"), skipna=False))
    worst, typical = _known[ensemble]
    return worst.copy(), typical.copy()


@cache
def _distinct_in_medium_cube() -> tuple[xr.Dataset, xr.DataArray]:
    """Its colors, each once, and where each of the cube is among them: black alone is there 2880 times."""
    color = medium_cube()["color"].transpose(..., "channel")
    distinct, places = np.unique(color.values.reshape(-1, 3), axis=0, return_inverse=True)
    per_color = color.isel(channel=0, drop=True)
    return (
        xr.Dataset({"color": (("distinct", "channel"), distinct)}),
        per_color.copy(data=places.reshape(per_color.shape)),
    )


def _error(models: "Models", colors: Floats) -> Floats:
    return mean_squared_difference(models.answer(colors), colors)[:, np.newaxis]


class Models:
    """An ensemble's layers, and what is done to latents between them, for so many colors at a time."""

    def __init__(self, ensemble: Ensemble, rows: int) -> None:
        self.form, self.edits = ensemble.form, ensemble.edits
        self.encoder, self.decoder = (
            Stack.of(layers, rows, self.form.activation) for layers in (ensemble.encoder, ensemble.decoder)
        )

    def code(self, colors: Floats) -> Floats:
        """The latents `[S, K, B]` that the decoder reads, of colors `[1, 3, B]`."""
        z = self._edited("encoder", self.encoder.forward(colors))
        if self.form.normalized:
            raw, z = z, np.empty_like(z)
            normalize(raw, z)
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
            latents = change(latents)
        return np.ascontiguousarray(latents.mT.numpy())


def by_color(ensemble: Ensemble, rgb: ArrayLike, measure: Callable[[Models, Floats], Floats]) -> Floats:
    """What is measured of the models and of colors `[1, 3, B]`, which is `[S, C, B]`, block by block: `[S, ..., C]`."""
    colors = check_colors(rgb)
    if colors.size == 0:
        raise ColorError(f"colors of shape {colors.shape}: there are none, for example (1.0, 0.5, 0.0), orange, is one")
    columns = colors.reshape(-1, 3).T.astype(np.float32)[np.newaxis]
    count = columns.shape[2]
    models = {rows: Models(ensemble, rows) for rows in {min(count, BLOCK), count % BLOCK} - {0}}
    blocks = []
    for start in range(0, count, BLOCK):
        block = np.ascontiguousarray(columns[..., start : start + BLOCK])
        blocks.append(measure(models[block.shape[2]], block).copy())  # the next block is worked on in the same memory
    found = np.concatenate(blocks, axis=2).swapaxes(1, 2)
    return found.reshape(len(ensemble.seeds), *colors.shape[:-1], -1)
