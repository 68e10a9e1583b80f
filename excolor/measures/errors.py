"""The error of every color, and its summaries: one number for each seed.

The error of a color is the mean over its three channels of the squared difference between its reconstruction, clamped
to [0, 1], and itself. Half of full scale in every channel is 0.25; one step of 256 is 1.5e-5.
"""

from functools import cache
from weakref import WeakKeyDictionary

import numpy as np
import xarray as xr

from excolor.colors import ColorError, Colors, medium_cube, named_color, over_channels
from excolor.ensemble import Ensemble
from excolor.measures.evaluation import MeasureError, Models, by_axes, by_color, check_ensemble
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
    return _over_medium_cube(ensemble)[0]


def typical_error(ensemble: Ensemble) -> xr.DataArray:
    """The error of the median color of the medium cube, over `seed`: the published "median" at half its resolution."""
    return _over_medium_cube(ensemble)[1]


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
    colors = xr.Dataset({"color": (("name", "channel"), np.stack([named_color(name) for name in names]))})
    return mean_error(ensemble, colors)


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


_known: WeakKeyDictionary[Ensemble, tuple[xr.DataArray, xr.DataArray]] = WeakKeyDictionary()


def _over_medium_cube(ensemble: Ensemble) -> tuple[xr.DataArray, xr.DataArray]:
    """Measure the largest and the median error of every seed, once for an ensemble, since ensembles never change."""
    check_ensemble(ensemble)
    if ensemble not in _known:
        colors, places = _distinct_in_medium_cube()
        error = reconstruction_error(ensemble, colors).isel(distinct=places)
        _known[ensemble] = (error.max(("h", "s", "v"), skipna=False), error.median(("h", "s", "v"), skipna=False))
    worst, typical = _known[ensemble]
    return worst.copy(), typical.copy()


@cache
def _distinct_in_medium_cube() -> tuple[xr.Dataset, xr.DataArray]:
    """The medium cube's colors, each once, and where each point of the cube is among them; 2880 points are black."""
    color = over_channels(medium_cube())
    distinct, places = np.unique(color.values.reshape(-1, 3), axis=0, return_inverse=True)
    axes = color.isel(channel=0, drop=True)
    return (
        xr.Dataset({"color": (("distinct", "channel"), distinct)}),
        axes.copy(data=places.reshape(axes.shape)),
    )


def _error(models: Models, colors: Floats) -> Floats:
    return mean_squared_difference(models.answer(colors), colors)[:, np.newaxis]
