"""A page on one experiment, in Markdown: what it claims, what was published, and what we found, from the record.

`python -m excolor.verdicts.experiment_page tests/hypotheses/test_ex_2_10.py` prints it. Where the findings have what
carries a hypothesis (`excolor.verdicts.findings`), this has every prediction and control. Nothing is trained for it.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from inspect import cleandoc
from pathlib import Path

from excolor.plots.wording import count, listing
from excolor.verdicts.on_record import Hypothesis, RecordedFile, measured, recorded_files
from excolor.verdicts.record import Row
from excolor.verdicts.remarks import two_digits
from excolor.verdicts.signs import SIGNS
from excolor.verdicts.wording import first_line, first_sentence

HEADS = ("verdict", "prediction", "measured", "claimed", "published")
CONTROL_HEADS = ("verdict", "control", *HEADS[2:])
NO_SEEDS = "It trains nothing: what is claimed holds for every input that was tried, or fails for one."
WORDS = "[Reading a verdict](../reading-a-verdict.md) says what the words and the signs mean."


def experiment_page(given: RecordedFile, folder: str) -> str:
    """The page of a hypothesis file, which is an experiment; `folder`: where it is, as a command names it."""
    seeds = sorted({row["seeds"] for each in given.hypotheses for row in each.rows if row["seeds"]})
    rests_on = f"Its seeds are {listing(seeds)}." if seeds else NO_SEEDS
    run = f"`.venv/bin/pytest {folder}/{given.path.name}` runs it. {rests_on}"
    pieces = [f"# {escaped(first_line(given.docstring))}", *_paragraphs(given.docstring)[1:], run, WORDS]
    for hypothesis in given.hypotheses:
        pieces += _hypothesis(hypothesis)
    return "\n\n".join(pieces) + "\n"


def _hypothesis(given: Hypothesis) -> Iterator[str]:
    statement, *background = _paragraphs(given.docstring)
    yield f"## {escaped(first_sentence(given.docstring))}"
    if rest := statement.partition(escaped(first_sentence(given.docstring)))[2].removeprefix(".").strip():
        yield rest
    yield f"**Our verdict: {SIGNS[given.standing]} {given.standing}.**"
    yield from background
    yield f"What carries it ({count(len(given.primary), 'primary prediction')}):"
    yield table(HEADS, given.primary)
    if given.beside:
        yield f"Beside it ({count(len(given.beside), 'prediction')}):"
        yield table(HEADS, given.beside)
    if given.controls:
        yield f"Controls, each of which must be confirmed ({len(given.controls)}):"
        yield table(CONTROL_HEADS, given.controls)


def table(heads: Sequence[str], rows: Sequence[Row]) -> str:
    """Rows of the record as a table; what nothing was published for has no column of published figures."""
    columns = len(heads) if any(row["published"] for row in rows) else len(heads) - 1
    body = [list(heads), ["---"] * len(heads), *map(_cells, rows)]
    return "\n".join(f"| {' | '.join(line[:columns])} |" for line in body)


def _cells(row: Row) -> list[str]:
    told = [escaped(row["statement"])]
    if row["reason"]:
        told.append(f"*{escaped(row['reason'])}*")
    if row["restated"]:
        told.append(f"claimed at first: {escaped(row['restated'])}")
    published = [two_digits(float(row["published"])), escaped(row["source"])] if row["published"] else []
    verdict = f"{SIGNS[row['verdict']]} {row['verdict']}"
    cells = [[_on_one_line(verdict)], told, [_figures(row)], [escaped(row["claim"])], published]
    return ["<br>".join(lines) for lines in cells]


def _figures(row: Row) -> str:
    """What was measured, the number of seeds on a line of its own."""
    return "<br>(".join(map(_on_one_line, measured(row).split(" (")))


def _on_one_line(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _paragraphs(docstring: str) -> list[str]:
    return [escaped(" ".join(each.split())) for each in re.split(r"\n\s*\n", cleandoc(docstring))]


def escaped(text: str) -> str:
    """A text in which nothing is markup to Markdown but its `code`."""
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(piece if piece[:1] == "`" else re.sub(r"([\\*_\[\]|<>])", r"\\\1", piece) for piece in pieces)


if __name__ == "__main__":
    asked = Path(sys.argv[1])
    (found,) = [each for each in recorded_files(asked.parent) if each.path.name == asked.name]
    print(experiment_page(found, str(asked.parent)), end="")
