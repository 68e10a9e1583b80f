"""The file of what was measured: a digest, and then arrays in numpy's own format, without pickles.

    32 bytes   SHA-256 of the key and of all that follows
    .npz       arrays, each by the key of its result and its place among the arrays of that

So nothing is interpreted before the digest is known to be right.
"""

import hashlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIGEST = hashlib.sha256().digest_size
Result = NDArray[Any] | tuple[NDArray[Any], ...]


class Results:
    """The results in a file, by their keys."""

    def __init__(self, content: bytes) -> None:
        self._arrays: Mapping[str, NDArray[Any]] = np.load(BytesIO(content), allow_pickle=False)

    def get(self, key: str) -> Result | None:
        """The result of a key; None if there is none."""
        if key in self._arrays:
            return self._arrays[key]
        parts: list[NDArray[Any]] = []
        while (name := f"{key}-{len(parts)}") in self._arrays:
            parts.append(self._arrays[name])
        return tuple(parts) or None


def in_a_file(key: str, results: Mapping[str, Result]) -> bytes:
    """The content of the file of some results, all of which rest on what the key tells."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, result in results.items():
        arrays |= {f"{name}-{at}": x for at, x in enumerate(result)} if isinstance(result, tuple) else {name: result}
    buffer = BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return _digest(key, buffer.getvalue()) + buffer.getvalue()


def read(path: Path, key: str) -> Results | None:
    """Load the results of a file; None unless all of it is as it was written by this key.

    Raises:
        OSError: the file cannot be read.
    """
    content = path.read_bytes()
    return Results(content[DIGEST:]) if content[:DIGEST] == _digest(key, content[DIGEST:]) else None


def _digest(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + content).digest()
