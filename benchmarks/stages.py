"""A pytest plugin that adds up the core-seconds of a run by stage: `pytest -p benchmarks.stages tests/hypotheses`.

A stage counts without those within it: training without the compiling that it waits for, finding what was trained
before without the training of what is missing. Below the stages of the whole run stand those of each file, the most
expensive first. It takes one process: under `-n` the workers' are not seen.
"""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest
from numba.core.dispatcher import Dispatcher

spent: defaultdict[str, Counter[str]] = defaultdict(Counter)
"""The core-seconds of each stage, by file; of what belongs to none, under ""."""
file = ""
within = ["import"]
"""The present stage, after those that it is within."""
counted = 0.0


def count() -> None:
    """Count what was spent since the last time for the present stage."""
    global counted
    now = time.process_time()
    spent[file][within[-1]] += now - counted
    counted = now


@contextmanager
def stage(name: str) -> Iterator[None]:
    count()
    within.append(name)
    try:
        yield
    finally:
        count()
        within.pop()


def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def run(*args: Any, **named: Any) -> Any:
        with stage(name):
            return function(*args, **named)

    return run


def pytest_configure() -> None:
    """Time the program's stages. It is loaded here and not above: `-p` comes before pytest has prepared the plugin."""
    import excolor.judging.intervals
    import excolor.measures
    from excolor.verdicts.store import Store

    count()
    within[0] = "the rest"
    Dispatcher.compile = timed("compiling", Dispatcher.compile)
    # Methods are replaced, which types do not allow: the program that is timed knows nothing of it.
    Store.trained = timed("finding", Store.trained)  # type: ignore[method-assign]
    Store.train_missing = timed("training", Store.train_missing)  # type: ignore[method-assign]
    for module in [each for name, each in sys.modules.items() if name.startswith("excolor.measures.")]:
        if hasattr(module, "by_color"):
            module.by_color = timed("evaluation", module.by_color)
    for summary in ("median", "fraction", "ratio"):
        judge = timed("judging", getattr(excolor.judging.intervals, summary))
        for module in (excolor.judging.intervals, excolor):
            setattr(module, summary, judge)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    global file
    count()
    file = item.path.name
    try:
        return (yield)
    finally:
        count()
        file = ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[Any]:
    with stage("measuring"):
        return (yield)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    count()
    whole = sum(spent.values(), Counter())
    terminalreporter.section("core-seconds by stage")
    lines = {"whole": whole} | {name or "no file": each for name, each in spent.items()}
    terminalreporter.write_line(" " * 32 + "".join(f"{name:>12}" for name in ("all", *whole)))
    for name, each in sorted(lines.items(), key=lambda line: -line[1].total()):
        seconds = (each.total(), *(each[stage] for stage in whole))
        terminalreporter.write_line(f"{name:<32}" + "".join(f"{number:12.1f}" for number in seconds))
