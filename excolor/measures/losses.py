"""Measures of a loss history: how low a loss gets, how far it jumps, and how noisy it is.

A history is that of an ensemble, over `term`, `seed` and `step`. Logarithms are natural.
"""

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.numerics.functions import exp, log, sqrt
from excolor.numerics.reductions import mean, spread


def mean_loss(history: xr.DataArray, term: str, steps: slice) -> xr.DataArray:
    """The mean of a term's loss over a slice of the steps, over `seed`; NaN where its weight was 0 at one of them."""
    return history.sel(term=term, drop=True).isel(step=steps).reduce(mean, "step")


def root_mean_loss(history: xr.DataArray, term: str, steps: slice) -> xr.DataArray:
    """The square root of `mean_loss`: a root mean square distance, where the loss is a squared distance."""
    squared = mean_loss(history, term, steps)
    return squared.copy(data=sqrt(squared))


def largest_jump(history: xr.DataArray, start: int, within: int, span: int) -> xr.DataArray:
    """max over t of g(t, t + span) / g(t - span, t), g being the geometric mean of the reconstruction loss over steps.

    Args:
        start, within: t goes from step `start` to `start + within`.
        span: the number of steps over which the loss is averaged, before and after t.

    Returns:
        float64 over `seed`: the factor by which the loss jumps.
    """
    loss = _log_loss(history, slice(start - span, start + within + span))
    means = mean(np.lib.stride_tricks.sliding_window_view(loss, span, axis=1), -1)
    rise = (means[:, span:] - means[:, :-span]).max(1)
    return xr.DataArray(exp(rise), dims="seed", coords={"seed": history["seed"]})


def loss_noise(history: xr.DataArray, steps: slice, neighborhood: int) -> xr.DataArray:
    """The standard deviation of the log reconstruction loss about its running median, over `seed`.

    Args:
        steps: the steps of the standard deviation.
        neighborhood: the number of steps of the running median, odd.
    """
    from scipy.ndimage import median_filter  # here, since it takes long to load

    loss = _log_loss(history, steps)
    return xr.DataArray(
        spread(loss - median_filter(loss, (1, neighborhood)), 1), dims="seed", coords={"seed": history["seed"]}
    )


def _log_loss(history: xr.DataArray, steps: slice) -> NDArray[np.float64]:
    """The natural logarithm of the reconstruction loss `[S, T]`."""
    return log(history.sel(term="reconstruction").isel(step=steps).transpose("seed", "step").values)
