"""Trainings that start from the weights of another seed, or from models that another training gave."""

import re
from dataclasses import replace

import numpy as np
import pytest
import torch

from excolor import ablate, prune
from excolor.colors import training_cube
from excolor.conditions.architecture import Form
from excolor.conditions.experiment import Experiment, ExperimentError, Term
from excolor.conditions.regularizers import Unitarity
from excolor.conditions.starts import After, OtherWeights, StartError
from excolor.edits import suppressed
from excolor.ensemble import split
from excolor.keeping.folder import Folder
from excolor.keeping.key import Keys
from excolor.schedule.dopesheet import Dopesheet
from excolor.training import train, train_together
from excolor.training.initial_weights import initial_parameters
from excolor.verdicts.store import Store

STILL, MOVING = "STEP,lr\n0,0\n4,", "STEP,lr\n0,0.01\n9,"
"""Dopesheets at whose end the models are where they began, and are not."""

FIRST = Experiment("first", training_cube, Dopesheet.parse(MOVING), (), bottleneck=3, nonlinear=1)
SEEDS = (5, 1)


def starting(start, sheet=STILL, **changes):
    return FIRST.replace(name="second", dopesheet=Dopesheet.parse(sheet), start=start, **changes)


def weights(ensemble):
    return [each for layer in ensemble.encoder + ensemble.decoder for each in (layer.weight, layer.bias)]


def same_weights(one, other):
    return all(map(torch.equal, weights(one), weights(other)))


def delete_first(ensemble):
    return ablate(ensemble, 0)


def delete_second(ensemble):
    return ablate(ensemble, 1)


@pytest.mark.parametrize("further", [3, -1])
def test_a_seed_starts_from_the_weights_of_another(further):
    given = weights(train(starting(OtherWeights(further)), SEEDS))
    drawn = initial_parameters(FIRST.architecture, tuple(seed + further for seed in SEEDS))
    encoder, decoder = split(drawn, FIRST.architecture)
    assert all(map(torch.equal, given, [x for layer in encoder + decoder for x in (layer.weight, layer.bias)]))


def test_and_keeps_its_own_batches():
    """As if the other seed's weights were put into its models by hand."""
    other = train(starting(None), (1,))
    by_hand = After(FIRST, lambda ensemble: replace(ensemble, encoder=other.encoder, decoder=other.decoder))
    given, expected = (train(starting(start, MOVING), (5,)) for start in (OtherWeights(-4), by_hand))
    assert same_weights(given, expected)
    assert given.history.equals(expected.history)
    assert not given.history.drop_vars("seed").equals(train(FIRST, (1,)).history.drop_vars("seed"))


@pytest.mark.parametrize("edit", [None, delete_first])
def test_a_training_starts_after_another(edit):
    before = train(FIRST, SEEDS)
    assert same_weights(train(starting(After(FIRST, edit)), SEEDS), edit(before) if edit else before)


def test_and_after_that_one_goes_a_third():
    third = starting(After(starting(After(FIRST, delete_first)), delete_second))
    assert same_weights(train(third, SEEDS), ablate(train(FIRST, SEEDS), [0, 1]))


def test_a_seed_has_the_same_bits_alone_and_among_others():
    second = starting(After(FIRST, delete_first), MOVING)
    together, alone = train(second, SEEDS), train(second, SEEDS[1:])
    assert all(torch.equal(a[1:], b) for a, b in zip(weights(together), weights(alone), strict=True))
    assert np.array_equal(together.history[:, 1:], alone.history)


def test_the_optimizer_starts_anew():
    """Adam's first step is the learning rate, whatever the size of the gradient."""
    before, after = train(FIRST, SEEDS), train(starting(After(FIRST), "STEP,lr\n0,0.001\n1,0"), SEEDS)
    moved = torch.cat([(a - b).abs().flatten() for a, b in zip(weights(before), weights(after), strict=True)])
    assert moved.median().item() == pytest.approx(0.001, rel=1e-3)
    assert moved.max().item() < 0.00101


def test_conditions_of_one_start_are_trained_side_by_side():
    plain = starting(After(FIRST, delete_first), MOVING)
    sheet = "STEP,lr,reg-unit\n0,0.01,1\n9,,"
    other = plain.replace(dopesheet=Dopesheet.parse(sheet), terms=(Term("reg-unit", Unitarity()),))
    for together, each in zip(train_together([plain, other], SEEDS), (plain, other), strict=True):
        assert same_weights(together, train(each, SEEDS))


@pytest.mark.parametrize("start", [None, OtherWeights(1), After(FIRST), After(FIRST, delete_second)])
def test_those_of_another_start_are_others(start):
    one, other = starting(After(FIRST, delete_first)), starting(start)
    assert one != other
    assert len({Keys(train_together).of(each) for each in (one, other)} - {None}) == 2
    with pytest.raises(ExperimentError, match="differ in more than their terms"):
        train_together([one, other], SEEDS)


def test_the_store_trains_what_comes_before_once(tmp_path):
    store = Store(Folder(tmp_path))
    sheets = MOVING, STILL
    given = store.trained([starting(After(FIRST, delete_first), sheet) for sheet in sheets], SEEDS)
    assert len(store.has_trained) == 3
    assert same_weights(given[1], ablate(store.trained([FIRST], SEEDS)[0], 0))
    assert list(Store(Folder(tmp_path)).found(FIRST))


def test_what_an_edit_captured_may_not_change():
    dims = [0]
    second = starting(After(FIRST, lambda ensemble: ablate(ensemble, dims)))
    dims[0] = 1
    with pytest.raises(ExperimentError, match="'dims' in the edit before is not what it was when"):
        train(second, SEEDS)


WANTED = (
    "it trains models of the layers 3-16-3-16-3 of the same form and seeds, whose edits are in their weights, "
    "for example ablate(ensemble, 0)"
)


@pytest.mark.parametrize(
    "edit",
    [
        lambda ensemble: prune(ensemble, 0),
        suppressed,
        lambda ensemble: ensemble.first(1),
        lambda ensemble: replace(ensemble, form=Form(output="sigmoid")),
        lambda ensemble: None,
    ],
    ids=["other sizes", "interventions", "fewer seeds", "another form", "nothing"],
)
def test_models_of_another_kind_are_no_start(edit):
    with pytest.raises(StartError, match=r"^second cannot start from .*: " + re.escape(WANTED)):
        train(starting(After(FIRST, edit)), SEEDS)


@pytest.mark.parametrize(
    ("make", "given", "error", "words"),
    [
        (
            OtherWeights,
            (0,),
            StartError,
            "weights of the seed 0 further on: it must be a whole number other than 0, for example OtherWeights(1000)",
        ),
        (
            train,
            (starting(OtherWeights(-2)), SEEDS),
            StartError,
            "second: there is no seed -1 to take the weights of: seeds are 0 or above, for example OtherWeights(2)",
        ),
        (
            After,
            ("first",),
            StartError,
            "a start after 'first': give an Experiment, for example After(EX_2_10)",
        ),
        (
            After,
            (FIRST, 0),
            StartError,
            "a start after first with the edit 0: it must be a function of an Ensemble, or None, for example a "
            "function delete_red that returns ablate(ensemble, 0)",
        ),
        (
            starting,
            (3,),
            ExperimentError,
            "second: start is 3: it must be OtherWeights, After an experiment, or None, for example OtherWeights(1000)",
        ),
        (
            train_together,
            ([FIRST], SEEDS, None, 3),
            TypeError,
            "before is 3: it must be a function of an experiment and seeds, for example train",
        ),
    ],
)
def test_what_is_no_start_is_refused(make, given, error, words):
    with pytest.raises(error, match=f"^{re.escape(words)}$"):
        make(*given)
