"""What stands behind the thresholds that an assertion names, such as `SPARED = 0.001: A color is spared if ...`."""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from types import FunctionType, ModuleType

from excolor.numerics.given import is_real
from excolor.verdicts.assertions import NoSourceError, claims_of, code_of

THRESHOLDS = "excolor.judging.thresholds"
"""The module of shared ones, by its name: to load it is for who uses it."""


def basis(test: object) -> str:
    """Explain each number that the assertions of a test name, and each shared function of thresholds; one a line."""
    function = inspect.unwrap(getattr(test, "__func__", test))  # type: ignore[arg-type]
    if not isinstance(function, FunctionType):
        return ""
    try:
        claims = claims_of(code_of(test))
    except NoSourceError:
        return ""
    named = [node for claim in claims for node in ast.walk(claim) if isinstance(node, ast.Name)]
    names = [node.id for node in sorted(named, key=lambda node: (node.lineno, node.col_offset))]
    module = sys.modules.get(function.__module__)
    return "\n".join(said for name in dict.fromkeys(names) if (said := _said(name, function.__globals__, module)))


def _said(name: str, known: dict[str, object], module: ModuleType | None) -> str:
    value = known.get(name)
    if isinstance(value, FunctionType) and value.__module__ == THRESHOLDS:
        return f"{name}: {_paragraph(value.__doc__ or '')}"
    if not is_real(value):
        return ""
    words = _words(name, module)
    return f"{name} = {value:g}" + f": {words}" * bool(words)


def _words(name: str, module: ModuleType | None) -> str:
    """What is written below the assignment of a name, in this module or in the one that it is imported from."""
    while module is not None:
        words, home = _explained(module).get(name, ("", ""))
        if words or not home:
            return words
        module = sys.modules.get(home)
    return ""


@lru_cache
def _explained(module: ModuleType) -> dict[str, tuple[str, str]]:
    """By the name of a constant: the words below its assignment, or the module that it is imported from."""
    try:
        body = ast.parse(inspect.getsource(module)).body
    except (OSError, TypeError, SyntaxError):
        return {}
    homes = {
        alias.asname or alias.name: ("", statement.module or "")
        for statement in body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }
    return homes | {name: (words, "") for name, words in _documented(body)}


def _documented(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for statement, below in pairwise(body):
        if isinstance(statement, ast.Assign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            for target in statement.targets:
                if isinstance(target, ast.Name) and isinstance(below.value.value, str):
                    yield target.id, _paragraph(below.value.value)


def _paragraph(docstring: str) -> str:
    return " ".join(docstring.split())
