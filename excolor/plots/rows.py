"""Rows of predictions in panels, one for each kind of number, since an error and a ratio share no axis.

A row has the prediction's words on the left and its numbers on the right.
"""

import math
import textwrap
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Comparison
from excolor.judging.predictions import ERROR, Prediction
from excolor.plots.number_axis import SCALES, axis_for, set_scale
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
WIDE = 70
"""Letters of a statement in a line, of which it has as many as it needs."""
LETTERS = 7.5
"""The size of the letters of a row."""
LINE = 0.138
"""Inches from a line to the next."""
GAP = 0.7
"""The gap between rows, in lines."""


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
        row |= {"relation": str(comparison.claim), "measured": comparison.reading}
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


def draw_panels(
    figure: Figure,
    panels: Sequence[Data],
    draw_row: Callable[[Axes, Data, Data, float, float], None],
    beside: Callable[[Data], str],
) -> None:
    """Draw the panels one above the other: `draw_row(axes, axis, row, y, height)`, and its numbers beside it."""
    lined = [list(_lines(panel, beside)) for panel in panels]
    heights = [sum(height for *_, height in lines) for lines in lined]
    figure.set_size_inches(11, LINE * sum(heights) + 0.62 * len(panels) + 0.75)
    column = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
    for axes, panel, lines, whole in zip(column, panels, lined, heights, strict=True):
        axis = panel["axis"]
        if axis is None:
            axes.set(xlim=(0, 1), xticks=[])
        else:
            set_scale(axes, axis)
            axes.grid(axis="x")
        axes.set_ylim(whole, 0)
        axes.set_xlabel(NAMES[panel["kind"]] + (f"; {SCALES[axis['scale']]}" if axis else ""))
        places, labels = [], []
        y = 0.0
        for words, row, height in lines:
            places.append(y + height / 2)
            labels.append(words)
            if row is not None:
                draw_row(axes, axis or {"low": 0, "high": 1}, row, y + height / 2, height)
                axes.text(
                    1.012, y + height / 2, beside(row), va="center", fontsize=LETTERS,
                    transform=axes.get_yaxis_transform(),
                )  # fmt: skip
            y += height
        axes.set_yticks(places, labels)
        axes.tick_params(axis="y", length=0, labelsize=LETTERS)
        axes.spines["left"].set_visible(False)
        for label, (_, row, _) in zip(axes.get_yticklabels(), lines, strict=True):
            label.set_fontweight("bold" if row is None else "normal")


def _lines(panel: Data, beside: Callable[[Data], str]) -> Iterator[tuple[str, Data | None, float]]:
    """List the words of every heading and row, the row, and its height in lines."""
    for group in panel["groups"]:
        if group["hypothesis"]:
            words = _wrapped(group["hypothesis"])
            yield words, None, 1 + words.count("\n") + GAP
        for row in group["rows"]:
            words = _wrapped(row["statement"])
            yield words, row, 1 + max(words.count("\n"), beside(row).count("\n")) + GAP


def _wrapped(statement: str) -> str:
    return "\n".join(textwrap.wrap(statement, WIDE)) or statement


def draw_estimate(axes: Axes, axis: Data, row: Data, y: float) -> None:
    """Draw the interval as a bar, the value as the marker of the verdict, and the published figure."""
    marker, name = LOOKS[row["verdict"]]
    color = ink(name)
    hollow = row["verdict"] == Verdict.OPEN
    face: Data = {
        "markerfacecolor": ink("figure.facecolor") if hollow else color,
        "markeredgecolor": color if hollow else ink("figure.facecolor"),
        "markeredgewidth": 1.6 if hollow else 0.8,
    }
    if row["value"] is None:
        axes.plot([0.5], [y], marker=marker, color=color, markersize=7, **face)
        return
    ends = [edge if row[key] is None else row[key] for key, edge in (("low", axis["low"]), ("high", axis["high"]))]
    axes.plot(ends, [y, y], color=color, linewidth=2, solid_capstyle="butt")
    for key, arrow, edge in (("low", "<", axis["low"]), ("high", ">", axis["high"])):
        if row[key] is None:
            axes.plot([edge], [y], marker=arrow, color=color, markersize=6, clip_on=False)
    if row["published"] is not None:
        axes.plot([row["published"]], [y], zorder=1.9, clip_on=False, **published_look())  # its points are seen behind
    axes.plot([row["value"]], [y], marker=marker, markersize=6.5, color=color, clip_on=False, **face)


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
