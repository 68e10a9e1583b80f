"""Hypotheses at a glance, each in a line: our verdict, how many predictions hold, what was published, the statement."""

from collections.abc import Iterator, Sequence
from textwrap import shorten

from excolor.judging.claims import Verdict
from excolor.verdicts.counts import held, standing
from excolor.verdicts.grouping import Experiment, name, seeds_of
from excolor.verdicts.layout import BOLD, GAP, NARROWEST, PLAIN, Line, Markup, paragraph, set_in
from excolor.verdicts.rollup import PARTIALLY_CONFIRMED
from excolor.verdicts.signs import MARKUP, SIGNS

CUT = " ..."
HINT = "all predictions: -v, or one file alone"
SHORT = {PARTIALLY_CONFIRMED: "partially", Verdict.AT_THRESHOLD: "at threshold"}
"""A column leaves these verdicts fewer letters, and the statement more."""
SIGN = 2
"""Columns of a sign, such as `+x`."""
NAME = 12
"""The letters that a name of an experiment may always have."""
NAMES = 4
"""Of how many parts of what is left names may take one, and statements have the rest."""
LEGIBLE = 40
"""The least columns for a statement; where there are fewer it stands below its verdict."""
WIDEST = 160
"""The most columns used: a statement is told in full by another way."""

Cells = tuple[str, str, str, str]
"""The name of the experiment, our verdict behind its sign, how many predictions hold, and the published verdict."""


def at_a_glance(experiments: Sequence[Experiment], width: int) -> Iterator[Line]:
    """Write a line for each hypothesis, and then which seeds judged them; statements are cut where they do not fit.

    The name of an experiment stands beside the first of its hypotheses.
    """
    width = min(width, WIDEST)
    told = [cells for experiment in experiments for cells in _told(experiment)]
    heads = ("", " " * (SIGN + 1) + "ours", "held", "published" * any(published for *_, published in told))
    _, *others = [max(map(len, column)) for column in zip(heads, *told, strict=True)]
    left = width - sum(map(len, _set(heads, [0, *others])))
    named = max(NAME, min(left // NAMES, left - GAP - LEGIBLE))
    told = [(_shortened(cells[0], named), *cells[1:]) for cells in told]
    columns = [max(len(cells[0]) for cells in told), *others]
    room = width - sum(map(len, _set(heads, columns)))
    below = width if room < LEGIBLE else 0
    if below:
        room = max(width - _margin(columns), NARROWEST)
    yield from _line(heads, HINT, columns, below, PLAIN)
    cells = iter(told)
    for experiment in experiments:
        statements = _cut([hypothesis[0].hypothesis for hypothesis in experiment], room)
        for hypothesis, statement in zip(experiment, statements, strict=True):
            yield from _line(next(cells), statement, columns, below, MARKUP[standing(hypothesis)])
    if seeds := seeds_of(experiments):
        yield from paragraph(f"Seeds: {'; '.join(seeds)}.", 0, width)


def _told(experiment: Experiment) -> Iterator[Cells]:
    first, *others = experiment
    for named, hypothesis in [(name(experiment), first), *(("", other) for other in others)]:
        verdict = standing(hypothesis)
        ours = f"{SIGNS[verdict]:<{SIGN}} {SHORT.get(verdict, verdict)}"
        yield named, ours, held(hypothesis), hypothesis[0].published_verdict


def _shortened(whole: str, most: int) -> str:
    return whole if len(whole) <= most else f"{whole[: most - 2].rstrip()}.."


def _line(cells: Cells, words: str, columns: Sequence[int], below: int, markup: Markup) -> Iterator[Line]:
    """Set a statement, or other words, behind the cells of its line, or `below` them in so many columns."""
    named, ours, *others = _set(cells, columns)
    line = [(named, BOLD), (ours, markup), *((cell, PLAIN) for cell in others)]
    if below:
        yield set_in(0, line)
        yield from paragraph(words, _margin(columns), below)
    else:
        yield [*line, (words, PLAIN)]


def _margin(columns: Sequence[int]) -> int:
    """Where statements begin that stand below their verdicts: below the word, not the sign."""
    return columns[0] + GAP + SIGN + 1


def _set(cells: Cells, columns: Sequence[int]) -> list[str]:
    """Set the cells of a line in their columns, with a gap behind each; a column that is empty in all has none."""
    named, ours, holding, published = columns
    set_ = [f"{cells[0]:<{named}}", f"{cells[1]:<{ours}}", f"{cells[2]:>{holding}}", f"{cells[3]:<{published}}"]
    return [cell + " " * GAP for cell in set_ if cell]


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
