"""The kernel cache: files from which later processes load compiled kernels.

Each file has a digest of all that its kernel is compiled from (excolor.numerics.cache_key). So an edit of any source
file is noticed, and so is its undoing, whatever the times of the files. A cache file with any fault is treated as
missing. Numba's own cache checks only the file that a kernel stands in, not what the kernel calls from other files.
"""

import os
import pickle
import re
import secrets
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from numba import types
from numba.core.bytecode import FunctionIdentity
from numba.core.caching import NullCache
from numba.core.compiler import CompileResult
from numba.core.dispatcher import Dispatcher
from numba.core.serialize import dumps
from numba.core.sigutils import normalize_signature

from excolor.numerics.cache_key import cache_key

DATA = (types.Number, types.Boolean, types.Array, types.NoneType, types.SliceType, types.Omitted, types.Literal)
"""The types of arguments with which a kernel is cached. Not functions: the cache key does not hold their code."""

SIZE = sha256().digest_size

# Numba numbers what it compiles, from 1 in every process, and names the functions in a kernel's file by these numbers.
# Of two functions of one name the linker takes the first: two variants of a kernel, compiled in two processes, would
# then call the same inner kernel. Random numbers make all names different.
FunctionIdentity._unique_ids = iter(partial(secrets.randbits, 63), None)


class KernelCache(NullCache):  # type: ignore[misc]  # numba's classes are of any type to mypy
    """The cache files of one kernel: one for each signature, set of closure values and kind of processor.

    A file begins with two digests, of the kernel's cache key and of the rest of the file. Unless both are right nothing
    of the file is used, let alone unpickled, and the kernel is compiled and the file replaced.
    """

    def __init__(self, kernel: Any) -> None:
        self._kernel = kernel
        self._source = os.path.abspath(kernel.py_func.__code__.co_filename)

    @property
    def cache_path(self) -> str | None:
        folder = _folder(self._source)
        return str(folder) if folder else None

    def load_overload(self, signature: Any, target: Any) -> Any:
        """Load the compiled kernel from its file; None if it must be compiled."""
        target.refresh()
        place, digest = self._find(signature, target.codegen())
        content = _read(place) if place else b""
        payload = content[2 * SIZE :]
        if content[: 2 * SIZE] != digest + _digest(payload):
            return None
        try:
            return CompileResult._rebuild(target, *pickle.loads(payload))
        except Exception:  # of any kind, for example for a type whose module has been renamed
            return None

    def save_overload(self, signature: Any, result: Any) -> None:
        place, digest = self._find(signature, result.codegen)
        if place and not result.lifted and not result.library.has_dynamic_globals:  # these point into this process
            payload = dumps(result._reduce())
            with suppress(OSError):  # such as a full disk
                _write(place, digest + _digest(payload) + payload)

    def _find(self, signature: Any, codegen: Any) -> tuple[Path | None, bytes]:
        """Find the kernel's cache file, None if it may have none, and the digest that the file must begin with."""
        content = cache_key(self._kernel)
        arguments, result = normalize_signature(signature)
        folder = _folder(self._source) if content and all(map(_is_data, arguments)) else None
        if not content or not folder:
            return None, b""
        name = f"{self._kernel.__module__}.{self._kernel.__qualname__}"
        kinds = [str(kind) for kind in (*arguments, result)]
        variant = repr((name, _closed_over(self._kernel), kinds, codegen.magic_tuple())).encode()
        readable = re.sub(r"[^\w.]", "", name, flags=re.ASCII)[-100:]
        file = f"{readable}-{_digest(variant).hex()[:16]}.{sys.implementation.cache_tag}.nbc"
        return folder / file, _digest(variant + content.encode())


def _digest(content: bytes) -> bytes:
    return sha256(content).digest()


def _is_data(kind: Any) -> bool:
    return all(map(_is_data, kind)) if isinstance(kind, types.BaseTuple) else isinstance(kind, DATA)


def _closed_over(kernel: Any, *within: Any) -> list[object]:
    """List a kernel's closure values: kernels that one function makes differ in them, and have files side by side."""
    values = [cell.cell_contents for cell in kernel.py_func.__closure__ or ()]
    return [
        _closed_over(value, kernel, *within)
        if isinstance(value, Dispatcher) and value not in (kernel, *within)
        else getattr(value, "__qualname__", value)
        for value in values
    ]


def _folder(source: str) -> Path | None:
    """Find or make a cache folder in which only this user can write; None if there is no such place."""
    for folder in _folders(source):
        with suppress(OSError):
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            status = folder.lstat()  # does not follow a link, so that a link is no folder
            if stat.S_ISDIR(status.st_mode) and _is_ours(status) and os.access(folder, os.R_OK | os.W_OK | os.X_OK):
                return folder
    return None


def _folders(source: str) -> Iterator[Path]:
    """List the places for a cache folder: beside the source, then in the user's own cache folder."""
    if os.path.isfile(source):  # it is none for a kernel typed at a prompt
        yield Path(source).parent / "__pycache__" / "kernels"
    with suppress(RuntimeError):  # the user has no home folder
        cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
        if cache.is_absolute():
            yield cache / "excolor"


def _is_ours(status: os.stat_result) -> bool:
    """Whether a file or folder belongs to this user, and no other may write to it."""
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _read(place: Path) -> bytes:
    """Read a cache file; nothing if it is missing, or if another user may have written it."""
    try:
        with place.open("rb") as file:
            # Check the open file, not its name, which may belong to another file by now.
            return file.read() if _is_ours(os.fstat(file.fileno())) else b""
    except OSError:
        return b""


def _write(place: Path, content: bytes) -> None:
    """Write a cache file in one move, so that no process reads half of it."""
    descriptor, draft = tempfile.mkstemp(dir=place.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
        os.replace(draft, place)
    finally:
        Path(draft).unlink(missing_ok=True)
