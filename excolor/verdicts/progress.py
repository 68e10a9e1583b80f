"""Signs of life while models train: a line every few seconds that names the condition.

They go straight to the terminal that a person watches, past pytest's capturing, from whichever process trains. Where
the output is no terminal, or in CI, there are none.
"""

import os
import time
from collections.abc import Callable
from typing import Any

import pytest

TERMINAL = "/dev/tty"
EVERY = 4.0
"""Seconds of training between two signs; what takes less gives none."""

_WATCHED = "excolor.watched"


def is_watched(config: pytest.Config) -> bool:
    """Whether a person sees what this process, or the one that it works for, prints."""
    if hasattr(config, "workerinput"):
        return bool(config.workerinput[_WATCHED])
    reporter: Any = config.pluginmanager.getplugin("terminalreporter")
    return reporter is not None and bool(reporter.isatty) and not os.environ.get("CI")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput[_WATCHED] = is_watched(node.config)


def progress(condition: str, seeds: int, show: Callable[[str], None]) -> Callable[[int, int], None]:
    """A watch for `train`, to be called with the steps done and their number."""
    shown = time.monotonic()

    def watch(done: int, steps: int) -> None:
        nonlocal shown
        if time.monotonic() - shown >= EVERY:
            shown = time.monotonic()
            show(f"{condition}: step {done} of {steps}, {seeds} seed{'s' * (seeds > 1)}")

    return watch


def show_on_terminal(line: str) -> None:
    """Print a line of its own amid pytest's dots; without a terminal to print to, nothing."""
    try:
        with open(TERMINAL, "w") as terminal:
            terminal.write(f"\n  {line} ")
    except OSError:
        return
