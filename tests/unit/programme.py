"""The whole programme as the record has it: a Reading for each prediction and control, without training a model.

What the record does not keep is missing: samples, and the kind of a comparison that has no bounds.
"""

import ast
import csv
from pathlib import Path

from excolor.verdicts.on_record import compared
from excolor.verdicts.reading import Reading
from excolor.verdicts.wording import background, first_line, first_sentence, published_verdict

HYPOTHESES = Path(__file__).parents[1] / "hypotheses"


def programme():
    """The Readings of all hypothesis files, in their order."""
    readings = []
    for file in sorted(HYPOTHESES.glob("test_*.py")):
        module = ast.parse(file.read_text(encoding="utf-8"))
        statements = {node.name: ast.get_docstring(node) for node in module.body if isinstance(node, ast.ClassDef)}
        with (HYPOTHESES / "record" / f"{file.stem}.csv").open(newline="", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        # The rows have the order of the file, mixed where pytest runs all tests of a fixture's value together.
        for name in dict.fromkeys(row["test"].partition("::")[0] for row in rows):
            of_class = [row for row in rows if row["test"].startswith(f"{name}::")]
            predictions = sum(row["role"] == "prediction" for row in of_class)
            for row in of_class:
                readings.append(_reading(file, module, statements[name], row, predictions, len(readings)))
    return readings


def _reading(file, module, docstring, row, predictions, position):
    verdict, seeds = published_verdict(docstring)
    return Reading(
        experiment=first_line(ast.get_docstring(module)),
        test=row["test"],
        hypothesis=first_sentence(docstring),
        background=background(docstring),
        published_verdict=verdict,
        published_seeds=seeds,
        statement=row["statement"],
        role=row["role"],
        primary=bool(row["primary"]),
        recorded={"at the threshold": "undecided", "open": "undecided"}.get(row["verdict"], row["verdict"]),
        reason=row["reason"],
        published=float(row["published"]) if row["published"] else None,
        source=row["source"],
        restated=row["restated"],
        seeds=row["seeds"],
        group=f"{file.name}::{row['test'].partition('::')[0]}",
        predictions=predictions,
        position=position,
        comparison=compared(row),
    )
