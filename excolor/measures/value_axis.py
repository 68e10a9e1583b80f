"""Measures of how latents go with the value (lightness) of a color, as in a dome or a cone above the hue wheel."""

from __future__ import annotations

import numpy as np
import xarray as xr

from excolor.ensemble import Ensemble
from excolor.measures.evaluation import is_axis, latents
from excolor.measures.scores import r_squared
from excolor.numerics.functions import sqrt
from excolor.numerics.given import shown
from excolor.numerics.reductions import mean, total


class CubeError(ValueError):
    """Colors that are no HSV cube, or dimensions that the latents do not have."""


def length_by_value(ensemble: Ensemble, cube: xr.Dataset, *dims: int) -> xr.DataArray:
    """sqrt(mean over hues and saturations of the sum of z_k^2 over the dimensions k), over `seed` and `v`.

    Args:
        cube: an HSV cube, whose colors have equal weight.
        dims: latent dimensions, counted from 0.
    """
    z = _of_an_hsv_cube(ensemble, cube, *dims).astype(np.float64)
    square = (z**2).reduce(total, "dimension").reduce(mean, ["h", "s"])
    return square.copy(data=sqrt(square))


def explained_by_value(ensemble: Ensemble, cube: xr.Dataset, dim: int) -> xr.DataArray:
    """The share of the variance of z_dim among the colors of an HSV cube that is linear in their value, over `seed`."""
    height = _of_an_hsv_cube(ensemble, cube, dim).isel(dimension=0, drop=True)
    return r_squared(height, height["v"].broadcast_like(height.isel(seed=0, drop=True)))


def _of_an_hsv_cube(ensemble: Ensemble, cube: xr.Dataset, *dims: int) -> xr.DataArray:
    """Some dimensions of the latents of an HSV cube."""
    z = latents(ensemble, cube)
    if set(z.dims) != {"seed", "h", "s", "v", "dimension"} or "v" not in z.coords:
        raise CubeError(f"colors over {z.dims[1:-1]}: give an HSV cube, for example coarse_cube()")
    if not dims or not all(is_axis(z, dim) for dim in dims):
        raise CubeError(
            f"the dimensions {shown(dims)}: name some of those of the latents, 0 to {z.sizes['dimension'] - 1}, "
            "for example 2"
        )
    return z.isel(dimension=list(dims))
