"""Keeping compiled kernels in files for the next process, each under a digest of all that it is made of.

So an edit needs no other sign, such as a file's time, be it of another file or undone again; and a file in which
anything is wrong is as good as none. Numba's own files have one digest of the file that a kernel stands in, whatever it
calls from others.
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

from excolor.numerics.cache_key import ingredients

DATA = (types.Number, types.Boolean, types.Array, types.NoneType, types.SliceType, types.Omitted, types.Literal)
"""What a kernel that is kept may be given: of a function given to it, its ingredients tell nothing."""

SIZE = sha256().digest_size

# Numba numbers what it compiles, from 1 in every process, and by that names the functions in a kernel's file. Of two of
# one name the linker takes the first: variants that came from two processes would call what one of them closes over.
FunctionIdentity._unique_ids = iter(partial(secrets.randbits, 63), None)


class Kept(NullCache):  # type: ignore[misc]  # numba's classes are of any type to mypy
    """A kernel's files: one for every signature, set of values that it closes over, and kind of processor.

    A file begins with the digest of what the kernel is made of, and the digest of the rest. Unless both are right
    nothing of it is used, let alone unpickled, and what is compiled instead takes its place.
    """

    def __init__(self, kernel: Any) -> None:
        self._kernel = kernel
        self._source = os.path.abspath(kernel.py_func.__code__.co_filename)

    @property
    def cache_path(self) -> str | None:
        folder = _folder(self._source)
        return str(folder) if folder else None

    def load_overload(self, signature: Any, target: Any) -> Any:
        """The compiled kernel, or None if it is to be compiled."""
        target.refresh()
        place, digest = self._find(signature, target.codegen())
        content = _read(place) if place else b""
        payload = content[2 * SIZE :]
        if content[: 2 * SIZE] != digest + _digest(payload):
            return None
        try:
            return CompileResult._rebuild(target, *pickle.loads(payload))
        except Exception:  # whatever it is, for example a type whose module has been renamed
            return None

    def save_overload(self, signature: Any, result: Any) -> None:
        place, digest = self._find(signature, result.codegen)
        if place and not result.lifted and not result.library.has_dynamic_globals:  # it would point into this process
            payload = dumps(result._reduce())
            with suppress(OSError):  # such as a full disk
                _write(place, digest + _digest(payload) + payload)

    def _find(self, signature: Any, codegen: Any) -> tuple[Path | None, bytes]:
        """Where the kernel is kept, if it is, and the digest that it has there."""
        content = ingredients(self._kernel)
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
    """What the kernels that one function makes differ in, by which they have files side by side."""
    values = [cell.cell_contents for cell in kernel.py_func.__closure__ or ()]
    return [
        _closed_over(value, kernel, *within)
        if isinstance(value, Dispatcher) and value not in (kernel, *within)
        else getattr(value, "__qualname__", value)
        for value in values
    ]


def _folder(source: str) -> Path | None:
    """The first that is, or becomes, one in which only this user can write."""
    for folder in _folders(source):
        with suppress(OSError):
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            status = folder.lstat()  # of a link itself, which is no folder
            if stat.S_ISDIR(status.st_mode) and _is_ours(status) and os.access(folder, os.R_OK | os.W_OK | os.X_OK):
                return folder
    return None


def _folders(source: str) -> Iterator[Path]:
    """Beside the source, and in the user's cache."""
    if os.path.isfile(source):  # and not what was typed in
        yield Path(source).parent / "__pycache__" / "kernels"
    with suppress(RuntimeError):  # there is no home
        cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
        if cache.is_absolute():
            yield cache / "excolor"


def _is_ours(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _read(place: Path) -> bytes:
    """Nothing, unless it is there and only this user can have written it."""
    try:
        with place.open("rb") as file:
            # The open file is asked, since by now its name could be another's.
            return file.read() if _is_ours(os.fstat(file.fileno())) else b""
    except OSError:
        return b""


def _write(place: Path, content: bytes) -> None:
    """All at once, so that no process reads half of it."""
    descriptor, draft = tempfile.mkstemp(dir=place.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
        os.replace(draft, place)
    finally:
        Path(draft).unlink(missing_ok=True)
