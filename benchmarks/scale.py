"""What a sweep costs beyond one process: real training on 1 to 4 workers, and a large sweep replayed without training.

    python -m benchmarks.scale [runs to train] [runs to replay]

In the replay all is done that a sweep does, but for training and measuring: each piece is cut, told apart, sent,
compared with what the worker has, answered by as many numbers, kept in a file and put into the result.
"""

import pickle
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import dask
import numpy as np
from distributed import Client, LocalCluster

from excolor import Dopesheet, sweep, typical_error, worst_error
from excolor.experiments import EX_2_10
from excolor.sweeping import cluster
from excolor.sweeping.measuring import measured

MEASURES = {"typical": typical_error, "worst": worst_error}
WORKERS = (1, 2, 4)
SEEDS = 512


def main(trained: int = 512, replayed_runs: int = 1_000_000) -> None:
    print(f"without a cluster: {in_one_process():.4f} core-seconds a run")
    for count in WORKERS:
        with workers(count) as client:
            wall, busy, own = cost(client, partial(sweep, EX_2_10, {}, range(trained), MEASURES, client))
            print(f"{count} workers: {wall:.1f} s, {busy / trained:.4f} core-seconds a run, {own:.2f} s of the client")
    over = {"dopesheet": {n: reweighted(n) for n in range(max(1, replayed_runs // SEEDS))}}
    for count in WORKERS:
        with workers(count) as client, replaying(), tempfile.TemporaryDirectory() as kept:
            replay = partial(sweep, EX_2_10, over, range(SEEDS), MEASURES, client, kept)
            wall, busy, own = cost(client, replay)
            files = list(Path(kept).rglob("*.json"))
            size = sum(path.stat().st_size for path in files) / len(files)
            fullest = max(Counter(path.parent for path in files).values())
            print(
                f"{count} workers: {len(files)} pieces replayed in {wall:.0f} s, {len(files) / wall:.0f} a second; "
                f"core-seconds of workers {busy:.0f}, of scheduler and client {own:.0f}; {size:.0f} bytes a file, "
                f"{fullest} files in the fullest folder; found again in {cost(client, replay)[0]:.0f} s"
            )
    piece = cluster.packed(EX_2_10, tuple(range(64)), partial(measured, measures=MEASURES))
    task = pickle.dumps((piece, cluster.sources(), "0" * 64))
    result = pickle.dumps({name: np.zeros(64, np.float32) for name in MEASURES})
    print(f"a task has {len(task)} bytes, its result {len(result)}")


def reweighted(n: int) -> Dopesheet:
    """The sheet of 2.10 with other weights of unitarity, which cost the same."""
    sheet = EX_2_10.dopesheet
    return replace(sheet, timelines=tuple(
        replace(each, keyframes=tuple((step, value * (1 + n / 1e6)) for step, value in each.keyframes))
        if each.name == "reg-unit" else each for each in sheet.timelines
    ))  # fmt: skip


def in_one_process() -> float:
    warm()
    began = time.process_time()
    measured(EX_2_10, range(64), MEASURES)
    return (time.process_time() - began) / 64


@contextmanager
def workers(count: int) -> Iterator[Client]:
    """A loopback cluster, whose workers have loaded and compiled everything; patient, for a crowded machine."""
    dask.config.set({"distributed.comm.timeouts.tcp": "300s"})
    with LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None) as made, Client(made) as client:
        client.run(warm)
        yield client


def warm() -> None:
    measured(EX_2_10, range(64), MEASURES)


def cost(client: Client, work: Callable[[], object]) -> tuple[float, float, float]:
    """Seconds on the clock, and core-seconds of the workers and of this process, scheduler and client."""
    before, own, began = sum(client.run(time.process_time).values()), time.process_time(), time.perf_counter()
    work()
    wall, own = time.perf_counter() - began, time.process_time() - own
    return wall, sum(client.run(time.process_time).values()) - before, own


@contextmanager
def replaying() -> Iterator[None]:
    """Sweeps whose pieces are not trained."""
    computed = cluster.computed
    cluster.computed = replayed
    try:
        yield
    finally:
        cluster.computed = computed


def replayed(packed: bytes, expected: dict[str, str], digest: str | None) -> dict[str, Any]:
    """What a worker does for a piece, without training."""
    _, seeds, _ = cluster.checked(packed, expected, digest)
    return {name: (np.array(seeds) % 97 / 97).astype(np.float32) for name in MEASURES}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
