"""What an object would compute, as a digest: the same for two objects only if they compute the same.

A function is its code with all that it reads: globals, captured variables, defaults, and whatever functions and
classes it can reach by them, in whatever file. A class is its methods and attributes, an object its class and its
state. All are taken from the running program, since a file may have been edited after it was imported, and a name given
another value. What belongs to PACKAGES or to the standard library goes by its name: it changes with their versions.

Of some things this cannot be told, such as of what reads a file, or of an extension that somebody compiled.
"""

import copy
import copyreg
import functools
import importlib
import inspect
import sys
import sysconfig
import types
from collections.abc import Iterator
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any, Generic, Protocol, Self

import numpy as np
import torch
import xarray as xr
from numba.core.dispatcher import Dispatcher
from numba.core.extending import _Intrinsic

from excolor.keeping.code import imports_in, inside, names_in
from excolor.keeping.reads import BUILT_IN, OF_NO_EFFECT, PACKAGES, Reads, state_of
from excolor.numerics.cache_key import CacheKeyError, cache_key
from excolor.numerics.compiling import compiled

PURE = {  # of the standard library
    "abc", "bisect", "builtins", "cmath", "collections", "colorsys", "copy", "copyreg", "dataclasses", "decimal",
    "enum", "fractions", "functools", "heapq", "itertools", "math", "numbers", "operator", "re", "reprlib",
    "statistics", "string", "types", "typing", "_operator", "_functools", "_collections", "_collections_abc",
}  # fmt: skip
"""Modules of the standard library that compute from their arguments alone."""
IMPURE = {
    "open", "input", "load", "loadtxt", "loadmat", "genfromtxt", "fromfile", "from_file", "from_csv", "memmap",
    "imread", "read_text", "read_bytes", "open_dataset", "load_dataset", "open_dataarray", "load_dataarray", "hub",
    "environ", "getenv", "random", "rand", "randn", "rand_like", "randn_like", "randint", "randint_like", "randperm",
    "normal", "poisson", "bernoulli", "multinomial", "dropout", "rrelu", "random_", "uniform_", "normal_",
    "bernoulli_", "cauchy_", "exponential_", "geometric_", "log_normal_", "default_rng", "eval", "exec", "compile",
    "globals", "locals", "vars", "__import__", "import_module", "__dict__", "id", "hash",
}  # fmt: skip
"""Names by which code reads what is not in it: files, chance, the environment, whatever a text says."""
HOME = "excolor"
"""The package whose own code does not do so when it trains."""

PLAIN = (bool, int, float, complex, str, bytes, type(None), type(...), type(NotImplemented), range, slice)
DEEPEST = 50
"""Of what contains something that contains something: what is deeper may contain itself."""
NOT_PYTHON = (types.MethodDescriptorType, types.WrapperDescriptorType, types.ClassMethodDescriptorType)
MADE_BY_PROGRAM = 1 << 9
"""The flag of a class that is not built in (Py_TPFLAGS_HEAPTYPE)."""
PICKLING = ("__reduce__", "__reduce_ex__", "__getstate__")

Text = Any
"""Nested tuples of strings and numbers, which have the same `repr` in every process."""


class UnknownContentError(Exception):
    """It cannot be told what an object would compute."""


def content(*values: object) -> str:
    """The digest of some objects.

    Raises:
        UnknownContentError: it cannot be told what one of them would compute.
    """
    return Content().with_all(*values).digest()


class Content:
    """The content of some objects, and the functions and classes that these reach, each once and with a number.

    What was reached by one object need not be looked into again for the next.
    """

    def __init__(self) -> None:
        self.numbers: dict[int, tuple[int, Any]] = {}
        """Each function or class by its identity, with its number in the order in which they are met."""
        self.new: list[Any] = []
        """Those that were not yet looked into."""
        self.reads = Reads()
        """What the others read when they were."""
        self.texts = sha256()
        self.trusted = False
        """Whether what reads just now is code of this package, or of a known one."""

    def digest(self) -> str:
        return self.texts.hexdigest()

    def stands(self) -> bool:
        """Whether the functions and classes that were reached would be found as they were, if looked into again."""
        return self.reads.stand()

    def with_all(self, *values: object) -> Self:
        """The content of these objects in addition."""
        more = copy.copy(self)
        more.numbers, more.new, more.texts, more.trusted = dict(self.numbers), [], self.texts.copy(), False
        more.texts.update(repr([more.part(value) for value in values]).encode())
        for each in more.new:  # grows on the way, by the functions and classes that each one reaches
            body = more.class_body(each) if isinstance(each, type) else more.function_body(each)
            more.texts.update(repr(body).encode())
        more.reads = self.reads.and_by(more.new)
        return more

    def number(self, body: object) -> Text:
        if id(body) not in self.numbers:
            self.numbers[id(body)] = len(self.numbers), body
            self.new.append(body)
        return self.numbers[id(body)][0]

    def part(self, value: Any, depth: int = 0) -> Text:
        """The text of a value, in which functions and classes are numbers."""
        if depth > DEEPEST:
            raise UnknownContentError("it contains itself, or much within much")
        kind, within = type(value), functools.partial(self.part, depth=depth + 1)
        if kind in PLAIN:
            return kind.__name__, repr(value)
        if kind in (tuple, list):
            return kind.__name__, *map(within, value)
        if kind in (set, frozenset):
            return kind.__name__, *sorted(map(repr, map(within, value)))
        if kind in (dict, types.MappingProxyType):
            return kind.__name__, *((within(key), within(each)) for key, each in value.items())
        if kind is np.ndarray or isinstance(value, np.generic) or kind is torch.Tensor:
            return self.array(value, depth)
        if isinstance(value, xr.Dataset | xr.DataArray):
            return self.labeled(value, depth)
        if isinstance(value, types.ModuleType | types.BuiltinFunctionType | np.ufunc):
            return self.no_python(value, depth)
        if isinstance(value, Dispatcher):
            return "kernel", _kernel_digest(value), self.number(value.py_func)
        if isinstance(value, _Intrinsic) or value is compiled:  # what it makes of a kernel is in the kernel's digest
            return "compiler", str(value.__name__)
        if isinstance(value, types.FunctionType | type):
            return self.named(value) or ("number", self.number(value))
        if isinstance(value, types.MethodType):
            return "method", within(value.__func__), within(value.__self__)
        if isinstance(value, classmethod | staticmethod):
            return kind.__name__, within(value.__func__)
        if isinstance(value, property):
            return "property", within((value.fget, value.fset, value.fdel))
        if isinstance(value, functools.cached_property):
            return "property", within(value.func)
        if isinstance(value, functools._lru_cache_wrapper):  # its memory does not matter
            return "remembering", within(value.__wrapped__)
        if isinstance(value, types.MemberDescriptorType | types.GetSetDescriptorType):
            return "slot", value.__name__
        if isinstance(value, ContextVar) and self.trusted:  # by which this package is listened to, and reads no number
            return "context", value.name
        if isinstance(value, NOT_PYTHON):
            return "slot", value.__name__, within(value.__objclass__)
        if hasattr(value, "__qualname__") and self.is_known(kind.__module__) and (name := self.named(value)):
            return name  # a function of numpy's, which is an object
        return self.state(value, depth)

    def array(self, value: Any, depth: int) -> Text:
        values = value.detach().cpu().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
        if values.dtype.hasobject:
            return "objects", values.shape, self.part(values.tolist(), depth + 1)
        digest = sha256(values.tobytes()).hexdigest()
        return type(value).__name__, values.dtype.descr, values.shape, values.strides, digest

    def labeled(self, value: xr.Dataset | xr.DataArray, depth: int) -> Text:
        own: dict[Any, Any] = dict(value.variables) if isinstance(value, xr.Dataset) else {None: value.variable}
        parts = [
            (self.part(name, depth + 1), x.dims, self.array(np.asarray(x.values), depth), self.part(x.attrs, depth + 1))
            for name, x in (own | {name: x.variable for name, x in value.coords.items()}).items()
        ]
        return type(value).__name__, self.part(value.attrs, depth + 1), parts

    def no_python(self, value: Any, depth: int) -> Text:
        """What is no Python: a module of a package, a built-in function, such a method of an object, a ufunc."""
        name: str = value.__name__
        for package in ("numpy", "torch"):
            if getattr(sys.modules[package], name, None) is value:
                return package, name
        owner = getattr(value, "__self__", None)  # of a function of a module it is the module
        if owner is not None and not isinstance(owner, types.ModuleType):
            return "method", name, self.part(owner, depth + 1)
        known = name * self.is_known(name) if isinstance(value, types.ModuleType) else self.named(value)
        if not known:
            raise UnknownContentError(f"{value!r} belongs to no package whose version is known")
        return type(value).__name__, known

    def named(self, value: Any) -> str:
        """The name of a function or class by which a known package has it; empty if it has none."""
        if isinstance(value, type) and value.__module__ == "builtins" and not value.__flags__ & MADE_BY_PROGRAM:
            return f"builtins.{value.__qualname__}"  # some of them have no name there, such as that of methods
        module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", "")
        home = value.__globals__.get("__name__") if isinstance(value, types.FunctionType) else module
        if not module or not home or not self.is_known(home) or not self.is_known(module):
            return ""
        found = functools.reduce(lambda each, name: getattr(each, name, None), name.split("."), sys.modules.get(module))
        return f"{module}.{name}" if found is value else ""

    def is_known(self, module: str) -> bool:
        package = module.partition(".")[0]
        if package in PACKAGES or package == "_pytest":
            return True
        return (self.trusted or package in PURE) and _is_standard(package)

    def state(self, value: Any, depth: int) -> Text:
        """An object by its class and its attributes, or by what pickle would keep if its class is a package's."""
        kind = type(value)
        own = [each for each in kind.__mro__ if each not in (object, Generic, Protocol) and not self.named(each)]
        if own and len(own) == len([each for each in kind.__mro__ if each not in (object, Generic, Protocol)]):
            state = {name: each for name, each in state_of(value).items() if not _is_remembered(kind, name)}
            return "object", self.part(kind), self.part(sorted(state.items()), depth + 1)
        if any(name in vars(each) for each in own for name in PICKLING):
            raise UnknownContentError(f"{kind.__name__} says by itself what of it is kept")
        try:
            registered = copyreg.dispatch_table.get(kind)
            kept = registered(value) if registered else value.__reduce_ex__(4)
        except Exception as error:  # of any kind: each thing that cannot be pickled says so in its own way
            raise UnknownContentError(f"a {kind.__name__} has no content that can be told: {error}") from None
        if isinstance(kept, str):
            kept = (kept,)
        plain = [list(each) if isinstance(each, Iterator) else each for each in kept]
        return "object", self.part(kind), self.part(plain, depth + 1)

    def function_body(self, function: types.FunctionType) -> Text:
        if not isinstance(function, types.FunctionType):
            raise UnknownContentError(f"{function!r} is no function of Python")
        self.trusted = _is_trusted(function.__globals__.get("__name__"))
        code = function.__code__
        closure = zip(code.co_freevars, map(inside, function.__closure__ or ()), strict=True)
        given = (function.__defaults__, function.__kwdefaults__, list(closure), vars(function))
        known = [name for name in names_in(code) if name in function.__globals__ or name in BUILT_IN]
        return self.code(code), self.part(given), [self.read(function, name) for name in known]

    def code(self, code: types.CodeType) -> Text:
        hashing = {"hash"} if code.co_name == "__hash__" else set()  # as dataclasses do, by no number that counts
        if not self.trusted and (outside := IMPURE.intersection(code.co_names) - hashing):
            raise UnknownContentError(f"{code.co_qualname} reads what is not in it, by {', '.join(sorted(outside))}")
        constants = [self.code(x) if isinstance(x, types.CodeType) else self.part(x) for x in code.co_consts]
        flags = code.co_flags & ~inspect.CO_OPTIMIZED  # which numba takes from a kernel that runs under a profiler
        counts = code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, flags
        names = code.co_names, code.co_varnames, code.co_cellvars, code.co_freevars
        modules = [self.imported(code, level, name) for level, name in imports_in(code)]
        return sha256(code.co_code + code.co_exceptiontable).hexdigest(), counts, names, constants, modules

    def imported(self, code: types.CodeType, level: int, name: str) -> Text:
        """What code imports when it runs."""
        if level:
            raise UnknownContentError(f"{code.co_qualname} imports by dots")
        if self.is_known(name):
            return name
        if name.partition(".")[0] == HOME:
            importlib.import_module(name)
        return self.used_of(sys.modules.get(name), code)

    def read(self, function: types.FunctionType, name: str) -> Text:
        """A global that a function could read: its name may be that of an attribute, which does no harm."""
        value = function.__globals__.get(name, BUILT_IN.get(name))
        return name, self.within_module(value, function.__code__)

    def used_of(self, module: types.ModuleType | None, code: types.CodeType) -> Text:
        """All that code could use of a module."""
        if module is None:
            raise UnknownContentError(f"{code.co_qualname} imports what nobody has imported yet")
        of_module = [(name, vars(module)[name]) for name in sorted(names_in(code)) if name in vars(module)]
        return [(name, self.within_module(value, code)) for name, value in of_module]

    def within_module(self, value: Any, code: types.CodeType) -> Text:
        if isinstance(value, types.ModuleType) and not self.is_known(value.__name__):
            return self.used_of(value, code)
        return self.part(value)

    def class_body(self, kind: type) -> Text:
        self.trusted = _is_trusted(kind.__module__)
        if any(isinstance(value, NOT_PYTHON) for value in vars(kind).values()):
            raise UnknownContentError(
                f"{kind!r} is no class of Python, and belongs to no package whose version is known"
            )
        own = sorted((name, value) for name, value in vars(kind).items() if name not in OF_NO_EFFECT)
        above = [self.part(each) for each in (type(kind), *kind.__bases__)]
        return above, [(name, self.part(value)) for name, value in own]


_kernels: dict[Dispatcher, tuple[list[object], str]] = {}
"""Of each kernel what it read when it was last looked into, and its digest."""


def _kernel_digest(kernel: Dispatcher) -> str:
    """The digest of a kernel's cache key; a kernel that was compiled keeps the values that its globals had then."""
    function = kernel.py_func
    names = names_in(function.__code__)
    read = [*map(inside, function.__closure__ or ()), *(function.__globals__.get(name) for name in names)]
    known, digest = _kernels.get(kernel, ([], ""))
    if not digest or len(read) != len(known) or any(one is not other for one, other in zip(read, known, strict=True)):
        try:
            key = cache_key(kernel)
        except CacheKeyError as error:
            raise UnknownContentError(str(error)) from None
        if key is None:
            raise UnknownContentError(f"the kernel {function.__qualname__} may have been compiled with other values")
        digest = sha256(key.encode()).hexdigest()
        _kernels[kernel] = read, digest
    return digest


def _is_trusted(module: object) -> bool:
    """Whether code of a module may read whatever it wants: this package reads nothing else when it trains."""
    package = str(module).partition(".")[0]
    return package in (HOME, *PACKAGES) or (package in PURE and _is_standard(package))


def _is_standard(package: str) -> bool:
    """Whether a module is that of the standard library, and not somebody's own of the same name."""
    origin = getattr(getattr(sys.modules.get(package), "__spec__", None), "origin", None)
    return package in sys.stdlib_module_names and _is_part_of_python(origin)


@functools.cache
def _is_part_of_python(origin: str | None) -> bool:
    if origin in (None, "built-in", "frozen"):
        return origin is not None
    paths = sysconfig.get_paths()
    return any(Path(str(origin)).is_relative_to(paths[name]) for name in ("stdlib", "platstdlib"))


def _is_remembered(kind: type, name: str) -> bool:
    """Whether an attribute is what a cached property remembers, which follows from the others."""
    return any(isinstance(vars(each).get(name), functools.cached_property) for each in kind.__mro__)
