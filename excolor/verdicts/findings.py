"""What the record says of every hypothesis, as a page: its verdict, the published one, and what carries it.

`python -m excolor.verdicts.findings tests/hypotheses > docs/findings.md` writes that of the published claims,
`... tests/hypotheses/beyond > docs/beyond.md` that of questions that nobody had answered. Nothing is trained for it:
the statements come from the hypothesis files of the folder, the figures from the record beside them.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from excolor.judging.estimates import Estimate
from excolor.plots.wording import listing
from excolor.verdicts.record import Row, recorded_rows
from excolor.verdicts.rollup import roll_up
from excolor.verdicts.wording import first_line, first_sentence, published_verdict

PAGE = """# {title}

The record of {hypotheses} hypotheses and of the {primary} primary predictions that carry them, each with the measured
value, its 95 % interval, and what was claimed of it. Of the hypotheses {tally}.

The other predictions, {beside} of them, stand in the tables of `{folder}/record`, and [how we judge](how-we-judge.md)
says what the words mean. This page is written from the record, by
`python -m excolor.verdicts.findings {folder} > docs/{name}.md`.
"""
PAGES = {
    "hypotheses": ("findings", "What the published claims came to", "tests/hypotheses"),
    "beyond": ("beyond", "What nobody had answered", "tests/hypotheses/beyond"),
}
"""Of each folder the name of its page in docs/, the title, and where the folder is."""


def page(directory: Path) -> str:
    """The text of docs/findings.md, or docs/beyond.md, from the hypothesis files of a directory that are on record."""
    files = sorted(directory.glob("test_*.py"), key=_in_order)
    listed = [(file, rows) for file in files if (rows := recorded_rows(file))]
    lines: list[str] = []
    standings: list[str] = []
    carrying = 0
    for file, rows in listed:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        lines += ["", f"## {first_line(ast.get_docstring(tree) or file.stem)}"]
        for node in tree.body:
            found = [row for row in rows.values() if row["test"].partition("::")[0] == getattr(node, "name", "")]
            if isinstance(node, ast.ClassDef) and found:
                told, standing = _hypothesis(ast.get_docstring(node) or node.name, found)
                lines += ["", *told]
                standings.append(standing)
                carrying += sum(bool(row["primary"]) for row in found)
    predictions = sum(row["role"] == "prediction" for _, rows in listed for row in rows.values())
    tally = listing([f"{times} are {standing}" for standing, times in Counter(standings).most_common()])
    name, title, folder = PAGES[directory.name]
    head = PAGE.format(
        title=title,
        hypotheses=len(standings),
        primary=carrying,
        tally=tally,
        beside=predictions - carrying,
        folder=folder,
        name=name,
    )
    return head + "\n".join(lines) + "\n"


def _in_order(file: Path) -> list[tuple[int, str]]:
    """By the number of the experiment, of which 2.10 comes after 2.9."""
    return [(int(part or 0), rest) for part, rest in re.findall(r"_(\d*)([^_]*)", file.stem)]


def _hypothesis(docstring: str, rows: Sequence[Row]) -> tuple[list[str], str]:
    """The lines of a hypothesis, and its verdict."""
    predictions = [row for row in rows if row["role"] == "prediction"]
    primary = [row for row in predictions if row["primary"]]
    standing = roll_up([row["verdict"] for row in primary])
    beside = Counter(row["verdict"] for row in predictions if not row["primary"])
    verdict, rests_on = published_verdict(docstring)
    published = f" Published: {verdict}, from {rests_on}." if verdict else ""
    others = f" Beside it {', '.join(f'{times} {each}' for each, times in beside.most_common())}." if beside else ""
    head = f"**{first_sentence(docstring)}**: {standing}.{published}{others}"
    return [head, "", *map(_prediction, primary)], standing


def _prediction(row: Row) -> str:
    published = f"; published {row['published']}" if row["published"] else ""
    return f"- {row['verdict']}: {row['statement']}: {_measured(row)}{published}"


def _measured(row: Row) -> str:
    if not row["n"]:
        return row["value"]  # of a claim without chance, in words
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    return f"{Estimate(value, low, high, int(row['n']))}, claimed {row['claim']}"


if __name__ == "__main__":
    print(page(Path(sys.argv[1])), end="")
