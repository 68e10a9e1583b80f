"""Python does not look for garbage while a run is loaded, nor as its process ends: there is none worth the time.

It looks for what only holds each other, through all objects that there are. Loading makes hundreds of thousands, which
stay, and the end of a process frees all at once. Of a run's first seconds and its last one that is a good part.
"""

import atexit
import gc
from collections.abc import Generator

import pytest

from excolor.verdicts.handing_back import settle

atexit.register(settle)


@pytest.hookimpl(wrapper=True)
def _unlooked() -> Generator[None, object, object]:
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return (yield)
    finally:
        if was_enabled:
            gc.enable()


pytest_load_initial_conftests = pytest_collection = _unlooked


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """In the main process of xdist, which runs no test, what is loaded by now is not looked through at the end either.

    Where tests run, pytest's own search at the end is for what they left behind.
    """
    settle()
