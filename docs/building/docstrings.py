"""Docstrings as the project writes them, for Sphinx, which reads them as reStructuredText.

They are plain text in which names stand in backticks, drawings and formulas are indented, and arguments, results and
errors are listed under `Args:`, `Returns:` and `Raises:`.
"""

import ast
import importlib
import inspect
import re
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from exported import docstrings, homes, tree, types_of_fields

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

ARGS, RETURNS, RAISES = "Args:", "Returns:", "Raises:"
_ARGUMENT = re.compile(r"^    (\w+): ", flags=re.MULTILINE)
LONG = 30
"""Letters of a default value that is not worth its place in a signature."""


def setup(app: "Sphinx") -> dict[str, bool]:
    app.connect("autodoc-process-docstring", _in_markup)
    app.connect("autodoc-process-signature", _as_written)
    app.connect("missing-reference", _by_last_name)
    return {"parallel_read_safe": True}


def markup(text: str) -> str:
    """A plain text as reStructuredText that shows the same, its names as links where they have a place."""
    return "\n\n".join(_drawn(each) if _is_drawing(each) else _marked(each) for each in re.split(r"\n\s*\n", text))


def _is_drawing(paragraph: str) -> bool:
    return bool(paragraph) and all(line.startswith("    ") for line in paragraph.splitlines())


def _drawn(paragraph: str) -> str:
    return f".. code-block:: text\n\n{paragraph}"


def _marked(text: str) -> str:
    pieces = re.split(r"(`[^`]+`)", text)
    return "".join(_code(x[1:-1]) if x[:1] == "`" else re.sub(r"([*|\\]|_\b)", r"\\\1", x) for x in pieces)


def _code(name: str) -> str:
    home = homes().get(name)
    return rf"\ :py:obj:`{name} <{home}.{name}>`\ " if home else rf"\ ``{name}``\ "


def with_fields(text: str) -> str:
    """The sections of a docstring as fields, which a page shows as a list."""
    lines: list[str] = []
    section = ""
    for line in text.splitlines():
        if line in (ARGS, RETURNS, RAISES):
            section = line
            lines += ["", ":Arguments:"] if section == ARGS else [""]
        elif section and line.startswith("    "):
            lines.append(_entry(section, line[4:], follows=lines[-1] != ""))
        else:
            section = section if not line else ""
            lines.append(line)
    return "\n".join(lines)


def _entry(section: str, line: str, follows: bool) -> str:
    if line.startswith(" ") or (section == RETURNS and follows):
        return f"      {line.strip()}"
    name, _, rest = line.partition(": ")
    given, opened, of_type = name.partition(" (")
    forms = {
        ARGS: f"    * **{given}**{opened}{of_type}: {rest}",
        RETURNS: f":Returns: {line}",
        RAISES: f":raises {name}: {rest}",
    }
    return forms[section]


def with_types(text: str, types: Mapping[str, str]) -> str:
    """The docstring of a class, each of its fields that is an argument with its type, as told nowhere else."""
    return _ARGUMENT.sub(lambda it: f"    {it[1]} (`{types[it[1]]}`): " if it[1] in types else it[0], text)


def fields_told(home: str, name: str) -> list[str]:
    """The fields of a class that its docstring tells of among its arguments."""
    told = _ARGUMENT.findall(docstrings(importlib.import_module(home)).get(name, ""))
    return [each for each in told if each in types_of_fields(home, name)]


def _in_markup(app: "Sphinx", what: str, name: str, documented: object, options: object, lines: list[str]) -> None:
    text = "\n".join(lines)
    if what == "class":
        home, _, given = name.rpartition(".")
        text = with_types(text, types_of_fields(home, given))
    lines[:] = [*with_fields(markup(text)).splitlines(), ""]


def _as_written(
    app: "Sphinx", what: str, name: str, documented: Any, options: object, signature: str | None, returns: str | None
) -> tuple[str, str | None] | None:
    """A signature as its source has it, where `Floats` is not spelled out in ten lines of numpy's types.

    That of a class has the names alone: each of its fields is told below.
    """
    if what in ("class", "exception"):
        return ("" if issubclass(documented, Enum) else _names(documented), None) if signature else None
    if what not in ("function", "method"):
        return None
    (node,) = ast.parse(inspect.cleandoc("\n" + inspect.getsource(documented))).body
    if not isinstance(node, ast.FunctionDef):  # a lambda
        return None
    if what == "method":
        node.args.args = node.args.args[1:]
    return f"({ast.unparse(node.args)})", ast.unparse(node.returns) if node.returns else None


def _names(given: type) -> str:
    signature = inspect.signature(given)
    short = [
        each.replace(annotation=each.empty, default=each.default if len(repr(each.default)) < LONG else ...)
        for each in signature.parameters.values()
    ]
    return str(inspect.Signature(short)).replace("Ellipsis", "...")


def _by_last_name(app: "Sphinx", env: "BuildEnvironment", wanted: "pending_xref", shown: "Element") -> "Element | None":
    """A type is named as its module imports it: one with a page, such as `Ensemble`, is the one object of that name.

    One without, such as `ArrayLike`, is shown as it is written, and has to be in that module.
    """
    domain, target = env.domains.python_domain, wanted.get("reftarget", "")
    named = [name for name in domain.objects if name.rpartition(".")[2] == target.rpartition(".")[2]]
    if len(named) == 1 and wanted.get("refdomain") == "py":
        return domain.resolve_xref(env, wanted["refdoc"], app.builder, "obj", named[0], wanted, shown)
    return shown if is_there(wanted.get("py:module"), target) else None


def is_there(module: str | None, name: str) -> bool:
    """Whether a module has what a name with dots leads to, or imports it where types are checked alone."""
    if module is None:
        return False
    found: Any = importlib.import_module(module)
    imports = [node for node in ast.walk(tree(found)) if isinstance(node, ast.ImportFrom)]
    if any(alias.name == name for node in imports for alias in node.names):
        return True
    for part in name.split("."):
        found = getattr(found, part, None)
    return found is not None
