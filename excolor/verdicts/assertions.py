"""The assertions of a prediction as they are written: each is one comparison, or several joined by `and`.

A verdict is read from nothing else. So the source of a test is looked at before it runs, and whatever could make an
assertion fail, or pass, for another reason than its comparisons is refused.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from textwrap import dedent
from types import CodeType
from typing import NamedTuple

from excolor.verdicts.parsed import parsed

Span = tuple[tuple[int, int], tuple[int, int]]
"""From which line and column to which a piece of source reaches."""

_SIDES = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_METHODS = ("between", "always", "not_always")
"""Of an Estimate, and of inputs to try a claim on."""
_ALLOWED = "such as assert median(error) < 0.1, or assert ratio(a, b).between(0.9, 1.1)"
_LONGEST = 60
"""Letters of an assertion that a message quotes."""


class NoSourceError(Exception):
    """There is no source of this test."""


class Assertion(NamedTuple):
    """Where an assertion stands, and each of its comparisons."""

    span: Span
    comparisons: tuple[Span, ...]


def code_of(test: object) -> CodeType | None:
    """The code that pytest calls, that of a decorator's wrapper if there is one."""
    code = getattr(getattr(test, "__func__", test), "__code__", None)
    return code if isinstance(code, CodeType) else None


def assertions(code: CodeType | None) -> list[Assertion]:
    """The assertions of a test that was found to have no `faults`."""
    return [
        Assertion(_span(statement), tuple(map(_span, _parts(statement.test))))
        for statement in _definition(code).body
        if isinstance(statement, ast.Assert)
    ]


def claims_of(code: CodeType | None) -> list[ast.expr]:
    """What the assertions of a test claim."""
    return [statement.test for statement in _definition(code).body if isinstance(statement, ast.Assert)]


def source_of(code: CodeType | None) -> str:
    """The source of a test below its docstring, with its comments; empty if there is none."""
    try:
        definition = _definition(code)
    except NoSourceError:
        return ""
    assert code is not None  # or there were no definition
    lines = parsed(Path(code.co_filename)).lines
    documented = ast.get_docstring(definition) is not None
    begin = definition.body[0].end_lineno if documented else definition.body[0].lineno - 1
    return dedent("\n".join(lines[begin : definition.end_lineno])).strip()


def written(code: CodeType, assertion: Assertion) -> str:
    """An assertion as it stands in its file, on one line and without comments."""
    statements = (node for node in _definition(code).body if isinstance(node, ast.Assert))
    return next(ast.unparse(statement) for statement in statements if _span(statement) == assertion.span)


def faults(code: CodeType | None) -> Iterable[str]:
    """What there is to say against the assertions of a test, each as the rest of a sentence that its name begins."""
    try:
        return _faults(_definition(code))
    except NoSourceError:
        return [
            "has no source in which its assertions can be checked: write it as a method in a file, "
            "such as def test_red(self): ..., without a decorator that wraps it."
        ]


@lru_cache(maxsize=1024)  # of all functions of a class: its cases share them
def _faults(definition: ast.FunctionDef) -> list[str]:
    found = []
    for node in ast.walk(definition):
        if isinstance(node, ast.Assert):
            where = f"asserts in line {node.lineno}"
            if node not in definition.body:
                found.append(
                    f"{where} within another statement, which could hide or choose what is judged: "
                    "assert in the body of the method itself, and make cases by @pytest.mark.parametrize."
                )
            elif not all(map(_is_comparison, _parts(node.test))) or _names_values(node.test):
                found.append(
                    f'{where} "{_quoted(node.test)}": '
                    "assert one comparison of an Estimate by <, <=, >, >= or .between(low, high), "
                    f"or several joined by and, {_ALLOWED}."
                )
    return found


def _definition(code: CodeType | None) -> ast.FunctionDef:
    if code is None:
        raise NoSourceError
    try:
        return parsed(Path(code.co_filename)).functions[code.co_name, code.co_firstlineno]
    except (OSError, SyntaxError, ValueError, KeyError):
        raise NoSourceError from None


def _parts(claim: ast.expr) -> Iterator[ast.expr]:
    """What `and` joins."""
    if isinstance(claim, ast.BoolOp) and isinstance(claim.op, ast.And):
        for part in claim.values:
            yield from _parts(part)
    else:
        yield claim


def _is_comparison(claim: ast.expr) -> bool:
    if isinstance(claim, ast.Call):
        return isinstance(claim.func, ast.Attribute) and claim.func.attr in _METHODS
    return isinstance(claim, ast.Compare) and len(claim.ops) == 1 and isinstance(claim.ops[0], _SIDES)


def _names_values(claim: ast.expr) -> bool:
    return any(isinstance(node, ast.NamedExpr) for node in ast.walk(claim))


def _quoted(claim: ast.expr) -> str:
    words = f"assert {ast.unparse(claim)}"
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}..."


def _span(node: ast.expr | ast.stmt) -> Span:
    end_line, end_column = node.end_lineno, node.end_col_offset
    return (node.lineno, node.col_offset), (end_line or node.lineno, end_column or node.col_offset)
