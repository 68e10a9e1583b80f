"""Hypotheses at a glance, each in a line: our verdict, how many predictions hold, what was published, the statement."""

from collections.abc import Iterator, Sequence
from textwrap import shorten

from excolor.judging.claims import Verdict
from excolor.verdicts.counts import held, standing
from excolor.verdicts.grouping import Experiment, Hypothesis, title
from excolor.verdicts.layout import BOLD, GAP, NARROWEST, PLAIN, Line, Markup, row, set_in
from excolor.verdicts.rollup import PARTIALLY_CONFIRMED
from excolor.verdicts.signs import MARKUP, SIGNS

CUT = " ..."
HEADS = ("ours", "held", "published")
HINT = "all predictions: -v, or one file alone"
SHORT = {PARTIALLY_CONFIRMED: "partially", Verdict.AT_THRESHOLD: "at threshold"}
"""A column leaves these verdicts fewer letters, and the statement more."""
SIGN = 2
"""Columns of a sign, such as `+x`."""
INDENT = 2
MARGIN = INDENT + SIGN + 1
"""Where statements begin that stand below their verdicts."""
LEGIBLE = 40
"""The least columns for a statement; where there are fewer it stands below its verdict."""
WIDEST = 160
"""The most columns used: more would only draw experiments and their seeds apart."""

Cells = tuple[str, str, str]
"""Our verdict, how many predictions hold, and the published verdict."""


def at_a_glance(experiments: Sequence[Experiment], width: int) -> Iterator[Line]:
    """Write a line for each hypothesis below that of its experiment; statements are cut where they do not fit."""
    width = min(width, WIDEST)
    told = [_cells(hypothesis) for experiment in experiments for hypothesis in experiment]
    heads = HEADS if any(published for *_, published in told) else (*HEADS[:-1], "")
    columns = [max(map(len, column)) for column in zip(heads, *told, strict=True)]
    room = width - sum(len(piece) + GAP for piece in _set("", heads, columns))
    below = room < LEGIBLE
    if below:
        room = max(width - MARGIN, NARROWEST)
    yield from _line("", heads, HINT, columns, below, PLAIN)
    for experiment in experiments:
        name, seeds = title(experiment)
        beside_seeds = max(width - len(seeds) - GAP, NARROWEST)
        yield from row((shorten(name, beside_seeds, placeholder=CUT), BOLD), [(seeds, PLAIN)], 0, width)
        statements = _cut([hypothesis[0].hypothesis for hypothesis in experiment], room)
        for hypothesis, statement in zip(experiment, statements, strict=True):
            verdict = standing(hypothesis)
            yield from _line(SIGNS[verdict], _cells(hypothesis), statement, columns, below, MARKUP[verdict])


def _cells(hypothesis: Hypothesis) -> Cells:
    verdict = standing(hypothesis)
    return SHORT.get(verdict, verdict), held(hypothesis), hypothesis[0].published_verdict


def _line(sign: str, cells: Cells, words: str, columns: Sequence[int], below: bool, markup: Markup) -> Iterator[Line]:
    verdict, *others = _set(sign, cells, columns)
    if below:
        yield set_in(0, [(verdict, markup), *((" " * GAP + cell, PLAIN) for cell in others)])
        yield [(" " * MARGIN + words, PLAIN)]
    else:
        yield [(verdict, markup), *((" " * GAP + cell, PLAIN) for cell in [*others, words])]


def _set(sign: str, cells: Cells, columns: Sequence[int]) -> list[str]:
    """Set the cells of a line in their columns, the first behind its sign; without the last if that is empty in all."""
    (ours, holding, published), (first, second, third) = cells, columns
    line = [" " * INDENT + f"{sign:<{SIGN}} {ours:<{first}}", f"{holding:>{second}}"]
    return [*line, f"{published:<{third}}"] if third else line


def _cut(statements: Sequence[str], room: int) -> list[str]:
    """Cut statements where they do not fit: at their end, or at their beginning where others begin alike."""
    cut = [shorten(statement, room, placeholder=CUT) for statement in statements]
    return [
        _without_beginning(statement, room) if cut.count(short) > 1 else short
        for statement, short in zip(statements, cut, strict=True)
    ]


def _without_beginning(statement: str, room: int) -> str:
    backwards = shorten(" ".join(reversed(statement.split())), room, placeholder=CUT)
    return " ".join(reversed(backwards.split()))
