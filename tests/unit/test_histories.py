"""Histories beside each other: what xarray would join at once, joined when it is looked at, and no more than is."""

import pickle

import numpy as np
import torch
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from xarray.backends import BackendArray
from xarray.core.indexing import IndexingSupport, LazilyIndexedArray, explicit_indexing_adapter

from excolor.ensemble import Ensemble, gathered
from excolor.histories import beside_each_other
from excolor.measures import mean_loss
from excolor.numerics.layers import Affine

TERMS, STEPS = ["reconstruction", "a", "b"], 5
PARTS = ((4, 9), (7,), (2, 5, 3))


def history(seeds, losses=None):
    numbers = np.add.outer(100 * np.arange(len(TERMS)), np.add.outer(10 * np.array(seeds), np.arange(STEPS)))
    return xr.DataArray(
        numbers.astype(np.float32) if losses is None else losses,
        dims=("term", "seed", "step"),
        coords={"term": TERMS, "seed": list(seeds)},
    )


def forward(size):
    """Slices, but none backward: of such an empty one xarray can read nothing that is on a disk."""
    return st.slices(size).filter(lambda cut: cut.step is None or cut.step > 0)


PLACES = st.one_of(st.integers(-3, 2), forward(3), st.lists(st.integers(0, 2), min_size=1, max_size=4))


@given(
    cut=st.fixed_dictionaries({}, optional={"term": PLACES, "seed": forward(6) | PLACES, "step": forward(5)}),
    then=st.fixed_dictionaries({}, optional={"seed": forward(6), "step": st.just(slice(1, None))}),
)
def test_whatever_is_taken_of_them_is_as_of_a_copy(cut, then):
    parts = [history(seeds) for seeds in PARTS]
    beside, copied = beside_each_other(parts), xr.concat(parts, "seed")
    again = {dim: places for dim, places in then.items() if not isinstance(cut.get(dim), int)}
    assert beside.isel(cut).isel(again).identical(copied.isel(cut).isel(again))
    assert beside.isel(cut).dtype == np.float32


def test_seeds_may_be_any_axis():
    parts = [history(seeds).transpose("step", "term", "seed") for seeds in PARTS]
    assert beside_each_other(parts).identical(xr.concat(parts, "seed"))
    of_one_term = [each.sel(term="a") for each in parts]
    assert beside_each_other(of_one_term)[1].identical(xr.concat(of_one_term, "seed")[1])


class Watched(BackendArray):
    """Losses in a file, say: it notes how many of them are read."""

    def __init__(self, losses):
        self.losses, self.shape, self.dtype, self.read = losses, losses.shape, losses.dtype, 0

    def __getitem__(self, key):
        return explicit_indexing_adapter(key, self.shape, IndexingSupport.BASIC, self.taken)

    def taken(self, key):
        self.read += self.losses[key].size
        return self.losses[key]


def test_nothing_is_read_before_it_is_looked_at_and_then_what_is_alone():
    files = [Watched(history(seeds).values) for seeds in PARTS]
    beside = beside_each_other(
        [history(seeds, LazilyIndexedArray(file)) for seeds, file in zip(PARTS, files, strict=True)]
    )
    assert beside["seed"].values.tolist() == [4, 9, 7, 2, 5, 3]
    assert beside.sizes == {"term": 3, "seed": 6, "step": 5}
    last = beside.sel(term="b").isel(step=slice(-2, None))
    assert [file.read for file in files] == [0, 0, 0]
    assert last.values[:, -1].tolist() == [244, 294, 274, 224, 254, 234]
    assert [file.read for file in files] == [4, 2, 6]


def ensemble(seeds):
    """Models that do not matter, with such a history."""
    layer = Affine(torch.eye(3).repeat(len(seeds), 1, 1), torch.zeros(len(seeds), 3))
    return Ensemble((layer,), (layer,), seeds, history(seeds))


def test_of_what_was_gathered_a_loss_is_read_as_of_one():
    whole = gathered([ensemble(seeds) for seeds in PARTS], (9, 2, 7, 4))
    assert mean_loss(whole.history, "a", slice(1, 3)).values.tolist() == [191.5, 121.5, 171.5, 141.5]
    assert whole.first(2).history.identical(history((9, 2)))


def test_another_process_may_have_them():
    beside = beside_each_other([history(seeds) for seeds in PARTS])
    assert pickle.loads(pickle.dumps(beside)).identical(beside)
