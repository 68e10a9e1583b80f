"""The cache key of a kernel: a text that differs between any two kernels that could compile to different code.

The key holds the kernel's code, the values of the names that it reads, and the same for every kernel that it calls, in
whatever file. All of these are taken from the running program, since a file may have been edited after it was imported.
Intrinsics alone, which say how code is generated, go by their file. It is read as soon as a kernel that uses one is
defined.
"""

import ast
import dis
import inspect
import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import CodeType, EllipsisType, FunctionType, ModuleType, NoneType
from typing import Any

import llvmlite
import numba
import numpy as np
from numba.core.caching import FunctionCache
from numba.core.dispatcher import Dispatcher
from numba.core.extending import _Intrinsic

VERSIONS = (sys.version, numba.__version__, llvmlite.__version__, np.__version__, numba.config.USING_SVML)
LIBRARIES = {"builtins", "math", "numpy", "numba"}
"""Packages whose contents change with the versions only."""
PLAIN = (bool, int, float, complex, str, bytes, slice, NoneType, EllipsisType)
HAS_DOCSTRING = 1 << 26
"""The flag of code that has one, from Python 3.14 on (inspect.CO_HAS_DOCSTRING)."""

_first_parts: dict[Any, object] = {}
"""Each kernel's own part of the key when it was first asked for, which is before the kernel is compiled."""


class CacheKeyError(TypeError):
    """A kernel reads a value that its cache key cannot identify."""


def cache_key(kernel: Any) -> str | None:
    """Make a kernel's cache key: the same text in every process with the same sources, versions and numba settings.

    None once a name that the kernel reads, or one that it calls, has been given another value: code that was compiled
    before has the old value.
    """
    kernels, parts, changed = [kernel], [], False
    for one in kernels:  # grows on the way, by the kernels that each one calls
        function = one.py_func
        reads = [(name, _identity(function, name, value)) for name, value in _names_read(function)]
        own = (sorted(one.targetoptions.items()), _code_parts(function, function.__code__), reads)
        if _first_parts.setdefault(one, own) != own:
            _first_parts[one] = None  # for good, even if the first value comes back
            changed = True
        kernels += dict.fromkeys(read for _, read in reads if isinstance(read, Dispatcher) and read not in kernels)
        numbered = [(name, kernels.index(read) if isinstance(read, Dispatcher) else read) for name, read in reads]
        parts.append((*own[:-1], numbered))
    settings = sorted((name, value) for name, value in os.environ.items() if name.startswith("NUMBA_"))
    return None if changed else repr((VERSIONS, settings, parts))


def read_intrinsics(function: FunctionType) -> None:
    """Read the files that define the intrinsics that a kernel uses."""
    for name, value in _names_read(function):
        if isinstance(value, _Intrinsic):
            _identity(function, name, value)


def _names_read(function: FunctionType) -> Iterator[tuple[str, Any]]:
    """Find the names that a function reads: closure variables, defaults and globals, with the values they have."""
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            yield name, cell.cell_contents
        except ValueError:  # the variable has no value yet
            continue
    for parameter in inspect.signature(function, follow_wrapped=False).parameters.values():
        if parameter.default is not parameter.empty:
            yield parameter.name, parameter.default
    for name in dict.fromkeys(_globals_read(function.__code__)):
        if name in function.__globals__:
            yield name, function.__globals__[name]


def _globals_read(code: CodeType) -> Iterator[str]:
    yield from (step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL")
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _globals_read(inner)


def _code_parts(function: FunctionType, code: CodeType) -> tuple[object, ...]:
    """List a function's bytecode, constants and names, without docstring, annotations and place in the file.

    These three change nothing in the compiled code.
    """
    used = [step.argval for step in dis.get_instructions(code) if step.opcode in dis.hasconst]
    constants = [_code_parts(function, x) if isinstance(x, CodeType) else _identity(function, repr(x), x) for x in used]
    counts = code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags & ~HAS_DOCSTRING
    names = code.co_names, code.co_varnames, code.co_cellvars, code.co_freevars
    return code.co_code, code.co_exceptiontable, counts, names, constants


def _identity(function: FunctionType, name: str, value: Any) -> Any:
    """Identify a value that a kernel reads: a kernel by itself, any other value by a text.

    Two values have the same text only if they compile to the same code.
    """
    identity = value if _is_kernel(value) else _value_text(value)
    if identity is None:
        raise CacheKeyError(
            f"the kernel {function.__qualname__} of {function.__module__} reads {name}, of type {type(value).__name__}:"
            " a kernel may read kernels and intrinsics by their own names, numbers, text, numpy's arrays and types,"
            f" tuples of these, and what is in {', '.join(sorted(LIBRARIES))}, for example SCALE = np.float32(2); give"
            " it other values as arguments"
        )
    return identity


def _is_kernel(value: Any) -> bool:
    """Whether a value is a kernel, and not one that numba itself caches in files."""
    return isinstance(value, Dispatcher) and not isinstance(getattr(value, "_cache", None), FunctionCache)


def _value_text(value: Any) -> str | None:
    """The text of a value that a kernel may read, or None for any other."""
    kind = type(value)
    if kind in PLAIN:
        return f"{kind.__name__} {value!r}"
    if kind in (tuple, frozenset):
        texts = [_value_text(element) for element in value]
        return None if None in texts else f"{kind.__name__} {texts if kind is tuple else sorted(map(str, texts))}"
    if (kind is np.ndarray or isinstance(value, np.generic)) and not value.dtype.hasobject:
        digest = sha256(value.tobytes()).hexdigest()
        return f"{kind.__name__} {value.dtype!r} {value.shape} {value.strides} {digest}"
    if isinstance(value, np.dtype):
        return f"dtype {value!r}"
    if isinstance(value, _Intrinsic):
        made = value._defn
        return None if made.__closure__ else f"{made.__qualname__} {_intrinsics_digest(made.__code__.co_filename)}"
    if isinstance(value, ModuleType):
        return f"module {value.__name__}" if value.__name__.split(".")[0] in LIBRARIES else None
    place, name = getattr(value, "__module__", None) or "", getattr(value, "__qualname__", "")
    known = place.split(".")[0] in LIBRARIES and getattr(sys.modules.get(place), name, None) is value
    return f"{place}.{name}" if known else None


@cache
def _intrinsics_digest(path: str) -> str:
    """The SHA-256 of a file of intrinsics.

    Raises:
        CacheKeyError: the file imports more than llvmlite, numba, numpy and the standard library, whose versions the
            cache key has.
    """
    try:
        source = Path(path).read_bytes()
    except OSError:  # the program comes without its sources
        return os.urandom(16).hex()  # a new value in each process, so that no kernel is found in the cache
    allowed = {"llvmlite", *LIBRARIES, *sys.stdlib_module_names}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        else:
            imported = ["." * node.level + (node.module or "")] if isinstance(node, ast.ImportFrom) else []
        for name in imported:
            if name.split(".")[0] not in allowed:
                raise CacheKeyError(
                    f"{Path(path).name} defines intrinsics and imports {name}: such a file may import numba, llvmlite,"
                    " numpy and the standard library, for example `from llvmlite import ir`; move what it needs there"
                )
    return sha256(source).hexdigest()
