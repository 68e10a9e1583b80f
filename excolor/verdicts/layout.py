"""The layout of text in a terminal: paragraphs, and rows of a text that wraps beside one that must not.

A line is a list of pieces, each a text and its markup, as pytest's terminal writer takes them.
"""

from textwrap import wrap

Markup = dict[str, bool]
Line = list[tuple[str, Markup]]

PLAIN: Markup = {}
BOLD: Markup = {"bold": True}

GAP = 2
NARROWEST = 25
"""The least columns for a text beside another; where there are fewer, the other goes below it."""


def paragraph(text: str, indent: int, width: int, markup: Markup = PLAIN) -> list[Line]:
    """Wrap a text to the width, with an indent."""
    return [[(" " * indent + line, markup)] for line in wrap(text, max(width - indent, NARROWEST))]


def row(left: tuple[str, Markup], right: Line, indent: int, width: int) -> list[Line]:
    """Set `right` flush right on the first line, never cut, and wrap `left` beside it.

    Where there is no room beside `left`, `right` stands below it. Where it is too wide for that too, its pieces stand
    one below the other.
    """
    text, markup = left
    taken = sum(len(piece) for piece, _ in right)
    room = width - indent - GAP - taken
    if not taken:
        return paragraph(text, indent, width, markup)
    if room < NARROWEST:
        margin = indent + GAP
        below = [right] if margin + taken <= width else [[piece] for piece in right if piece[0].strip()]
        return [*paragraph(text, indent, width, markup), *(set_in(margin, line) for line in below)]
    first, *rest = paragraph(text, indent, indent + room, markup)
    return [[*first, *set_in(indent + room + GAP - len(first[0][0]), right)], *rest]


def set_in(margin: int, line: Line) -> Line:
    """Indent a line by a margin, and drop the blanks at its end."""
    while not line[-1][0].strip():
        line = line[:-1]
    (first, markup), *others = line
    *before, (last, its_markup) = (" " * margin + first, markup), *others
    return [*before, (last.rstrip(), its_markup)]
