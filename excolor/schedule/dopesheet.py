"""The dopesheet: a table of keyframes, which gives every property of a training run its value at every step.

It is a CSV file with the columns STEP, PHASE and ACTION (the last two optional), then one for each property, headed
`name`, `name:space` or `name:space:interpolation`. A blank cell is no keyframe; every row
has as many cells as the header. A spreadsheet may have saved it (`excolor.schedule.table`). A row's STEP is

    250            itself: an absolute step, counted from 0; these increase from row to row
    +10   -10      so many steps after the last absolute row, or before the next one
    +.33  -.33     that part of the gap between these two, rounded (a half to the even number)

Whatever could be misread is refused, with its place in the file. The published runs went ahead, with weight 1
for a term whose column was misspelled.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from excolor.numerics.fields import Fielded
from excolor.numerics.given import did_you_mean, is_number, is_whole, is_word, real_numbers, shown
from excolor.schedule.table import NOTES, Cell, DopesheetError, Row, decode, read_table
from excolor.schedule.timeline import INTERPOLATIONS, LARGEST, LOG_FLOOR, LONGEST, SPACES, Timeline

Weight = float | Mapping[int, float] | ArrayLike
"""A property over time: a number that it always is, keyframes {step: value}, or a value for each step."""

LEARNING_RATE = "lr"
"""The name of the learning rate, a property that every run uses, whatever its terms."""

MOST_DIGITS = 1000
"""Of a step: Python reads no more than some thousand at once, and far fewer are refused all the same."""

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?(nan|inf|infinity)", re.IGNORECASE)
"""What Python takes for a number, but for 1_000 and the digits of other scripts."""


@dataclass(frozen=True)
class Dopesheet(Fielded):
    """A dopesheet: the timeline of every property. Sheets compare and hash by content, wherever they were read from.

    Most are read, by `from_csv` or `parse`.

    Args:
        timelines: the timeline of each property, in the order of the columns.
        length: the number of steps of the run: the last STEP + 1.
        phases: (step, name) of each phase that begins; none by default.
        actions: (step, name) of each action; none by default.
        source: the name of the sheet in messages, such as its file.
    """

    timelines: tuple[Timeline, ...]
    length: int
    phases: tuple[tuple[int, str], ...] = ()
    actions: tuple[tuple[int, str], ...] = ()
    source: str = field(default="dopesheet", compare=False, repr=False)

    @classmethod
    def from_csv(cls, path: str | Path) -> Self:
        """Read a dopesheet from a CSV file, or raise a `DopesheetError` that names the row and column at fault."""
        try:
            data = Path(path).read_bytes()
        except (OSError, TypeError, ValueError) as error:  # nothing there, no path at all, or one with a NUL in it
            raise DopesheetError(
                f"{path}: it cannot be read, {error}; give the path of a CSV file, for example "
                "Dopesheet.from_csv('my.csv')"
            ) from error
        return cls.parse(decode(data), source=str(path))

    @classmethod
    def parse(cls, text: str, source: str = "dopesheet") -> Self:
        """Read a dopesheet from the text of a CSV file; `source` is its name in messages."""
        if not isinstance(text, str):
            raise DopesheetError(
                f"{source}: {type(text).__name__} is no text; give that of a CSV file, for example 'STEP,lr\\n0,0.01', "
                "or its path to Dopesheet.from_csv"
            )
        header, rows = read_table(text, source)
        steps = _resolve_steps([row["STEP"] for row in rows])
        schedule = sorted(zip(steps, rows, strict=True), key=lambda step_and_row: step_and_row[0])
        return cls(
            timelines=tuple(
                _read_timeline(name, title, schedule) for name, title in header.items() if name not in NOTES
            ),
            length=max(steps) + 1,
            phases=tuple((step, phase.text) for step, phase in _filled("PHASE", schedule)),
            actions=tuple(
                (step, action.strip())
                for step, actions in _filled("ACTION", schedule)
                for action in actions.text.split(",")
            ),
            source=source,
        )

    def __post_init__(self) -> None:
        if not isinstance(self.timelines, tuple) or not all(isinstance(x, Timeline) for x in self.timelines):
            raise DopesheetError(
                f"the timelines {shown(self.timelines)}: they must be a tuple of them, for example "
                "(Timeline('lr', ((0, 0.1),)),)"
            )
        if not is_whole(self.length, 1) or self.length > LONGEST:
            raise DopesheetError(
                f"a length of {shown(self.length)} steps: it must be a whole number from 1 to {LONGEST}, for "
                "example 3001"
            )
        for what, notes in {"phases": self.phases, "actions": self.actions}.items():
            if not isinstance(notes, tuple) or not all(
                isinstance(note, tuple)
                and len(note) == 2
                and isinstance(note[1], str)
                and is_whole(note[0])
                and note[0] < self.length
                for note in notes
            ):
                raise DopesheetError(
                    f"the {what} {shown(notes)}: they must be a tuple of (step, name), each step one of the "
                    f"{self.length}, for example ((500, 'anchor'),)"
                )
        if not isinstance(self.source, str):
            raise DopesheetError(f"the source {shown(self.source)}: it must be a string, for example 'my.csv'")
        names = self.properties
        for name in names:
            if names.count(name) > 1:
                raise DopesheetError(f"two timelines of {name!r}: each property may have one, for example 'lr'")
        for rates in (timeline for timeline in self.timelines if timeline.name == LEARNING_RATE):
            for step, value in rates.keyframes:
                if complaint := _no_rate(value, rates.space):
                    raise DopesheetError(f"{self.source}, column {LEARNING_RATE}, step {step}: {value:g} {complaint}")

    def __len__(self) -> int:
        return self.length

    @property
    def properties(self) -> tuple[str, ...]:
        """The names of the properties, in the order of the columns."""
        return tuple(timeline.name for timeline in self.timelines)

    def values(self, name: str) -> NDArray[np.float64]:
        """The value of a property at each of the steps 0 .. len - 1."""
        return self._timeline(name).at(np.arange(self.length))

    def keyframes(self, name: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The steps and the values of a property's keyframes, as written in the sheet."""
        keyframes = self._timeline(name).keyframes
        return (
            np.array([step for step, _ in keyframes], np.int64),
            np.array([value for _, value in keyframes], np.float64),
        )

    def step_of(self, action: str) -> int:
        """Find the step of an action, or raise a `DopesheetError` unless it stands exactly once."""
        if not isinstance(action, str):
            raise DopesheetError(f"the action {shown(action)}: give its name in the dopesheet, for example 'anchor'")
        steps = [step for step, name in self.actions if name == action]
        if len(steps) != 1:
            known = [name for _, name in self.actions]
            given = (
                f"it stands at the steps {', '.join(map(str, steps))}"
                if steps
                else f"it stands nowhere{did_you_mean(action, known)}"
            )
            raise DopesheetError(
                f"{self.source}, column ACTION: {shown(action)} is to stand exactly once, and {given}; for example a "
                f"row STEP,ACTION is 500,{action}"
            )
        return steps[0]

    def with_column(self, name: str, values: Weight) -> Self:
        """The same sheet with one property more; the number of steps stays.

        Args:
            name: the name of the property, such as that of the term whose weight it is.
            values: a number, for a property that never changes; keyframes such as `{0: 0.1, 500: 0.2}`, joined by
                minimum-jerk movements, as those of a column without a space or an interpolation; or one number for
                each step, such as `np.geomspace(0.1, 0.01, len(sheet))`.

        Raises:
            DopesheetError: a property of that name is there already, or the values are none of these: not finite, of
                steps that the run has not, or fewer or more than its steps.
        """
        if is_word(name, self.properties):
            raise DopesheetError(
                f"{self.source}: it has a column {name!r} already: name the new one otherwise, or leave the old one "
                f"out, for example .drop({name!r})"
            )
        return replace(self, timelines=(*self.timelines, Timeline(name, self._keyframes(name, values))))

    def drop(self, name: str) -> Self:
        """The same sheet without a property; the number of steps stays."""
        dropped = self._timeline(name)
        return replace(self, timelines=tuple(kept for kept in self.timelines if kept is not dropped))

    def check_properties(self, used: Collection[str]) -> None:
        """Raise a `DopesheetError` unless the properties are exactly those that a run uses, and `lr`."""
        listed = isinstance(used, Sequence | Set | Mapping) and not isinstance(used, str)
        if not listed or not all(isinstance(name, str) for name in used):
            raise DopesheetError(
                f"the properties {shown(used)}: they must be a list of names, for example ['reg-anchor', 'reg-unit']"
            )
        needed = sorted({LEARNING_RATE, *used})
        missing = [name for name in needed if name not in self.properties]
        unused = [name for name in self.properties if name not in needed]
        problems = [
            f"{self.source}, row 1, column {name}: no term uses it{did_you_mean(name, missing)}; "
            f"this experiment uses {', '.join(needed)}"
            for name in unused
        ] + [self._missing(name, ()) for name in missing]
        if problems:
            raise DopesheetError("\n".join(problems))

    def _keyframes(self, name: str, values: Weight) -> tuple[tuple[int, float], ...]:
        """The keyframes of a new column."""
        if is_number(values):
            return ((0, values),)  # type: ignore[return-value]
        if isinstance(values, Mapping):
            outside = next((step for step in values if not is_whole(step) or step >= self.length), None)
            if outside is not None or not values:
                where = f"at the step {shown(outside)}" if values else "without any"
                raise DopesheetError(
                    f"{self.source}, column {name}: keyframes {where}: give at least one, each at a whole step from 0 "
                    f"to {self.length - 1}, for example {{0: 0.1, {self.length - 1}: 0.2}}"
                )
            return tuple(sorted(values.items()))
        numbers = real_numbers(values)
        if numbers is None or numbers.shape != (self.length,) or not np.isfinite(numbers).all():
            raise DopesheetError(
                f"{self.source}, column {name}: {shown(values)}, of which nothing can be made: give one finite number, "
                f"keyframes, or {self.length} finite numbers, one for each step, for example 0.1, "
                f"{{0: 0.1, {self.length - 1}: 0.2}} or np.linspace(0.1, 0.2, {self.length})"
            )
        return tuple(enumerate(numbers.tolist()))

    def _timeline(self, name: str) -> Timeline:
        for timeline in self.timelines:
            if isinstance(name, str) and timeline.name == name:
                return timeline
        raise DopesheetError(self._missing(name, self.properties))

    def _missing(self, name: str, candidates: Collection[str]) -> str:
        return (
            f"{self.source}, row 1: no column names {shown(name)}{did_you_mean(name, candidates)}; "
            f"the properties are {', '.join(self.properties) or 'none'}"
        )


def _resolve_steps(cells: Sequence[Cell]) -> list[int]:
    """Resolve the STEP of every row to an absolute step, in the order of the file."""
    absolute = {
        row: int(cell.text[:MOST_DIGITS]) for row, cell in enumerate(cells) if re.fullmatch("[0-9]+", cell.text)
    }
    for row, step in absolute.items():
        if step >= LONGEST:
            raise cells[row].refusal(
                f"step {cells[row].text} is beyond the {LONGEST} that a run may have; for example 3000"
            )
    for before, row in pairwise(absolute):
        if absolute[row] <= absolute[before]:
            raise cells[row].refusal(
                f"step {absolute[row]} stands below step {absolute[before]}; "
                "absolute steps increase from row to row, for example 0, 250"
            )
    row_at: dict[int, int] = {}
    for row, cell in enumerate(cells):
        step = absolute[row] if row in absolute else _relative_step(row, cell, absolute)
        if step in row_at:
            raise cell.refusal(
                f"{cell.text!r} is step {step}, and so is {cells[row_at[step]].text!r} above it; "
                f"each step may have one row, for example {max(step, 0)} and {max(step, 0) + 1}"
            )
        row_at[step] = row
    return list(row_at)


def _relative_step(row: int, cell: Cell, absolute: dict[int, int]) -> int:
    form = re.fullmatch(r"([+-])([0-9]+|0?\.[0-9]+)", cell.number)
    if not form:
        raise cell.refusal(
            f"{cell.text!r} is not a step; a step is 250, or relative to the absolute rows around it: "
            "+10, -10, or a part of their gap, +.33, -.33"
        )
    before = max((step for other, step in absolute.items() if other < row), default=None)
    after = min((step for other, step in absolute.items() if other > row), default=None)
    if before is None or after is None:
        side = "above" if before is None else "below"
        raise cell.refusal(
            f"{cell.text!r} is relative, and no absolute step stands {side} it; "
            "a relative row stands between two absolute ones, for example 0, +10, 250"
        )
    sign, amount = form.groups()
    amount = amount[:MOST_DIGITS]
    distance = round(Fraction(amount) * (after - before)) if "." in amount else int(amount)
    step = before + distance if sign == "+" else after - distance
    if not before < step < after:
        raise cell.refusal(
            f"{cell.text!r} is step {step}; a relative row lies between the absolute steps around it, "
            f"here {before} and {after}, for example +.5"
        )
    return step


def _read_timeline(name: str, title: Cell, schedule: Sequence[tuple[int, Row]]) -> Timeline:
    parts = [part.strip() for part in title.text.split(":")]
    if len(parts) > 3:
        raise title.refusal("it has more than three parts; a property is headed, for example, lr:log:linear")
    _, space, interpolation = parts + ["linear", "minjerk"][len(parts) - 1 :]
    if space not in SPACES:
        raise title.refusal(
            f"the space {space!r} is unknown{did_you_mean(space, SPACES)}; it may be {', '.join(SPACES)}, "
            "for example lr:log"
        )
    if interpolation not in INTERPOLATIONS:
        raise title.refusal(
            f"the interpolation {interpolation!r} is unknown{did_you_mean(interpolation, INTERPOLATIONS)}; "
            f"it may be {', '.join(INTERPOLATIONS)}, for example lr:log:linear"
        )
    keyframes = [(step, _read_value(cell, name, space)) for step, cell in _filled(name, schedule)]
    return Timeline(name, tuple(keyframes), space, interpolation)


def _read_value(cell: Cell, name: str, space: str) -> float:
    if not NUMBER.fullmatch(cell.number):
        raise cell.refusal(f"{cell.text!r} is not a number; a value is, for example, 0.01 or 1e-8")
    value = float(cell.number)
    if not math.isfinite(value):
        raise cell.refusal(f"{cell.text!r} is not finite; a value is, for example, 0.01 or 1e-8")
    if abs(value) > LARGEST:
        raise cell.refusal(
            f"{cell.text!r} is beyond {LARGEST:g}, what a model can reckon with; a value is, for example, 0.01"
        )
    if name == LEARNING_RATE and (complaint := _no_rate(value, space)):
        raise cell.refusal(f"{cell.text!r} {complaint}")
    if space == "log" and value < 0:
        raise cell.refusal(f"{cell.text!r} is negative; in log space a value is 0 or above, for example 1e-8")
    return value


def _no_rate(value: float, space: str) -> str | None:
    """What is wrong with it as a learning rate."""
    if value < 0:
        return "is negative; a learning rate is 0 or above, for example 0.01, or it would climb"
    if value == 0 and space == "log":
        return (
            f"has no place in log space, where it would count as {LOG_FLOOR:g}; write what is meant, for example 1e-8"
        )
    return None


def _filled(name: str, schedule: Sequence[tuple[int, Row]]) -> Iterator[tuple[int, Cell]]:
    """Find the cells of a column that are not blank, with their steps; none if there is no such column."""
    return ((step, row[name]) for step, row in schedule if name in row and row[name].text)
