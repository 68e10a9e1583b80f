"""Measures of anchoring: where a concept lies among the latents, and how the error falls off around it.

The concept is red, the published one, unless a measure is given another. The first one's anchor is the direction of
dimension 0.
"""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from excolor.colors import HUES, ColorError, named_color, named_colors, one_color
from excolor.ensemble import Ensemble
from excolor.measures.errors import distinct_in_medium_cube, error_of, reconstruction_error
from excolor.measures.evaluation import FEW, MeasureError, Models, by_color, is_axis, latents, over_seeds
from excolor.measures.memory import kept
from excolor.numerics.elementwise import Floats
from excolor.numerics.given import did_you_mean, is_word, shown
from excolor.numerics.reductions import total


def alignment(ensemble: Ensemble, color: ArrayLike, dim: int = 0) -> xr.DataArray:
    """z_dim of an RGB color, the cosine with the anchor there where latents have unit length, over `seed`."""
    z = latents(ensemble, one_color(color))
    if not is_axis(z, dim):
        raise MeasureError(
            f"the alignment with dimension {shown(dim)}: the latents have the dimensions 0 to "
            f"{z.sizes['dimension'] - 1}, for example 0"
        )
    return z.isel(dimension=dim).rename("cosine")


def alignment_of_red(ensemble: Ensemble) -> xr.DataArray:
    """z_0 of red, the cosine with its anchor where latents have unit length, over `seed`."""
    return alignment(ensemble, named_color("red"))


def off_anchor(ensemble: Ensemble, color: ArrayLike) -> xr.DataArray:
    """|z - (1, 0, ...)|^2 of an RGB color, over `seed`: 2 in the mean for a random point of the sphere."""
    z = latents(ensemble, one_color(color)).astype(np.float64)
    offset = z - np.eye(ensemble.bottleneck)[0]
    squared: xr.DataArray = offset**2
    return squared.reduce(total, "dimension")


def red_off_anchor(ensemble: Ensemble) -> xr.DataArray:
    """`off_anchor` of red, over `seed`."""
    return off_anchor(ensemble, named_color("red"))


def most_opposed(ensemble: Ensemble) -> xr.DataArray:
    """The least z_0 of any color of the medium cube, over `seed`: the cosine with the anchor there at unit length."""
    return over_seeds(ensemble, _least_of_medium_cube(ensemble), "cosine")


@kept
def _least_of_medium_cube(ensemble: Ensemble) -> Floats:
    colors, _ = distinct_in_medium_cube()
    return np.concatenate([by_color(few, colors, _along_anchor)[..., 0].min(1) for few in ensemble.in_parts(FEW)])


def _along_anchor(models: Models, colors: Floats) -> Floats:
    return models.code(colors)[:, :1]


def falls_with_hue_distance(ensemble: Ensemble, hue: str = "red") -> xr.DataArray:
    """Whether the error falls at each step of 30 degrees from a named hue to 90, both sides averaged, over `seed`."""
    errors = xr.concat([error_of(ensemble, *_beside(hue, steps)) for steps in range(4)], "distance")
    return (errors.diff("distance") < 0).all("distance")


def worst_hue_is_near(ensemble: Ensemble, hue: str) -> xr.DataArray:
    """Whether a hue, or one 30 degrees from it, has the largest error of the twelve named hues, over `seed`."""
    near = [hue, *_beside(hue, 1)]
    errors = reconstruction_error(ensemble, named_colors()).sel(name=list(HUES))
    return errors.idxmax("name").isin(near)


def worst_hue_is_near_red(ensemble: Ensemble) -> xr.DataArray:
    """`worst_hue_is_near` red, over `seed`."""
    return worst_hue_is_near(ensemble, "red")


def _beside(hue: str, steps: int) -> tuple[str, ...]:
    """The named hues so many steps of 30 degrees from one, on either side; for none the hue itself, once."""
    names = list(HUES)
    if not is_word(hue, names):
        raise ColorError(
            f"there is no hue {shown(hue)}{did_you_mean(hue, names)}: it is one of {', '.join(names)}, for example "
            "'green'"
        )
    at = names.index(hue)
    return tuple(dict.fromkeys((names[(at + steps) % len(names)], names[at - steps])))
