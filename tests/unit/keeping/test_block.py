"""A file gives back what was written, bit for bit, or nothing."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from excolor.colors import training_cube
from excolor.ensemble import Ensemble, split
from excolor.experiments import EX_2_10
from excolor.keeping.block import DIGEST, read, size_of, write
from excolor.measures import loss_noise, mean_loss
from excolor.schedule.dopesheet import Dopesheet
from excolor.training.history import labeled
from excolor.training.loop import train

KEY = "0123456789abcdef" * 4


@pytest.fixture
def written(tmp_path, small):
    path = tmp_path / "one.ensemble"
    write(path, KEY, train(small, (3, 1)))
    return path


def test_what_is_written_is_read_bit_for_bit(written, small, same):
    ensemble = train(small, (3, 1))
    assert np.isnan(ensemble.history).any()
    assert same(read(written, KEY, small), ensemble)


@pytest.mark.parametrize("steps", [1, 9])
def test_so_are_the_first_steps_of_a_published_one(steps, tmp_path, same):
    shorter = EX_2_10.replace(dopesheet=replace(EX_2_10.dopesheet, length=steps, phases=(), actions=()))
    ensemble = train(shorter, range(2))
    write(tmp_path / "one", KEY, ensemble)
    assert same(read(tmp_path / "one", KEY, shorter), ensemble)


def test_what_is_measured_of_it_is_the_same(tmp_path, small):
    """Though the losses lie in another order in memory."""
    ensemble = train(small, range(5))
    write(tmp_path / "one", KEY, ensemble)
    found = read(tmp_path / "one", KEY, small)
    for measure in (
        lambda history: mean_loss(history, "reconstruction", slice(1, 5)),
        lambda history: mean_loss(history, "late", slice(3, 5)),
        lambda history: loss_noise(history, slice(0, 5), 3),
    ):
        assert np.array_equal(measure(found.history), measure(ensemble.history))


def test_it_has_as_many_bytes_as_are_reckoned(written, small):
    assert written.stat().st_size == size_of(small, 2) == 32 + 2 * (8 + 4 * small.architecture.parameters + 4 * 2 * 5)


def test_what_is_read_can_be_written_to(written, small):
    """A kernel that is given what it must not write to is another one, and compiled apart."""
    found = read(written, KEY, small)
    assert found.history.values.flags.writeable
    assert all(layer.weight.numpy().flags.writeable for layer in (*found.encoder, *found.decoder))


@pytest.mark.parametrize("cut", [1, DIGEST, 100, -1, -8])
def test_one_that_is_cut_or_longer_is_none(written, small, cut):
    content = written.read_bytes()
    written.write_bytes(content[:-cut] if cut > 0 else content + bytes(-cut))
    assert read(written, KEY, small) is None


@pytest.mark.parametrize("content", [b"", b"x", bytes(10_000), b"PK\x03\x04" * 1000])
def test_another_kind_of_file_is_none(written, small, content):
    written.write_bytes(content)
    assert read(written, KEY, small) is None


@settings(max_examples=200)
@given(at=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_one_with_a_bit_that_is_flipped_is_none(small, tmp_path_factory, at, bit):
    path = tmp_path_factory.getbasetemp() / "flipped"
    write(path, KEY, marked(small))
    content = bytearray(path.read_bytes())
    content[at % len(content)] ^= 1 << bit
    path.write_bytes(content)
    assert read(path, KEY, small) is None


def marked(experiment, seeds=(0, 1)):
    parameters = np.arange(2.0 * experiment.architecture.parameters, dtype=np.float32).reshape(2, -1)
    losses = np.zeros((1 + len(experiment.terms), 2, len(experiment.dopesheet)), np.float32)
    layers = split(torch.from_numpy(parameters), experiment.architecture)
    return Ensemble(*layers, seeds, labeled(experiment, seeds, losses), experiment.form)


def test_one_of_another_key_is_none(written, small):
    assert read(written, KEY[::-1], small) is None


def test_one_of_another_size_is_none(written, small):
    assert read(written, KEY, small.replace(hidden=8)) is None
    assert read(written, KEY, small.replace(dopesheet=Dopesheet.parse("STEP,lr,late\n0,0.01,0\n5,,1"))) is None
    assert read(written, KEY, small.replace(data=training_cube)) is not None


def test_highest_seeds(tmp_path, small):
    seeds = (10**18, 10**18 + 9999)
    write(tmp_path / "one", KEY, marked(small, seeds))
    found = read(tmp_path / "one", KEY, small)
    assert found.seeds == seeds
    assert found.history["seed"].values.tolist() == list(seeds)
