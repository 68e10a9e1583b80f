"""What is on record of hypothesis files: their statements, from their docstrings, with the rows of the record.

Nothing is imported for it, and nothing trained.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from excolor.judging.claims import Claim
from excolor.judging.estimates import Comparison
from excolor.judging.trials import Trial
from excolor.verdicts.record import Row, estimate_of, recorded_rows
from excolor.verdicts.rollup import roll_up


@dataclass(frozen=True)
class Hypothesis:
    """A class of a hypothesis file."""

    docstring: str
    rows: Sequence[Row]
    """Of its predictions and its controls, in the order of the record."""

    @cached_property
    def primary(self) -> list[Row]:
        """The predictions that carry it."""
        return [row for row in self.rows if row["primary"]]

    @cached_property
    def beside(self) -> list[Row]:
        """Its other predictions."""
        return [row for row in self.rows if row["role"] == "prediction" and not row["primary"]]

    @cached_property
    def controls(self) -> list[Row]:
        return [row for row in self.rows if row["role"] == "control"]

    @cached_property
    def standing(self) -> str:
        """Its verdict."""
        return roll_up([row["verdict"] for row in self.primary])


@dataclass(frozen=True)
class RecordedFile:
    """A hypothesis file that is on record: an experiment."""

    path: Path
    docstring: str
    hypotheses: Sequence[Hypothesis]


def recorded_files(directory: Path) -> Iterator[RecordedFile]:
    """The hypothesis files of a directory that are on record, by the numbers of their experiments."""
    for path in sorted(directory.glob("test_*.py"), key=_in_order):
        if rows := recorded_rows(path):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
            found = [(node, [row for row in rows.values() if class_of(row) == node.name]) for node in classes]
            yield RecordedFile(
                path,
                ast.get_docstring(tree) or path.stem,
                [Hypothesis(ast.get_docstring(node) or node.name, of_class) for node, of_class in found if of_class],
            )


def measured(row: Row) -> str:
    """What a row has measured, such as `0.35 [0.33, 0.37] (32 seeds)`, or in words where nothing goes by chance."""
    return str(estimate_of(row)) if row["n"] else row["value"]


def compared(row: Row) -> Comparison | Trial:
    """What a row has measured, held against its claim. Samples are not on record, nor is which input was found."""
    if row["n"]:
        return Comparison(estimate_of(row), _claim(row["claim"]))
    tried = re.fullmatch(r"(?:holds for all|found for none of) (\d+) inputs tried", row["value"])
    return Trial(int(tried[1]) if tried else 1, "" if tried else "some", row["claim"] == "always")


def _claim(words: str) -> Claim:
    sign, *numbers = words.replace(" and", "").split()
    first, last = float(numbers[0]), float(numbers[-1])
    if sign == "between":
        return Claim(first, last)
    if sign.startswith("<"):
        return Claim(high=first, high_is_strict=sign == "<")
    return Claim(low=first, low_is_strict=sign == ">")


def class_of(row: Row) -> str:
    """The name of the class that a row belongs to."""
    return row["test"].partition("::")[0]


def _in_order(file: Path) -> list[tuple[int, str]]:
    """By the number of the experiment, of which 2.10 comes after 2.9."""
    return [(int(part or 0), rest) for part, rest in re.findall(r"_(\d*)([^_]*)", file.stem)]
