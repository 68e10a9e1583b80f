"""The shelf of a run: a directory in which its processes leave files for each other, which goes when the run ends.

The main process of xdist makes it in the system's directory for temporary files. A run that can have none does without.
One that is killed leaves its shelf behind, which the next run removes.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

PREFIX = "excolor-"
_LOCK = "lock"
_DIRECTORY = "excolor.store"
_SHARED = pytest.StashKey[str]()


def shared_directory(config: pytest.Config) -> Path | None:
    """The directory that all processes of a run share, seen from any of them; None where there is only one, or none."""
    directory = getattr(config, "workerinput", {}).get(_DIRECTORY) or config.stash.get(_SHARED, None)
    return Path(directory) if directory else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Make the shelf before the workers start."""
    with suppress(OSError), ExitStack() as kept:
        clear()
        directory = str(kept.enter_context(shelf()))
        config.add_cleanup(kept.pop_all().close)
        config.stash[_SHARED] = directory
        config.pluginmanager.register(_Pointer(directory))


class _Pointer:
    """A plugin that tells each worker where the shelf is."""

    def __init__(self, directory: str) -> None:
        self.directory = directory

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput[_DIRECTORY] = self.directory


@contextmanager
def shelf() -> Iterator[Path]:
    """Make a shelf, which is removed at the end of the block.

    As long as this process lives it holds a lock in it. The system takes that back from whatever dies, however it dies.
    """
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name:
        unlocked = Path(name, f"{_LOCK}.part")
        with unlocked.open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            os.replace(unlocked, unlocked.with_name(_LOCK))  # so that none of this name is ever without its lock
            yield Path(name)


def clear() -> None:
    """Remove the shelves of runs that were killed: those of this user whose lock nobody holds."""
    for lock in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{_LOCK}"):
        with suppress(OSError):
            if lock.parent.is_symlink() or lock.parent.stat().st_uid != os.geteuid():
                continue
            with lock.open("rb") as held:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock.parent, ignore_errors=True)
