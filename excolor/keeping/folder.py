"""Folders of trained ensembles, and of what was measured of them: in a folder for each key its files, of ensembles one
for each block of seeds, so far as there is room.

Any number of processes read and write at the same time. A file comes into its place in one move, with a name of its
own. The files only save time: what cannot be written, or is not found as it was written, is trained or measured.
"""

import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from excolor.conditions.experiment import Experiment
from excolor.ensemble import Ensemble

ENDING = ".ensemble"
Loaded = TypeVar("Loaded")


class Folder:
    """A folder that keeps at most so many bytes, and forgets what was used longest ago.

    What was used since this object was made is not forgotten for something new: of a run that needs more than there is
    room for a part is found the next time, where otherwise each file would be forgotten just before it is needed.
    """

    def __init__(self, path: Path, most: float = float("inf")) -> None:
        self.path, self.most = path, most
        self.began = time.time()

    def found(self, key: str, experiment: Experiment) -> Iterator[Ensemble]:
        """Load the ensembles that any process has kept by that key by now; a file that is damaged is removed."""
        from excolor.keeping.block import read  # here, since it loads torch, which the size of a folder needs none of

        return self.read(key, ENDING, lambda path: read(path, key, experiment))

    def read(self, key: str, ending: str, load: Callable[[Path], Loaded | None]) -> Iterator[Loaded]:
        """Load the files of this ending that are kept by a key; one of which nothing can be loaded is removed."""
        for path in _within(self.path / key):
            if path.suffix != ending:
                continue
            try:
                loaded = load(path)
                if loaded is not None:
                    os.utime(path)  # it was used now
                    yield loaded
                else:
                    path.unlink()
            except OSError:  # it is no file, or vanished
                continue

    def keep(self, key: str, experiment: Experiment, ensemble: Ensemble) -> Ensemble:
        """Write an ensemble into a file, if there is room, and return it with its losses left there."""
        from excolor.keeping.block import size_of, with_losses_in, write

        def written(half_written: Path) -> Ensemble:
            write(half_written, key, ensemble)
            return with_losses_in(half_written, experiment, ensemble)

        size, name = size_of(experiment, len(ensemble.seeds)), f"{ensemble.seeds[0]}-{len(ensemble.seeds)}-"
        kept = self._written(self.path / key / f"{name}{secrets.token_hex(8)}{ENDING}", size, written)
        return kept or ensemble

    def keep_bytes(self, key: str, ending: str, content: bytes) -> None:
        """Write a file of these bytes, if there is room."""
        place = self.path / key / f"{secrets.token_hex(8)}{ending}"
        self._written(place, len(content), lambda half_written: half_written.write_bytes(content))

    def _written(self, place: Path, size: int, write: Callable[[Path], Loaded]) -> Loaded | None:
        """What writing a file gave, which comes into its place once it is whole; None if there is no room for it."""
        half_written = place.with_suffix(".part")
        with suppress(OSError):  # such as a full disk
            if not self._make_room(size):
                return None
            place.parent.mkdir(exist_ok=True)
            try:
                written = write(half_written)
                os.replace(half_written, place)
                return written
            finally:
                half_written.unlink(missing_ok=True)
        return None

    def bytes_kept(self) -> int:
        return sum(size for _, size, _ in self._files())

    def _make_room(self, size: int) -> bool:
        """Remove what was used longest ago until there is room for so many bytes; False if there is none to be made."""
        files = sorted(self._files())
        excess = sum(each for _, each, _ in files) + size - self.most
        old = [(each, path) for used, each, path in files if used < self.began]
        if excess > sum(each for each, _ in old):
            return False
        for each, path in old:
            if excess <= 0:
                break
            path.unlink(missing_ok=True)
            excess -= each
            with suppress(OSError):  # there are others in it
                path.parent.rmdir()
        return True

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """Every file, half written ones too, with the time of its last use and its size."""
        for path in (path for folder in _within(self.path) for path in _within(folder)):
            with suppress(OSError):  # another process has removed it
                status = path.stat()
                yield status.st_mtime, status.st_size, path


def _within(folder: Path) -> list[Path]:
    """What is in a folder; nothing if it is none, or has just been removed."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
