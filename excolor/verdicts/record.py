"""The record: what every prediction claimed and gave when a person last reviewed it, as a table beside its file.

`record/test_ex_2_10.csv` has a row for each prediction and control of `test_ex_2_10.py`. A run that differs from it
fails, as it does from a snapshot: in what is claimed on any seeds, in what was measured on the seeds of the record. A
file without a table has no record to differ from.
"""

import csv
import json
import math
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from excolor.judging.chance import TIED, beside, p_of_difference, same_again, same_with
from excolor.judging.estimates import Comparison, Estimate
from excolor.judging.predictions import ERROR
from excolor.judging.trials import Trial
from excolor.numerics.bits import behind_the_bits
from excolor.numerics.given import shown
from excolor.verdicts.reading import Reading

Row = Mapping[str, str]

DIRECTORY = "record"
CLAIMED = ("role", "primary", "statement", "claim", "published", "source", "restated")
"""The columns that say what is claimed, whatever the seeds."""
JUDGED = ("verdict", "reason")
"""Those that say how it was judged."""
MEASURED = ("value", "low", "high", "n", "seeds")
"""Those that depend on the last bit of what was measured."""
FORECAST = ("again", "below", "above")
"""What forecasts are made of: the chance that as many fresh seeds give the same verdict, and for any other number, of a
median, how many seeds lie below the claim and above it."""
COLUMNS = ("test", *CLAIMED, *JUDGED, *MEASURED, *FORECAST)
BITS = "bits.json"
"""Beside the tables: the packages and instructions with which they were measured."""
DIGITS = 6
_RESTORE = "Only --record writes there: restore it as it was committed, or remove it and write it anew."
SUSPECT = (
    "Suspect first what may have moved it: the code, the test, or a dopesheet of its conditions. Did one change, or is "
    "one wrong?"
)


class RecordError(ValueError):
    """A record that is not as `write` leaves it."""


def table_of(file: Path) -> Path:
    """Where the record of a hypothesis file stands: `record/test_ex_2_10.csv` for `test_ex_2_10.py`."""
    return file.parent / DIRECTORY / f"{file.stem}.csv"


def row_of(reading: Reading) -> Row:
    """What there is to record of a Reading, as text, but for its forecast, which only the record itself needs."""
    compared = reading.comparison
    row = {
        "role": reading.role,
        "primary": "primary" * (reading.role == "prediction" and reading.primary),
        "statement": reading.statement,
        "claim": reading.claimed,
        "published": _digits(reading.published),
        "source": reading.source,
        "restated": reading.restated,
        "verdict": reading.verdict,
        "reason": reading.reason,
        "seeds": reading.seeds,
    }
    if isinstance(compared, Trial):
        row |= {"value": compared.outcome}
    elif compared is not None:
        estimate = compared.estimate
        row |= {name: _digits(getattr(estimate, name)) for name in ("value", "low", "high")}
        row |= {"n": str(estimate.n)}
    return dict.fromkeys(COLUMNS, "") | {"test": reading.test} | row


def _for_forecasts(reading: Reading) -> Row:
    if not isinstance(reading.comparison, Comparison):
        return {"again": "1.000"}  # without chance
    counts = beside(reading.comparison) or ("", "")
    return dict(zip(FORECAST, (f"{same_again(reading.comparison):.3f}", *map(str, counts)), strict=True))


def recorded_rows(file: Path) -> Mapping[str, Row] | None:
    """The rows on record of a hypothesis file by test, None if it has no record.

    Raises:
        RecordError: its table is none, or has not all columns that a run is held against.
    """
    path = table_of(file)
    return _read(path, path.stat().st_mtime_ns) if path.exists() else None


@lru_cache
def _read(path: Path, modified: int) -> Mapping[str, Row]:
    try:
        with path.open(newline="", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RecordError(f"{DIRECTORY}/{path.name} cannot be read: {error}. {_RESTORE}") from None
    needed = {"test", *CLAIMED, *JUDGED, *MEASURED, "again"}
    stray = next((row for row in rows if not needed <= set(row) or None in [*row, *row.values()]), None)
    if stray:
        raise RecordError(
            f"{DIRECTORY}/{path.name} has a row for each test with {', '.join(COLUMNS)}; got {shown(stray)}. {_RESTORE}"
        )
    return {row["test"]: row for row in rows}


def is_new(reading: Reading, file: Path) -> bool:
    """Whether nothing is on record of a prediction, neither by a mark, which has a reason, nor by a table."""
    return not reading.reason and reading.test not in _legible_rows(file)


def _legible_rows(file: Path) -> Mapping[str, Row]:
    """The rows on record, none of a table that cannot be read: a run goes on with one only to write it anew."""
    try:
        return recorded_rows(file) or {}
    except RecordError:
        return {}


def difference(reading: Reading, file: Path) -> str:
    """In what a Reading differs from the record of its file, in words; empty if in nothing, or there is no record."""
    rows = recorded_rows(file)
    if rows is None or reading.verdict in ("", ERROR):
        return ""
    was, now = rows.get(reading.test), row_of(reading)
    if was is None:
        return f"It is not on record. {_advice(file)}"
    compared = CLAIMED if reading.replication else CLAIMED + JUDGED + MEASURED * bits_are_promised(file)
    compared = tuple(name for name in compared if name != "claim") if _another_decides(reading, was) else compared
    found = [
        f"{name} {was[name] or 'nothing'}, now {now[name] or 'nothing'}" for name in compared if was[name] != now[name]
    ]
    return f"On record are {'; '.join(found)}. {SUSPECT} {_advice(file)}" if found else ""


def forecast(reading: Reading, file: Path) -> float | None:
    """The chance, by the record, that other seeds give the verdict on record; None if it says nothing of it."""
    row, compared = (recorded_rows(file) or {}).get(reading.test), reading.comparison
    if not row or not row["again"]:
        return None
    if not isinstance(compared, Comparison) or row["n"] == str(compared.estimate.n):
        return float(row["again"])
    counts = (int(row["below"]), int(row["above"])) if row.get("below") else None
    if counts is None and compared.estimate.samples:
        return None
    return same_with(compared.estimate.n, estimate_of(row), compared.claim, counts)


def chance_of_difference(reading: Reading, file: Path) -> float | None:
    """The chance of a value at least as far from the one on record if seeds alone differ; None if it has none.

    None at all of another fact, which is the same on any seeds. None either where another of the test's comparisons
    decides than did on record.
    """
    row, compared = (recorded_rows(file) or {}).get(reading.test), reading.comparison
    if not row or not row["n"] or not isinstance(compared, Comparison) or _another_decides(reading, row):
        return None
    was, now = estimate_of(row), compared.estimate
    if now.is_constant and was.low == was.high:
        return float(math.isclose(was.value, now.value, rel_tol=TIED))
    return p_of_difference(was, now)


def _another_decides(reading: Reading, row: Row) -> bool:
    """Whether, of several comparisons that a test makes, another one decides on other seeds than did on record."""
    return bool(reading.replication and reading.beside) and row["claim"] != reading.claimed


def estimate_of(row: Row) -> Estimate:
    """The estimate of a row that has one, without its samples."""
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    return Estimate(value, low, high, int(row["n"]))


def lost(file: Path, there: Iterable[str], within: str = "") -> Iterator[str]:
    """What is on record of a file, or of a class `within` it, and is not there any more, in words.

    `there`: the tests of the class, or the classes of the file, that there are.
    """
    tests = recorded_rows(file) or {}
    names = (
        {test.partition("::")[0] for test in tests}
        if not within
        else {test for test in tests if test.startswith(f"{within}::")}
    )
    for name in sorted(names - set(there)):
        yield f"{name} is on record, and is not there any more. {_advice(file)}"


def _advice(file: Path) -> str:
    return (
        f"If that is meant, write the record anew: pytest {file.name} --record, "
        f"and review what changes in {DIRECTORY}/{table_of(file).name}."
    )


def bits_are_promised(file: Path) -> bool:
    """Whether measured numbers have the very bits here that they had where the record was written.

    Raises:
        RecordError: what these rest on cannot be read.
    """
    path = table_of(file).with_name(BITS)
    try:
        return path.exists() and json.loads(path.read_text(encoding="utf-8")) == behind_the_bits()
    except (OSError, ValueError) as error:
        raise RecordError(f"{DIRECTORY}/{BITS} cannot be read: {error}. {_RESTORE}") from None


def unwritable(file: Path) -> str:
    """Why no record of a hypothesis file can be written, in words; empty if it can."""
    path = table_of(file)
    try:
        path.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
        if path.exists():
            path.open("ab").close()
    except OSError as error:
        return f"The record of {file.name} cannot be written to {DIRECTORY}/{path.name}: {error.strerror}."
    return ""


def write_all(readings: Iterable[Reading], root: Path) -> Iterator[str]:
    """Write the record of every file that these Readings come from, and say of each in a line what came of it."""
    for name, of_file in groupby(sorted(readings, key=_file), key=_file):
        rows = list(of_file)
        unfit = sum(reading.changed or reading.verdict in ("", ERROR) for reading in rows)
        if unfit:
            yield f"{name}: not recorded, since {unfit} of {len(rows)} have another verdict than their mark, or none."
            continue
        before = _legible_rows(root / name)
        write(rows, root / name)
        after = recorded_rows(root / name) or {}
        moved = sum(before.get(test) != after.get(test) for test in {*before, *after})
        yield f"{name}: {len(rows)} recorded, {moved} of them new, changed or gone."


def _file(reading: Reading) -> str:
    return reading.group.partition("::")[0]


def write(readings: Iterable[Reading], file: Path) -> None:
    """Write the record of a file from all of its Readings."""
    path = table_of(file)
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as lines:
        table = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
        table.writeheader()
        in_order = sorted(readings, key=lambda reading: reading.position)
        table.writerows({**row_of(reading), **_for_forecasts(reading)} for reading in in_order)
    path.with_name(BITS).write_text(json.dumps(behind_the_bits(), indent=2) + "\n", encoding="utf-8")


def _digits(number: float | None) -> str:
    return "" if number is None else f"{number:.{DIGITS}g}"
