"""Rows of predictions in panels, one for each kind of number, since an error and a ratio share no axis.

A row has the prediction's words on the left and its numbers on the right.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Comparison
from excolor.judging.predictions import ERROR, Prediction
from excolor.judging.trials import Trial
from excolor.plots.letters import width, wrapped
from excolor.plots.margins import head_room, set_margins
from excolor.plots.number_axis import SCALES, axis_for, set_scale, within
from excolor.plots.picture import Data, PlotError, ink

LOOKS = {
    Verdict.CONFIRMED.value: ("o", "C0"),
    Verdict.DISCONFIRMED.value: ("X", "C1"),
    Verdict.AT_THRESHOLD.value: ("d", "C2"),
    Verdict.OPEN.value: ("D", "C2"),
    ERROR: ("s", "text.color"),
}
"""The marker and color of each verdict; that of an open one is hollow."""
PUBLISHED = ("*", "C3")
"""The marker and color of a published figure."""
NO_NUMBER = "none"
"""The kind of a row without an estimate: a claim that was tried on inputs, or an error."""
NAMES = {
    "error": "error, mean squared",
    "ratio": "ratio of two conditions, seed by seed",
    "proportion": "proportion of seeds",
    "R²": "R²",
    "cosine": "cosine",
    "": "value of another kind, as each prediction has it",
    NO_NUMBER: "without an estimate over seeds",
}
"""What stands below the panel of each kind of number."""
PAGE = 11.0
"""Inches that a figure has across."""
WORDS, NUMBERS = 3.6, 3.4
"""The most of them that are for a statement, and for what was measured; either has as many lines as it needs."""
LETTERS = 7.5
"""The size of the letters of a row, in points."""
LINE = 0.138
"""Inches from a line to the next."""
GAP = 0.7
"""The gap between rows, in lines."""
BELOW = 0.62
"""Inches below a panel, for its axis."""
LEGEND = 0.3
"""Inches below all of them."""
ASIDE = 0.13
"""Inches from a panel to the words beside it."""
EDGE = 0.1
"""Inches from these to the edge of the figure."""


def row_of(prediction: Prediction, seeds: bool) -> Data:
    """List what is drawn and said of a prediction, `seeds`: with the samples of its estimate.

    Raises:
        PlotError: it has no verdict.
    """
    if not prediction.verdict:
        raise PlotError(
            f"the prediction {prediction.label!r} has no verdict: give it a comparison, for example "
            "Prediction('red is lost', median(error) > 0.2), or an error in words"
        )
    row: Data = {
        "statement": prediction.label,
        "verdict": prediction.verdict,
        "primary": prediction.primary,
        "kind": NO_NUMBER,
        "published": prediction.published,
        "relation": "",
        "measured": "",
        "samples": [],
        **dict.fromkeys(("value", "low", "high", "claim")),
    }
    comparison = prediction.comparison
    if comparison is not None:
        claimed = comparison.extent if isinstance(comparison, Trial) else str(comparison.claim)
        row |= {"relation": claimed, "measured": comparison.reading}
    if isinstance(comparison, Comparison):
        estimate, claim = comparison.estimate, comparison.claim
        row |= {
            "kind": estimate.kind,
            "value": estimate.value,
            "low": _finite(estimate.low),
            "high": _finite(estimate.high),
            "claim": [_finite(claim.low), _finite(claim.high)],
            "samples": list(estimate.samples) if seeds else [],
        }
    return row


def _finite(bound: float) -> float | None:
    return bound if math.isfinite(bound) else None


def panels_of(given: Sequence[Prediction], title: str, seeds: bool = True) -> list[Data]:
    """Sort predictions into panels by their kind of number, and within them below the headings of their hypotheses.

    Panels follow each other as the first of their predictions do, so that what is given first stands at the top. A
    hypothesis that is itself the title of the figure heads nothing. `seeds`: whether single seeds are drawn.
    """
    rows = [("" if each.hypothesis == title else each.hypothesis, row_of(each, seeds)) for each in given]
    panels = []
    for kind in dict.fromkeys(row["kind"] for _, row in rows):
        of_kind = [(hypothesis, row) for hypothesis, row in rows if row["kind"] == kind]
        groups = [
            {"hypothesis": hypothesis, "rows": [row for _, row in members]}
            for hypothesis, members in groupby(of_kind, key=lambda pair: pair[0])
        ]
        panels.append({"kind": kind, "axis": _axis(kind, [row for _, row in of_kind]), "groups": groups})
    return panels


def _axis(kind: str, rows: Sequence[Data]) -> Data | None:
    if kind == NO_NUMBER:
        return None
    firm = [row[key] for row in rows for key in ("value", "low", "high", "published")]
    firm += [end for row in rows for end in row["claim"]]
    return axis_for(kind, [x for x in firm if x is not None], [row["samples"] for row in rows])


def rows_in(panels: Sequence[Data]) -> list[Data]:
    """List the rows of all panels."""
    return [row for panel in panels for group in panel["groups"] for row in group["rows"]]


class Placed(NamedTuple):
    """A row that has its place in a panel."""

    row: Data
    y: float
    """Its middle."""
    height: float


class _Line(NamedTuple):
    """A row of a panel, or a heading over some."""

    words: str
    numbers: str
    height: float
    """In lines of text."""
    row: Data | None
    """None for a heading."""


def draw_panels(
    figure: Figure,
    data: Data,
    draw_rows: Callable[[Axes, Data, Sequence[Placed]], None],
    beside: Callable[[Data], str],
    handles: Sequence[Artist],
) -> None:
    """Draw the panels one above the other: `draw_rows(axes, axis, placed)`, with words and numbers beside them."""
    panels = data["panels"]
    lined = [list(_lines(panel, beside)) for panel in panels]
    heights = [sum(line.height for line in lines) for lines in lined]
    above = head_room(data["title"], PAGE) + EDGE
    figure.set_size_inches(PAGE, LINE * sum(heights) + BELOW * len(panels) + LEGEND + above)
    column = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
    every = [line for lines in lined for line in lines]
    left = max(width(line.words, LETTERS, bold=line.row is None) for line in every) + ASIDE + EDGE
    right = max(width(line.numbers, LETTERS) for line in every) + ASIDE + EDGE
    set_margins(figure, left=left, right=right, below=BELOW + LEGEND, above=above, up=BELOW)
    aside = ASIDE / (PAGE - left - right)
    for axes, panel, lines, whole in zip(column, panels, lined, heights, strict=True):
        axis = panel["axis"]
        if axis is None:
            axes.set(xlim=(0, 1), xticks=[])
        else:
            set_scale(axes, axis)
            axes.grid(axis="x")
        axes.set(ylim=(whole, 0), yticks=[])
        axes.set_xlabel(NAMES[panel["kind"]] + (f"; {SCALES[axis['scale']]}" if axis else ""))
        axes.spines["left"].set_visible(False)
        look: Data = {"va": "center", "fontsize": LETTERS, "transform": axes.get_yaxis_transform()}
        y, placed = 0.0, []
        for line in lines:
            middle = y + line.height / 2
            axes.text(-aside, middle, line.words, ha="right", fontweight="normal" if line.row else "bold", **look)
            if line.row is not None:
                axes.text(1 + aside, middle, line.numbers, ha="left", **look)
                placed.append(Placed(line.row, middle, line.height))
            y += line.height
        draw_rows(axes, axis or {"low": 0, "high": 1}, placed)
    figure.legend(handles=handles, loc="lower center", ncols=len(handles))


def _lines(panel: Data, beside: Callable[[Data], str]) -> Iterator[_Line]:
    """List every heading and row of a panel."""
    for group in panel["groups"]:
        if group["hypothesis"]:
            words = wrapped(group["hypothesis"], WORDS, LETTERS, bold=True)
            yield _Line(words, "", 1 + words.count("\n") + GAP, None)
        for row in group["rows"]:
            words = wrapped(row["statement"], WORDS, LETTERS)
            numbers = "\n".join(
                line if width(line, LETTERS) <= NUMBERS else wrapped(line, NUMBERS, LETTERS)
                for line in beside(row).splitlines()
            )
            yield _Line(words, numbers, 1 + max(words.count("\n"), numbers.count("\n")) + GAP, row)


def draw_estimates(axes: Axes, axis: Data, placed: Sequence[Placed]) -> None:
    """Draw the interval of each row as a bar, the value as the marker of its verdict, and the published figure."""
    for verdict, (marker, name) in LOOKS.items():
        color = ink(name)
        hollow = verdict == Verdict.OPEN
        face: Data = {
            "markerfacecolor": ink("figure.facecolor") if hollow else color,
            "markeredgecolor": color if hollow else ink("figure.facecolor"),
            "markeredgewidth": 1.6 if hollow else 0.8,
        }
        alike = [(row, y) for row, y, _ in placed if row["verdict"] == verdict]
        known = [(row, y) for row, y in alike if row["value"] is not None]
        bars = [(*(within(row[edge], axis, edge) for edge in ("low", "high")), y) for row, y in known]
        draw_strokes(axes, [((low, high), (y, y)) for low, high, y in bars], color=color, linewidth=2)
        for key, arrow in (("low", "<"), ("high", ">")):
            endless = [y for row, y in known if row[key] != within(row[key], axis, key)]
            _draw_marks(axes, [axis[key]] * len(endless), endless, marker=arrow, color=color, markersize=6)
        _draw_marks(
            axes, [within(row["value"], axis, "low") for row, _ in known], [y for _, y in known], marker=marker,
            markersize=6.5, color=color, zorder=2.1, **face,
        )  # fmt: skip
        unknown = [y for row, y in alike if row["value"] is None]
        _draw_marks(axes, [0.5] * len(unknown), unknown, marker=marker, color=color, markersize=7, **face)
    starred = [
        (within(row["published"], axis, "low"), y)
        for row, y, _ in placed
        if None not in (row["published"], row["value"])
    ]
    # Behind all others, whose points are seen around them.
    _draw_marks(axes, [x for x, _ in starred], [y for _, y in starred], zorder=1.9, **published_look())


def draw_strokes(axes: Axes, strokes: Sequence[tuple[tuple[float, float], tuple[float, float]]], **look: Any) -> None:
    """Draw straight strokes, each from (x, x) and (y, y), as one broken line, which takes the time of a single one."""
    if strokes:
        xs, ys = ([at for stroke in strokes for at in (*stroke[axis], math.nan)] for axis in (0, 1))
        axes.plot(xs, ys, solid_capstyle="butt", **look)


def _draw_marks(axes: Axes, xs: Sequence[float], ys: Sequence[float], **look: Any) -> None:
    if xs:
        axes.plot(xs, ys, **{"linestyle": "", "clip_on": False, **look})


def published_look() -> Data:
    """How a published figure is drawn, in a panel or in a legend."""
    marker, name = PUBLISHED
    return {
        "linestyle": "", "marker": marker, "markersize": 11, "markerfacecolor": ink(name),
        "markeredgecolor": ink("text.color"), "markeredgewidth": 0.6,
    }  # fmt: skip


def verdict_handles(rows: Sequence[Data]) -> list[Line2D]:
    """Explain the markers of the verdicts that there are, and that of published figures."""
    there = {row["verdict"] for row in rows}
    handles = [
        Line2D(
            [], [], linestyle="", marker=marker, color=ink(name), markersize=6, label=verdict,
            markerfacecolor=ink("figure.facecolor") if verdict == Verdict.OPEN else ink(name),
        )
        for verdict, (marker, name) in LOOKS.items()
        if verdict in there
    ]  # fmt: skip
    if any(row["published"] is not None and row["value"] is not None for row in rows):
        handles.append(Line2D([], [], label="published", **published_look()))
    return handles
