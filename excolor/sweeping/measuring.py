"""What is measured of each ensemble: named functions that give one number for each seed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.conditions.experiment import Experiment
from excolor.numerics.given import shown
from excolor.sweeping.errors import SweepError
from excolor.training import train

Measure = Callable[..., xr.DataArray]
Values = dict[str, NDArray[Any]]
"""The numbers of each measure, one for each seed, in the order of the seeds."""
KINDS = {np.dtype(kind) for kind in ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]}
"""Of numbers that a file keeps to the bit."""
EXAMPLE = "for example measure=typical_error, or measure={'red': lambda ensemble: error_of(ensemble, 'red')}"


def named(measure: object, taken: Collection[str]) -> dict[str, Measure]:
    """Name each measure: one function by its own name, those of a mapping by their keys.

    Raises:
        SweepError: something that is no function, or has no name, or that of an axis.
    """
    measures = measure if isinstance(measure, Mapping) else {_own_name(measure): measure}
    if not measures:
        raise SweepError(f"no measure: give one or more, {EXAMPLE}")
    for name, each in measures.items():
        if not isinstance(name, str) or not name:
            raise SweepError(f"a measure is called {shown(name)}: it must have a string for its name, {EXAMPLE}")
        if not callable(each):
            raise SweepError(f"the measure {name!r} is {shown(each)}: it must be a function of an ensemble, {EXAMPLE}")
        if name in taken:
            raise SweepError(f"a measure is called {name!r}, as is an axis of the result: name it otherwise, {EXAMPLE}")
    return dict(measures)


def measured(experiment: Experiment, seeds: Sequence[int], measures: Mapping[str, Measure]) -> Values:
    """Train an experiment's seeds, and take each measure of them.

    Raises:
        SweepError: a measure that gives anything but one number for each seed.
        TrainingError: a loss that is no longer finite.
    """
    ensemble = train(experiment, seeds)
    return {name: _one_a_seed(name, measure(ensemble), ensemble.seeds) for name, measure in measures.items()}


def is_one_a_seed(values: NDArray[Any], seeds: Sequence[int]) -> bool:
    return values.dtype in KINDS and values.shape == (len(seeds),)


def _own_name(measure: object) -> str:
    name = getattr(measure, "__name__", None)
    if not callable(measure):
        raise SweepError(f"the measure {shown(measure)}: it must be a function of an ensemble, {EXAMPLE}")
    if not isinstance(name, str) or not name.isidentifier():
        raise SweepError(f"the measure {shown(measure)} has no name that a result could have: give it one, {EXAMPLE}")
    return name


def _one_a_seed(name: str, given: object, seeds: tuple[int, ...]) -> NDArray[Any]:
    if isinstance(given, xr.DataArray) and given.dims == ("seed",):
        labels = tuple(given["seed"].values.tolist()) if "seed" in given.coords else seeds
        if labels == seeds and is_one_a_seed(given.values, seeds):
            return np.array(given.values)
    raise SweepError(
        f"the measure {name!r} gave {shown(given)} for the seeds {_few(seeds)}: it must give a DataArray over 'seed' "
        f"alone, with one number for each, in their order, {EXAMPLE}"
    )


def _few(seeds: Sequence[int]) -> str:
    return ", ".join(map(str, seeds[:3])) + ", ..." * (len(seeds) > 3)
