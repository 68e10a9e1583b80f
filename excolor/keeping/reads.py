"""What functions and classes read, object by object: so it is seen whether anything was replaced since an earlier look.

To look into them again (excolor.keeping.content) would take twenty times as long.
"""

import builtins
import copy
import functools
import operator
import re
import sys
import types
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any, Self

import numpy as np
import torch
from numba.core.dispatcher import Dispatcher
from numba.core.extending import _Intrinsic

from excolor.keeping.code import imports_in, inside, names_in

BUILT_IN = vars(builtins)
PACKAGES = ("numpy", "numba", "llvmlite", "torch", "scipy", "xarray", "matplotlib", "pytest")
"""Those of which the same version computes the same, from its arguments alone, but for what content.IMPURE names."""
OF_NO_EFFECT = {
    "__dict__", "__weakref__", "__module__", "__doc__", "__qualname__", "__annotations__", "__annotate__",
    "__annotate_func__", "__annotations_cache__", "__classdictcell__", "__dataclass_fields__", "__dataclass_params__",
    "__match_args__", "__abstractmethods__", "_abc_impl", "__parameters__", "__orig_bases__",
    "__firstlineno__", "__static_attributes__", "__slotnames__",
}  # fmt: skip
"""Attributes of a class that say how it was made; what a dataclass does stands in the methods that were made for it.

Python adds some of them as a program runs, such as the names of its slots when an object of it is first pickled.
"""
FIXED = (
    bool, int, float, complex, str, bytes, type(None), type(...), type(NotImplemented), range, slice, type, property,
    classmethod, staticmethod, functools.cached_property, functools._lru_cache_wrapper, types.FunctionType,
    types.CodeType, types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType,
    types.MethodWrapperType, types.ClassMethodDescriptorType, types.GetSetDescriptorType, types.MemberDescriptorType,
    types.UnionType, types.GenericAlias, types.ModuleType, ContextVar, re.Pattern, np.generic, np.ufunc, np.dtype,
    torch.dtype, Dispatcher, _Intrinsic,
)  # fmt: skip
"""What stays what it is, or what is looked into by itself."""

MOST = 1000
"""Objects within others that are looked at."""

_Within = tuple[list[object], list[bytes]]
"""Objects, and the numbers of arrays."""


class Reads:
    """What functions and classes read when they were looked into."""

    def __init__(self) -> None:
        self._built_in = list(BUILT_IN.values())
        self._by: list[tuple[Any, list[object], _Within]] = []

    def and_by(self, bodies: Iterable[Any]) -> Self:
        """These, and what further functions and classes read now."""
        more = copy.copy(self)
        more._by = [*self._by, *((body, read := _read_by(body), _within(read)) for body in bodies)]
        return more

    def stand(self) -> bool:
        """Whether all of them read the same as then."""
        if not _are_same(list(BUILT_IN.values()), self._built_in):
            return False
        for body, read, (within, numbers) in self._by:
            if not _are_same(now := _read_by(body), read):
                return False
            if within:
                within_now, numbers_now = _within(now)
                if not _are_same(within_now, within) or numbers_now != numbers:
                    return False
        return True


def _are_same(now: list[object], then: list[object]) -> bool:
    return len(now) == len(then) and all(map(operator.is_, now, then))


def _read_by(body: Any) -> list[object]:
    if isinstance(body, type):
        own = [each for name, value in vars(body).items() if name not in OF_NO_EFFECT for each in (name, value)]
        return [type(body), *body.__bases__, *own]
    code, world, names = body.__code__, body.__globals__, names_in(body.__code__)
    read = [code, body.__defaults__, body.__kwdefaults__, *body.__dict__, *body.__dict__.values()]
    read += map(inside, body.__closure__ or ())
    read += map(world.get, names)
    modules = [each for each in read if type(each) is types.ModuleType]
    modules += [sys.modules[name] for _, name in imports_in(code) if name in sys.modules]
    for each in modules:  # grows on the way, by the modules that stand in others
        if not _goes_by_its_name(each.__name__.partition(".")[0]):
            of_module = list(map(vars(each).get, names))
            modules += [value for value in of_module if type(value) is types.ModuleType and value not in modules]
            read += of_module
    return read


def _within(read: list[object]) -> _Within:
    """What stands within objects that can change without being replaced."""
    found: list[Any] = [each for each in read if not _is_settled(each)]
    numbers, seen = [], set[int]()
    for each in found:  # grows on the way
        if _is_settled(each) or id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, np.ndarray | torch.Tensor):
            numbers.append(np.asarray(each).tobytes())
        elif isinstance(each, tuple | list | set | frozenset):
            found += each
        elif isinstance(each, dict | types.MappingProxyType):
            found += [*each, *each.values()]
        elif isinstance(each, types.MethodType):
            found += [each.__func__, each.__self__]
        elif len(found) < MOST and not _goes_by_its_name(type(each).__module__.partition(".")[0]):
            state = state_of(each)
            found += [*state, *state.values()]
        else:
            return [object()], []  # it cannot be seen whether it has changed: let it count as if it had
    return found, numbers


def _is_settled(value: Any) -> bool:
    if type(value) in (tuple, frozenset):
        return all(map(_is_settled, value))
    return _is_fixed(type(value))  # type: ignore[arg-type]


def state_of(value: Any) -> dict[str, object]:
    slots = (vars(kind).get("__slots__", ()) for kind in type(value).__mro__)
    names = [name for each in slots for name in ((each,) if isinstance(each, str) else each)]
    return {name: getattr(value, name) for name in names if hasattr(value, name)} | getattr(value, "__dict__", {})


def _goes_by_its_name(package: str) -> bool:
    return package in PACKAGES or package in sys.stdlib_module_names


@functools.cache
def _is_fixed(kind: type) -> bool:
    return issubclass(kind, FIXED) or kind.__module__ in ("typing", "_collections", "_abc")
