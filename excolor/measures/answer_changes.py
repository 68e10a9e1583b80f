"""How far an edit moves what models answer, and whether half of an edit moves it half of the way."""

from __future__ import annotations

import numpy as np
import xarray as xr

from excolor.colors import Colors, over_channels
from excolor.ensemble import Ensemble
from excolor.measures.evaluation import by_axes, reconstruct
from excolor.numerics.functions import sqrt
from excolor.numerics.reductions import mean


def answer_change(edited: Ensemble, intact: Ensemble, colors: Colors) -> xr.DataArray:
    """sqrt(mean over colors and channels of (y' - y)^2), y' and y being the answers with and without an edit.

    Args:
        edited, intact: of the same seeds.
        colors: the colors that are shown, as `reconstruct` takes them.

    Returns:
        float64 over `seed`.
    """
    return _root_mean_square(_answers(edited, colors) - _answers(intact, colors))


def off_half_way(half: Ensemble, whole: Ensemble, intact: Ensemble, colors: Colors) -> xr.DataArray:
    """sqrt(mean over colors and channels of (2 (h - y) - (w - y))^2), by the answers y, h and w.

    These are the answers without an edit, with half of it, and with all of it: 0 if half of the edit moves each answer
    half of the way, as in a linear decoder. Where answers go with the square of the edit, it is half of the
    `answer_change` of the whole.

    Args, returns as for `answer_change`.
    """
    return _root_mean_square(2 * _answers(half, colors) - _answers(whole, colors) - _answers(intact, colors))


def _answers(ensemble: Ensemble, colors: Colors) -> xr.DataArray:
    rgb = over_channels(colors)
    return by_axes(ensemble, rgb, reconstruct(ensemble, rgb).numpy().astype(np.float64), "channel")


def _root_mean_square(change: xr.DataArray) -> xr.DataArray:
    squared = (change**2).reduce(mean, [dim for dim in change.dims if dim != "seed"])
    return squared.copy(data=sqrt(squared))
