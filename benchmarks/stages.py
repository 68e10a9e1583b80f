"""A pytest plugin that adds up the core-seconds of a run by stage: `pytest -p benchmarks.stages tests/hypotheses`."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

import excolor
import excolor.measures.errors
import excolor.measures.evaluation
import excolor.training

IMPORTED = time.process_time()
spent: Counter[str] = Counter()


def timed(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args)
        finally:
            spent[stage] += time.process_time() - start

    return run


def pytest_configure() -> None:
    excolor.training.train_together = timed("training", excolor.training.train_together)
    for module in (excolor.measures.evaluation, excolor.measures.errors):
        module.by_color = timed("evaluation", module.by_color)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    whole = time.process_time()
    judging = whole - IMPORTED - spent.total()
    stages = {"import": IMPORTED, **spent, "judging and the rest": judging, "whole": whole}
    terminalreporter.section("core-seconds by stage")
    for stage, seconds in stages.items():
        terminalreporter.write_line(f"{stage:<22}{seconds:8.1f}")
