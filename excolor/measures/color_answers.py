"""Measures of the colors that a model answers, whatever it was shown: vibrancy and brightness."""

import xarray as xr

from excolor.colors import Colors, over_channels
from excolor.ensemble import Ensemble
from excolor.measures.evaluation import by_axes, reconstruct
from excolor.numerics.reductions import mean


def answered_vibrancy(ensemble: Ensemble, colors: Colors) -> xr.DataArray:
    """The mean over colors of max - min over the channels of a reconstruction: 0 for grays, 1 for pure hues.

    Args:
        colors: the colors that are shown, as `reconstruct` takes them.

    Returns:
        float64 over `seed`.
    """
    answers = _answers(ensemble, colors)
    span = answers.max("channel", skipna=False) - answers.min("channel", skipna=False)
    return span.reduce(mean, [dim for dim in span.dims if dim != "seed"])


def answered_brightness(ensemble: Ensemble, colors: Colors) -> xr.DataArray:
    """The mean over colors and channels of a reconstruction: 0 for black, 1 for white.

    Args, returns as for `answered_vibrancy`.
    """
    answers = _answers(ensemble, colors)
    return answers.reduce(mean, [dim for dim in answers.dims if dim != "seed"])


def _answers(ensemble: Ensemble, colors: Colors) -> xr.DataArray:
    rgb = over_channels(colors)
    return by_axes(ensemble, rgb, reconstruct(ensemble, rgb).numpy(), "channel")
