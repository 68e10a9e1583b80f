"""A figure of the predictions of a hypothesis, or of a file: a row for each, with what was measured and claimed."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from excolor.judging.claims import Verdict
from excolor.judging.predictions import ERROR, Prediction
from excolor.plots.number_axis import within
from excolor.plots.picture import Data, Picture, PlotError, Style, draw, ink, titled
from excolor.plots.rows import (
    LOOKS,
    Placed,
    draw_estimates,
    draw_panels,
    draw_strokes,
    panels_of,
    rows_in,
    verdict_handles,
)
from excolor.plots.wording import as_fit, count, listing, number

FEW = 32
"""The number of seeds above which their dots are fainter, so that they do not hide the interval."""


def predictions(given: Sequence[Prediction], *, title: str = "Predictions", style: Style = "light") -> Picture:
    """Draw a row for each prediction: seeds as dots, interval as a bar, verdict as a marker, claim as a shade.

    The shade covers the claimed range and ends at the threshold. If the whole bar is within it, the claim is confirmed.
    A star is the published figure. Each kind of number has a panel with an axis of its own, as `axis_for` chooses it;
    within it predictions of one hypothesis that follow each other stand under its heading. A few seeds far from all
    the rest do not widen an axis: they are arrows at its edge.

    Raises:
        PlotError: no prediction, or one without a verdict.
    """
    if not isinstance(given, Sequence) or not all(isinstance(each, Prediction) for each in given) or not given:
        raise PlotError(
            "no predictions to draw: give one or more, for example [Prediction('red is lost', median(error) > 0.2)]"
        )
    data = {"title": titled(title, ""), "panels": panels_of(given, title)}
    return draw(data, _alt(data), _drawing, style)


def _alt(data: Data) -> str:
    rows = rows_in(data["panels"])
    tally = Counter(row["verdict"] for row in rows)
    names = {verdict: "in error" if verdict == ERROR else verdict for verdict in LOOKS}
    counts = listing([f"{tally[verdict]} {name}" for verdict, name in names.items() if tally[verdict]])
    published = sum(row["published"] is not None for row in rows)
    stars = f", {count(published, 'published figure')}" if published else ""
    begin = f"{data['title']}: {count(len(rows), 'prediction')}, {counts}{stars}."
    ordered = sorted(rows, key=lambda row: not row["primary"])  # those that carry the hypothesis are told first
    denied = [_denied(row) for row in ordered if row["verdict"] != Verdict.CONFIRMED]
    return as_fit(begin, "Not confirmed:", denied)


def _denied(row: Data) -> str:
    measured = f", {row['measured']}" if row["measured"] else ""
    claimed = f" where {row['relation']} was claimed" if row["measured"] else ""
    published = "" if row["published"] is None else f", published {number(row['published'])}"
    return f"{row['statement']} ({row['verdict']}{measured}{claimed}{published})"


def _drawing(figure: Figure, data: Data) -> None:
    draw_panels(figure, data, _draw_rows, _beside, _legend(data["panels"]))


def _draw_rows(axes: Axes, axis: Data, placed: Sequence[Placed]) -> None:
    thresholds = []
    for row, y, height in placed:
        half = height / 2 - 0.15
        if row["claim"]:
            low, high = (within(end, axis, edge) for end, edge in zip(row["claim"], ("low", "high"), strict=True))
            shade: Data = {"color": ink("axes.edgecolor"), "alpha": 0.16, "linewidth": 0}
            axes.add_patch(Rectangle((low, y - half), high - low, 2 * half, **shade))
            drawn = zip((low, high), row["claim"], strict=True)
            thresholds += [((end, end), (y - half, y + half)) for end, given in drawn if given is not None]
    draw_strokes(axes, thresholds, color=ink("text.color"), linewidth=1.2)
    by_look: dict[tuple[str, int], list[Placed]] = {}
    for each in placed:
        if samples := each.row["samples"]:
            by_look.setdefault((each.row["verdict"], len(samples)), []).append(each)
    for (verdict, many), alike in by_look.items():
        _draw_seeds(axes, axis, alike, ink(LOOKS[verdict][1]), 0.4 * min(1, math.sqrt(FEW / many)))
    draw_estimates(axes, axis, placed)


def _draw_seeds(axes: Axes, axis: Data, placed: Sequence[Placed], color: str, faint: float) -> None:
    # The golden ratio spreads any number of dots evenly, in the same way every time.
    spread = [np.arange(len(row["samples"])) * (math.sqrt(5) - 1) / 2 % 1 - 0.5 for row, *_ in placed]
    heights = np.concatenate([y + around for (_, y, _), around in zip(placed, spread, strict=True)])
    samples = np.concatenate([row["samples"] for row, *_ in placed])
    axes.scatter(samples, heights, s=5, color=color, alpha=faint, linewidths=0)
    for arrow, beyond in _beyond(samples.tolist(), axis).items():
        edge = np.clip(samples[beyond], axis["low"], axis["high"])
        axes.scatter(edge, heights[beyond], s=12, marker=arrow, color=color, alpha=0.7, linewidths=0, clip_on=False)


def _beyond(samples: Sequence[float], axis: Data) -> dict[str, list[int]]:
    """Find the places of the samples beyond each end of the axis, under the arrow that points to them."""
    sides = {
        "<": [place for place, sample in enumerate(samples) if sample < axis["low"]],
        ">": [place for place, sample in enumerate(samples) if sample > axis["high"]],
    }
    return {arrow: places for arrow, places in sides.items() if places}


def _beside(row: Data) -> str:
    if not row["measured"]:
        return "no estimate"
    published = "" if row["published"] is None else f"\npublished {number(row['published'])}"
    return f"{row['measured']}  {row['relation']}{published}"


def _legend(panels: Sequence[Data]) -> list[Line2D | Rectangle]:
    rows = rows_in(panels)
    handles: list[Line2D | Rectangle] = [*verdict_handles(rows)]
    dots = {".": "a seed"} if any(row["samples"] for row in rows) else {}
    arrows = [
        arrow for panel in panels for row in rows_in([panel]) for arrow in _beyond(row["samples"], panel["axis"] or {})
    ]
    dots |= dict.fromkeys(arrows[:1], "a seed beyond the axis")
    for marker, label in dots.items():
        handles.append(
            Line2D([], [], linestyle="", marker=marker, markersize=5, color=ink("axes.edgecolor"), label=label)
        )
    if any(row["claim"] for row in rows):
        handles.append(
            Line2D([], [], linestyle="", marker="|", markersize=10, color=ink("text.color"), label="threshold")
        )
        handles.append(Rectangle((0, 0), 1, 1, color=ink("axes.edgecolor"), alpha=0.16, linewidth=0, label="claimed"))
    return handles
