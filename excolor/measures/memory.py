"""What was measured of an ensemble is remembered as long as the ensemble is: ensembles never change.

Beyond that, numbers may be kept by whoever asks for it (`kept_by`), such as a run for later runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Protocol, TypeVar
from weakref import WeakKeyDictionary

import xarray as xr
from numpy.typing import NDArray

from excolor.ensemble import Ensemble
from excolor.measures.evaluation import check_ensemble, over_seeds

Measured = TypeVar("Measured")
Numbers = TypeVar("Numbers", NDArray[Any], tuple[NDArray[Any], ...])


class Keeper(Protocol):
    def __call__(self, measure: Callable[[Ensemble], Numbers], ensemble: Ensemble) -> Numbers:
        """What a measure gives of an ensemble, taken now or earlier."""


_keeper: ContextVar[Keeper | None] = ContextVar("keeper", default=None)


@contextmanager
def kept_by(keeper: Keeper | None) -> Iterator[None]:
    """Let numbers be taken, or found, by a keeper within the block; an inner block has its own, or none."""
    token = _keeper.set(keeper)
    try:
        yield
    finally:
        _keeper.reset(token)


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


def kept(measure: Callable[[Ensemble], Numbers]) -> Callable[[Ensemble], Numbers]:
    """As `remembered`, of few numbers that take long, and that follow from the models alone, not from their losses."""

    @wraps(measure)
    def taken(ensemble: Ensemble) -> Numbers:
        keeper = _keeper.get()
        return keeper(measure, ensemble) if keeper else measure(ensemble)

    return remembered(taken)


def kept_by_seed(measure: Callable[[Ensemble], xr.DataArray]) -> Callable[[Ensemble], xr.DataArray]:
    """As `kept`, but of numbers over `seed`, of which whoever asks gets a copy."""

    @kept
    @wraps(measure)
    def taken(ensemble: Ensemble) -> NDArray[Any]:
        return measure(ensemble).transpose("seed").values

    @wraps(measure)
    def copied(ensemble: Ensemble) -> xr.DataArray:
        return over_seeds(ensemble, taken(ensemble), measure.__name__)

    return copied
