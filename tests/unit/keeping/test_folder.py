"""A folder forgets what was used longest ago, and no process stands in another's way."""

import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from excolor.ensemble import gathered
from excolor.keeping.block import size_of
from excolor.keeping.folder import Folder
from excolor.training.loop import train

KEYS = [digit * 64 for digit in "abcdef"]
LONG_AGO = 10**9


@pytest.fixture(scope="module")
def one(small):
    return train(small, (0,))


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def files(folder):
    return sorted(path for path in folder.path.rglob("*") if path.is_file())


def seeds_found(folder, key, experiment):
    return [ensemble.seeds for ensemble in folder.found(key, experiment)]


def test_what_is_kept_is_found_by_its_key_alone(folder, small, one, same):
    folder.keep(KEYS[0], small, one)
    (found,) = folder.found(KEYS[0], small)
    assert same(found, one)
    assert seeds_found(folder, KEYS[1], small) == []
    assert folder.bytes_kept() == size_of(small, 1)


def test_what_is_kept_leaves_its_losses_in_the_file(folder, small, one, same):
    """So that the losses of all that a process has trained do not stay in its memory."""
    kept = folder.keep(KEYS[0], small, one)
    assert same(kept, one)
    assert not np.shares_memory(kept.history.values, one.history.values)
    maps = Path("/proc/self/maps")
    assert not maps.exists() or str(folder.path) in maps.read_text()
    nowhere = Folder(folder.path / "vanished")
    assert nowhere.keep(KEYS[0], small, one) is one


def test_each_block_of_seeds_is_kept(folder, small, same):
    blocks = [train(small, seeds) for seeds in ((0, 1), (7,), (3, 2))]
    for block in blocks:
        folder.keep(KEYS[0], small, block)
    found = list(folder.found(KEYS[0], small))
    assert sorted(each.seeds for each in found) == [(0, 1), (3, 2), (7,)]
    assert same(gathered(found, (7, 2, 0)), train(small, (7, 2, 0)))


@pytest.mark.parametrize("spoilt", [b"", b"not an ensemble", bytes(5000)])
def test_what_is_damaged_is_removed(folder, small, one, spoilt):
    folder.keep(KEYS[0], small, one)
    (path,) = files(folder)
    path.write_bytes(spoilt)
    assert list(folder.found(KEYS[0], small)) == []
    assert files(folder) == []


def test_what_is_no_file_stays(folder, small):
    strange = folder.path / KEYS[0] / "some.ensemble"
    strange.mkdir(parents=True)
    assert list(folder.found(KEYS[0], small)) == []
    assert strange.exists()


def aged(folder, key, seconds):
    """Let what is kept by a key have been used so long ago."""
    for path in (folder.path / key).glob("*"):
        os.utime(path, (LONG_AGO - seconds, LONG_AGO - seconds))


def kept(folder):
    return [path.parent.name[0] for path in files(folder)]


def test_what_was_used_longest_ago_is_forgotten_first(tmp_path, small, one):
    size = size_of(small, 1)
    for age, key in ((1, KEYS[0]), (3, KEYS[1]), (2, KEYS[2])):
        earlier = Folder(tmp_path)
        earlier.keep(key, small, one)
        aged(earlier, key, age)
    folder = Folder(tmp_path, most=3 * size)
    folder.keep(KEYS[3], small, one)
    assert kept(folder) == ["a", "c", "d"]
    folder.keep(KEYS[4], small, one)
    assert kept(folder) == ["a", "d", "e"]
    assert folder.bytes_kept() == 3 * size


def test_what_is_found_counts_as_used(tmp_path, small, one):
    for key in KEYS[:2]:
        Folder(tmp_path).keep(key, small, one)
        aged(Folder(tmp_path), key, 1)
    folder = Folder(tmp_path, most=2 * size_of(small, 1))
    assert len(list(folder.found(KEYS[0], small))) == 1
    folder.keep(KEYS[2], small, one)
    assert kept(folder) == ["a", "c"]


def test_nothing_is_forgotten_that_the_same_run_uses(tmp_path, small, one):
    """A run that needs more than there is room for would else find nothing the next time."""
    folder = Folder(tmp_path, most=2 * size_of(small, 1))
    for key in KEYS[:4]:
        folder.keep(key, small, one)
    assert kept(folder) == ["a", "b"]


def test_nothing_is_forgotten_for_what_does_not_fit_all_the_same(tmp_path, small, one):
    Folder(tmp_path).keep(KEYS[0], small, one)
    aged(Folder(tmp_path), KEYS[0], 1)
    folder = Folder(tmp_path, most=size_of(small, 1))
    folder.keep(KEYS[1], small, train(small, (0, 1)))
    assert kept(folder) == ["a"]


def test_an_exact_fit_fits(tmp_path, small, one):
    folder = Folder(tmp_path, most=size_of(small, 1))
    folder.keep(KEYS[0], small, one)
    assert kept(folder) == ["a"]
    none = Folder(tmp_path / "none", most=size_of(small, 1) - 1)
    none.keep(KEYS[0], small, one)
    assert files(none) == []


def test_what_a_killed_process_left_half_written_is_forgotten_too(tmp_path, small, one):
    left = tmp_path / KEYS[0] / "0-1-aa.part"
    left.parent.mkdir()
    left.write_bytes(bytes(100))
    os.utime(left, (1, 1))
    folder = Folder(tmp_path, most=size_of(small, 1))
    assert seeds_found(folder, KEYS[0], small) == []
    folder.keep(KEYS[1], small, one)
    assert kept(folder) == ["b"]
    assert not left.parent.exists()


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path, small, one):
    folder = Folder(tmp_path / "vanished")
    folder.keep(KEYS[0], small, one)
    assert list(folder.found(KEYS[0], small)) == []
    assert not (tmp_path / "vanished").exists()


def test_a_full_disk_keeps_nothing(folder, small, one):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        folder.keep(KEYS[0], small, one)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files(folder) == []


BUSY = """
import sys
from pathlib import Path

from excolor.colors import training_cube
from excolor.conditions.experiment import Experiment
from excolor.keeping.block import size_of
from excolor.keeping.folder import Folder
from excolor.schedule.dopesheet import Dopesheet
from excolor.training.loop import train

small = Experiment("small", training_cube, Dopesheet.parse("STEP,lr\\n0,0.01\\n4,"), (), bottleneck=3, nonlinear=1)
one = train(small, (int(sys.argv[2]),))
for round in range(60):
    folder = Folder(Path(sys.argv[1]), most=4 * size_of(small, 1))
    key = "abcdef"[round % 6] * 64
    for found in folder.found(key, small):
        assert found.seeds[0] in (1, 2)
    folder.keep(key, small, one)
"""


def test_two_processes_that_write_read_and_forget_at_once(folder):
    busy = [
        subprocess.Popen([sys.executable, "-c", BUSY, str(folder.path), seed], stderr=subprocess.PIPE, text=True)
        for seed in ("1", "2")
    ]
    assert [(each.communicate()[1], each.returncode) for each in busy] == [("", 0)] * 2
    assert [path for path in files(folder) if path.suffix != ".ensemble"] == []


def test_one_that_is_replaced_while_it_is_read_is_one_or_the_other(folder, small, one):
    """Each file comes into its place in one move: half of one is never seen."""
    stop, seen = threading.Event(), set()

    def read():
        while not stop.is_set():
            seen.update(seeds_found(folder, KEYS[0], small))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(30):
        folder.keep(KEYS[0], small, one)
    stop.set()
    reader.join()
    assert seen <= {(0,)}
    assert len(files(folder)) == 30
