"""What is found in trained models, for an edit to go by: one vector for each seed, over `seed` and `dimension`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.edits.deletion import DimensionError
from excolor.ensemble import Ensemble
from excolor.numerics.given import is_over, shown


class DirectionError(ValueError):
    """Directions, or an eraser, that are none of the models they are given for."""


def check_vectors(ensemble: Ensemble, given: object, what: str, example: str) -> NDArray[np.float64]:
    """The vectors `[S, K]` of an ensemble that were given.

    Raises:
        DirectionError: they are over other axes, of other seeds or another width, or not finite.
    """
    if not isinstance(given, xr.DataArray) or not is_over(given, ("seed", "dimension")):
        raise DirectionError(f"{what} that are {shown(given)}: they must be over 'seed' and 'dimension', {example}")
    ordered = given.transpose("seed", "dimension")
    seeds = ordered["seed"].values.tolist() if "seed" in ordered.coords else None
    if ordered.shape != (len(ensemble.seeds), ensemble.bottleneck) or seeds != list(ensemble.seeds):
        raise DirectionError(
            f"{what} of shape {ordered.shape}, of the seeds {shown(seeds)}, for {ensemble}: there must be "
            f"{ensemble.bottleneck} coordinates for each seed of the models, {example}"
        )
    vectors = ordered.values.astype(np.float64)
    bad = np.flatnonzero(~np.isfinite(vectors).all(1))
    if bad.size:
        raise DirectionError(f"{what} that are not finite for seed {ensemble.seeds[bad[0]]}: give numbers, {example}")
    return vectors


def check_unedited(ensemble: Ensemble, verb: str, example: str) -> None:
    """Raise a `DimensionError` if the models carry interventions, which are made for latents as they are."""
    if ensemble.edits:
        changes = ", ".join(str(edit.change) for edit in ensemble.edits)
        raise DimensionError(
            f"cannot {verb} beneath interventions, here {changes}: {verb} first and intervene then, for example "
            f"intervene({example}, ...)"
        )


def name_of(find: Callable[..., object], otherwise: str) -> str:
    """What a function finds, by its own name: `mean difference`; `otherwise` if it has none, as a lambda."""
    name = getattr(find, "__name__", "")
    return name.strip("_").replace("_", " ") if isinstance(name, str) and name.isidentifier() else otherwise
