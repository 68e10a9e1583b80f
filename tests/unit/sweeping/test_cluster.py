"""A sweep on a loopback cluster: the bits of this process, whichever worker is lost, slow or of another version."""

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

import excolor
from excolor import error_of, sweep, typical_error
from excolor.sweeping import SweepError, cluster
from excolor.sweeping.pieces import Piece
from excolor.sweeping.sources import sources
from tests.unit.sweeping.small import SMALL, in_the_middle, red_after_deletion

distributed = pytest.importorskip("distributed", reason="there is no Dask: pip install -c constraints.txt -e '.[dask]'")
pytestmark = [
    pytest.mark.usefixtures("two_seeds_each"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of the sockets of workers that were killed
]

OVER = {"bottleneck": [2, 3], "without": [(), "reg-unit"]}


@pytest.fixture(scope="module")
def loopback():
    settings = {"distributed.worker.daemon": False, "distributed.comm.timeouts.connect": "60s"}
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, config=settings) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def client(loopback):
    with distributed.Client(loopback) as client:
        yield client


def tasks_left(client):
    """What the scheduler still has to do of a sweep, once it has had ten seconds for what it was told to leave."""
    for _ in range(100):
        tasks = client.run_on_scheduler(lambda dask_scheduler: list(map(str, dask_scheduler.tasks)))
        left = [task for task in tasks if "sweep" in task]
        if not left:
            break
        time.sleep(0.1)
    return left


def test_the_bits_are_those_of_this_process(client, tmp_path):
    measures = {"typical": typical_error, "red": red_after_deletion, "lime": lambda x: error_of(x, "lime")}
    there = sweep(SMALL, OVER, range(5), measures, client=client, keep=tmp_path)
    assert there.identical(sweep(SMALL, OVER, range(5), measures))
    assert there.identical(sweep(SMALL, OVER, range(5), measures, keep=tmp_path))
    assert dict(there.sizes) == {"bottleneck": 2, "without": 2, "seed": 5}
    assert len(list(tmp_path.glob("*/*.json"))) == 2 * 2 * 3


def test_a_few_tasks_at_a_time_give_the_same(client, monkeypatch):
    monkeypatch.setattr(cluster, "IN_FLIGHT", 1)
    monkeypatch.setattr(cluster, "FOR_EACH_THREAD", 1)
    assert sweep(SMALL, OVER, range(9), typical_error, client=client).identical(
        sweep(SMALL, OVER, range(9), typical_error)
    )


def test_what_goes_wrong_stops_the_sweep_and_leaves_nothing_behind(client):
    def seeds(ensemble):
        return list(ensemble.seeds)

    with pytest.raises(SweepError, match="the measure 'seeds' gave"):
        sweep(SMALL, {"hidden": range(2, 9)}, range(4), seeds, client=client)
    assert not tasks_left(client)


def test_a_function_that_a_worker_has_otherwise_is_refused(client):
    expected = cluster._digest_if_any(SMALL, typical_error)
    future = client.submit(cluster.computed, cluster.packed(SMALL, (0,), red_after_deletion), sources(), expected)
    with pytest.raises(SweepError, match=r"has another version of what small or a measure of it reads"):
        future.result()


def test_what_a_worker_cannot_import_is_named(client):
    future = client.submit(cluster.computed, b"cnowhere\nmy_measure\n.", sources(), None)
    with pytest.raises(SweepError, match=r"has not all that is to be computed .*No module named 'nowhere'\)"):
        future.result()


def test_a_worker_that_came_later_with_another_version_is_refused(client):
    packed = cluster.packed(SMALL, (0,), typical_error)
    future = client.submit(cluster.computed, packed, sources() | {"numba": "0.1"}, None)
    with pytest.raises(
        SweepError, match=r"the worker tcp://\S+ would compute other bits: numba is [\d.]+ there and 0.1 "
    ):
        future.result()


@contextmanager
def worker(address, home):
    """A worker whose excolor is that of another directory."""
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads=1", "--no-nanny",
               "--no-dashboard"]  # fmt: skip
    with subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": str(home)}, cwd=home, stderr=subprocess.DEVNULL
    ) as it:
        try:
            yield
        finally:
            it.kill()


def test_a_worker_of_another_version_is_refused_in_words(client, tmp_path):
    home = Path(excolor.__file__).parent
    copied = shutil.copytree(home, tmp_path / "excolor", ignore=shutil.ignore_patterns("__pycache__"))
    copied.joinpath("colors.py").open("a").write("\n# another\n")
    count = len(client.scheduler_info()["workers"])
    with worker(client.scheduler.address, tmp_path):
        client.wait_for_workers(count + 1, timeout=60)
        with pytest.raises(SweepError) as refused:
            sweep(SMALL, OVER, range(5), typical_error, client=client)
        here = sources()["excolor"]
        assert str(refused.value).partition(":")[0].startswith("the worker tcp")
        assert "would compute other bits: excolor is " in str(refused.value)
        assert f" there and {here} here; install the same there as here, pip install" in str(refused.value)
    assert not tasks_left(client)


def test_of_four_one_is_killed_and_one_is_slow(loopback, client, tmp_path):
    """After the others, since it changes the cluster."""
    notes, kept = tmp_path / "notes", tmp_path / "kept"
    notes.mkdir()
    loopback.scale(4)
    client.wait_for_workers(4, timeout=120)

    there = sweep(SMALL, OVER, range(16), in_the_middle(str(notes)), client=client, keep=kept)

    assert notes.joinpath("killed").exists()
    assert there.identical(sweep(SMALL, OVER, range(16), {"red": lambda x: error_of(x, "red")}))
    assert len(list(kept.glob("*/*.json"))) == 2 * 2 * 8
    (slow,) = (path.name.partition("-")[2] for path in notes.glob("slow-*"))
    done = [path.name.partition("-")[0] for path in notes.iterdir() if path.name[0].isdigit()]
    assert len(done) >= 2 * 2 * 8
    assert 1 <= done.count(slow) < len(done) / 2


class TestWhatIsSaidOfALostCluster:
    def client_of(self, **workers):
        return SimpleNamespace(run=lambda function, on_error: workers)

    def test_a_worker_without_excolor_is_refused(self):
        answers = {"w0": sources(), "w1": ModuleNotFoundError("No module named 'excolor'")}
        with pytest.raises(
            SweepError, match=r"^the worker w1 cannot say what version of excolor it has: ModuleNotFound"
        ):
            cluster.check_workers(self.client_of(**answers), sources())

    def test_one_that_is_lost_meanwhile_is_left_to_dask(self):
        cluster.check_workers(self.client_of(w0=sources(), w1=OSError("lost")), sources())

    @pytest.mark.parametrize(
        ("cancelled", "message"),
        [
            (True, "the cluster was lost, or its tasks were cancelled; the same run goes on from there, a sweep with "),
            (False, "every worker that tried it was lost, tcp://w3 at last: it may need more memory than a worker has"),
        ],
    )
    def test_a_piece_that_never_comes_stops_the_sweep_in_words(self, cancelled, message):
        def result():
            raise distributed.KilledWorker("sweep-1", SimpleNamespace(address="tcp://w3"), 3)

        future = SimpleNamespace(cancelled=lambda: cancelled, result=result)
        with pytest.raises(SweepError, match=f"^small, 2 seeds from 7: {re.escape(message)}"):
            cluster._raise_what_went_wrong(future, Piece(0, SMALL, (7, 8), 1.0))
