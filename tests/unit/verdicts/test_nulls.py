"""Worlds in which something is otherwise: what takes whose place there, and that it leaves it again."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

import excolor
from excolor import edits, measures, training
from excolor.conditions import After
from excolor.ensemble import Ensemble, split
from excolor.experiments import EX_2_8, EX_2_9, EX_2_10
from excolor.judging.intervals import SampleError
from excolor.numerics.streams import stream
from excolor.training.history import labeled
from excolor.training.initial_weights import initial_parameters
from excolor.verdicts.nulls import NULLS, enter
from excolor.verdicts.store import Store

RGB = np.array([[1.0, 0.0, 0.0], [0.2, 0.4, 0.9]])


def models(experiments, seeds, watch=None, before=None):
    """In place of trained ones: random weights, another draw for each number of terms."""
    for experiment in experiments:
        drawn = stream(len(experiment.terms), "models").normal(0, 0.7, (len(seeds), experiment.architecture.parameters))
        losses = np.tile(drawn[:, :2], (1 + len(experiment.terms), 1, 1))
        layers = split(torch.from_numpy(drawn).float(), experiment.architecture)
        yield Ensemble(*layers, tuple(seeds), labeled(experiment, seeds, losses), experiment.form)


SEEDS = (0, 1, 2)


@pytest.fixture
def world(monkeypatch):
    """A function: `world(null)` enters it, until the end of the test, and gives the models of 2.10 there."""
    monkeypatch.setattr(training, "train_together", lambda *args: list(models(*args)))
    leaving = []

    def world(null=None):
        if null:
            enter(null, SimpleNamespace(add_cleanup=leaving.append))
        return handed_over(EX_2_10)

    yield world
    for leave in leaving:
        leave()


def handed_over(experiment):
    (ensemble,) = Store().trained([experiment], SEEDS)
    return ensemble


def answers(ensemble):
    return measures.reconstruct(ensemble, RGB).numpy()


def test_unregularized(world):
    (bare,) = models([EX_2_10.unregularized()], SEEDS)
    assert (answers(world()) != answers(bare)).any()
    ensemble = world("unregularized")
    assert (answers(ensemble) == answers(bare)).all()
    assert (ensemble.history[0].values == bare.history[0].values).all()
    assert ensemble.history["term"].values.tolist() == ["reconstruction", *(term.name for term in EX_2_10.terms)]
    assert np.isnan(ensemble.history[1:].values).all()


@pytest.mark.parametrize(
    ("null", "first"), [("gray", EX_2_10), ("untrained", EX_2_10), ("unregularized", EX_2_10.unregularized())]
)
def test_what_goes_on_after_another_training_does_so_after_one_of_that_world(world, monkeypatch, null, first):
    """Whose models are as they were trained: a null hands over others, and leaves nothing of these behind."""
    started = []

    def train_together(experiments, seeds, watch, before):
        ensembles = list(models(experiments, seeds))
        started.extend(answers(before(each.start.experiment, seeds)) for each in experiments if each.start)
        return ensembles

    world(null)
    monkeypatch.setattr(training, "train_together", train_together)
    handed_over(EX_2_9.replace(start=After(EX_2_10)))
    (expected,) = models([first], SEEDS)
    assert (started[0] == answers(expected)).all()


@pytest.mark.parametrize("null", NULLS)
def test_whoever_asks_for_conditions_is_handed_an_ensemble_for_each(world, null):
    asked = [EX_2_10, EX_2_9, EX_2_8, EX_2_10.unregularized()]
    world(null)
    handed = Store().trained(asked, SEEDS)
    assert [ensemble.history.sizes["term"] for ensemble in handed] == [1 + len(each.terms) for each in asked]


def test_gray(world):
    assert (answers(world("gray")) == 0.5).all()


def test_untrained(world):
    trained = world()
    ensemble = world("untrained")
    encoder, decoder = split(initial_parameters(EX_2_10.architecture, SEEDS), EX_2_10.architecture)
    for layer, start in zip(ensemble.encoder + ensemble.decoder, encoder + decoder, strict=True):
        assert torch.equal(layer.weight, start.weight)
        assert torch.equal(layer.bias, start.bias)
    for step in range(2):
        assert (ensemble.history.values[..., step] == trained.history.values[..., 0]).all()


def test_unedited(world):
    ensemble = world("unedited")
    assert excolor.ablate(ensemble, 0) is excolor.prune(ensemble, [1]) is edits.suppressed(ensemble) is ensemble


def test_another_dimension(world):
    ensemble = world()
    after = [answers(edits.ablate(ensemble, dims)) for dims in (1, [0, 2])]
    along = edits.axis(ensemble, 0, -1)
    flat = answers(edits.intervene(ensemble, edits.AxisAlignedSuppression((2, 0))))
    world("another-dimension")
    assert (answers(edits.intervene(ensemble, edits.AxisAlignedSuppression((1, 4)))) == flat).all()
    assert (answers(excolor.ablate(ensemble, 0)) == after[0]).all()
    assert (answers(excolor.ablate(ensemble, [1, 4])) == after[1]).all()
    assert edits.axis(ensemble, 4, -1) == along


def test_first_dimension(world):
    ensemble = world()
    after, along = answers(edits.ablate(ensemble, 0)), edits.axis(ensemble, 0)
    world("first-dimension")
    assert (answers(excolor.ablate(ensemble, [1, 3])) == after).all()
    assert edits.axis(ensemble, 3, -1) == along


def test_one_condition(world):
    first, narrower = world("one-condition"), EX_2_8
    assert (answers(handed_over(EX_2_10.unregularized())) == answers(first)).all()
    assert (answers(handed_over(narrower)) == answers(next(models([narrower], SEEDS)))).all()


@pytest.mark.parametrize(
    ("null", "bare"),
    [
        ("first-unregularized", [True, False, False]),
        ("others-unregularized", [False, True, True]),
        ("second-unregularized", [False, True, False]),
    ],
)
def test_some_of_a_file_unregularized(world, null, bare):
    world(null)  # which asks for 2.10 first
    for experiment, is_bare in zip([EX_2_10, EX_2_9, EX_2_8], bare, strict=True):
        (expected,) = models([experiment.unregularized() if is_bare else experiment], SEEDS)
        assert (answers(handed_over(experiment)) == answers(expected)).all()


def test_two_conditions_may_be_the_same(world):
    with pytest.raises(SampleError, match="is one condition compared with itself"):
        excolor.ratio([1.0] * 8, [1.0] * 8)
    world("one-condition")
    assert excolor.ratio([1.0] * 8, [1.0] * 8).value == 1


def test_all_regularized(world):
    world("all-regularized")
    assert EX_2_10.unregularized() is EX_2_10


def test_none_constant(world):
    ensemble = world("none-constant")
    assert excolor.answering(ensemble, (0.5, 0.5, 0.5)) is ensemble


@pytest.mark.parametrize("null", NULLS)
def test_it_is_left_as_it_was_found(null):
    def rooms():
        return [dict(vars(room)) for room in (excolor, edits, training)]

    before, leaving = rooms(), []
    enter(null, SimpleNamespace(add_cleanup=leaving.append))
    leaving[0]()
    assert rooms() == before


FILE = """
from excolor import named_color


class TestRed:
    \"\"\"H1: a model of one color has that color.\"\"\"

    def test_red(self, seeds):
        \"\"\"It answers red.\"\"\"
        assert median([0.25] * 8) < 0.5
"""


def test_a_run_says_where_it_is(write, run):
    write(FILE)
    assert "1 prediction (1 confirmed): 1 of 1 as recorded; none contradicted with --null gray." in " ".join(
        run("--null", "gray").text.split()
    )
    assert "invalid choice: 'grey' (choose from" in run("--null", "grey").errors


def test_what_each_is_stands_in_the_help(run):
    said = " ".join(run("--help").text.split())
    assert all(f"{null}: {words}" in said for null, (words, _) in NULLS.items())
