"""The table of a dopesheet: its cells by row and column, from a file as editors and spreadsheets save it.

What differs between them is told from the file itself:

    encoding        UTF-8, or UTF-16 if a byte-order mark says so
    line ends       of any system
    separator       the comma, the semicolon or the tab: that by which a column is called STEP
    decimal mark    the point; or the comma, where it does not separate and no number of the sheet has a point

A minus sign may be the typographer's. Blank rows, blanks around cells, and columns at the end with neither a title nor
a cell are nothing. Whatever could be read in two ways is refused with its place.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from dataclasses import dataclass, replace

NOTES = ("STEP", "PHASE", "ACTION")
"""The columns that are not properties."""

WORDS = ("PHASE", "ACTION")
"""The columns that do not hold numbers."""

SEPARATORS = (",", ";", "\t")

MINUS = "\N{MINUS SIGN}"

GROUPED = re.compile(rf"[+{MINUS}-]?[1-9][0-9]{{0,2}}([.,][0-9]{{3}})+")
"""What may be a decimal of three places, or a whole number in groups of three."""

BYTE_ORDER_MARK = "\ufeff"

UNREADABLE = re.compile("[\0\N{REPLACEMENT CHARACTER}]")
"""What stands where bytes are not of the encoding, or every second one is 0, as in UTF-16 without its mark."""

SHOWN = 30
"""The letters of a cell that a message repeats: a file that is no table may be one cell."""


class DopesheetError(ValueError):
    """A dopesheet that cannot be read, or does not match the terms of its experiment."""


@dataclass(frozen=True)
class Cell:
    """A cell of the table: its text and its place in the file, with which every message about it begins."""

    text: str
    place: str
    decimal: str = "."
    """The decimal mark of the sheet."""

    @property
    def number(self) -> str:
        """The text with the signs that Python reads in a number: the point, and - for minus."""
        return self.text.replace(MINUS, "-").replace(self.decimal, ".")

    def refusal(self, complaint: str) -> DopesheetError:
        return DopesheetError(f"{self.place}: {complaint}")


Row = dict[str, Cell]
"""A row of the table: its cells by the names of their columns."""


def decode(data: bytes) -> str:
    """The text of a file; where it is of another encoding stands a character that `read_table` refuses."""
    encoding = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8"
    return data.decode(encoding, errors="replace")


def read_table(text: str, source: str) -> tuple[Row, list[Row]]:
    """Read the header and the rows below it that are not blank; `source` is the sheet's name in messages."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    separator = _separator(text)
    (first, titles), *lines = _read_lines(text, separator, source)
    named = max((number for number, title in enumerate(titles, start=1) if title), default=0)
    header = _read_header(titles[:named], first, source)
    lines = [(place, cells) for place, cells in lines if any(cells)]
    if not lines:
        raise DopesheetError(f"{source}, row 2: no keyframes; a first row may be, for example, 0,0.01")
    rows = []
    for place, cells in lines:
        _check_width(cells, place, len(titles), named, separator)
        rows.append(
            {
                name: _readable(Cell(cell, f"{place}, column {name}"))
                for name, cell in zip(header, cells[:named], strict=True)
            }
        )
    decimal = "."
    if separator != ",":
        decimal = _decimal_mark([cell for row in rows for name, cell in row.items() if name not in WORDS])
    return header, [{name: replace(cell, decimal=decimal) for name, cell in row.items()} for row in rows]


def _separator(text: str) -> str:
    """That by which a column of the first row is called STEP; a comma if there is none such."""
    first = re.split("[\r\n]", text, maxsplit=1)[0]
    for separator in SEPARATORS:
        if "STEP" in (title.strip().strip('"').strip() for title in first.split(separator)):
            return separator
    return SEPARATORS[0]


def _read_lines(text: str, separator: str, source: str) -> list[tuple[str, list[str]]]:
    """The rows of the file, at least one, each with its place, as an editor counts lines."""
    lines = io.StringIO(text, newline=None)  # whose line ends are those of any system
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    try:
        return [(f"{source}, row {reader.line_num}", [cell.strip() for cell in cells]) for cells in reader] or [
            (f"{source}, row 1", [])
        ]
    except csv.Error as error:
        raise DopesheetError(
            f"{source}, row {reader.line_num}: this is not CSV, {error}; a row may be, for example, 0,0.01"
        ) from error


def _readable(cell: Cell) -> Cell:
    if UNREADABLE.search(cell.text):
        raise cell.refusal(
            f"{cell.text[:SHOWN]!r} has a character that cannot be read; save the sheet as text of the encoding UTF-8, "
            "for example as 'CSV UTF-8'"
        )
    return cell


def _read_header(titles: Sequence[str], place: str, source: str) -> Row:
    header: Row = {}
    for number, title in enumerate(titles, start=1):
        _readable(Cell(title, f"{place}, column {number}"))
        cell = Cell(title, f"{place}, column {title or number}")
        name = title.partition(":")[0].strip()
        if not name:
            raise cell.refusal("it has no name; a column is headed STEP, PHASE, ACTION or, for example, lr")
        if name in NOTES and title != name:
            raise cell.refusal(f"{name} is no property and takes no space or interpolation; write, for example, {name}")
        if name in header:
            raise cell.refusal(f"a second column for {name}; each may stand once, for example STEP,lr,reg-anchor")
        header[name] = cell
    if "STEP" not in header:
        raise DopesheetError(
            f"{source}, row 1: no column STEP among {', '.join(name[:SHOWN] for name in header) or 'none'}; "
            "a header may be, for example, STEP,lr"
        )
    return header


def _check_width(cells: Sequence[str], place: str, width: int, named: int, separator: str) -> None:
    """Every row has a cell below each of the header's, and none that is filled below a blank one."""
    if len(cells) > width:
        raise DopesheetError(
            f"{place}: {len(cells)} cells, but row 1 names {width} columns; a list of actions stands in quotes, for "
            'example "anchor,save", and a number has a point, for example 0.01'
        )
    if len(cells) < width:
        raise DopesheetError(
            f"{place}: {len(cells)} cells, but row 1 names {width} columns; a cell without a keyframe is blank, for "
            f"example {separator.join([cells[0], *[''] * (width - 1)])}"
        )
    for number, cell in enumerate(cells[named:], start=named + 1):
        if cell:
            raise Cell(cell, f"{place}, column {number}").refusal(
                f"{cell!r} stands below no name; a column is headed in row 1, for example, lr"
            )


def _decimal_mark(numbers: Sequence[Cell]) -> str:
    """The decimal mark of numbers that commas do not separate: that which they all have, the point if none has any."""
    points, commas = ([cell for cell in numbers if mark in cell.text] for mark in ".,")
    if points and commas:
        raise commas[0].refusal(
            f"{commas[0].text!r} has a comma, and {points[0].text!r} a point ({points[0].place}); all numbers of a "
            "sheet have the same decimal mark, for example 0.01"
        )
    marked = points or commas
    if marked and all(GROUPED.fullmatch(cell.text) for cell in marked):
        text = marked[0].text
        raise marked[0].refusal(
            f"{text!r} may be a decimal, or {re.sub('[.,]', '', text)} in groups of three; without semicolons or tabs "
            "between cells a number has a point and no groups, for example 0.01"
        )
    return "," if commas else "."
