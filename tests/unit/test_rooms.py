"""The map of the rooms is right: each of them is there, and imports only what stands above it."""

import ast
from pathlib import Path

from tests.unit.pages import ROOT, blocks


def rooms():
    """The paths of the map, by their indentation."""
    (drawn,) = blocks("docs/the-rooms.md", "The rooms", "text")
    house = ""
    for line in drawn.splitlines():
        name = line.split()[0]
        if line[0] == " ":
            yield house + name
        else:
            house = name


def test_every_room_on_the_map_exists():
    on_map = list(rooms())
    assert "tests/hypotheses/" in on_map
    assert [room for room in on_map if not (ROOT / room).exists() or (ROOT / room).is_dir() != (room[-1] == "/")] == []


def test_every_room_is_on_the_map():
    modules = {f"excolor/{path.name}" for path in (ROOT / "excolor").glob("*.py")}
    packages = {f"excolor/{path.parent.name}/" for path in (ROOT / "excolor").glob("*/__init__.py")}
    assert modules | packages <= set(rooms())


FACE = "__init__"
"""Gathers names of the rooms, for those outside."""


def imported(path):
    """The rooms that a file imports from, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports by dots"
            modules = [node.module]
        else:
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for module in modules:
            package, *rooms = module.split(".")
            if package == "excolor":
                yield rooms[0] if rooms else FACE


def test_a_room_imports_only_what_stands_above_it():
    order = [Path(room).stem for room in rooms() if room.startswith("excolor/")]
    assert order[0] == FACE
    for path in (ROOT / "excolor").glob("*/**/*.py"):
        room = path.relative_to(ROOT / "excolor").parts[0]
        below = {name for name in imported(path) if name == FACE or order.index(name) > order.index(room)}
        assert not below, f"{path.relative_to(ROOT)} imports from {below}, below it on the map, or the face of all"


def test_modules_beside_the_rooms_stand_in_the_same_order():
    order = [Path(room).stem for room in rooms() if room.startswith("excolor/")]
    for path in (ROOT / "excolor").glob("[!_]*.py"):
        below = {name for name in imported(path) if name == FACE or order.index(name) > order.index(path.stem)}
        assert not below, f"{path.name} imports from {below}, below it on the map, or the face of all"
