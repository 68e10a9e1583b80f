"""The error of every color, and its summaries: one number for each seed.

The error of a color is the mean over its three channels of the squared difference between its reconstruction, clamped
to [0, 1], and itself. Half of full scale in every channel is 0.25; one step of 256 is 1.5e-5.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.colors import NAMES, ColorError, Colors, medium_cube, named_color, over_channels
from excolor.ensemble import Ensemble
from excolor.measures.evaluation import FEW, MeasureError, Models, by_axes, by_color, check_ensemble, over_seeds
from excolor.measures.memory import kept
from excolor.numerics.elementwise import Floats, mean_squared_difference
from excolor.numerics.given import is_numeric, shown
from excolor.numerics.reductions import mean

HALF_A_STEP = (0.5 / 255) ** 2
"""The error of a color that is half of one step of 256 off in every channel; a smaller one counts as none."""


def reconstruction_error(ensemble: Ensemble, colors: Colors) -> xr.DataArray:
    """The error of every color of a cube, or of other colors as `reconstruct` takes them, for every seed.

    Returns:
        float32 over `seed` and the colors' own axes.
    """
    rgb = over_channels(colors)
    return by_axes(ensemble, rgb, by_color(ensemble, rgb, _error)[..., 0]).rename("error")


def worst_error(ensemble: Ensemble) -> xr.DataArray:
    """The largest error of any color of the medium cube, over `seed`: the published "max" at half its resolution."""
    worst, _ = _over_medium_cube(ensemble)
    return over_seeds(ensemble, worst, "error")


def typical_error(ensemble: Ensemble) -> xr.DataArray:
    """The error of the median color of the medium cube, over `seed`: the published "median" at half its resolution."""
    _, typical = _over_medium_cube(ensemble)
    return over_seeds(ensemble, typical, "error")


def mean_error(ensemble: Ensemble, colors: Colors) -> xr.DataArray:
    """The mean error of colors, all of equal weight, over `seed`; colors as `reconstruct` takes them."""
    errors = reconstruction_error(ensemble, colors)
    return errors.reduce(mean, [dim for dim in errors.dims if dim != "seed"])


def error_of(ensemble: Ensemble, *names: str) -> xr.DataArray:
    """The error of a named color, or the mean error of several, over `seed`; see `named_color` for the names."""
    check_ensemble(ensemble)
    if not names:
        raise ColorError("error_of was given no color: name one or more, for example error_of(ensemble, 'red')")
    for name in names:
        if not isinstance(name, str):
            raise ColorError(
                f"error_of was given {shown(name)}: it takes names, for example error_of(ensemble, 'red', 'orange'); "
                "of RGB or a cube, mean_error(ensemble, colors) or reconstruction_error(ensemble, colors)"
            )
        named_color(name)  # refuses a name that no color has
    chosen = [NAMES.index(name) for name in names]
    return over_seeds(ensemble, mean(_of_every_name(ensemble)[:, chosen], 1), "error")


def error_growth(edited: Ensemble, intact: Ensemble, *names: str) -> xr.DataArray:
    """`error_of` the edited models minus `error_of` the intact ones, over `seed`: the published Delta of a color."""
    return error_of(edited, *names) - error_of(intact, *names)


def at_least_half_a_step(error: xr.DataArray) -> xr.DataArray:
    """max(error, (1/510)^2), of the shape of `error`: for ratios of errors, since an error can be 0."""
    if not is_numeric(error):
        raise MeasureError(
            f"{shown(error)} is no error: give one, for example at_least_half_a_step(error_of(ensemble, 'red'))"
        )
    return error.clip(min=HALF_A_STEP)


@kept
def _of_every_name(ensemble: Ensemble) -> Floats:
    """The error `[S, N]` of every named color: most claims ask for several of them, one by one."""
    colors = over_channels(np.stack([named_color(name) for name in NAMES]))
    return by_color(ensemble, colors, _error)[..., 0]


@kept
def _over_medium_cube(ensemble: Ensemble) -> tuple[Floats, Floats]:
    """The largest and the median error of every seed."""
    parts = [_over_medium_cube_at_once(few) for few in ensemble.in_parts(FEW)]
    largest, typical = (np.concatenate(found) for found in zip(*parts, strict=True))
    return largest, typical


def _over_medium_cube_at_once(ensemble: Ensemble) -> tuple[Floats, Floats]:
    colors, again = distinct_in_medium_cube()
    errors = by_color(ensemble, colors, _error)[..., 0]
    # Seed by seed, since the processor's cache holds what one needs.
    of_all_points = (np.concatenate([of_one, of_one[again]]) for of_one in errors)
    largest, typical = errors.max(1), np.array([_median(of_one) for of_one in of_all_points], np.float32)
    return largest, np.where(np.isnan(largest), largest, typical)


def _median(errors: Floats) -> float:
    """The median of an even number of errors, none of which is NaN.

    Numpy's own looks for both of those in the middle, one after the other.
    """
    half = errors.size // 2
    parted = np.partition(errors, half)
    return float(np.float32(0.5) * (parted[:half].max() + parted[half]))


@cache
def distinct_in_medium_cube() -> tuple[xr.DataArray, NDArray[np.int64]]:
    """The medium cube's colors, each once, and of each further point of the cube where its color is among them.

    2880 points are black, and so 2879 of these further ones.
    """
    colors = over_channels(medium_cube()).values.reshape(-1, 3)
    distinct, points = np.unique(colors, axis=0, return_counts=True)
    return over_channels(distinct), np.repeat(np.arange(len(distinct)), points - 1)


def _error(models: Models, colors: Floats) -> Floats:
    return mean_squared_difference(models.answer(colors), colors)[:, np.newaxis]
