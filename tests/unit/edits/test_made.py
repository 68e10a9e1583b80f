"""What is made of an ensemble: once for the same edit, for that ensemble alone, heard each time, kept as long as it."""

import gc
import math
import weakref
from dataclasses import dataclass

import numpy as np
import pytest
import torch
import xarray as xr

from excolor.conditions.architecture import Architecture
from excolor.edits import (
    AxisAlignedSuppression,
    BezierMapper,
    BoundedFalloff,
    Intervention,
    LinearMapper,
    Reflection,
    Repulsion,
    Suppression,
    ablate,
    intervene,
    prune,
    suppressed,
)
from excolor.edits.made import edits_heard
from excolor.ensemble import Ensemble, split
from excolor.measures import typical_error
from excolor.numerics.streams import stream

RED = (1.0, 0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def ensemble():
    """Two models of random weights."""
    architecture, seeds = Architecture(4, 1, 6), (0, 1)
    drawn = np.stack([stream(seed, "made").normal(0, 0.7, architecture.parameters) for seed in seeds])
    history = xr.DataArray(drawn[:, :1], dims=("seed", "step"), coords={"seed": list(seeds)})
    return Ensemble(*split(torch.from_numpy(drawn).float(), architecture), seeds, history)


EDITS = {
    "ablate": lambda models: ablate(models, 0),
    "prune": lambda models: prune(models, [0]),
    "suppression": lambda models: intervene(models, Suppression(RED, BoundedFalloff(0, 1, 2))),
    "repulsion": lambda models: intervene(models, Repulsion(RED, BezierMapper(0, 0.5))),
    "linear repulsion": lambda models: intervene(models, Repulsion(RED, LinearMapper(0, 0.5))),
    "reflection": lambda models: intervene(models, Reflection(RED)),
    "before normalization": lambda models: intervene(models, AxisAlignedSuppression((0,)), layer="encoder"),
    "two": lambda models: intervene(models, AxisAlignedSuppression((0,)), AxisAlignedSuppression((1,))),
    "two, turned": lambda models: intervene(models, AxisAlignedSuppression((1,)), AxisAlignedSuppression((0,))),
    "two of one": lambda models: intervene(models, AxisAlignedSuppression((0, 1))),
    "suppressed": suppressed,
    "one after the other": lambda models: intervene(ablate(models, 0), AxisAlignedSuppression((1,))),
}
each_edit = pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)


@dataclass(frozen=True)
class Scaled(Intervention):
    """By a factor of the user's own."""

    factor: float

    def edit(self, z):
        return self.factor * z


@dataclass(frozen=True)
class Steep(BoundedFalloff):
    """A falloff of the user's own, in what looks like the package's."""


@each_edit
def test_the_same_edit_gives_the_same_ensemble(ensemble, edit):
    assert edit(ensemble) is edit(ensemble)


def test_other_edits_give_others(ensemble):
    assert len({id(edit(ensemble)) for edit in EDITS.values()}) == len(EDITS)


def test_of_another_ensemble_it_is_another(ensemble):
    same = ensemble.first(len(ensemble.seeds))
    for edit in EDITS.values():
        assert edit(ensemble) is not edit(same)


@each_edit
def test_it_is_heard_each_time(ensemble, edit):
    edit(ensemble)
    with edits_heard() as heard:
        gave = edit(ensemble)
    assert heard[-1].gave is gave
    assert heard[-1].again(heard[-1].of) is gave


@each_edit
def test_it_goes_with_the_ensemble_and_not_before(ensemble, edit):
    of = ensemble.first(1)
    made, gone = weakref.ref(edit(of)), weakref.ref(of)
    gc.collect()
    assert made() is not None
    del of
    gc.collect()
    assert (made(), gone()) == (None, None)


@each_edit
def test_it_does_not_keep_what_it_was_made_of(ensemble, edit):
    of = ensemble.first(1)
    made, gone = edit(of), weakref.ref(of)
    del of
    gc.collect()
    assert (gone(), made.seeds) == (None, ensemble.seeds[:1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BoundedFalloff(0, 1), BoundedFalloff(0, 1.0)),
        (BoundedFalloff(0, 1), BoundedFalloff(0.0, 1)),
        (BoundedFalloff(0.0, 1), BoundedFalloff(-0.0, 1)),
        (BoundedFalloff(0.5, 1), BoundedFalloff(math.nextafter(0.5, 1), 1)),
        (BoundedFalloff(0, 1), Steep(0, 1)),
    ],
    ids=repr,
)
def test_what_is_equal_but_written_differently_is_another(ensemble, one, other):
    ways = [Suppression(RED, falloff) for falloff in (one, other)]
    first, second = (intervene(ensemble, way) for way in ways)
    assert first is not second
    assert [models.edits[0].change for models in (first, second)] == ways
    assert [repr(models.edits[0].change) for models in (first, second)] == list(map(repr, ways))


def test_directions_of_other_signs_of_nothing_are_others(ensemble):
    ways = [Suppression(direction, BoundedFalloff(0, 1)) for direction in (RED, (*RED[:-1], -0.0))]
    assert ways[0] == ways[1]
    assert intervene(ensemble, ways[0]) is not intervene(ensemble, ways[1])


@pytest.mark.parametrize(
    "way",
    [
        Scaled(0.5),
        Suppression(RED, Steep(0, 1)),
        Suppression(RED, BoundedFalloff(np.float64(0), 1)),
        AxisAlignedSuppression((np.int64(0),)),  # type: ignore[arg-type]
    ],
    ids=repr,
)
def test_what_could_hide_something_is_made_anew(ensemble, way):
    assert intervene(ensemble, way) is not intervene(ensemble, way)
    both = AxisAlignedSuppression((0,)), way
    assert intervene(ensemble, *both) is not intervene(ensemble, *both)


def test_what_is_measured_of_it_is_remembered_with_it(ensemble, monkeypatch):
    """As if whoever edits it again had the first result in hand."""
    before = typical_error(ablate(ensemble, 1))
    monkeypatch.setattr("excolor.measures.errors.by_color", None)
    assert typical_error(ablate(ensemble, 1)).equals(before)
