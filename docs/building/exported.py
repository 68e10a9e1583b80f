"""Which names the interface has, and where each stands: those that a claim can be made of."""

import ast
import importlib
import inspect
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

ROOMS = (
    "excolor.colors",
    "excolor.schedule",
    "excolor.conditions",
    "excolor.experiments",
    "excolor.ensemble",
    "excolor.training",
    "excolor.edits",
    "excolor.measures",
    "excolor.sweeping",
    "excolor.judging",
    "excolor.judging.thresholds",
    "excolor.plots",
    "excolor.verdicts",
    "excolor.numerics.reductions",
)
"""Rooms, and single files of them, in the order of a claim."""
HOOKS = "pytest_"
"""What pytest itself finds by name, and nobody else calls."""


def exported(module: ModuleType) -> list[tuple[str, str]]:
    """The public names, each after its module: those that a room exports, or those of a file that have a docstring."""
    if names := getattr(module, "__all__", ()):
        imports = [node for node in ast.walk(tree(module)) if isinstance(node, ast.ImportFrom)]
        found = [(str(node.module), alias.name) for node in imports for alias in node.names]
        return [(home, name) for home, name in found if name in names and not name.startswith(HOOKS)]
    return [(module.__name__, name) for name in docstrings(module) if not name.startswith("_")]


def docstrings(module: ModuleType) -> dict[str, str]:
    """The docstrings of what a module itself binds: those within classes and functions, and those below other names."""
    body = tree(module).body
    found: dict[str, str] = {}
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found[node.name] = ast.get_docstring(node) or ""
        elif isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            found |= {
                each.id: inspect.cleandoc(str(after.value.value)) for each in targets if isinstance(each, ast.Name)
            }
    return {name: text for name, text in found.items() if text}


@cache
def tree(module: ModuleType) -> ast.Module:
    """The source of a module."""
    return ast.parse(Path(inspect.getfile(module)).read_text(encoding="utf-8"))


def types_of_fields(home: str, name: str) -> dict[str, str]:
    """The types of the fields that a class itself declares, as its source has them."""
    body = tree(importlib.import_module(home)).body
    declared = next((each.body for each in body if isinstance(each, ast.ClassDef) and each.name == name), [])
    fields = [each for each in declared if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)]
    return {ast.unparse(each.target): ast.unparse(each.annotation) for each in fields}


@cache
def homes() -> Mapping[str, str]:
    """Of each public name the module, but of fixtures, whose names are those of arguments, too."""
    found: dict[str, str] = {}
    for room in ROOMS:
        module = importlib.import_module(room)
        found |= {name: home for home, name in exported(module) if not is_fixture(getattr(module, name))}
    return found


def is_fixture(what: object) -> bool:
    """Whether pytest gives it to a test that has an argument of its name, so that nobody calls it."""
    return type(what).__name__ == "FixtureFunctionDefinition"
