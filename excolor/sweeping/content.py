"""What experiments and measures would compute, as a digest: the same for two only if they compute the same.

A function goes by its code and by all that it reads: globals, captured variables, defaults, and the functions and
classes among these, in whatever file. An object goes by its class and its fields. All are taken from the running
program, since a file may have been edited after it was imported. What belongs to excolor, to the packages of
excolor.sweeping.sources or to the standard library goes by its name: it changes with the sources and the versions.

Whatever else is read, such as a module of one's own as a whole, is refused, since no digest could hold it. What a
function reads from files, or draws by chance, is in no digest.
"""

import dataclasses
import dis
import functools
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from types import CellType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np
import torch
import xarray as xr

from excolor.sweeping.sources import PACKAGES

KNOWN = {"excolor", *PACKAGES, *sys.stdlib_module_names} - {"__main__"}
"""Packages that go by their names."""
PLAIN = (bool, int, float, complex, str, bytes, slice, range, type(None), type(...))
DEEPEST = 50


class UnknownContentError(TypeError):
    """Something that is read by what is swept, and of which a digest cannot tell what it would compute."""


def content(value: object) -> str:
    """The digest of what is given.

    Raises:
        UnknownContentError: a part of it cannot be told from others.
    """
    return sha256(repr(_Content().of(value, 0)).encode()).hexdigest()


class _Content:
    """The texts of a value and its parts; functions and classes that were met before are numbers."""

    def __init__(self) -> None:
        self.met: dict[int, tuple[int, object]] = {}

    def of(self, value: Any, depth: int) -> object:
        """Nested tuples of text and numbers."""
        if depth > DEEPEST:
            raise UnknownContentError("what contains itself, or much within much, has no digest")
        kind = type(value)
        if kind in PLAIN:
            return kind.__name__, repr(value)
        if kind in (tuple, list):
            return kind.__name__, [self.of(each, depth + 1) for each in value]
        if kind in (set, frozenset):
            return kind.__name__, sorted(repr(self.of(each, depth + 1)) for each in value)
        if isinstance(value, Mapping) and not isinstance(value, xr.Dataset):
            return kind.__name__, [(self.of(key, depth + 1), self.of(x, depth + 1)) for key, x in value.items()]
        if isinstance(value, np.ndarray | np.generic | torch.Tensor):
            return self.array(value, depth)
        if isinstance(value, xr.DataArray | xr.Dataset):
            own = value.variables if isinstance(value, xr.Dataset) else {None: value.variable, **value.coords}
            return kind.__name__, [(repr(name), x.dims, self.array(x.values, depth)) for name, x in own.items()]
        if name := _known_name(value):
            return "name", name
        if isinstance(value, functools.partial):
            return "partial", self.of((value.func, value.args, value.keywords), depth + 1)
        if isinstance(value, MethodType):
            return "method", self.of((value.__func__, value.__self__), depth + 1)
        if isinstance(value, FunctionType):
            return self.function(value, depth)
        if isinstance(value, functools._lru_cache_wrapper):  # its memory does not matter
            return "remembering", self.of(value.__wrapped__, depth + 1)
        if isinstance(value, type):
            return self.class_of_ones_own(value, depth)
        if dataclasses.is_dataclass(value):
            compared = [each.name for each in dataclasses.fields(value) if each.init and each.compare]
            return "object", self.of(kind, depth + 1), [(x, self.of(getattr(value, x), depth + 1)) for x in compared]
        what = f"the module {value.__name__} as a whole" if isinstance(value, ModuleType) else f"a {kind.__name__}"
        raise UnknownContentError(
            f"{what} is read, of which it cannot be told what it computes: read functions by their own names, numbers, "
            "text, arrays, dataclasses, and what excolor and numpy have, for example `from mine import my_error`"
        )

    def array(self, value: Any, depth: int) -> object:
        values = value.detach().cpu().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
        if values.dtype.hasobject:
            return "objects", values.shape, self.of(values.tolist(), depth + 1)
        return type(value).__name__, str(values.dtype), values.shape, sha256(values.tobytes()).hexdigest()

    def function(self, function: FunctionType, depth: int) -> object:
        if seen := self.before(function):
            return seen
        inside = [_inside(cell) for cell in function.__closure__ or ()]
        given = inside, function.__defaults__, function.__kwdefaults__
        code = function.__code__
        world = function.__globals__
        read = [(name, self.of(world[name], depth + 1)) for name in _globals_read(code) if name in world]
        return "function", self.code(code, depth + 1), read, self.of(given, depth + 1)

    def code(self, code: CodeType, depth: int) -> object:
        """Code without its place in a file, which computes nothing."""
        for step in dis.get_instructions(code):
            if step.opname == "IMPORT_NAME" and not _is_known(step.argval):
                raise UnknownContentError(
                    f"{code.co_name} imports {step.argval} when it is called: import it where {code.co_name} is defined"
                )
        within = [self.code(x, depth + 1) if isinstance(x, CodeType) else self.of(x, depth + 1) for x in code.co_consts]
        counts = code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags
        names = code.co_names, code.co_varnames, code.co_cellvars, code.co_freevars
        return code.co_code, code.co_exceptiontable, counts, names, within

    def class_of_ones_own(self, kind: type, depth: int) -> object:
        if seen := self.before(kind):
            return seen
        own = {name: x for name, x in vars(kind).items() if not _is_made(name, x)}
        parts = [(name, self.of(_underneath(x), depth + 1)) for name, x in sorted(own.items())]
        return "class", [self.of(above, depth + 1) for above in kind.__bases__], parts

    def before(self, value: object) -> object:
        """The number of what was met before; else nothing, and from now on it has one."""
        if id(value) in self.met:
            return "number", self.met[id(value)][0]
        self.met[id(value)] = len(self.met), value
        return None


def _is_known(module: object) -> bool:
    return str(module).split(".")[0] in KNOWN


def _known_name(value: Any) -> str | None:
    """The name by which a known package has it; a name that somebody else has given it does not count."""
    if isinstance(value, ModuleType):
        return value.__name__ if _is_known(value.__name__) else None
    if isinstance(value, np.dtype):
        return repr(value)
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    owner = getattr(value, "__self__", None)  # of a built-in function, its module
    module = owner.__name__ if isinstance(owner, ModuleType) else getattr(value, "__module__", None)
    if not isinstance(name, str) or not isinstance(module, str) or not _is_known(module):
        return None
    found: object = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return f"{module}.{name}" if found is value else None


def _globals_read(code: CodeType) -> Iterator[str]:
    """The names of globals that code reads, and that functions within it do."""
    yield from dict.fromkeys(step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL")
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _globals_read(inner)


def _inside(cell: CellType) -> object:
    try:
        return cell.cell_contents
    except ValueError:  # not yet given a value
        return ...


def _is_made(name: str, value: object) -> bool:
    """Whether an attribute of a class was made by Python, such as its fields, its module or its docstring."""
    return name == "_abc_impl" or (name.startswith("__") and not isinstance(value, FunctionType))


def _underneath(value: Any) -> object:
    """The functions of a property or of a class's method, and of a slot its name."""
    if isinstance(value, property):
        return value.fget, value.fset, value.fdel
    if isinstance(value, classmethod | staticmethod):
        return value.__func__
    if isinstance(value, functools.cached_property):
        return value.func
    return value.__name__ if type(value).__name__ == "member_descriptor" else value
