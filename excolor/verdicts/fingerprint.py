"""The fingerprint of what a hypothesis file claims: it changes with any claim, and with nothing else.

A claim is what a reader would have to agree to beforehand: statements, conditions, measures, bounds, controls, and how
many seeds. Verdicts on record, their reasons, comments and prose are not. It is read from the source: the classes of
the file, the fixtures that they ask for, and whatever they use of the files in the same folder. What they use of
packages goes by its name, numbers and texts by their value.
"""

import ast
import importlib
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from excolor.verdicts.wording import first_sentence

RECORDS = ("disconfirmed", "undecided", "restated")
"""The marks that say what was found, or how a claim came about."""
DIGITS = 16

Definition = tuple[Path, ast.stmt]
Defined = TypeVar("Defined", ast.ClassDef, ast.FunctionDef)


def fingerprint(file: Path) -> str:
    """Of the claims of a hypothesis file: 16 hexadecimal digits."""
    known: dict[str, str] = {}
    for statement in _tree(file).body:
        if isinstance(statement, ast.ClassDef) and statement.name.startswith("Test"):
            _follow(file, file, statement, known)
    if (seeds := _definition(file, "SEEDS")) is not None:
        known["SEEDS"] = ast.unparse(seeds[1])
    claims = "\n".join(f"{name}: {text}" for name, text in sorted(known.items()))
    return sha256(claims.encode()).hexdigest()[:DIGITS]


def _follow(home: Path, file: Path, statement: ast.stmt, known: dict[str, str]) -> None:
    """Note down a definition, and all that it uses; `home` is the hypothesis file, `file` that of the definition."""
    name = f"{file.stem}.{_name(statement)}"
    if name in known:
        return
    bare = _Bare(file).visit(ast.parse(ast.unparse(statement)).body[0])
    known[name] = ast.unparse(bare)
    for used in _used(bare):
        found = _definition(home, used) or _definition(file, used) or _definition(home.parent / "conftest.py", used)
        if found is None:
            continue
        where, meant = found
        if isinstance(meant, ast.ImportFrom | ast.Import):
            known[f"{file.stem}.{used}"] = _of_a_package(meant, used)
        else:
            _follow(home, where, meant, known)


def _used(node: ast.AST) -> Iterator[str]:
    """The names that a definition reads, its arguments among them, which ask for fixtures."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.arg):
            yield part.arg
        elif isinstance(part, ast.Attribute) and ast.unparse(part.value) == "request.module":
            yield part.attr


def _definition(file: Path, name: str) -> Definition | None:
    """Where a name that stands in a file is defined: there, or in the file of the same folder that it is taken from."""
    for statement in _tree(file).body if file.exists() else ():
        if isinstance(statement, ast.ImportFrom | ast.Import):
            if name in [alias.asname or alias.name for alias in statement.names]:
                sibling = file.parent / f"{getattr(statement, 'module', None)}.py"
                return _definition(sibling, name) if sibling.exists() else (file, statement)
        elif name in _names(statement):
            return file, statement
    return None


def _names(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return [part.id for target in targets if target for part in ast.walk(target) if isinstance(part, ast.Name)]


def _name(statement: ast.stmt) -> str:
    return "-".join(_names(statement))


def _of_a_package(statement: ast.ImportFrom | ast.Import, name: str) -> str:
    """What is taken from a package: where from, and its value if that is a number, a text or several of them."""
    text = ast.unparse(statement).partition(" import ")[0]
    if isinstance(statement, ast.ImportFrom):
        original = next(alias.name for alias in statement.names if name in (alias.asname, alias.name))
        value = getattr(importlib.import_module(statement.module or ""), original)
        if _is_plain(value):
            return f"{text} {original} {value!r}"
        return f"{text} {original}"
    return text


def _is_plain(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return all(map(_is_plain, value))
    return isinstance(value, bool | int | float | str)


class _Bare(ast.NodeTransformer):
    """A definition without what is no claim: marks that record, and prose beyond the first sentence of a docstring."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def is_record(self, node: ast.AST) -> bool:
        if isinstance(node, ast.List | ast.Tuple):
            return bool(node.elts) and all(map(self.is_record, node.elts))
        if isinstance(node, ast.DictComp):
            return self.is_record(node.value)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "dict.fromkeys":
            return self.is_record(node.args[-1])
        if isinstance(node, ast.Call):
            return isinstance(node.func, ast.Name) and node.func.id in RECORDS
        if not isinstance(node, ast.Name):
            return False
        found = _definition(self.file, node.id)
        return found is not None and isinstance(found[1], ast.Assign) and self.is_record(found[1].value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.decorator_list = [mark for mark in node.decorator_list if not self.is_record(mark)]
        return self.generic_visit(_stated(node))

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self.generic_visit(_stated(node))

    def visit_Call(self, node: ast.Call) -> ast.AST:
        node.keywords = [given for given in node.keywords if not self.is_record(given.value)]
        self.generic_visit(node)
        node.keywords = [given for given in node.keywords if not _is_empty(given)]
        for given in node.keywords:
            if given.arg == "marks":
                given.value = _single(given.value)
        if ast.unparse(node.func) == "pytest.param" and len(node.args) == 1 and not node.keywords:
            return node.args[0]
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        kept = [(k, v) for k, v in zip(node.keys, node.values, strict=True) if not self.is_record(v)]
        node.keys, node.values = [k for k, _ in kept], [v for _, v in kept]
        self.generic_visit(node)
        node.values = list(map(_single, node.values))
        return node

    def visit_List(self, node: ast.List) -> ast.AST:
        node.elts = [each for each in node.elts if not self.is_record(each)]
        return self.generic_visit(node)


def _is_empty(given: ast.keyword) -> bool:
    """Whether an argument has nothing left, such as `but={}` where each case had a verdict on record alone."""
    value = given.value
    return (isinstance(value, ast.Dict) and not value.keys) or (isinstance(value, ast.List) and not value.elts)


def _single(value: ast.expr) -> ast.expr:
    """The one mark of a list that had others, which recorded what was found."""
    return value.elts[0] if isinstance(value, ast.List) and len(value.elts) == 1 else value


def _stated(node: Defined) -> Defined:
    """A class or function whose docstring is its statement alone, if it is a hypothesis or a prediction, else none."""
    said = ast.get_docstring(node)
    if said is None:
        return node
    states = node.name.lower().startswith("test")
    statement: list[ast.stmt] = [ast.Expr(ast.Constant(first_sentence(said)))] * states
    node.body = [*statement, *node.body[1:]] or [ast.Pass()]
    return node


def _tree(file: Path) -> ast.Module:
    return _parsed(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _parsed(file: Path, modified: int) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))
