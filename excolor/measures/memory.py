"""What was measured of an ensemble is remembered as long as the ensemble is: ensembles never change."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

import xarray as xr

from excolor.ensemble import Ensemble
from excolor.measures.evaluation import check_ensemble

Measured = TypeVar("Measured")


def remembered(measure: Callable[[Ensemble], Measured]) -> Callable[[Ensemble], Measured]:
    """Make a measure of an ensemble that is taken once; whoever changes what it gives copies it first."""
    known: WeakKeyDictionary[Ensemble, Measured] = WeakKeyDictionary()

    @wraps(measure)
    def recalled(ensemble: Ensemble) -> Measured:
        check_ensemble(ensemble)
        if ensemble not in known:
            known[ensemble] = measure(ensemble)
        return known[ensemble]

    return recalled


def remembered_by_seed(measure: Callable[[Ensemble], xr.DataArray]) -> Callable[[Ensemble], xr.DataArray]:
    """As `remembered`, but of numbers over `seed`, of which whoever asks gets a copy."""
    recalled = remembered(measure)

    @wraps(measure)
    def copied(ensemble: Ensemble) -> xr.DataArray:
        return recalled(ensemble).copy()

    return copied
