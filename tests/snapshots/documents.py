"""Two JSON documents side by side, leaf by leaf, and a table of where they differ."""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

REMEDY = "If that is meant, record it: .venv/bin/pytest -n auto -o testpaths=tests/snapshots --snapshot-update"
ROWS = 40
"""Of a table, at most: where a whole curve moves, its first points tell."""

Tolerance = Callable[[float], float]
"""How far from a recorded number the measured one may be."""
ABSENT = object()


class Difference(NamedTuple):
    """A leaf that is not as recorded."""

    key: str
    recorded: Any
    measured: Any
    tolerance: str


def leaves(document: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every number, text, truth value and null with its key, such as `panels[0].at`; an empty container is a leaf."""
    if isinstance(document, dict) and document:
        for name, part in document.items():
            yield from leaves(part, f"{key}.{name}" if key else name)
    elif isinstance(document, list) and document:
        for place, part in enumerate(document):
            yield from leaves(part, f"{key}[{place}]")
    else:
        yield key, document


def differences(recorded: str, measured: str, tolerance: Tolerance) -> list[Difference]:
    """Numbers with a fraction by the tolerance; all else, and what only one of the two has, exactly."""
    there, here = dict(leaves(json.loads(recorded))), dict(leaves(json.loads(measured)))
    found = []
    for key in [*there, *(key for key in here if key not in there)]:
        a, b = there.get(key, ABSENT), here.get(key, ABSENT)
        if float in (type(a), type(b)) and {type(a), type(b)} <= {float, int}:
            if not abs(b - a) <= tolerance(a):
                found.append(Difference(key, a, b, f"{tolerance(a):.1e}"))
        elif type(a) is not type(b) or a != b:
            found.append(Difference(key, a, b, "none"))
    return found


def table(found: Sequence[Difference]) -> Iterator[str]:
    """A line for each difference; texts, which no column holds, below each other."""
    numbers = [row for row in found if not {type(row.recorded), type(row.measured)} & {str, list, dict}]
    cells = [("key", "recorded", "measured", "difference", "tolerance")]
    cells += [(row.key, _shown(row.recorded), _shown(row.measured), _apart(row), row.tolerance) for row in numbers]
    widths = [max(map(len, column)) for column in zip_longest(*cells[: ROWS + 1])]
    for line in cells[: ROWS + 1] if numbers else []:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
    if len(numbers) > ROWS:
        yield f"... and {len(numbers) - ROWS} more"
    for row in found:
        if row not in numbers:
            yield row.key
            yield f"  recorded  {_shown(row.recorded)}"
            yield f"  measured  {_shown(row.measured)}"


def report(found: Sequence[Difference]) -> Iterator[str]:
    """What a failing test prints; of what was never recorded, no table."""
    if found:
        yield f"{len(found)} differ{'s' if len(found) == 1 else ''} from what is recorded:"
        yield from table(found)
    yield REMEDY


def _shown(value: Any) -> str:
    return "nothing" if value is ABSENT else json.dumps(value, ensure_ascii=False)


def _apart(row: Difference) -> str:
    both = {type(row.recorded), type(row.measured)} <= {int, float}
    return f"{row.measured - row.recorded:+.2e}" if both else ""
