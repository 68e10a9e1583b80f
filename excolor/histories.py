"""The loss histories of several ensembles of one condition as one, joined when it is looked at.

Losses take most of an ensemble's memory, and few tests look at them. Those of one that was trained in parts stay where
they are, such as each part's in its file, and of what is looked at only the terms and steps asked for are joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from xarray.backends import BackendArray
from xarray.core.indexing import ExplicitIndexer, IndexingSupport, LazilyIndexedArray, explicit_indexing_adapter


def beside_each_other(histories: Sequence[xr.DataArray]) -> xr.DataArray:
    """Set histories of the same dimensions beside each other along `seed`, as `xr.concat` does, and copy nothing."""
    first = histories[0]
    losses = LazilyIndexedArray(_Parts([each.variable for each in histories], first.dims.index("seed")))
    seeds = np.concatenate([each["seed"].values for each in histories])
    shared = {name: coord for name, coord in first.coords.items() if name != "seed"}
    return xr.DataArray(xr.Variable(first.dims, losses), coords={**shared, "seed": seeds})


class _Parts(BackendArray):
    """Arrays that differ along one axis alone, as xarray reads what it leaves on a disk until it is looked at."""

    def __init__(self, parts: Sequence[xr.Variable], axis: int) -> None:
        self.parts, self.axis = parts, axis
        self.dtype = parts[0].dtype
        lengths = list(parts[0].shape)
        lengths[axis] = sum(each.shape[axis] for each in parts)
        self.shape = tuple(lengths)

    def __getitem__(self, key: ExplicitIndexer) -> Any:
        return explicit_indexing_adapter(key, self.shape, IndexingSupport.BASIC, self._joined)

    def _joined(self, key: tuple[int | slice, ...]) -> NDArray[Any]:
        before, own, after = key[: self.axis], key[self.axis], key[self.axis + 1 :]
        found = [each[(*before, slice(None), *after)].values for each in self.parts]
        axis = sum(isinstance(each, slice) for each in before)  # a whole number takes its axis away
        joined: NDArray[Any] = np.concatenate(found, axis)[(*[slice(None)] * axis, own)]
        return joined
