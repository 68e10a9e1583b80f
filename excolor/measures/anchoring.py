"""Where an anchored concept lies among the latents, and how damage falls off around it."""

import xarray as xr

from excolor.colors import medium_cube
from excolor.ensemble import Ensemble
from excolor.measures.errors import error_of, latents


def most_opposed(ensemble: Ensemble) -> xr.DataArray:
    """The least cosine with the first axis, red's anchor, that any color of the medium cube has, over `seed`."""
    cosines = latents(ensemble, medium_cube()["color"].values)[..., 0].flatten(1)
    return xr.DataArray(cosines.amin(1).numpy(), dims="seed", coords={"seed": list(ensemble.seeds)})


def falls_with_hue_distance(ensemble: Ensemble) -> xr.DataArray:
    """Whether the error falls at every 30 degrees of hue from red to 90, both sides averaged, over `seed`."""
    by_distance = [("red",), ("orange", "pink"), ("yellow", "magenta"), ("lime", "purple")]
    errors = xr.concat([error_of(ensemble, *names) for names in by_distance], "distance")
    return (errors.diff("distance") < 0).all("distance")
