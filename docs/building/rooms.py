"""A page a room, made from its docstrings, below the page of the interface."""

import importlib
import inspect
from collections.abc import Iterator
from itertools import groupby
from textwrap import indent
from typing import TYPE_CHECKING

from contents import toctree
from docstrings import fields_told, markup
from exported import ROOMS, docstrings, exported, is_fixture
from written import write_pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "interface"


def setup(app: "Sphinx") -> dict[str, bool]:
    app.connect("builder-inited", _write)
    app.connect("source-read", _with_rooms)
    return {"parallel_read_safe": True}


def _write(app: "Sphinx") -> None:
    write_pages(app.srcdir / FOLDER, {f"{_file(room)}.rst": "\n".join(room_page(room)) for room in ROOMS})


def _with_rooms(app: "Sphinx", page: str, source: list[str]) -> None:
    if page == FOLDER:
        source[0] += toctree(f"{FOLDER}/{_file(room)}" for room in ROOMS)


def _file(room: str) -> str:
    return room.removeprefix("excolor.").replace(".", "-")


def room_page(room: str) -> Iterator[str]:
    """The lines of a room's page: what it is for, then the names that it exports, by the file that each stands in."""
    module = importlib.import_module(room)
    yield from (*_heading(room, "="), markup(module.__doc__ or ""), "")
    for home, names in groupby(exported(module), lambda each: each[0]):
        if home != room:
            file = importlib.import_module(home)
            yield from (*_heading(home.removeprefix(f"{room}."), "-"), markup(file.__doc__ or ""), "")
        yield from (f".. py:currentmodule:: {home}", "")  # in which types are named as it names them
        for _, name in names:
            yield from (_directive(home, name), "")


def _heading(text: str, line: str) -> tuple[str, ...]:
    return text, line * len(text), ""


def _directive(home: str, name: str) -> str:
    module = importlib.import_module(home)
    what = getattr(module, name)
    if inspect.isclass(what):
        # What stands among the arguments would stand once more among the members, with its type alone.
        told = ", ".join(fields_told(home, name))
        directive = "autoexception" if issubclass(what, BaseException) else "autoclass"
        return f".. {directive}:: {home}.{name}" + f"\n   :exclude-members: {told}" * bool(told)
    if inspect.isroutine(what) and not is_fixture(what):
        return f".. autofunction:: {home}.{name}"
    told = f"{'A fixture. ' * is_fixture(what)}{markup(docstrings(module).get(name, ''))}"
    return f".. py:data:: {name}\n   :module: {home}\n\n{indent(told, '   ')}"
