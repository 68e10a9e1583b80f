"""Benchmarks, run by `python -m benchmarks`: core-seconds of training runs, and of all hypothesis files together.

A training run is compared with a plain torch loop and with the floor, the least time of its arithmetic. Runs that are
compared take turns, round after round, and the median over the rounds counts, since machines are noisy. Only the ratios
carry over from one machine to another.
"""

import dataclasses
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial

import torch

from benchmarks.floor import floor
from benchmarks.plain_loop import own_batches, own_model, train_plainly
from excolor import Experiment, ablate, reconstruction_error, train
from excolor.colors import fine_cube
from excolor.experiments import EX_2_8, EX_2_9, EX_2_10

ROUNDS = 5
MEMBERS = (1, 8, 32, 64, 256)
CONDITIONS = (EX_2_10, EX_2_10.without("reg-unit"), EX_2_9, EX_2_8, EX_2_10.unregularized())
SIDE_BY_SIDE = 64
"""The number of models, one for each seed, at which the conditions are compared."""
TIMED = 285
"""The number of steps that are timed: the first five epochs, in which every term has its weight."""
PUBLISHED = 3001
"""The number of steps of a published run, to which the times are scaled."""


def main() -> None:
    by_members()
    by_condition()
    evaluation()
    sys.stdout.flush()
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "benchmarks.stages", "-p", "no:cacheprovider", "tests/hypotheses"]
    )


def by_members() -> None:
    runs: dict[str, Callable[[], object]] = {"plain loop": partial(plain_run, shortened(EX_2_10))}
    runs |= {f"{n:>3} member{'s' * (n > 1)}": partial(train, shortened(EX_2_10), range(n)) for n in MEMBERS}
    seconds = medians(runs)
    per_run = {name: took / members for (name, took), members in zip(seconds.items(), (1, *MEMBERS), strict=True)}
    table("2.10, all terms: core-seconds per run", per_run | {"floor": floor(EX_2_10) * TIMED})


def by_condition() -> None:
    runs = {e.name: partial(train, shortened(e), range(SIDE_BY_SIDE)) for e in CONDITIONS}
    per_run = {name: took / SIDE_BY_SIDE for name, took in medians(runs).items()}
    floors = {e.name: floor(e) * TIMED for e in CONDITIONS}
    print(f"\n{f'by condition, {SIDE_BY_SIDE} members':<40}{'per run':>10}{'floor':>10}{'ratio':>10}")
    for name, took in per_run.items():
        print(f"{name:<40}{scaled(took):10.3f}{scaled(floors[name]):10.3f}{took / floors[name]:10.2f}")


def evaluation() -> None:
    ensemble = ablate(train(shortened(EX_2_10), range(32)), 0)
    (took,) = medians({"fine cube": lambda: reconstruction_error(ensemble, fine_cube())}).values()
    print(f"\nevaluation of the fine cube, 552,960 colors, 32 members: {took:.2f} core-seconds")


def plain_run(experiment: Experiment) -> object:
    model = own_model(experiment, 0, torch.float32)
    return train_plainly(experiment, model, own_batches(experiment, 0, torch.float32))


def shortened(experiment: Experiment) -> Experiment:
    return experiment.replace(dopesheet=dataclasses.replace(experiment.dopesheet, length=TIMED))


def medians(runs: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Measure the median core-seconds of each run, over rounds in which each has its turn; a first round warms up."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(1 + ROUNDS):
        for name, run in runs.items():
            start = time.process_time()
            run()
            times[name].append(time.process_time() - start)
    return {name: statistics.median(each[1:]) for name, each in times.items()}


def table(title: str, per_run: Mapping[str, float]) -> None:
    print(f"{title:<40}{'per run':>10}{'to plain':>10}{'to floor':>10}")
    plain, least = per_run["plain loop"], per_run["floor"]
    for name, took in per_run.items():
        print(f"{name:<40}{scaled(took):10.3f}{took / plain:10.4f}{took / least:10.2f}")


def scaled(took: float) -> float:
    return took / TIMED * PUBLISHED


main()
