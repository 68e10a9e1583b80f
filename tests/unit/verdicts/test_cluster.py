"""The option --dask: a run that trains on a cluster has the same bits, and what cannot be is refused in words."""

import gc
import re
import sys

import pytest

from excolor.keeping.folder import Folder
from excolor.sweeping import SweepError, cluster, pieces, trained
from excolor.training import train
from excolor.verdicts.store import Store
from tests.unit.sweeping.small import SMALL
from tests.unit.verdicts.test_store import same

distributed = pytest.importorskip("distributed", reason="there is no Dask: pip install -c constraints.txt -e '.[dask]'")

TRAINING = '''
from excolor import Dopesheet, hsv_cube, train
from excolor.experiments import EX_2_10


def own_colors():
    return hsv_cube([0, 0.2, 0.4], [0.5, 1], [0.5, 1])


SHEET = Dopesheet.parse("STEP,lr\\n0,0.01\\n4,")
SHORT = EX_2_10.unregularized().replace(name="short", dopesheet=SHEET, data=own_colors)


class TestSmall:
    """H1: the number is small."""

    def test_it(self, trained):
        """It is small."""
        there, here = trained(SHORT, range(3)), train(SHORT, range(3))
        check([bool((a.weight == b.weight).all()) for a, b in zip(there.decoder, here.decoder)], [True] * 3)
        assert half < 0.9
'''


@pytest.fixture(scope="module")
def address():
    settings = {"distributed.worker.daemon": False, "distributed.comm.timeouts.connect": "60s"}
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, config=settings) as made:
        yield made.scheduler_address


@pytest.fixture
def client(address, monkeypatch):
    monkeypatch.setattr(pieces, "SIDE_BY_SIDE", 2)
    with cluster.connected(address) as client:
        yield client


CONDITIONS = [SMALL, SMALL.without("reg-anchor"), SMALL.unregularized()]


def test_what_a_cluster_trains_has_the_bits_of_this_process(client, tmp_path):
    """And is found by a run that trains for itself."""
    there = Store(Folder(tmp_path), client=client).trained(CONDITIONS, range(5))
    assert all(map(same, there, (train(each, range(5)) for each in CONDITIONS)))
    assert len(list(tmp_path.glob("*/*.ensemble"))) == 3 * 3
    later = Store(Folder(tmp_path))
    assert all(map(same, later.trained(CONDITIONS, range(5)), there))
    assert set(later.has_trained.values()) == {False}


def test_only_the_seeds_that_are_missing_go_there(client, tmp_path, monkeypatch):
    Store(Folder(tmp_path)).trained([SMALL], (1, 3))
    asked = []
    monkeypatch.setattr(trained, "cut", lambda them, seeds: asked.append(seeds) or pieces.cut(them, seeds))
    (found,) = Store(Folder(tmp_path), client=client).trained([SMALL], range(4))
    assert asked == [(0, 2)]
    assert same(found, train(SMALL, range(4)))


def test_what_was_trained_on_another_kind_of_machine_is_not_kept_for_this_one(client, tmp_path, monkeypatch):
    monkeypatch.setattr(trained, "surroundings", lambda: {"processor": "another"})
    (there,) = Store(Folder(tmp_path), client=client).trained([SMALL], range(3))
    assert same(there, train(SMALL, range(3)))
    assert list(tmp_path.rglob("*.ensemble")) == []


@pytest.mark.parametrize("processes", ["-n0", "-n1"])
def test_a_run_says_that_it_trains_there(address, write, run, processes):
    """With the functions of its own files, which no worker has."""
    write(TRAINING)
    result = run(f"--dask={address}", processes)
    assert result.verdicts == {"test_it": "confirmed"}, result.text
    assert re.search(rf"^training on the Dask cluster at {address}, 2 workers by now$", result.text, re.MULTILINE)
    assert "1 trained, 0 found" in result.text
    assert "0 trained, 1 found" in run(processes).text


class TestRefused:
    def errors(self, write, run, address):
        write(TRAINING)
        result = run(f"--dask={address}")
        assert result.code == pytest.ExitCode.USAGE_ERROR
        assert result.outcomes == {}
        return result.errors

    @pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere", "zip://1", ""])
    def test_an_address_at_which_nobody_answers(self, write, run, address, monkeypatch):
        monkeypatch.setattr(cluster, "ANSWERS_WITHIN", 0.2)
        errors = self.errors(write, run, address)
        assert f"ERROR: --dask: nobody answers at '{address}' within 0.2 seconds (" in errors
        assert (
            "): give the address that `dask scheduler` prints when it starts, for example tcp://10.0.0.1:8786" in errors
        )

    def test_no_client_that_found_nobody_is_left_to_be_closed_while_another_starts(self, monkeypatch):
        """It would take a lock that the other has, in the same thread."""
        monkeypatch.setattr(cluster, "ANSWERS_WITHIN", 0.2)
        before = {id(each) for each in gc.get_objects() if type(each) is distributed.Client}
        for address in ("tcp://127.0.0.1:1", "zip://1"):
            with pytest.raises(SweepError, match="nobody answers"):
                cluster.connected(address)
        assert {id(each) for each in gc.get_objects() if type(each) is distributed.Client} <= before

    def test_where_there_is_no_dask(self, write, run, monkeypatch):
        monkeypatch.setitem(sys.modules, "distributed", None)
        errors = self.errors(write, run, "tcp://10.0.0.1:8786")
        assert "ERROR: --dask: a cluster needs Dask: pip install -c constraints.txt -e '.[dask]'" in errors

    def test_a_worker_of_another_version(self, write, run, address, monkeypatch):
        check = cluster.check_workers
        monkeypatch.setattr(cluster, "check_workers", lambda client, here: check(client, here | {"numba": "0.1"}))
        errors = self.errors(write, run, address)
        assert re.search(r"ERROR: --dask: the worker tcp://\S+ would compute other bits: numba is [\d.]+ there", errors)
