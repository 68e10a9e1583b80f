"""What is remembered of an ensemble: measured once, for that one alone, and forgotten with it."""

import gc
import weakref

import numpy as np
import pytest
import xarray as xr

from excolor import ablate
from excolor.measures import MeasureError
from excolor.measures.memory import kept, kept_by, kept_by_seed, remembered


@pytest.fixture
def measure():
    """Lists what it measures."""

    @remembered
    def measure(ensemble):
        """How many seeds."""
        measure.asked.append(ensemble.bottleneck)
        return len(ensemble.seeds)

    measure.asked = []
    return measure


def test_is_measured_once(measure, ensemble):
    assert [measure(ensemble), measure(ensemble)] == [2, 2]
    assert len(measure.asked) == 1


def test_of_each_ensemble_for_itself(measure, ensemble):
    """An edited copy is another one, even if nothing about it differs that the measure would see."""
    measure(ensemble)
    measure(ablate(ensemble, 0))
    assert len(measure.asked) == 2


def test_of_each_measure_for_itself(measure, ensemble):
    assert remembered(lambda models: models.bottleneck)(ensemble) == ensemble.bottleneck != measure(ensemble)


def test_is_forgotten_with_the_ensemble(measure, ensemble):
    part = ensemble.first(1)
    measure(part)
    gone = weakref.ref(part)
    del part
    gc.collect()
    assert gone() is None


def test_numbers_of_each_seed_cannot_be_spoiled(ensemble):
    measure = kept_by_seed(lambda models: xr.DataArray([1.0, 2.0], dims="seed"))
    measure(ensemble)[0] = 7
    assert measure(ensemble).values.tolist() == [1, 2]


@pytest.fixture
def keeper():
    """Gives twice what is measured, and lists of what."""

    def keeper(measure, ensemble):
        keeper.asked.append(ensemble)
        return 2 * measure(ensemble)

    keeper.asked = []
    return keeper


def test_what_is_kept_is_asked_of_the_keeper_once(keeper, ensemble):
    part = ensemble.first(1)
    measure = kept(lambda models: np.array([1.0]))
    with kept_by(keeper):
        assert [measure(part).tolist(), measure(part).tolist()] == [[2.0], [2.0]]
    assert keeper.asked == [part]
    assert measure(part).tolist() == [2.0]
    assert measure(ensemble.first(1)).tolist() == [1.0]


def test_an_inner_block_may_have_no_keeper(keeper, ensemble):
    measure = kept_by_seed(lambda models: xr.DataArray([1.0, 2.0], dims="seed"))
    with kept_by(keeper):
        with kept_by(None):
            assert measure(ensemble.first(2)).values.tolist() == [1.0, 2.0]
        assert measure(ensemble.first(2)).values.tolist() == [2.0, 4.0]
        assert measure(ensemble.first(2)).coords["seed"].values.tolist() == list(ensemble.seeds)


def test_of_what_is_only_remembered_no_keeper_hears(measure, keeper, ensemble):
    with kept_by(keeper):
        measure(ensemble.first(1))
    assert keeper.asked == []


def test_keeps_name_and_words(measure):
    assert (measure.__name__, measure.__doc__) == ("measure", "How many seeds.")


def test_what_is_no_ensemble_is_refused(measure):
    with pytest.raises(MeasureError, match="a str cannot be measured: give one ensemble, for example"):
        measure("red")
