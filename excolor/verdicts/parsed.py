"""Files of Python as they are written: each is read and parsed once, as long as it stays as it is."""

import ast
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

KEPT = 256
"""Files that are kept: all of a run, since each is asked for again for every test in it."""


class Parsed(NamedTuple):
    """What is written in a file."""

    tree: ast.Module
    lines: list[str]
    functions: dict[tuple[str, int], ast.FunctionDef]
    """By their names and first lines, that of the first decorator if there is one, as Python counts."""


def parsed(file: Path) -> Parsed:
    """What is written in a file now.

    Raises:
        OSError: it cannot be read.
        SyntaxError, ValueError: it is no Python.
    """
    now = file.stat()
    return _parsed(file, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=KEPT)
def _parsed(file: Path, modified: int, size: int) -> Parsed:
    text = file.read_text(encoding="utf-8-sig")
    tree = ast.parse(text, str(file))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return Parsed(tree, text.splitlines(), {(node.name, _first_line(node)): node for node in functions})


def _first_line(definition: ast.FunctionDef) -> int:
    return min([definition.lineno, *(decorator.lineno for decorator in definition.decorator_list)])
