"""What two conditions that compare equal could still differ in: state that `==` does not see.

A condition is trained once and its weights are handed out to whatever compares equal, so that nothing that shapes a
training may be hidden from `==`. What experiments with Python showed of the ways to hide it:

- A plain subclass of a frozen dataclass, with an `__init__` of its own, keeps the parent's `==`, which compares the
  parent's fields alone; so does a dataclass of `eq=False`. A field of `compare=False` is as blind. These are refused.
- Functions, lambdas, partials and bound methods compare by identity: two that differ are never equal. But one and the
  same can change behind a condition's back, when a variable that it captured is given another value, as by a loop that
  makes one lambda a turn. What they captured is therefore noted when a condition is made, compared with it, and must be
  the same still when it is trained.
- Arrays and lists have no hash, and tensors none of their content. They are refused as values of a field.
"""

from __future__ import annotations

import dataclasses
import hashlib
import inspect
from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property, partial
from types import CellType, FunctionType, MethodType
from typing import Any

import numpy as np
import xarray as xr

from excolor.numerics.given import is_tensor

DEEPEST = 4
"""Of what contains what it captures: as far as it is looked into."""
PLAIN = (bool, int, float, complex, str, bytes, type(None))

Captured = tuple[tuple[str, Hashable], ...]
"""What functions have captured: where, and a value that is equal as long as the content is."""


def hidden_state(part: object) -> str | None:
    """What of a dataclass, or of those within it, its `==` does not see, in words; None if it sees all."""
    if isinstance(part, tuple):
        return next((found for each in part if (found := hidden_state(each))), None)
    if not dataclasses.is_dataclass(part) or isinstance(part, type):
        return None
    kind, fields = type(part), dataclasses.fields(part)
    for above in kind.__mro__:
        if dataclasses.is_dataclass(above) and (found := _blind(above)):
            return found
    for field in fields:
        value = getattr(part, field.name, None)
        if not field.compare:
            return f"{kind.__name__} has the field {field.name!r}, which its == leaves out"
        if found := hidden_state(value):
            return found
        if is_tensor(value) or not _is_hashable(value):
            return (
                f"{kind.__name__} has the {field.name} {value!r}, a {type(value).__name__} that cannot be hashed by "
                "its content"
            )
    extra = sorted(_state(part) - {field.name for field in fields} - _cached(kind))
    return f"{kind.__name__} keeps {extra[0]!r}, which is no field of its own" if extra else None


def check_seen(whose: str, part: object, error: type[ValueError]) -> None:
    """Raise the error if something of the part is hidden from `==`."""
    if found := hidden_state(part):
        raise error(
            f"{whose}: {found}: two that differ in it would compare equal, or could not be compared, and be trained or "
            "measured as one; let all state be hashable fields of a frozen dataclass, for example\n"
            "    @dataclass(frozen=True)\n"
            "    class Scaled(Regularizer):\n"
            "        scale: float"
        )


def captured(path: str, part: object, depth: int = 0) -> Iterator[tuple[str, Hashable]]:
    """What functions within the part have captured, and their own classes where these are not the package's."""
    if depth > DEEPEST:
        return
    if isinstance(part, tuple):
        for i, each in enumerate(part):
            yield from captured(f"{path}[{i}]", each, depth + 1)
    elif isinstance(part, partial):
        yield f"arguments of {path}", _content((part.args, part.keywords))
        yield from captured(path, part.func, depth + 1)
    elif isinstance(part, MethodType):
        yield f"the object of {path}", _content(getattr(part.__self__, "__dict__", {}))
        yield from captured(path, part.__func__, depth + 1)
    elif isinstance(part, FunctionType):
        for name, value in _variables(part):
            yield f"{name!r} in {path}", _content(value)
            if isinstance(value, FunctionType | partial | MethodType) and value is not part:
                yield from captured(f"{name} in {path}", value, depth + 1)
    elif dataclasses.is_dataclass(part) and not isinstance(part, type):
        yield from _of_class(path, type(part), depth)
        for field in dataclasses.fields(part):
            yield from captured(f"{path}.{field.name}", getattr(part, field.name, None), depth + 1)
    elif callable(part) and hasattr(part, "__wrapped__"):  # as by functools.cache, whose own memory changes
        yield from captured(path, part.__wrapped__, depth + 1)
    elif callable(part) and not isinstance(part, type):
        yield f"the object {path}", _content(getattr(part, "__dict__", {}))


def _blind(kind: type[Any]) -> str | None:
    own, name = vars(kind), kind.__name__
    if "__dataclass_params__" not in own:
        fields: Mapping[str, object] = kind.__dataclass_fields__
        added = [x for x in inspect.get_annotations(kind) if x not in fields]
        for special in ("__init__", "__new__", "__eq__", "__hash__"):
            added += [special] if special in own else []
        return f"{name} adds {added[0]!r} but is no dataclass itself" if added else None
    params = own["__dataclass_params__"]
    if not (params.frozen and params.eq):
        return f"{name} is a dataclass, but not one of frozen=True and eq=True"
    # The dataclass decorator leaves a class the == that it has of its own; what it writes has no file.
    written = getattr(own.get("__eq__"), "__code__", None)
    return f"{name} has an == of its own" if written and written.co_filename != "<string>" else None


def _is_hashable(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _state(part: object) -> set[str]:
    slots = {name for kind in type(part).__mro__ for name in _listed(vars(kind).get("__slots__", ()))}
    return {*getattr(part, "__dict__", {}), *slots} - {"__dict__", "__weakref__"}


def _listed(slots: object) -> tuple[str, ...]:
    return (slots,) if isinstance(slots, str) else tuple(slots)  # type: ignore[arg-type]


def _cached(kind: type) -> set[str]:
    return {name for above in kind.__mro__ for name, value in vars(above).items() if isinstance(value, cached_property)}


def _of_class(path: str, kind: type, depth: int) -> Iterator[tuple[str, Hashable]]:
    """A class is one object whatever becomes of its attributes."""
    for above in kind.__mro__:
        if above.__module__.split(".")[0] in ("excolor", "builtins", "typing", "abc"):
            continue
        for name, value in vars(above).items():
            if isinstance(value, FunctionType) and value.__code__.co_filename != "<string>":
                yield from captured(f"{above.__name__}.{name} of {path}", value, depth + 1)
            elif not name.startswith("__") and isinstance(value, (*PLAIN, list, tuple, dict, np.ndarray)):
                yield f"{above.__name__}.{name} of {path}", _content(value)


def _variables(function: FunctionType) -> Iterator[tuple[str, object]]:
    """Captured variables, defaults, and the plain globals: a list there, or a dict, is as likely a store of its own."""
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        yield name, _inside(cell)
    for i, value in enumerate(function.__defaults__ or ()):
        yield f"default {i}", value
    yield from (function.__kwdefaults__ or {}).items()
    for name in _names(function.__code__):
        value = function.__globals__.get(name)
        if isinstance(value, PLAIN) and value is not None and not name.startswith("__"):
            yield name, value


def _names(code: Any) -> list[str]:
    """Of globals, in a function's own code and in that of comprehensions and lambdas within it."""
    inner = [name for each in code.co_consts if hasattr(each, "co_names") for name in _names(each)]
    return list(dict.fromkeys([*code.co_names, *inner]))


def _inside(cell: CellType) -> object:
    try:
        return cell.cell_contents
    except ValueError:  # not yet given a value
        return None


def _content(value: object, depth: int = 0) -> Hashable:
    """Equal for equal content, of whatever is commonly captured; of other objects their identity."""
    if isinstance(value, PLAIN):
        return type(value).__name__, repr(value)
    if is_tensor(value):
        return "tensor", _digest(value.detach().cpu().numpy())
    if isinstance(value, np.ndarray | np.generic):
        return _digest(np.asarray(value))
    if isinstance(value, xr.DataArray | xr.Dataset):
        variables = value.variables if isinstance(value, xr.Dataset) else {None: value.variable, **value.coords}
        return tuple(sorted((repr(name), x.dims, _digest(np.asarray(x.values))) for name, x in variables.items()))
    if depth < DEEPEST and isinstance(value, list | tuple):
        return type(value).__name__, tuple(_content(each, depth + 1) for each in value)
    if depth < DEEPEST and isinstance(value, Mapping):
        return "mapping", tuple((repr(key), _content(each, depth + 1)) for key, each in value.items())
    if depth < DEEPEST and isinstance(value, set | frozenset):
        return "set", tuple(sorted(map(repr, value)))
    return value if _is_hashable(value) else id(value)


def _digest(values: np.ndarray[Any, Any]) -> tuple[Hashable, ...]:
    content = repr(values.tolist()).encode() if values.dtype.hasobject else values.tobytes()
    return values.shape, values.dtype.str, hashlib.sha256(content).hexdigest()


def first_change(before: Captured, now: Captured) -> str | None:
    """Where the first of what was captured is no longer as it was; None if all is."""
    then = dict(before)
    return next((where for where, content in now if then.get(where, content) != content), None)
