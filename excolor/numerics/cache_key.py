"""What a kernel is made of: the text of two that could be compiled to something else is another.

That is its code, the values of the names that it reads, and the same again of every kernel that it calls, in whatever
file. All of it is taken from the running program, since a file may have been edited after it was imported. Only of
intrinsics, which say how code is generated, is the file read, as soon as a kernel that uses them is defined.
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
"""What is in them changes with the versions only."""
PLAIN = (bool, int, float, complex, str, bytes, slice, NoneType, EllipsisType)

_at_first: dict[Any, object] = {}
"""What each kernel was made of when it was first asked about, which is before it is compiled."""


class IngredientError(TypeError):
    """A kernel reads what nobody could tell from something else."""


def ingredients(kernel: Any) -> str | None:
    """The same in every process, from the same sources, versions and settings of numba.

    None once a name that some kernel reads has been given another value: what was compiled before has the old one.
    """
    kernels, parts, changed = [kernel], [], False
    for one in kernels:  # they become more on the way
        function = one.py_func
        reads = [(name, _told(function, name, value)) for name, value in _names_read(function)]
        own = (sorted(one.targetoptions.items()), _code(function, function.__code__), reads)
        if _at_first.setdefault(one, own) != own:
            _at_first[one] = None  # and so it stays if the first value comes back
            changed = True
        kernels += dict.fromkeys(told for _, told in reads if isinstance(told, Dispatcher) and told not in kernels)
        numbered = [(name, kernels.index(told) if isinstance(told, Dispatcher) else told) for name, told in reads]
        parts.append((*own[:-1], numbered))
    settings = sorted((name, value) for name, value in os.environ.items() if name.startswith("NUMBA_"))
    return None if changed else repr((VERSIONS, settings, parts))


def read_intrinsics(function: FunctionType) -> None:
    """Read the files of the intrinsics that a kernel uses."""
    for name, value in _names_read(function):
        if isinstance(value, _Intrinsic):
            _told(function, name, value)


def _names_read(function: FunctionType) -> Iterator[tuple[str, Any]]:
    """The names of its closure, of its defaults and of globals, each with its value if it has one yet."""
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            yield name, cell.cell_contents
        except ValueError:  # it is empty
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


def _code(function: FunctionType, code: CodeType) -> tuple[object, ...]:
    """Without its docstring, its annotations and where it stands, which change nothing."""
    used = [step.argval for step in dis.get_instructions(code) if step.opcode in dis.hasconst]
    constants = [_code(function, x) if isinstance(x, CodeType) else _told(function, repr(x), x) for x in used]
    counts = code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags
    names = code.co_names, code.co_varnames, code.co_cellvars, code.co_freevars
    return code.co_code, code.co_exceptiontable, counts, names, constants


def _told(function: FunctionType, name: str, value: Any) -> Any:
    """A kernel itself, and anything else as text; two values have one text only if they compile to the same."""
    told = value if _is_kernel(value) else _text(value)
    if told is None:
        raise IngredientError(
            f"the kernel {function.__qualname__} of {function.__module__} reads {name}, of type {type(value).__name__}:"
            " a kernel may read kernels and intrinsics by their own names, numbers, text, numpy's arrays and types,"
            f" tuples of these, and what is in {', '.join(sorted(LIBRARIES))}, for example SCALE = np.float32(2); give"
            " it other values as arguments"
        )
    return told


def _is_kernel(value: Any) -> bool:
    """Whether it is one that numba does not keep too, in its own way."""
    return isinstance(value, Dispatcher) and not isinstance(getattr(value, "_cache", None), FunctionCache)


def _text(value: Any) -> str | None:
    kind = type(value)
    if kind in PLAIN:
        return f"{kind.__name__} {value!r}"
    if kind in (tuple, frozenset):
        texts = [_text(element) for element in value]
        return None if None in texts else f"{kind.__name__} {texts if kind is tuple else sorted(map(str, texts))}"
    if (kind is np.ndarray or isinstance(value, np.generic)) and not value.dtype.hasobject:
        digest = sha256(value.tobytes()).hexdigest()
        return f"{kind.__name__} {value.dtype!r} {value.shape} {value.strides} {digest}"
    if isinstance(value, np.dtype):
        return f"dtype {value!r}"
    if isinstance(value, _Intrinsic):
        made = value._defn
        return None if made.__closure__ else f"{made.__qualname__} {_source(made.__code__.co_filename)}"
    if isinstance(value, ModuleType):
        return f"module {value.__name__}" if value.__name__.split(".")[0] in LIBRARIES else None
    place, name = getattr(value, "__module__", None) or "", getattr(value, "__qualname__", "")
    known = place.split(".")[0] in LIBRARIES and getattr(sys.modules.get(place), name, None) is value
    return f"{place}.{name}" if known else None


@cache
def _source(path: str) -> str:
    """The digest of a file of intrinsics, which may import only what the versions tell."""
    try:
        source = Path(path).read_bytes()
    except OSError:  # of a program without its sources
        return os.urandom(16).hex()  # which no other process will find again
    allowed = {"llvmlite", *LIBRARIES, *sys.stdlib_module_names}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        else:
            imported = ["." * node.level + (node.module or "")] if isinstance(node, ast.ImportFrom) else []
        for name in imported:
            if name.split(".")[0] not in allowed:
                raise IngredientError(
                    f"{Path(path).name} defines intrinsics and imports {name}: such a file may import numba, llvmlite,"
                    " numpy and the standard library, for example `from llvmlite import ir`; move what it needs there"
                )
    return sha256(source).hexdigest()
