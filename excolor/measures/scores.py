"""Scores of how the error after a deletion goes with a concept: the published R^2, and the collateral damage.

R^2 is weak evidence. It fits a coefficient and an intercept, so that it shows neither how much is deleted nor how much
is damaged besides, and only the few colors most similar to the concept move it. On the 20 x 20 x 20 RGB cube, with
similarity to red squared, an error of redness cubed scores 0.97, and loss of the red channel in every color still 0.37,
the figure published for the ablation that failed in 2.4.1. Collateral damage is 0.03 and 0.30 for these two.
"""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.colors import Colors, over_channels, vibrancy
from excolor.conditions.concepts import Concept, concept_or_red
from excolor.measures.errors import HALF_A_STEP
from excolor.numerics.arithmetic import whole_power
from excolor.numerics.functions import power
from excolor.numerics.given import is_number, is_numeric, is_over, shown
from excolor.numerics.reductions import mean, total

STEEPEST = 1000
"""The highest power of a concept: whatever is not the concept itself is then none of it."""


class ScoreError(ValueError):
    """Errors that cannot be compared with a concept."""


def similarity_over(colors: Colors, concept: Concept | None = None) -> xr.DataArray:
    """The similarity to a concept of every color of a cube or others, over their own axes.

    Args:
        colors: the colors, as `reconstruct` takes them.
        concept: the one whose likeness it is, such as `concept_of(experiment)`; by default red, by the published
            `hsv_similarity`.
    """
    rgb = over_channels(colors)
    return rgb.isel(channel=0, drop=True).copy(data=concept_or_red(concept).likeness(rgb.values))


def vibrancy_over(colors: Colors) -> xr.DataArray:
    """The vibrancy, saturation times value, of every color of a cube or others, over their own axes."""
    rgb = over_channels(colors)
    return rgb.isel(channel=0, drop=True).copy(data=vibrancy(rgb.values))


def to_power(concept: xr.DataArray, exponent: float) -> xr.DataArray:
    """concept^exponent, of the concept's shape, for a concept from 0 to 1 and an exponent above 0."""
    if not is_number(exponent) or not 0 < exponent <= STEEPEST:
        raise ScoreError(f"the exponent {shown(exponent)}: it must be above 0 and at most {STEEPEST}, for example 2")
    if not is_numeric(concept) or not ((concept >= 0) & (concept <= 1)).all():
        raise ScoreError(
            f"a concept that is {shown(concept)}: it must be a DataArray of numbers from 0 to 1, for example "
            "similarity_over(cube)"
        )
    if exponent == int(exponent):
        return concept.copy(data=whole_power(concept.values, int(exponent)))
    return concept.copy(data=power(concept.values, exponent))


def r_squared(error: xr.DataArray, concept: xr.DataArray) -> xr.DataArray:
    """The square of Pearson's correlation, over all colors, of the error with the concept: the published score.

        R^2 = (sum (e - mean e)(c - mean c))^2 / (sum (e - mean e)^2  sum (c - mean c)^2)

    The published c are similarity to red squared for suppression and repulsion, cubed for a deletion of red, and
    vibrancy^2.3 for a deletion of the hue plane. A gray answer, whatever the gray, scores 0.08 at the most. Source:
    2.4.1 to 2.10.1, arXiv 2512.12469, which scores the training cube.

    Args:
        error: over `seed` and the axes of the colors, as from `reconstruction_error`.
        concept: over the axes of the colors, such as `to_power(similarity_over(cube), 2)`.

    Returns:
        float64 over `seed`; NaN where all errors are the same or one is NaN.

    Raises:
        ScoreError: the two are not over the same colors, or the concept is the same for all.
    """
    e, c = _paired(error, concept)
    if np.ptp(c) == 0:
        raise ScoreError(f"all {c.size} colors have a concept of {c[0]:g}: nothing can go with it, give a cube")
    constant = np.ptp(e, axis=1) == 0
    e = e - mean(e, 1)[:, np.newaxis]
    c = c - mean(c)
    together, below = total(e * c, 1), total(e * e, 1) * total(c * c)
    return _over_seeds(error, together * together / np.where(constant, np.nan, below)).rename("r_squared")


def collateral(error: xr.DataArray, concept: xr.DataArray) -> xr.DataArray:
    """The error of colors unlike the concept, as a share of the error of the concept itself:

        collateral = (sum (1 - c) e / sum (1 - c)) / mean of max(e, (1/510)^2) where c = 1

    the mean error of the colors, each weighted by 1 - c, over the error of those with c = 1. It is 1 if all errors are
    equal. An error proportional to c^p gives, with similarity to red on the validation colors, 0.04 for p = 2 and 0.02
    for p = 3. Loss of the red channel fails with 0.29: its error is r^2 / 3, of which the mean color has a third of
    red's, and white has all; the intercept that R^2 fits forgives that, a ratio does not. A mid-gray answer has 0.35.
    Being a ratio, collateral damage does not show that the concept has an error at all; show that beside it.

    The concept's own errors count as half of one step of 256 if they are less, as in `at_least_half_a_step`: so the
    score is finite even if an answer is right to the last digit.

    Args, returns as for `r_squared`, but the concept goes from 0 to 1 and is taken to no power. Every color has equal
    weight, which fits RGB cubes and the validation colors.

    Raises:
        ScoreError: as for `r_squared`, or no color has c = 1.
    """
    e, c = _paired(error, concept)
    # The tolerance is for rounding in the conversion to HSV.
    itself = c > 1 - 1e-9
    if not itself.any() or itself.all():
        raise ScoreError(
            f"the concept goes from {c.min():g} to {c.max():g}: collateral needs colors of 1, the concept itself, and "
            "others, for example similarity_over(validation_colors())"
        )
    others = total(e * (1 - c), 1) / total(1 - c)
    return _over_seeds(error, others / mean(np.maximum(e[:, itself], HALF_A_STEP), 1))


def _paired(error: xr.DataArray, concept: xr.DataArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Arrange errors `[S, N]` and the concept `[N]` in the same order of colors."""
    if (
        not is_numeric(concept)
        or "seed" in concept.dims
        or not concept.size
        or not is_over(error, ("seed", *concept.dims))
        or not error.size
    ):
        raise ScoreError(
            f"errors that are {shown(error)} and a concept that is {shown(concept)}: both must be over the "
            "axes of the same colors, and the errors over 'seed' as well, for example "
            "reconstruction_error(ensemble, cube) and similarity_over(cube)"
        )
    try:
        if not _have_equal_labels(error, concept):
            xr.align(error, concept, join="exact")
    except ValueError as problem:
        raise ScoreError(
            f"errors and concept are of different colors, {error.sizes} and {concept.sizes}: take both of the same "
            "cube, for example reconstruction_error(ensemble, cube) and similarity_over(cube)"
        ) from problem
    e = error.transpose("seed", *concept.dims).values.astype(np.float64)
    return e.reshape(len(e), -1), concept.values.astype(np.float64).ravel()


def _have_equal_labels(error: xr.DataArray, concept: xr.DataArray) -> bool:
    """Whether each axis of the concept has the same length in both, and labels that are equal or none.

    Of whatever is less plain, such as labels of several levels, xarray says whether it can be aligned; it takes ten
    times as long.
    """
    ours, theirs = error.xindexes, concept.xindexes
    return set(theirs) == set(ours) - {"seed"} <= set(concept.dims) and all(
        error.sizes[dim] == concept.sizes[dim] and (dim not in ours or ours[dim].equals(theirs[dim]))
        for dim in concept.dims
    )


def _over_seeds(error: xr.DataArray, values: NDArray[np.float64]) -> xr.DataArray:
    return xr.DataArray(values, dims="seed", coords={"seed": error["seed"]})
