"""Descriptions that are made by their fields: one that a description has not is refused, with those that it has.

Python's own words for it name neither the fields nor what they mean. Here both are taken from the docstring of the
class, so that they are written once: for help(), and for the message.
"""

import dataclasses
import inspect
import re
from collections.abc import Iterable, Mapping
from typing import Any, Self

from excolor.numerics.given import did_you_mean

SECTION = re.compile(r"^Args.*:\n((?: .*\n?)+)", re.MULTILINE)
"""The part of a docstring that defines fields."""
ENTRY = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)
"""The name of a field and its definition, which may go on in deeper lines."""


class FieldError(TypeError):
    """A field that a description has not, or more values than it has fields."""


class Fielded:
    """Above a dataclass: what its fields are is said to whoever gives another one, or too many.

    It holds for subclasses too, those of users among them, unless they have an `__init__` of their own.
    """

    def __new__(cls, *given: object, **named: object) -> Self:
        if _is_made_by_fields(cls):
            check_named(cls, named)
            _check_count(cls, len(given))
        return super().__new__(cls)


def definitions(kind: type[Any]) -> Mapping[str, str]:
    """The fields by which a dataclass is made, each with what the docstrings of it and of those above say of it."""
    said: dict[str, str] = {}
    for above in reversed(kind.__mro__):
        for section in SECTION.findall(inspect.cleandoc(above.__doc__ or "")):
            said |= {name: " ".join(text.split()) for name, text in ENTRY.findall(section)}
    return {field.name: said.get(field.name, "") for field in dataclasses.fields(kind) if field.init}


def check_named(kind: type[Any], names: Iterable[str]) -> None:
    """Raise a `FieldError` if a dataclass is not made by a field of one of these names."""
    own = {field.name for field in dataclasses.fields(kind) if field.init}
    for name in names:
        if name not in own:
            known = definitions(kind)
            raise FieldError(f"{kind.__name__} has no field {name!r}{_nearest(name, known)}: {_made_by(kind, known)}")


def _is_made_by_fields(kind: type[Any]) -> bool:
    """Whether its `__init__` is the one that the decorator wrote."""
    made_by = next(above for above in kind.__mro__ if "__init__" in vars(above))
    return "__dataclass_params__" in vars(made_by)


def _check_count(kind: type[Any], given: int) -> None:
    most = sum(field.init and not field.kw_only for field in dataclasses.fields(kind))
    if given > most:
        taken = f"{most or 'no'} value{'s' * (most != 1)} without a name"
        counted = f"{given} {'was' if given == 1 else 'were'} given"
        raise FieldError(f"{kind.__name__} takes {taken}, and {counted}: {_made_by(kind, definitions(kind))}")


def _nearest(name: str, known: Mapping[str, str]) -> str:
    """The field that is spelled most like it, or else the first whose definition has all of its words."""
    words = set(name.lower().split("_"))
    meant = [field for field, text in known.items() if words <= set(re.findall(r"\w+", text.lower()))]
    return did_you_mean(name, known) or (f" (did you mean {meant[0]!r}?)" if meant else "")


def _made_by(kind: type[Any], known: Mapping[str, str]) -> str:
    """The fields, each on a line with its definition, and how an object is made of those that have no default."""
    required = [
        field.name
        for field in dataclasses.fields(kind)
        if field.init and field.default is field.default_factory is dataclasses.MISSING
    ]
    example = f"{kind.__name__}({', '.join(f'{name}=...' for name in required)})"
    if not known:
        return f"it has no fields, for example {example}; those of your own class need @dataclass(frozen=True) above it"
    listed = "".join(f"\n    {name}: {text}" if text else f"\n    {name}" for name, text in known.items())
    return f"its fields are{listed}\nfor example {example}"
