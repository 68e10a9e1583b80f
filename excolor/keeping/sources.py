"""The sources of every module that training and keeping could use: found by following imports, wherever in a file."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from excolor.keeping.content import HOME, UnknownContentError

STARTS = (f"{HOME}.training", f"{HOME}.keeping.key", f"{HOME}.keeping.folder")
"""What makes an ensemble, what tells one from another, and what writes it and reads it."""


def sources(starts: Iterable[str] = STARTS) -> dict[str, str]:
    """The digest of the source of each module that these could import, directly or through others, them included.

    The package's own face is not among them: it gathers names of all rooms, measures and pictures included, and what it
    sets, the number of threads, is told apart (excolor.keeping.surroundings).

    Raises:
        UnknownContentError: the program comes without its sources.
    """
    found: dict[str, str] = {}
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name in found or name == HOME or (source := _source(name)) is None:
            continue
        found[name] = sha256(source).hexdigest()
        waiting += [*_imported(source, name), name.rpartition(".")[0]]
    return dict(sorted(found.items()))


def _source(name: str) -> bytes | None:
    """The source of a module; None if what is imported by that name is no module, but something in one."""
    path = _path(name)
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnknownContentError(f"the source of {name} cannot be read: {error}") from None


@cache
def _path(name: str) -> Path | None:
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:  # what its name begins with is a module, and no package
        return None
    return Path(spec.origin or "") if spec else None


@lru_cache(maxsize=256)
def _imported(source: bytes, module: str) -> tuple[str, ...]:
    """All that a source could import from this package, modules and what stands in them."""
    return tuple(name for name in _names(ast.parse(source), module) if name.partition(".")[0] == HOME)


def _names(tree: ast.Module, module: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise UnknownContentError(f"{module} imports by dots")
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
