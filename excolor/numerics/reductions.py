"""Sums, means and lengths over an axis, added up in order, so that they have the same bits on every processor.

Numpy and torch add up in as many partial sums as a processor's registers hold. Everything here is in double precision.

Each function takes an `axis` as numpy's do, and so reduces a DataArray by name: `errors.reduce(mean, "name")`.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from excolor.numerics.compiling import compiled
from excolor.numerics.functions import sqrt

Floats = NDArray[np.float64]
Axis = int | tuple[int, ...] | None
"""One axis, several, or all of them."""


@compiled
def _totals(rows: Any, totals: Any) -> None:
    for i in range(rows.shape[0]):
        total = 0.0
        for j in range(rows.shape[1]):
            total += rows[i, j]
        totals[i] = total


def total(x: ArrayLike, axis: Axis = None) -> Floats:
    """sum x over the axis; of several axes the last is the innermost loop."""
    given = np.asarray(x, np.float64)
    axes = range(given.ndim) if axis is None else np.atleast_1d(axis).tolist()
    over = [axis % given.ndim for axis in axes]
    kept = [axis for axis in range(given.ndim) if axis not in over]
    shape = [given.shape[axis] for axis in kept]
    rows = np.ascontiguousarray(given.transpose(*kept, *over).reshape(int(np.prod(shape)), -1))
    totals = np.empty(len(rows))
    _totals(rows, totals)
    return totals.reshape(shape)


def mean(x: ArrayLike, axis: Axis = None) -> Floats:
    """sum x / n over the axis, n being the number of terms; NaN where n is 0."""
    given = np.asarray(x, np.float64)
    summed = total(given, axis)
    with np.errstate(invalid="ignore"):
        return np.asarray(summed / (given.size // max(summed.size, 1)))


def spread(x: ArrayLike, axis: int) -> Floats:
    """sqrt(mean (x - mean x)^2) over the axis: the standard deviation, with n and not n - 1 in the mean."""
    offset = np.asarray(x, np.float64) - np.expand_dims(mean(x, axis), axis)
    return sqrt(mean(offset * offset, axis))


def length(x: ArrayLike, axis: int = -1) -> Floats:
    """sqrt(sum x^2) over the axis: the length of the vectors along it."""
    given = np.asarray(x, np.float64)
    return sqrt(total(given * given, axis))
