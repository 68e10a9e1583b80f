"""Worlds in which something is otherwise: what takes whose place there, and that it leaves it again."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch
import xarray as xr

import excolor
from excolor import edits, measures, training
from excolor.conditions import Architecture
from excolor.ensemble import Ensemble, split
from excolor.experiments import EX_2_10
from excolor.numerics.streams import stream
from excolor.training.initial_weights import initial_parameters
from excolor.verdicts.nulls import NULLS, enter

RGB = np.array([[1.0, 0.0, 0.0], [0.2, 0.4, 0.9]])


def models(experiments, seeds):
    """In place of trained ones: random weights, another draw for each experiment."""
    for experiment in experiments:
        architecture = Architecture(4, 1, 6)
        drawn = stream(len(experiment.terms), "models").normal(0, 0.7, (len(seeds), architecture.parameters))
        history = xr.DataArray(drawn[:, :2], dims=("seed", "step"), coords={"seed": list(seeds)})
        yield Ensemble(*split(torch.from_numpy(drawn).float(), architecture), tuple(seeds), history)


@pytest.fixture
def world(monkeypatch):
    """A function: `world(null)` enters it, until the end of the test, and gives the models of 2.10 there."""
    monkeypatch.setattr(training, "train_together", lambda experiments, seeds: list(models(experiments, seeds)))
    leaving = []

    def world(null=None):
        if null:
            enter(null, SimpleNamespace(add_cleanup=leaving.append))
        return training.train_together([EX_2_10], (0, 1, 2))[0]

    yield world
    for leave in leaving:
        leave()


def answers(ensemble):
    return measures.reconstruct(ensemble, RGB).numpy()


def test_unregularized(world):
    (bare,) = models([EX_2_10.unregularized()], (0, 1, 2))
    assert (answers(world()) != answers(bare)).any()
    assert (answers(world("unregularized")) == answers(bare)).all()


def test_gray(world):
    assert (answers(world("gray")) == 0.5).all()


def test_untrained(world):
    trained = world()
    ensemble = world("untrained")
    encoder, decoder = split(initial_parameters(EX_2_10.architecture, (0, 1, 2)), EX_2_10.architecture)
    for layer, start in zip(ensemble.encoder + ensemble.decoder, encoder + decoder, strict=True):
        assert torch.equal(layer.weight, start.weight)
        assert torch.equal(layer.bias, start.bias)
    for step in range(2):
        assert (ensemble.history.values[:, step] == trained.history.values[:, 0]).all()


def test_unedited(world):
    ensemble = world("unedited")
    assert excolor.ablate(ensemble, 0) is excolor.prune(ensemble, [1]) is edits.suppressed(ensemble) is ensemble


def test_another_dimension(world):
    ensemble = world()
    after = [answers(edits.ablate(ensemble, dims)) for dims in (1, [0, 2])]
    along = edits.axis(ensemble, 0, -1)
    world("another-dimension")
    assert (answers(excolor.ablate(ensemble, 0)) == after[0]).all()
    assert (answers(excolor.ablate(ensemble, [1, 3])) == after[1]).all()
    assert edits.axis(ensemble, 3, -1) == along


def test_first_dimension(world):
    ensemble = world()
    after, along = answers(edits.ablate(ensemble, 0)), edits.axis(ensemble, 0)
    world("first-dimension")
    assert (answers(excolor.ablate(ensemble, [1, 3])) == after).all()
    assert edits.axis(ensemble, 3, -1) == along


def test_one_condition(world):
    bare = EX_2_10.unregularized()
    first = world("one-condition")
    assert (answers(training.train_together([bare, EX_2_10], (0, 1, 2))[0]) == answers(first)).all()
    narrower = bare.replace(bottleneck=4)
    assert (answers(training.train_together([narrower], (0, 1, 2))[0]) != answers(first)).any()


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
