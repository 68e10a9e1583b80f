"""Measures of how latents go with the value (lightness) of a color, as in a dome or a cone above the hue wheel."""

import numpy as np
import xarray as xr

from excolor.ensemble import Ensemble
from excolor.measures.evaluation import latents
from excolor.measures.scores import r_squared
from excolor.numerics.functions import sqrt
from excolor.numerics.reductions import mean, total


def length_by_value(ensemble: Ensemble, cube: xr.Dataset, *dims: int) -> xr.DataArray:
    """sqrt(mean over hues and saturations of the sum of z_k^2 over the dimensions k), over `seed` and `v`.

    Args:
        cube: an HSV cube, whose colors have equal weight.
        dims: latent dimensions, counted from 0.
    """
    z = latents(ensemble, cube).isel(dimension=list(dims)).astype(np.float64)
    square = (z**2).reduce(total, "dimension").reduce(mean, ["h", "s"])
    return square.copy(data=sqrt(square))


def explained_by_value(ensemble: Ensemble, cube: xr.Dataset, dim: int) -> xr.DataArray:
    """The share of the variance of z_dim among the colors of an HSV cube that is linear in their value, over `seed`."""
    height = latents(ensemble, cube).isel(dimension=dim)
    return r_squared(height, cube["v"].broadcast_like(height.isel(seed=0, drop=True)))
