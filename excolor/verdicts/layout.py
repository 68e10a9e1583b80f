"""Text in a terminal of some width: paragraphs, and rows of a text that wraps beside one that must not.

A line is a list of pieces, each a text and its markup, as pytest's terminal writer takes them.
"""

from textwrap import wrap

Markup = dict[str, bool]
Line = list[tuple[str, Markup]]

PLAIN: Markup = {}
BOLD: Markup = {"bold": True}

GAP = 2
NARROWEST = 20
"""Columns that a text needs beside another; where there are fewer, the other goes below it."""


def paragraph(text: str, indent: int, width: int, markup: Markup = PLAIN) -> list[Line]:
    """The text, wrapped."""
    return [[(" " * indent + line, markup)] for line in wrap(text, max(width - indent, NARROWEST))]


def row(left: tuple[str, Markup], right: tuple[str, Markup], indent: int, width: int) -> list[Line]:
    """`left` wraps beside `right`, which stands flush right on the first line and is never cut."""
    (text, text_markup), (fixed, fixed_markup) = left, right
    room = width - indent - GAP - len(fixed)
    if not fixed:
        return paragraph(text, indent, width, text_markup)
    if room < NARROWEST:
        below = (" " * (indent + GAP) + fixed.rstrip(), fixed_markup)
        return [*paragraph(text, indent, width, text_markup), [below]]
    first, *rest = paragraph(text, indent, indent + room, text_markup)
    beside = (" " * (indent + room + GAP - len(first[0][0])) + fixed.rstrip(), fixed_markup)
    return [[*first, beside], *rest]
