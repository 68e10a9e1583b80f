"""Measures of the colors that a model answers: vibrancy, brightness, and how far one bears a concept."""

from __future__ import annotations

import numpy as np
import xarray as xr

from excolor.colors import Colors, over_channels
from excolor.conditions.concepts import Concept, check_concept
from excolor.ensemble import Ensemble
from excolor.measures.evaluation import by_axes, over_seeds, reconstruct
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


def answered_likeness(ensemble: Ensemble, concept: Concept) -> xr.DataArray:
    """How far the answer to a concept's own color bears the concept, its likeness: 1 if it is that color.

    Returns:
        float64 over `seed`; NaN where the answer is.

    Raises:
        ConceptError: it is no Concept.
    """
    check_concept(concept)
    answers = reconstruct(ensemble, concept.color).numpy()
    broken = np.isnan(answers).any(-1)
    likeness = concept.likeness(np.where(broken[:, np.newaxis], 0, answers))
    return over_seeds(ensemble, np.where(broken, np.nan, likeness), "likeness")


def _answers(ensemble: Ensemble, colors: Colors) -> xr.DataArray:
    rgb = over_channels(colors)
    return by_axes(ensemble, rgb, reconstruct(ensemble, rgb).numpy(), "channel")
