"""Measures of the shape of the latents z, on which the penalties act.

Where a model does not normalize, z has any length. The vibrant hues are those that planarity acts on, `vibrant_hues`.
Colors of the training cube are weighted by its bias, as in training.
"""

from __future__ import annotations

import numpy as np
import xarray as xr

from excolor.colors import CHANNELS, over_channels, rgb_training_cube, training_cube, vibrant_hues
from excolor.ensemble import Ensemble
from excolor.measures.evaluation import FEW, latents
from excolor.measures.memory import kept_by_seed
from excolor.numerics.reductions import length, mean, total


def off_plane(ensemble: Ensemble) -> xr.DataArray:
    """The mean over the vibrant hues of the sum of z_k^2 over all dimensions k but 0 and 1: planarity's loss.

    Returns:
        float64 over `seed`; (K - 2) / K at random on the sphere of K dimensions, 1/2 for four.
    """
    z = _latents(ensemble, vibrant_hues())
    return (z[..., 2:] ** 2).reduce(total, "dimension").reduce(mean, ["h", "s", "v"])


@kept_by_seed
def off_plane_share(ensemble: Ensemble) -> xr.DataArray:
    """sum of z_k^2 over k > 1 and the vibrant hues / sum of |z|^2 over the vibrant hues, over `seed`.

    This is the share of the squared length that is off the plane of dimensions 0 and 1: `off_plane` for any length.
    """
    squares = (_latents(ensemble, vibrant_hues()) ** 2).reduce(total, ["h", "s", "v"])
    return squares[..., 2:].reduce(total, "dimension") / squares.reduce(total, "dimension")


@kept_by_seed
def off_sphere(ensemble: Ensemble) -> xr.DataArray:
    """The mean of (|z| - 1)^2 over the colors of the training cube, over `seed`: unitarity's loss."""
    return _off_sphere(ensemble, training_cube())


@kept_by_seed
def vibrant_off_sphere(ensemble: Ensemble) -> xr.DataArray:
    """The mean of (|z| - 1)^2 over the vibrant hues, over `seed`."""
    return _off_sphere(ensemble, vibrant_hues())


@kept_by_seed
def one_sidedness(ensemble: Ensemble) -> xr.DataArray:
    """|mean of z / |z|| over the colors of the RGB training cube, over `seed`: 1 if all lie in one direction."""
    z = _latents(ensemble, rgb_training_cube())
    unit = z / z.reduce(length, "dimension")
    return unit.reduce(mean, CHANNELS).reduce(length, "dimension")


def radius(ensemble: Ensemble) -> xr.DataArray:
    """The median |z| over the colors of the RGB training cube, over `seed`."""
    return _latents(ensemble, rgb_training_cube()).reduce(length, "dimension").median(CHANNELS, skipna=False)


def bend(ensemble: Ensemble) -> xr.DataArray:
    """1 - R^2 of the best affine map from RGB to z on the RGB training cube, over `seed`.

    This is the share of the latents' variance that no affine map explains: 0 if they are a cube, skewed or not.
    """
    return _unexplained(_latents(ensemble, rgb_training_cube()))


def bend_of_a_sphere() -> float:
    """The `bend` of a sphere: of the RGB training cube with every color moved, away from mid-gray, onto a sphere."""
    offset = over_channels(rgb_training_cube()).rename(channel="dimension") - 0.5
    return float(_unexplained(offset / offset.reduce(length, "dimension")))


def _unexplained(z: xr.DataArray) -> xr.DataArray:
    """The sum of (z - A rgb - b)^2 divided by the sum of (z - mean z)^2, with A and b of least squares.

    The channels of a whole cube are orthogonal, so that each has a coefficient of its own.
    """
    offset = z - z.reduce(mean, CHANNELS)
    rest = offset
    for channel in CHANNELS:
        x = z[channel] - 0.5
        others = [other for other in CHANNELS if other != channel]
        along = offset.reduce(mean, others)
        rest = rest - x * (along * x).reduce(total, channel) / (x**2).reduce(total, channel)
    over_all = [*CHANNELS, "dimension"]
    return (rest**2).reduce(total, over_all) / (offset**2).reduce(total, over_all)


def _off_sphere(ensemble: Ensemble, cube: xr.Dataset) -> xr.DataArray:
    return xr.concat([_off_sphere_at_once(few, cube) for few in ensemble.in_parts(FEW)], "seed")


def _off_sphere_at_once(ensemble: Ensemble, cube: xr.Dataset) -> xr.DataArray:
    off = (_latents(ensemble, cube).reduce(length, "dimension") - 1) ** 2
    return (off * cube["bias"]).reduce(total, ["h", "s", "v"]) / total(cube["bias"])


def _latents(ensemble: Ensemble, cube: xr.Dataset) -> xr.DataArray:
    return latents(ensemble, cube).astype(np.float64)
