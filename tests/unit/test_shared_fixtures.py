"""Hypothesis files train the seeds that were asked for, and the fixtures that they share hand over what they are named.

A fixture that left out `--first-seed` would train the seeds of the record whatever was asked, and replicate it.
"""

import ast
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parents[1] / "hypotheses").glob("*.py"))

SMALL = """
import pytest
import torch
import xarray as xr

from excolor.edits import BoundedFalloff, Suppression
from excolor.ensemble import Ensemble, split
from excolor.experiments import EX_2_8, EX_2_9, EX_2_10
from excolor.training.initial_weights import initial_parameters

EXPERIMENT, CONDITIONS, SEEDS = EX_2_10, (EX_2_10, EX_2_8), 96
CHOSEN = tuple(range(1000, 1096))
ASKED = []


def untrained(experiment, seeds):
    layers = split(initial_parameters(experiment.architecture, tuple(seeds)), experiment.architecture)
    return Ensemble(*layers, tuple(seeds), xr.DataArray([0.0] * len(seeds), dims="seed"), experiment.form)


@pytest.fixture(scope="session")
def trained_together():
    def together(experiments, seeds):
        ASKED.extend((experiment, tuple(seeds)) for experiment in experiments)
        return [untrained(experiment, seeds) for experiment in experiments]

    return together


@pytest.fixture(scope="session")
def trained(trained_together):
    return lambda experiment, seeds: trained_together([experiment], seeds)[0]


def equal(one, other):
    pairs = zip(one.encoder + one.decoder, other.encoder + other.decoder, strict=True)
    return all(torch.equal(a.weight, b.weight) and torch.equal(a.bias, b.bias) for a, b in pairs)


def has_no_red(ensemble):
    last, first = ensemble.encoder[-1], ensemble.decoder[0]
    parts = last.weight.mT, last.bias, first.weight
    return not any(part[..., 0].any() for part in parts) and all(part[..., 1:].all() for part in parts)


def test_conditions_are_trained_before_any_is_asked_for_alone():
    assert ASKED == [(EX_2_10, CHOSEN), (EX_2_8, CHOSEN)]


def test_intact(intact):
    assert ASKED[2:] == [(EX_2_10, CHOSEN)]
    assert equal(intact, untrained(EX_2_10, CHOSEN))
    assert not intact.edits


def test_deleted(deleted):
    assert deleted.seeds == CHOSEN
    assert has_no_red(deleted)


def test_without_red(without_red, intact):
    assert equal(without_red, intact)
    (edit,) = without_red.edits
    assert edit.change == Suppression((1, 0, 0, 0, 0), BoundedFalloff(0, 1, 0))


def test_deleted_2_9(deleted_2_9):
    assert ASKED[3:] == [(EX_2_9, CHOSEN)]
    assert has_no_red(deleted_2_9)


def test_few(few, intact):
    assert few.seeds == CHOSEN[:32]
    assert equal(few, intact.first(32))


def test_unregularized(unregularized):
    assert ASKED[4:] == [(EX_2_10.unregularized(), CHOSEN[:64])]
    assert unregularized.seeds == CHOSEN[:64]
"""
"""A file of 96 seeds in which nothing is trained: what is asked for is noted, and untrained models are given."""


def test_each_hands_over_what_it_is_named_after(pytester):
    (shared,) = (path for path in FILES if path.name == "conftest.py")
    pytester.makeconftest(shared.read_text(encoding="utf-8"))
    pytester.makepyfile(SMALL)
    pytester.runpytest_inprocess("--first-seed", "1000").assert_outcomes(passed=7)


def seeds_of(call):
    """What stands for the seeds where a fixture trains, or None of any other call."""
    trains = isinstance(call.func, ast.Name) and call.func.id in ("trained", "trained_together")
    return call.args[1] if trains else None


def are_those_asked_for(seeds):
    """Whether they are the fixture `seeds`, or the first of them, or those of another fixture's models."""
    if isinstance(seeds, ast.Attribute):
        return isinstance(seeds.value, ast.Name) and seeds.attr == "seeds"
    if isinstance(seeds, ast.Subscript):
        return are_those_asked_for(seeds.value) and isinstance(seeds.slice, ast.Slice) and seeds.slice.lower is None
    if isinstance(seeds, ast.IfExp):
        return are_those_asked_for(seeds.body) and are_those_asked_for(seeds.orelse)
    return isinstance(seeds, ast.Name) and seeds.id == "seeds"


def other_seeds(source):
    """What a file trains that is not the seeds it was asked for, as written."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [ast.unparse(call) for call in calls if (seeds := seeds_of(call)) and not are_those_asked_for(seeds)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_trains_the_seeds_that_it_is_asked_for(path):
    assert other_seeds(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "seeds",
    ["range(32)", "range(len(seeds))", "seeds[1:]", "seeds[0]", "(0, *seeds)", "SEEDS", "seeds if x else SEEDS"],
)
def test_other_seeds_are_seen(seeds):
    assert other_seeds(f"ablate(trained(EX_2_9, {seeds}), 0)") == [f"trained(EX_2_9, {seeds})"]


@pytest.mark.parametrize("seeds", ["seeds", "seeds[:16]", "seeds[: 2 * ENOUGH]", "few.seeds"])
def test_those_asked_for_are_let_pass(seeds):
    assert other_seeds(f"ablate(trained(EX_2_9, {seeds}), 0)") == []
