"""The numbers that sum up a trained condition, each a median over seeds with its interval."""

from typing import Any

import xarray as xr
from metrics_extension import DIGITS

from excolor import Ensemble, error_of, median, typical_error, worst_error
from excolor.measures import alignment_of_red, most_opposed
from excolor.numerics.reductions import mean

COLORS = ("red", "orange", "yellow", "lime", "green", "cyan", "blue", "magenta", "black", "gray", "white")
LAST = 50
"""Steps: a gated term is 0 at most of them, where no color bears its label."""


def errors(ensemble: Ensemble) -> dict[str, Any]:
    """Of the worst, of the typical and of some named colors."""
    return {
        "worst_error": estimate(worst_error(ensemble)),
        "typical_error": estimate(typical_error(ensemble)),
        "error_of": {color: estimate(error_of(ensemble, color)) for color in COLORS},
    }


def cosines(ensemble: Ensemble) -> dict[str, Any]:
    """With red's anchor: of red itself, and the least of any color."""
    return {"red": estimate(alignment_of_red(ensemble)), "least": estimate(most_opposed(ensemble))}


def last_losses(ensemble: Ensemble) -> dict[str, Any]:
    """Of every term, the mean over the last steps that it was measured at."""
    return {
        losses["term"].item(): estimate(losses.dropna("step").isel(step=slice(-LAST, None)).reduce(mean, "step"))
        for losses in ensemble.history
    }


def estimate(samples: xr.DataArray) -> dict[str, float]:
    over_seeds = median(samples)
    return {
        name: float(f"{number:.{DIGITS}g}")
        for name, number in (("value", over_seeds.value), ("low", over_seeds.low), ("high", over_seeds.high))
    }
