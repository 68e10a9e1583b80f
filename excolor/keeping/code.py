"""What stands in the code of a function: the names that it reads, and the modules that it imports."""

import dis
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any


def inside(cell: types.CellType) -> object:
    try:
        return cell.cell_contents
    except ValueError:  # not yet given a value
        return NotImplemented


def _remembered(find: Callable[[types.CodeType], Iterable[Any]]) -> Callable[[types.CodeType], tuple[Any, ...]]:
    """Remember what was found in a code object, which never changes; by its identity, since two may be equal."""
    known: dict[int, tuple[types.CodeType, tuple[Any, ...]]] = {}

    def found(code: types.CodeType) -> tuple[Any, ...]:
        if id(code) not in known:
            known[id(code)] = code, tuple(find(code))
        return known[id(code)][1]

    return found


@_remembered
def names_in(code: types.CodeType) -> Iterator[str]:
    """All names of globals and attributes in code, and in code within it."""
    yield from dict.fromkeys([*code.co_names, *(name for inner in _within(code) for name in names_in(inner))])


@_remembered
def imports_in(code: types.CodeType) -> Iterator[tuple[int, str]]:
    """The modules that code imports, each with the number of dots before it."""
    if dis.opmap["IMPORT_NAME"] not in code.co_code[::2]:  # few import anything, and taking code apart is slow
        return
    steps = list(dis.get_instructions(code))
    for at, step in enumerate(steps):
        if step.opname == "IMPORT_NAME":
            yield steps[at - 2].argval, step.argval


def _within(code: types.CodeType) -> list[types.CodeType]:
    return [each for each in code.co_consts if isinstance(each, types.CodeType)]
