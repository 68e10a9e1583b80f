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
from excolor.numerics.arithmetic import unit
from excolor.numerics.layers import Affine, Stack

BLOCK = 256
"""Colors that are worked on at a time: few enough that the activations of many seeds stay near the processor.

Always so many, the last block being filled up, since the bits of what torch computes may depend on the shape.
"""


def reconstruct(ensemble: Ensemble, rgb: ArrayLike) -> Tensor:
    """Every seed's reconstruction `[S, ..., 3]` in [0, 1] of the colors `[..., 3]`.

    Raises:
        ColorError: a color outside [0, 1], or NaN.
    """
    answer = _autoencoder(ensemble)
    return by_color(ensemble, rgb, lambda raw, colors: answer(raw).clone())


def latents(ensemble: Ensemble, rgb: ArrayLike) -> Tensor:
    """Every seed's latents `[S, ..., K]` of the colors `[..., 3]`, as decoders read them; errors as for `reconstruct`.

    They have unit length, unless an intervention on the bottleneck has made them shorter, or the models' form does not
    normalize them.
    """
    return by_color(ensemble, rgb, lambda raw, colors: _code(ensemble, raw).clone())


def reconstruction_error(ensemble: Ensemble, cube: xr.Dataset) -> xr.DataArray:
    """The error of every color of a cube, or of any Dataset with a `color` over (..., channel), for every seed.

    Returns:
        float32 over `seed` and the cube's own axes.
    """
    color = cube["color"].transpose(..., "channel")
    answer = _autoencoder(ensemble)
    error = by_color(
        ensemble, color.values, lambda raw, colors: (answer(raw) - colors).square_().mean(1, keepdim=True)
    ).squeeze(-1)
    per_color = color.isel(channel=0, drop=True)
    return xr.DataArray(
        error.numpy(),
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
    return reconstruction_error(ensemble, colors).mean("name")


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


Answer = Callable[[Tensor], Tensor]


def by_color(ensemble: Ensemble, rgb: ArrayLike, measure: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
    """What is measured of raw latents `[S, K, B]` and their colors `[1, 3, B]`, block by block, as `[S, ..., C]`.

    It must be new memory `[S, C, B]`: the next block overwrites that of the layers.
    """
    colors = check_colors(rgb)
    if colors.size == 0:
        raise ColorError(f"colors of shape {colors.shape}: there are none, for example (1.0, 0.5, 0.0), orange, is one")
    columns = torch.from_numpy(colors.reshape(-1, 3).T.astype(np.float32))
    count = columns.shape[1]
    columns = torch.nn.functional.pad(columns, (0, -count % BLOCK))
    encode = _layers(ensemble, ensemble.encoder)
    blocks = [measure(encode(block), block) for block in torch.split(columns.unsqueeze(0), BLOCK, dim=2)]
    return torch.cat(blocks, dim=2)[..., :count].mT.reshape(len(ensemble.seeds), *colors.shape[:-1], -1)


def _autoencoder(ensemble: Ensemble) -> Answer:
    """What the ensemble answers `[S, 3, B]`, in [0, 1], to raw latents `[S, K, B]`; the next call overwrites it."""
    decode = _layers(ensemble, ensemble.decoder)
    if ensemble.form.output == "sigmoid":
        return lambda raw: decode(_code(ensemble, raw)).sigmoid_()
    return lambda raw: decode(_code(ensemble, raw)).clamp_(0, 1)


def _layers(ensemble: Ensemble, layers: tuple[Affine, ...]) -> Answer:
    stack = Stack.of(layers, BLOCK, ensemble.form.activation)
    return lambda x: torch.from_numpy(stack.forward(x.contiguous().numpy()))


def _code(ensemble: Ensemble, raw: Tensor) -> Tensor:
    """What the decoder reads: the raw latents `[S, K, B]` normalized, with the ensemble's edits before and after."""
    z = _edited(ensemble, "encoder", raw)
    if ensemble.form.normalized:
        z = unit(z.mT).mT
    return _edited(ensemble, "bottleneck", z)


def _edited(ensemble: Ensemble, layer: Layer, z: Tensor) -> Tensor:
    for edit in ensemble.edits:
        if edit.layer == layer:
            z = edit.change(z.mT).mT
    return z
