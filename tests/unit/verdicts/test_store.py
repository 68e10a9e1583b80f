"""What processes share of what they have trained: the same bits, for the same condition whatever it is called."""

import json
import resource
import tempfile

import numpy as np
import pytest
import torch

from excolor.colors import rgb_training_cube, training_cube
from excolor.conditions.architecture import Form
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.regularizers import Unitarity
from excolor.ensemble import gathered
from excolor.schedule.dopesheet import Dopesheet
from excolor.training.loop import train
from excolor.verdicts.options import LAST_FIRST_SEED, MOST_SEEDS
from excolor.verdicts.store import Store

SMALL = Experiment(
    name="small",
    data=training_cube,
    dopesheet=Dopesheet.parse("STEP,lr,late\n0,0.01,0\n4,,1"),
    terms=(Term("late", Unitarity(), layer="encoder"),),
    bottleneck=3,
    nonlinear=1,
    form=Form(output="sigmoid"),
)


@pytest.fixture
def store(tmp_path):
    """That of a worker."""
    return Store(tmp_path)


def same(one, other):
    pairs = zip(one.encoder + one.decoder, other.encoder + other.decoder, strict=True)
    return (
        all(torch.equal(a.weight, b.weight) and torch.equal(a.bias, b.bias) for a, b in pairs)
        and one.history.identical(other.history)
        and (one.seeds, one.form) == (other.seeds, other.form)
    )


def test_what_is_put_there_is_found_bit_for_bit(store):
    ensemble = train(SMALL, (3, 1))
    assert np.isnan(ensemble.history).any()
    store.share(SMALL, ensemble)
    store.share(SMALL, train(SMALL, (0,)))
    found = sorted(store.found(SMALL), key=lambda ensemble: len(ensemble.seeds))
    assert [ensemble.seeds for ensemble in found] == [(0,), (3, 1)]
    assert same(found[1], ensemble)
    assert same(gathered(found, (1, 0, 3)), train(SMALL, (1, 0, 3)))


def test_the_name_does_not_matter_and_all_else_does(store):
    store.share(SMALL, train(SMALL, (0,)))
    assert [ensemble.seeds for ensemble in store.found(SMALL.replace(name="other"))] == [(0,)]
    for change in (
        {"hidden": 8},
        {"data": rgb_training_cube},
        {"form": Form()},
        {"terms": (Term("late", Unitarity()),)},
    ):
        assert list(store.found(SMALL.replace(**change))) == []


def test_what_has_no_name_that_others_find_is_not_shared(store):
    nameless = SMALL.replace(data=lambda: training_cube())
    store.share(nameless, train(nameless, (0,)))
    assert list(store.found(nameless)) == []


def test_half_a_file_is_none(store, tmp_path):
    store.share(SMALL, train(SMALL, (0,)))
    (path,) = tmp_path.glob("*/*.npz")
    path.rename(path.with_suffix(".part"))
    assert list(store.found(SMALL)) == []


def truncated(path, content):
    path.write_bytes(content[: len(content) // 2])


def short(path, content):
    """Three columns of the parameters less, in a file that is whole otherwise."""
    with np.load(path) as stored:
        parts = dict(stored)
    with path.open("wb") as file:
        np.savez(file, **parts | {"parameters": parts["parameters"][:, :-3]})


def flipped(path, content):
    middle = len(content) // 2
    path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])


def foreign(path, content):
    """That of another condition of the same shape."""
    other = SMALL.replace(form=Form(output="sigmoid", normalized=False))
    Store(path.parents[1]).share(other, train(other, (0,)))
    (written,) = (each for each in path.parents[1].glob("*/*.npz") if each != path)
    written.replace(path)


def empty(path, content):
    path.write_bytes(b"")


def no_file(path, content):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [truncated, short, flipped, foreign, no_file, empty])
def test_a_file_that_is_not_as_it_was_written_is_not_believed(store, tmp_path, spoil):
    store.share(SMALL, train(SMALL, (0,)))
    (path,) = tmp_path.glob("*/*.npz")
    spoil(path, path.read_bytes())
    assert list(store.found(SMALL)) == []
    assert same(store.trained([SMALL], (0,))[0], train(SMALL, (0,)))


def test_where_nothing_can_be_written_everything_is_trained(tmp_path):
    store = Store(tmp_path / "vanished")
    assert same(store.trained([SMALL], (0,))[0], train(SMALL, (0,)))
    assert not (tmp_path / "vanished").exists()


def test_a_full_disk_keeps_nothing_and_everything_is_trained(store, tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        ensemble = store.trained([SMALL], (0,))[0]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert same(ensemble, train(SMALL, (0,)))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_highest_seeds_are_kept_apart(store):
    first = LAST_FIRST_SEED
    last = first + MOST_SEEDS - 1
    store.share(SMALL, train(SMALL, (first, last)))
    (found,) = store.found(SMALL)
    assert found.seeds == (first, last)
    assert found.history["seed"].values.tolist() == [first, last]
    assert same(found, gathered([train(SMALL, (last,)), train(SMALL, (first,))], (first, last)))


def test_one_process_alone_has_none():
    store = Store()
    store.share(SMALL, train(SMALL, (0,)))
    assert list(store.found(SMALL)) == []


ASKING = """
import json
from pathlib import Path
from excolor.experiments import EX_2_10
from excolor import Dopesheet
from excolor.verdicts.store import Store

SEEDS = {seeds}
SHORT = EX_2_10.replace(dopesheet=Dopesheet.parse("STEP,lr\\n0,0.01\\n4,"), terms=())


class TestSmall:
    '''H1: the number is small.'''

    def test_first(self, trained, seeds, pytestconfig, monkeypatch):
        '''It is small.'''
        store = Store(Path(pytestconfig.workerinput["excolor.store"]))
        asked = [list(ensemble.seeds) for ensemble in store.found(SHORT)]
        with open("asked.txt", "a") as log:
            print(json.dumps([asked, list(trained(SHORT, seeds).seeds)]), file=log)
        assert half < 0.9
"""


def test_a_worker_trains_only_the_seeds_that_no_other_has(write, run, pytester, tmp_path, monkeypatch):
    """One worker stands for many: two files have two requests, and what it remembers is by request."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    write(ASKING.format(seeds=2), "test_a")
    write(ASKING.format(seeds=4), "test_b")
    write(ASKING.format(seeds=3), "test_c")
    assert run("-n1").code == 0
    asked = [json.loads(line) for line in pytester.path.joinpath("asked.txt").read_text().splitlines()]
    assert asked == [[[], [0, 1]], [[[0, 1]], [0, 1, 2, 3]], [[[0, 1], [2, 3]], [0, 1, 2]]]
    assert list(tmp_path.glob("excolor-*")) == []
