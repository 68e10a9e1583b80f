"""Progress lines while models train: one every few seconds, which names the condition.

They go straight to the terminal that a person watches, past pytest's capturing, from whichever process trains. There
are none where the output is no terminal, or in CI.
"""

import os
import time
from collections.abc import Callable
from typing import Any

import pytest

TERMINAL = "/dev/tty"
EVERY = 4.0
"""Seconds of training between two progress lines; a shorter training shows none."""

_WATCHED = "excolor.watched"


def is_watched(config: pytest.Config) -> bool:
    """Whether a person sees the output of this process, or of the main process if this is a worker."""
    if hasattr(config, "workerinput"):
        return bool(config.workerinput[_WATCHED])
    reporter: Any = config.pluginmanager.getplugin("terminalreporter")
    return reporter is not None and bool(reporter.isatty) and not os.environ.get("CI")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput[_WATCHED] = is_watched(node.config)


def progress(condition: str, seeds: int, show: Callable[[str], None]) -> Callable[[int, int], None]:
    """Make a `watch` function for `train`, which is called with the steps done and their number."""
    shown = time.monotonic()

    def watch(done: int, steps: int) -> None:
        nonlocal shown
        if time.monotonic() - shown >= EVERY:
            shown = time.monotonic()
            show(f"{condition}: step {done} of {steps}, {seeds} seed{'s' * (seeds > 1)}")

    return watch


def show_on_terminal(line: str) -> None:
    """Print a line of its own between pytest's dots, or nothing if there is no terminal."""
    try:
        with open(TERMINAL, "w") as terminal:
            terminal.write(f"\n  {line} ")
    except OSError:
        return
