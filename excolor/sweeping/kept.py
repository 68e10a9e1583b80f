"""Results of a sweep that are kept in a directory, a file for each piece, so that whoever is interrupted goes on later.

    d41d8c...                                SHA-256 of the key and of the next line
    {"experiment": ..., "seeds": ..., ...}   what was measured, as JSON

A file is named by its key, a digest of all that could change a number in it. It comes into its place in one move. What
is not found as it was written is computed anew.
"""

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from excolor.conditions.experiment import Experiment
from excolor.numerics.given import shown
from excolor.sweeping.content import UnknownContentError, content
from excolor.sweeping.errors import SweepError
from excolor.sweeping.measuring import Measure, Values, is_one_a_seed
from excolor.sweeping.pieces import Piece

BY = 2
"""The digits of a key by which files are put into folders: 256 of them."""


def key_of(what: str, seeds: Sequence[int], sources: Mapping[str, str]) -> str:
    """The key of a piece: of the content of its experiment and its measures, its seeds, and what computes it."""
    return sha256(repr((what, tuple(seeds), sorted(sources.items()))).encode()).hexdigest()


def told_apart(experiment: Experiment, measures: Mapping[str, Measure]) -> str:
    """The digest of an experiment and of what is measured of it.

    Raises:
        UnknownContentError: something is read of which it cannot be told what it computes.
    """
    experiment.check_unchanged()
    return content((experiment, list(measures.items())))


class Kept:
    """A directory of results."""

    def __init__(self, directory: object, measures: Mapping[str, Measure], sources: Mapping[str, str]) -> None:
        if not isinstance(directory, str | Path) or not str(directory):
            raise SweepError(f"keep is {shown(directory)}: it must be a directory, for example keep='sweep-of-2.10'")
        self.home, self.measures, self.sources = Path(directory), measures, sources
        self._contents: dict[Experiment, str] = {}
        self._make(self.home)

    def found(self, piece: Piece) -> Values | None:
        """What was measured of a piece; None unless it is there, and all of it is as it was written."""
        key = self._key(piece)
        try:
            digest, _, line = self._path(key).read_bytes().partition(b"\n")
        except OSError:
            return None
        if digest != _digest(key, line):
            return None
        kept = json.loads(line)["values"]
        values = {name: np.array(each["numbers"], each["kind"]) for name, each in kept.items()}
        return values if all(is_one_a_seed(each, piece.seeds) for each in values.values()) else None

    def keep(self, piece: Piece, values: Values) -> None:
        """Write what was measured of a piece."""
        key = self._key(piece)
        numbers = {name: {"kind": each.dtype.str, "numbers": each.tolist()} for name, each in values.items()}
        whole = {"experiment": piece.experiment.name, "seeds": piece.seeds, "sources": self.sources, "values": numbers}
        line = json.dumps(whole).encode()
        path = self._path(key)
        half_written = path.with_name(f"{secrets.token_hex(8)}.part")
        self._make(path.parent)
        try:
            half_written.write_bytes(_digest(key, line) + b"\n" + line)
            os.replace(half_written, path)
        except OSError as error:
            half_written.unlink(missing_ok=True)
            raise SweepError(
                f"{path} cannot be written, {error}: what was kept before is there, and the same sweep finds it; make "
                "room, or copy it to where there is more"
            ) from error

    def _key(self, piece: Piece) -> str:
        if piece.experiment not in self._contents:
            try:
                self._contents[piece.experiment] = told_apart(piece.experiment, self.measures)
            except UnknownContentError as error:
                raise SweepError(
                    f"keep: nothing can be kept of {piece.experiment.name}, since a later sweep could not tell whether "
                    f"it and its measures still compute the same: {error}"
                ) from error
        return key_of(self._contents[piece.experiment], piece.seeds, self.sources)

    def _path(self, key: str) -> Path:
        return self.home / key[:BY] / f"{key[BY:]}.json"

    def _make(self, directory: Path) -> None:
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:  # ValueError: a NUL in its name
            raise SweepError(
                f"keep is {str(self.home)!r}, where no directory can be, {error}: give another, for example "
                "keep='sweep-of-2.10'"
            ) from error


def _digest(key: str, line: bytes) -> bytes:
    return sha256(key.encode() + line).hexdigest().encode()
