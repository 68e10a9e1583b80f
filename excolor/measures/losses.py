"""Measures of a loss history: how low a loss gets, how far it jumps, and how noisy it is.

A history is that of an ensemble, over `term`, `seed` and `step`. Logarithms are natural.
"""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.conditions.experiment import RECONSTRUCTION
from excolor.numerics.functions import exp, log, sqrt
from excolor.numerics.given import did_you_mean, is_over, is_whole, is_word, shown
from excolor.numerics.reductions import mean, spread


class HistoryError(ValueError):
    """No history of losses, or a term or steps that it does not have."""


def mean_loss(history: xr.DataArray, term: str, steps: slice) -> xr.DataArray:
    """The mean of a term's loss over a slice of the steps, over `seed`; NaN where its weight was 0 at one of them."""
    return _of_term(history, term, steps).reduce(mean, "step")


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
    _check_history(history)
    for name, given in {"start": start, "within": within, "span": span}.items():
        if not is_whole(given, 0 if name == "within" else 1):
            raise HistoryError(f"{name} is {shown(given)}: it must be a number of steps, for example 50")
    if start < span or start + within + span > history.sizes["step"]:
        raise HistoryError(
            f"{span} steps before step {start} and {span} after step {start + within}, of a history of "
            f"{history.sizes['step']} steps: all must lie within, for example a shorter span"
        )
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
    if not is_whole(neighborhood, 1) or neighborhood % 2 == 0 or neighborhood > loss.shape[1]:
        raise HistoryError(
            f"a running median over {shown(neighborhood)} of {loss.shape[1]} steps: it must be over an odd number "
            "of them, for example 51"
        )
    # Seed by seed, since of a single row it takes a tenth of the time.
    smooth = np.stack([median_filter(of_one, neighborhood) for of_one in loss])
    return xr.DataArray(spread(loss - smooth, 1), dims="seed", coords={"seed": history["seed"]})


def _log_loss(history: xr.DataArray, steps: slice) -> NDArray[np.float64]:
    """The natural logarithm of the reconstruction loss `[S, T]`."""
    return log(_of_term(history, RECONSTRUCTION, steps).transpose("seed", "step").values)


def _of_term(history: xr.DataArray, term: str, steps: slice) -> xr.DataArray:
    """The loss of one term over `seed` and some of the steps, at least one."""
    _check_history(history)
    terms = history["term"].values.tolist()
    if not is_word(term, terms):
        raise HistoryError(
            f"the history has no term {shown(term)}{did_you_mean(term, map(str, terms))}: it has "
            f"{', '.join(map(str, terms))}, for example {RECONSTRUCTION!r}"
        )
    if not _holds_one(steps, history.sizes["step"]):
        raise HistoryError(
            f"the steps {shown(steps)} of {history.sizes['step']}: give a slice of them that holds at least one, "
            "for example slice(100, 200)"
        )
    return history.sel(term=term, drop=True).isel(step=steps)


def _holds_one(steps: object, count: int) -> bool:
    """Whether it is a slice that holds at least one of so many steps."""
    if not isinstance(steps, slice) or not (steps.step is None or is_whole(steps.step, 1)):
        return False
    whole = all(end is None or isinstance(end, int | np.integer) for end in (steps.start, steps.stop))
    return whole and len(range(count)[steps]) > 0


def _check_history(history: object) -> None:
    if not is_over(history, ("term", "seed", "step")):
        raise HistoryError(
            f"the history {shown(history)}: it must be a DataArray over term, seed and step, for example that of "
            "train(EX_2_10, range(8))"
        )
