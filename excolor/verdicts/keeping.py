"""Where a run keeps its trained ensembles: in pytest's cache, for later runs, or where its own processes share them.

Pytest's `--cache-clear` empties the cache. In CI nothing is read from there or written there: it starts cold.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from excolor.verdicts.shelf import shared_directory

if TYPE_CHECKING:
    from excolor.keeping.folder import Folder

SIZE = "excolor_store_size"
DEFAULT = "1 GB"
"""The main job needs some 0.9 GB, most of it the loss histories of its longest trainings."""
UNITS = {"MB": 10**6, "GB": 10**9}
NAME = "excolor"
"""The name of the directory in pytest's cache."""


def size_allowed(config: pytest.Config) -> int:
    """The most bytes that the store may have, as an option of pytest's configuration says."""
    given = config.getini(SIZE)
    parts = re.fullmatch(r"\s*([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*(MB|GB)?\s*", given, re.IGNORECASE)
    if not parts or (parts[2] is None and float(parts[1]) != 0):
        raise pytest.UsageError(
            f"{SIZE} is {given!r}: it must be the most that the store of trained ensembles may have, in MB or GB, for "
            f"example '500 MB', or 0 for none"
        )
    return round(float(parts[1]) * UNITS[parts[2].upper()]) if parts[2] else 0


def lacking(config: pytest.Config) -> str:
    """Why a run keeps nothing for later ones; empty if it does."""
    if os.environ.get("CI"):
        return "CI is set"
    if not hasattr(config, "cache"):
        return "pytest has no cache"
    if size_allowed(config) == 0:
        return f"{SIZE} is 0"
    return "" if _directory(config) else "pytest's cache cannot be written"


def kept_in(config: pytest.Config) -> Path | None:
    """The directory that outlives the run; None if nothing is kept."""
    return None if lacking(config) else _directory(config)


def folder_of(config: pytest.Config) -> "Folder | None":
    """The folder in which a process shares what it has trained; None if it shares it with nobody."""
    from excolor.keeping.folder import Folder

    if directory := kept_in(config):
        return Folder(directory, size_allowed(config))
    shelf = shared_directory(config) if hasattr(config, "workerinput") else None
    return Folder(shelf) if shelf else None


@contextmanager
def measures_kept(config: pytest.Config) -> Iterator[None]:
    """Find what earlier runs have measured, and keep for later ones what is measured within the block."""
    from excolor.measures.memory import kept_by

    if directory := kept_in(config):
        from excolor.keeping.folder import Folder
        from excolor.keeping.measured import Measured

        measured = Measured(Folder(directory, size_allowed(config)))
        with kept_by(measured.of):
            yield
        measured.write()
    else:
        with kept_by(None):
            yield


def _directory(config: pytest.Config) -> Path | None:
    try:
        return config.cache.mkdir(NAME)
    except OSError:
        return None
