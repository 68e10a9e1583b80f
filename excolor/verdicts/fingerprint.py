"""The fingerprint of what a hypothesis file claims: it changes with any claim, and with nothing else.

A claim is what a reader would have to agree to beforehand: statements, conditions, measures, bounds, controls, and how
many seeds. Verdicts on record, their reasons, comments and prose are not. It is read from the source: the classes of
the file, the fixtures that they ask for, and whatever they use of the files in the same folder, or in those above it
up to that of all hypotheses, the `top`. What they use of packages goes by its name, numbers and texts by their value.
What it cannot see is a fixture that a test asks for by a name which is itself given by a case.
"""

import ast
import importlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from excolor.verdicts.parsed import parsed
from excolor.verdicts.places import folders_of
from excolor.verdicts.wording import first_sentence

RECORDS = ("disconfirmed", "undecided", "restated")
"""The marks that say what was found, or how a claim came about."""
DIGITS = 16

Definition = tuple[Path, ast.stmt]
Defined = TypeVar("Defined", ast.ClassDef, ast.FunctionDef)


def fingerprint(file: Path, top: Path | None = None) -> str:
    """Of the claims of a hypothesis file: 16 hexadecimal digits.

    `top`: the folder of all hypotheses; if it is not given, the nearest called `hypotheses`, or else its own.
    """
    top = folders_of(file, top)[-1]
    claims = _Claims(file, top)
    for name in _unasked(file):
        claims.note(file, name)
    for place, (where, seeds) in enumerate(_definitions(file, "SEEDS", top)):
        if isinstance(seeds, ast.ImportFrom | ast.Import):
            claims.known["SEEDS"] = _of_a_package(seeds, "SEEDS")
            continue
        claims.known[_nth("SEEDS", place)] = ast.unparse(seeds)
        for used in _used(getattr(seeds, "value", None) or ast.Pass()):
            claims.note(where, used)
    text = "\n".join(f"{name}: {text}" for name, text in sorted(claims.known.items()))
    return sha256(text.encode()).hexdigest()[:DIGITS]


class _Claims:
    """What the claims of a hypothesis file, `home`, rest on: each definition without what is no claim, by its name."""

    def __init__(self, home: Path, top: Path) -> None:
        self.home, self.top = home, top
        self.known: dict[str, str] = {}
        self._noted: set[tuple[Path, str]] = set()
        self._conftests = [folder / "conftest.py" for folder in folders_of(home, top)]

    def note(self, file: Path, used: str) -> None:
        """Note down what a name stands for that is used in a file, once: most names are used many times."""
        if (file, used) in self._noted:
            return
        self._noted.add((file, used))
        for place, (where, meant) in enumerate(self._meant(file, used)):
            if isinstance(meant, ast.ImportFrom | ast.Import):
                if text := _of_a_package(meant, used):
                    self.known[f"{file.stem}.{used}"] = text
            else:
                self._follow(where, meant, place)

    def _meant(self, file: Path, used: str) -> list[Definition]:
        places = dict.fromkeys((self.home, file, *self._conftests))
        return next(filter(None, (_definitions(each, used, self.top) for each in places)), [])

    def _follow(self, file: Path, statement: ast.stmt, place: int) -> None:
        """Note down a definition, and all that it uses; `place` is how many of the same name come before it."""
        name = _nth(f"{file.stem}.{'-'.join(_names(statement))}", place)
        if name in self.known:
            return
        self.known[name], all_used = _bare(file, statement, self.top)
        for used in all_used:
            self.note(file, used)


def _unasked(file: Path) -> Iterator[str]:
    """The names of what pytest takes from a file by itself: its hypotheses, and the marks and fixtures of all."""
    for statement in parsed(file).tree.body:
        of_all = any("autouse=True" in ast.unparse(mark) for mark in getattr(statement, "decorator_list", ()))
        for name in _names(statement):
            if of_all or name.startswith("Test") or name == "pytestmark":
                yield name


@lru_cache(maxsize=4096)
def _bare(file: Path, statement: ast.stmt, top: Path) -> tuple[str, tuple[str, ...]]:
    """A definition without what is no claim, and the names that it uses: many files share fixtures and helpers."""
    bare = _Bare(file, top).visit(ast.parse(ast.unparse(statement)).body[0])
    return ast.unparse(bare), tuple(_used(bare))


def _nth(name: str, place: int) -> str:
    return f"{name} {place + 1}" if place else name


def _used(node: ast.AST) -> Iterator[str]:
    """The names that a definition reads, its arguments among them, which ask for fixtures."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.arg):
            yield part.arg
        elif isinstance(part, ast.Attribute) and _dotted(part.value) == "request.module":
            yield part.attr
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            yield f"{part.value.id}.{part.attr}"
        elif isinstance(part, ast.Call) and _called(part).endswith(("getfixturevalue", "usefixtures")):
            yield from (str(each.value) for each in part.args if isinstance(each, ast.Constant))


def _dotted(node: ast.expr) -> str:
    """A name or attributes of one, such as `request.module`; empty for all else."""
    if isinstance(node, ast.Attribute):
        return f"{of}.{node.attr}" if (of := _dotted(node.value)) else ""
    return node.id if isinstance(node, ast.Name) else ""


def _called(call: ast.Call) -> str:
    """The name of what is called, whatever it is an attribute of."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else _dotted(call.func)


def _definitions(file: Path, name: str, top: Path) -> list[Definition]:
    """All that defines a name that stands in a file: there, or in the file beside it that it is taken from."""
    found: list[Definition] = []
    module, _, attribute = name.partition(".")
    for statement, alias in _stands_for(file).get(module, ()):
        if isinstance(statement, ast.ImportFrom | ast.Import) and alias:
            found += _taken(file, statement, alias, attribute, top)
        elif not attribute:
            found.append((file, statement))
    return found


def _taken(
    file: Path, statement: ast.ImportFrom | ast.Import, alias: ast.alias, attribute: str, top: Path
) -> list[Definition]:
    """What stands for a name that is imported, or for `cases.LIMIT` by its module."""
    if isinstance(statement, ast.Import):
        source, wanted, within = alias.name, attribute, bool(attribute)
    else:
        source, wanted, within = str(statement.module), "" if attribute else alias.name, True
    beside = next((path for folder in folders_of(file, top) if (path := folder / f"{source}.py").exists()), None)
    return _definitions(beside, wanted, top) if within and beside else [(file, statement)]


def _names(statement: ast.stmt) -> list[str]:
    """The names that a statement defines, or that others within it do."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    if isinstance(statement, ast.ImportFrom | ast.Import):
        return [alias.asname or alias.name for alias in statement.names]
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
    within = list(ast.walk(statement))
    names = [part.id for part in within if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
    return names + [part.name for part in within if isinstance(part, ast.FunctionDef | ast.ClassDef)]


def _of_a_package(statement: ast.ImportFrom | ast.Import, name: str) -> str:
    """What is taken from a package: where from, and its value if that is a number, a text or several of them.

    Of `thresholds.LOST` it is that of the module; nothing of what is no such value, or no module.
    """
    text = ast.unparse(statement).partition(" import ")[0]
    bound, _, attribute = name.partition(".")
    if isinstance(statement, ast.ImportFrom):
        original = next(alias.name for alias in statement.names if bound in (alias.asname, alias.name))
        value = _imported(statement.module or "", original)
        if attribute:
            value = getattr(value, attribute, None) if isinstance(value, ModuleType) else None
            return f"{text} {original}.{attribute} {value!r}" if _is_plain(value) else ""
        if _is_plain(value):
            return f"{text} {original} {value!r}"
        return f"{text} {original}"
    return "" if attribute else text


def _imported(package: str, name: str) -> Any:
    """What `from package import name` gives: something of the package, or a module in it that nobody has loaded yet."""
    module = importlib.import_module(package)
    if not hasattr(module, name):
        importlib.import_module(f"{package}.{name}")
    return getattr(module, name)


def _is_plain(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return all(map(_is_plain, value))
    return isinstance(value, bool | int | float | str)


class _Bare(ast.NodeTransformer):
    """A definition without what is no claim: marks that record, and prose beyond the first sentence of a docstring."""

    def __init__(self, file: Path, top: Path) -> None:
        self.file, self.top = file, top

    def is_record(self, node: ast.AST) -> bool:
        if isinstance(node, ast.List | ast.Tuple):
            return bool(node.elts) and all(map(self.is_record, node.elts))
        if isinstance(node, ast.DictComp):
            return self.is_record(node.value)
        if isinstance(node, ast.Call) and _dotted(node.func) == "dict.fromkeys":
            return self.is_record(node.args[-1])
        if isinstance(node, ast.Call):
            return isinstance(node.func, ast.Name) and node.func.id in RECORDS
        if not isinstance(node, ast.Name):
            return False
        found = [meant for _, meant in _definitions(self.file, node.id, self.top)]
        return bool(found) and all(isinstance(each, ast.Assign) and self.is_record(each.value) for each in found)

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
        if _dotted(node.func) == "pytest.param" and len(node.args) == 1 and not node.keywords:
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

    def visit_Tuple(self, node: ast.Tuple) -> ast.AST:
        node.elts = [each for each in node.elts if not self.is_record(each)]
        return self.generic_visit(node)


def _is_empty(given: ast.keyword) -> bool:
    """Whether an argument has nothing left, such as `but={}` where each case had a verdict on record alone."""
    value = given.value
    return (isinstance(value, ast.Dict) and not value.keys) or (isinstance(value, ast.List) and not value.elts)


def _single(value: ast.expr) -> ast.expr:
    """The one mark of a list or tuple that had others, which recorded what was found."""
    return value.elts[0] if isinstance(value, ast.List | ast.Tuple) and len(value.elts) == 1 else value


def _stated(node: Defined) -> Defined:
    """A class or function whose docstring is its statement alone, if it is a hypothesis or a prediction, else none."""
    said = ast.get_docstring(node)
    if said is None:
        return node
    states = node.name.lower().startswith("test")
    statement: list[ast.stmt] = [ast.Expr(ast.Constant(first_sentence(said)))] * states
    node.body = [*statement, *node.body[1:]] or [ast.Pass()]
    return node


def _stands_for(file: Path) -> Mapping[str, list[tuple[ast.stmt, ast.alias | None]]]:
    """The statements of a file by the names that they define or import; nothing if there is no file."""
    return _by_name(parsed(file).tree) if file.exists() else {}


@lru_cache(maxsize=256)
def _by_name(tree: ast.Module) -> Mapping[str, list[tuple[ast.stmt, ast.alias | None]]]:
    found: defaultdict[str, list[tuple[ast.stmt, ast.alias | None]]] = defaultdict(list)
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom | ast.Import):
            for alias in statement.names:
                found[alias.asname or alias.name].append((statement, alias))
        else:
            for name in dict.fromkeys(_names(statement)):
                found[name].append((statement, None))
    return dict(found)
