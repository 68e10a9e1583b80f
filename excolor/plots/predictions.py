"""A figure of the predictions of a hypothesis file: a row for each, with the measured value and the claim."""

import math
import textwrap
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.scale import LogTransform, SymmetricalLogTransform
from matplotlib.transforms import IdentityTransform, Transform

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Comparison
from excolor.judging.predictions import ERROR, Prediction
from excolor.plots.picture import Data, Picture, PlotError, Style, draw, ink, titled
from excolor.plots.wording import count, listing

LOOKS = {
    Verdict.CONFIRMED.value: ("o", "C0"),
    Verdict.DISCONFIRMED.value: ("X", "C1"),
    Verdict.AT_THRESHOLD.value: ("d", "C2"),
    Verdict.OPEN.value: ("D", "C2"),
    ERROR: ("s", "text.color"),
}
"""The marker and color of each verdict; that of an open one is hollow."""
WIDE = 54
"""Characters of a statement per line; it has two lines at most."""
LABELS = 6
"""About how many powers of ten have a label on an axis that is linear around 0."""
LOGARITHMIC = 30
"""The ratio of the largest to the smallest number above which the axis is logarithmic."""
LINEAR = 0.6
"""How many decades wide the linear part of an axis is on either side of 0."""
BULK = (0.1, 0.9)
"""The quantiles of a prediction's samples between which the axis must reach, whatever lies beyond."""
FEW = 32
"""The number of seeds above which their dots are fainter, so that they do not hide the interval."""


def predictions(given: Sequence[Prediction], *, title: str = "Predictions", style: Style = "light") -> Picture:
    """Draw a row for each prediction: seeds as dots, interval as a bar, verdict as a marker, claim as a shade.

    The shade covers the claimed range and ends at the threshold. If the whole bar is within it, the claim is confirmed.
    Predictions of one hypothesis that follow each other stand under its heading. The axis, one for all, is logarithmic
    where the numbers span more than a factor of thirty, and linear around 0 if any of them is 0 or below. A few seeds
    far from all the rest do not widen it: they are arrows at its edge.

    Raises:
        PlotError: no prediction, or one without a verdict.
    """
    if not isinstance(given, Sequence) or not all(isinstance(each, Prediction) for each in given) or not given:
        raise PlotError(
            "no predictions to draw: give one or more, for example [Prediction('red is lost', median(error) > 0.2)]"
        )
    data = _data(given, titled(title, ""))
    return draw(data, _alt(data), _drawing, style)


def _data(given: Sequence[Prediction], title: str) -> Data:
    groups = [
        {"hypothesis": hypothesis, "rows": [_row(prediction) for prediction in members]}
        for hypothesis, members in groupby(given, key=lambda prediction: prediction.hypothesis)
    ]
    rows = [row for group in groups for row in group["rows"]]
    return {"title": title, "axis": _axis(rows), "groups": groups}


def _row(prediction: Prediction) -> Data:
    if not prediction.verdict:
        raise PlotError(
            f"the prediction {prediction.label!r} has no verdict: give it a comparison, for example "
            "Prediction('red is lost', median(error) > 0.2), or an error in words"
        )
    row = {"statement": prediction.label, "verdict": prediction.verdict}
    comparison = prediction.comparison
    if not isinstance(comparison, Comparison):
        told = {"relation": str(comparison.claim), "measured": comparison.reading} if comparison else {}
        return (
            row
            | dict.fromkeys(("value", "low", "high", "claim"))
            | {"relation": "", "measured": "", "samples": []}
            | told
        )
    estimate, claim = comparison.estimate, comparison.claim
    return row | {
        "value": estimate.value,
        "low": _finite(estimate.low),
        "high": _finite(estimate.high),
        "claim": [_finite(claim.low), _finite(claim.high)],
        "relation": str(claim),
        "measured": comparison.reading,
        "samples": list(estimate.samples),
    }


def _finite(bound: float) -> float | None:
    return bound if math.isfinite(bound) else None


def _axis(rows: Sequence[Data]) -> Data:
    """Choose the scale that all rows share, and its ends."""
    firm = [row[key] for row in rows for key in ("value", "low", "high")]
    firm += [end for row in rows for end in row["claim"] or ()]
    firm = [x for x in firm if x is not None] or [0.0, 1.0]
    sizes = [abs(x) for x in firm if x != 0]
    samples = [row["samples"] for row in rows if row["samples"]]
    core = firm + [float(end) for given in samples for end in np.quantile(given, BULK)]
    every = [sample for given in samples for sample in given]
    if not sizes or max(map(abs, core)) <= LOGARITHMIC * min(sizes):
        low, high = _reach(core, every, IdentityTransform())
        margin = 0.06 * (high - low) or 0.5 * abs(high) or 1.0
        return {"scale": "linear", "low": low - margin, "high": high + margin}
    if min(core) > 0:
        low, high = _reach(core, every, LogTransform(10))
        return {"scale": "log", "low": low / 1.6, "high": high * 1.6}
    linear = 10.0 ** math.floor(math.log10(min(sizes)))
    low, high = _reach(core, every, SymmetricalLogTransform(10, linear, LINEAR))
    return {
        "scale": "symlog",
        "linear": linear,
        "low": low * 1.6 if low < -linear else low - 0.3 * linear,
        "high": high * 1.6 if high > linear else high + 0.3 * linear,
    }


def _reach(core: Sequence[float], samples: Sequence[float], scale: Transform) -> tuple[float, float]:
    """Find the ends of the core and of the samples that lie beyond it by at most a quarter of its length."""
    start, stop = scale.transform([min(core), max(core)])
    room = (stop - start) / 4
    near = [x for x, at in zip(samples, scale.transform(samples), strict=True) if start - room <= at <= stop + room]
    return min([*core, *near]), max([*core, *near])


def _alt(data: Data) -> str:
    rows = [row for group in data["groups"] for row in group["rows"]]
    tally = Counter(row["verdict"] for row in rows)
    names = {verdict: "in error" if verdict == ERROR else verdict for verdict in LOOKS}
    counts = listing([f"{tally[verdict]} {name}" for verdict, name in names.items() if tally[verdict]])
    headings = sum(bool(group["hypothesis"]) for group in data["groups"])
    under = f" under {count(headings, 'heading')}" if headings else ""
    denied = [_denied(row) for row in rows if row["verdict"] != Verdict.CONFIRMED]
    rest = f" Not confirmed are: {'; '.join(denied)}." if denied else ""
    return f"{data['title']}: {count(len(rows), 'prediction')}{under}, {counts}.{rest}"


def _denied(row: Data) -> str:
    measured = "" if row["value"] is None else f" ({row['measured']} where {row['relation']} was claimed)"
    return f"{row['verdict']}: {row['statement']}{measured}"


def _drawing(figure: Figure, data: Data) -> None:
    lines: list[Data] = []
    for group in data["groups"]:
        lines += [{"heading": group["hypothesis"]}] * bool(group["hypothesis"]) + group["rows"]
    figure.set_size_inches(11, 0.29 * len(lines) + 1.5)
    axes = figure.subplots()
    axis = data["axis"]
    axes.set_xscale(
        axis["scale"], **({"linthresh": axis["linear"], "linscale": LINEAR} if axis["scale"] == "symlog" else {})
    )
    axes.set(xlim=(axis["low"], axis["high"]), ylim=(len(lines) - 0.4, -0.6))
    for y, line in enumerate(lines):
        if "heading" not in line:
            _draw_row(axes, line, y, axis)
    axes.set_yticks(range(len(lines)), [_shortened(line.get("heading") or line["statement"]) for line in lines])
    right = axes.secondary_yaxis("right")
    right.set_yticks(range(len(lines)), ["" if "heading" in line else _beside(line) for line in lines])
    for side in (axes, right):
        side.tick_params(axis="y", length=0, labelsize=7.5)
        side.spines[["left", "right"] if side is axes else ["right"]].set_visible(False)
    for line, label in zip(lines, axes.get_yticklabels(), strict=True):
        label.set_fontweight("bold" if "heading" in line else "normal")
    axes.grid(axis="x")
    if axis["scale"] == "symlog":
        axes.set_xticks(_decades(axis))
    axes.set_xlabel("measured value: an error, a fraction of seeds, or a ratio, as each prediction has it")
    figure.legend(handles=_legend(lines, axis), loc="outside lower center", ncols=8)


def _decades(axis: Data) -> list[float]:
    """List 0 and some powers of ten on either side of it, few enough for their labels."""
    least = round(math.log10(axis["linear"]))
    reach = {
        sign: math.floor(math.log10(max(sign * axis[end], axis["linear"]))) for sign, end in ((-1, "low"), (1, "high"))
    }
    every = max(math.ceil(sum(most - least for most in reach.values()) / LABELS), 1)
    return [0.0] + [sign * 10.0**power for sign, most in reach.items() for power in range(most, least, -every)]


def _draw_row(axes: Axes, row: Data, y: int, axis: Data) -> None:
    if row["claim"]:
        low, high = (
            end if end is not None else edge
            for end, edge in zip(row["claim"], (axis["low"], axis["high"]), strict=True)
        )
        axes.add_patch(Rectangle((low, y - 0.4), high - low, 0.8, color=ink("axes.edgecolor"), alpha=0.16, linewidth=0))
        for end in row["claim"]:
            if end is not None:
                axes.plot([end, end], [y - 0.4, y + 0.4], color=ink("text.color"), linewidth=1.2)
    marker, name = LOOKS[row["verdict"]]
    color = ink(name)
    if row["samples"]:
        _draw_seeds(axes, row["samples"], y, axis, color)
    if row["value"] is None:
        axes.plot([0.5], [y], marker=marker, color=color, markersize=6, transform=axes.get_yaxis_transform())
        return
    ends = [edge if row[key] is None else row[key] for key, edge in (("low", axis["low"]), ("high", axis["high"]))]
    axes.plot(ends, [y, y], color=color, linewidth=2, solid_capstyle="butt")
    for key, arrow, edge in (("low", "<", axis["low"]), ("high", ">", axis["high"])):
        if row[key] is None:
            axes.plot([edge], [y], marker=arrow, color=color, markersize=6, clip_on=False)
    hollow = row["verdict"] == Verdict.OPEN
    axes.plot(
        [row["value"]], [y], marker=marker, markersize=7, color=color, markeredgewidth=1.6 if hollow else 0.8,
        markerfacecolor=ink("figure.facecolor") if hollow else color,
        markeredgecolor=color if hollow else ink("figure.facecolor"), clip_on=False,
    )  # fmt: skip


def _draw_seeds(axes: Axes, samples: Sequence[float], y: int, axis: Data, color: str) -> None:
    # The golden ratio spreads any number of dots evenly, in the same way every time.
    heights = y + 0.6 * (np.arange(len(samples)) * (math.sqrt(5) - 1) / 2 % 1 - 0.5)
    faint = 0.4 * min(1, math.sqrt(FEW / len(samples)))
    axes.scatter(samples, heights, s=5, color=color, alpha=faint, linewidths=0)
    for arrow, beyond in _beyond(samples, axis).items():
        edge = np.clip(np.array(samples)[beyond], axis["low"], axis["high"])
        axes.scatter(edge, heights[beyond], s=12, marker=arrow, color=color, alpha=0.7, linewidths=0, clip_on=False)


def _beyond(samples: Sequence[float], axis: Data) -> dict[str, list[int]]:
    """Find the places of the samples beyond each end of the axis, under the arrow that points to them."""
    sides = {
        "<": [place for place, sample in enumerate(samples) if sample < axis["low"]],
        ">": [place for place, sample in enumerate(samples) if sample > axis["high"]],
    }
    return {arrow: places for arrow, places in sides.items() if places}


def _beside(row: Data) -> str:
    if row["value"] is None:
        return "no estimate"
    return f"{row['measured']}  {row['relation']}"


def _shortened(statement: str) -> str:
    first, *rest = textwrap.wrap(statement, WIDE) or [""]
    return "\n".join([first, textwrap.shorten(" ".join(rest), WIDE, placeholder=" …")] if rest else [first])


def _legend(lines: Sequence[Data], axis: Data) -> list[Line2D | Rectangle]:
    there = {line.get("verdict") for line in lines}
    handles: list[Line2D | Rectangle] = []
    for verdict, (marker, name) in LOOKS.items():
        if verdict in there:
            face = ink("figure.facecolor") if verdict == Verdict.OPEN else ink(name)
            handles.append(
                Line2D([], [], marker=marker, color=ink(name), markerfacecolor=face, markersize=6, label=verdict)
            )
    seeds = [sample for line in lines for sample in line.get("samples", ())]
    dots = {".": "a seed"} if seeds else {}
    dots |= dict.fromkeys(list(_beyond(seeds, axis))[:1], "a seed beyond the axis")
    for marker, label in dots.items():
        handles.append(
            Line2D([], [], linestyle="", marker=marker, markersize=5, color=ink("axes.edgecolor"), label=label)
        )
    if any(line.get("claim") for line in lines):
        handles.append(
            Line2D([], [], linestyle="", marker="|", markersize=10, color=ink("text.color"), label="threshold")
        )
        handles.append(Rectangle((0, 0), 1, 1, color=ink("axes.edgecolor"), alpha=0.16, linewidth=0, label="claimed"))
    return handles
