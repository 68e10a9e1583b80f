"""The wheel that vibrant hues make in the plane of dimensions 0 and 1, and how it is measured."""

import xarray as xr

from excolor import circular_rank_correlation, hsv_cube, hues, latent_angle, latents

VIBRANT_HUES = hsv_cube(hues(36), [1], [1])
"""The colors that planarity acts on: the next most vibrant ones bear its label in 4 draws of a million."""

IN_ORDER = 0.9
"""The hues have the order of a wheel if their circular rank correlation is above this: 1 if exactly so, 0.03 at random.

A margin decided beforehand."""


def off_plane(ensemble):
    """The mean over the vibrant hues of the squares of all dimensions but 0 and 1: in four, 1/2 at random."""
    z = latents(ensemble, VIBRANT_HUES["color"].values).flatten(1, -2)
    loss = z[..., 2:].square().sum(-1).mean(-1)
    return xr.DataArray(loss.numpy(), dims="seed", coords={"seed": list(ensemble.seeds)})


def hue_order(ensemble):
    """How nearly the vibrant hues have their own order around the plane of dimensions 0 and 1."""
    angle = latent_angle(ensemble, VIBRANT_HUES)
    return circular_rank_correlation(angle, angle["h"])
