"""A figure of what was measured over a dose, such as steps, labels or the width of the latents."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation, Transform

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Comparison
from excolor.judging.predictions import Prediction
from excolor.numerics.given import is_number, shown
from excolor.plots.error_curves_compared import DASHES
from excolor.plots.letters import width, wrapped
from excolor.plots.margins import head_room, set_margins
from excolor.plots.number_axis import SCALES, axis_for, set_scale, within
from excolor.plots.picture import Data, Picture, PlotError, Style, draw, ink, titled
from excolor.plots.rows import LOOKS, row_of, verdict_handles
from excolor.plots.wording import as_fit, listing, number

FEWEST = 2
"""Doses that make a line."""
MOST = len(DASHES)
PAGE, PANEL = 8.0, 2.6
"""Inches that a figure has across, and that each panel is high."""
LETTERS = 8.0
APART = 0.05
"""Inches between the labels of two doses, at the least."""
ASIDE = 0.07
"""Inches from a line to the next one to the right, so that no interval hides another."""

EXAMPLE = "{'red is lost': {30: one, 100: other, 1000: last}}, over='steps'"

Courses = Mapping[str, Mapping[float, Prediction]]
"""For what is claimed at every dose, the prediction at each."""


def dose_response(given: Courses, *, over: str, title: str = "", style: Style = "light") -> Picture:
    """Draw what was measured at each dose with its interval: a line for each claim, in a panel for its kind of number.

    Markers and their colors tell the verdict at each dose, and a fainter line of the same dashes the threshold. An axis
    is logarithmic where its numbers span more than a factor of thirty.

    Args:
        given: for up to four claims, in words, the prediction at each of two or more doses.
        over: what the doses are, such as `steps`.
        title: the title of the figure, in place of the default one.

    Raises:
        PlotError: no claim or too many, a single dose, one that is no number, or a prediction without an estimate.
    """
    if not isinstance(over, str) or not over:
        raise PlotError(f"doses of {shown(over)}: say what they are, for example over='steps'")
    data = _data(_checked(given), over, title)
    return draw(data, _alt(data), _drawing, style)


def _checked(given: Courses) -> Courses:
    if not isinstance(given, Mapping) or not 1 <= len(given) <= MOST:
        raise PlotError(f"claims over doses {shown(given)}: give one to {MOST}, for example {EXAMPLE}")
    for words, course in given.items():
        fits = isinstance(words, str) and isinstance(course, Mapping) and len(course) >= FEWEST
        if not fits or not all(map(is_number, course)):
            raise PlotError(
                f"the claim {shown(words)} over {shown(course)}: give predictions at {FEWEST} doses or more, each a "
                f"number, for example {EXAMPLE}"
            )
        for dose, each in course.items():
            if not isinstance(each, Prediction) or not isinstance(each.comparison, Comparison):
                raise PlotError(
                    f"the claim {words!r} at {dose:g} is {shown(each)}: it must be a Prediction with an estimate, for "
                    "example Prediction('red is lost', median(error) > 0.2)"
                )
    return given


def _data(given: Courses, over: str, title: str) -> Data:
    lines: list[Data] = []
    for words, course in given.items():
        points = [{"dose": float(dose), **row_of(course[dose], seeds=False)} for dose in sorted(course)]
        lines.append({"words": words, "kind": points[0]["kind"], "points": points})
    panels = []
    for kind in dict.fromkeys(line["kind"] for line in lines):
        of_kind = [line for line in lines if line["kind"] == kind]
        told = [point[key] for line in of_kind for point in line["points"] for key in ("value", "low", "high")]
        told += [end for line in of_kind for point in line["points"] for end in point["claim"]]
        panels.append({"kind": kind, "axis": axis_for(kind, [x for x in told if x is not None], []), "lines": of_kind})
    doses = [point["dose"] for line in lines for point in line["points"]]
    return {
        "title": titled(title, f"{listing(list(given))}, over {over}"),
        "over": over,
        "doses": axis_for("", doses, []),
        "panels": panels,
    }


def _alt(data: Data) -> str:
    told = [
        f"{line['words']}, {_told(line['points'][0], data['over'])} and {_told(line['points'][-1], data['over'])}"
        for panel in data["panels"]
        for line in panel["lines"]
    ]
    return as_fit(f"{data['title']}.", "Lines:", told)


def _told(point: Data, over: str) -> str:
    return f"{number(point['value'])} at {point['dose']:g} {over}"


def _drawing(figure: Figure, data: Data) -> None:
    panels = data["panels"]
    legends = [[wrapped(line["words"], PAGE - 1.8, LETTERS) for line in panel["lines"]] for panel in panels]
    rooms = [0.15 * sum(words.count("\n") + 1 for words in legend) + 0.15 for legend in legends]
    above, below = head_room(data["title"], PAGE), 0.85
    figure.set_size_inches(PAGE, above + below + PANEL * len(panels) + sum(rooms) + 0.5 * (len(panels) - 1))
    column = figure.subplots(len(panels), 1, squeeze=False)[:, 0]
    set_margins(figure, left=0.85, right=0.15, below=below, above=above + rooms[0], up=0.5 + max(rooms[1:], default=0))
    doses = sorted({point["dose"] for panel in panels for line in panel["lines"] for point in line["points"]})
    for axes, panel, legend in zip(column, panels, legends, strict=True):
        set_scale(axes, data["doses"])
        _label_doses(axes, doses, figure.dpi)
        set_scale(axes, panel["axis"], "y")
        middle = (len(panel["lines"]) - 1) / 2
        for nth, (line, dashes) in enumerate(zip(panel["lines"], DASHES, strict=False)):
            aside = ScaledTranslation(ASIDE * (nth - middle), 0, figure.dpi_scale_trans)
            _draw_line(axes, panel["axis"], line, dashes, axes.transData + aside)
        looks: list[Data] = [{"color": ink("text.color"), "linewidth": 1.2, "linestyle": each} for each in DASHES]
        handles = [Line2D([], [], label=words, **look) for words, look in zip(legend, looks, strict=False)]
        place: Data = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.2}
        axes.legend(handles=handles, fontsize=LETTERS, handlelength=3.5, **place)
        axes.set_ylabel(f"{panel['kind'] or 'value'}, {SCALES[panel['axis']['scale']]}")
        axes.grid(axis="y")
    column[-1].set_xlabel(f"{data['over']}, {SCALES[data['doses']['scale']]}")
    points = [point for panel in panels for line in panel["lines"] for point in line["points"]]
    threshold = Line2D([], [], color=ink("axes.edgecolor"), linewidth=0.8, label="threshold")
    figure.legend(handles=[*verdict_handles(points), threshold], loc="lower center", ncols=6, fontsize=LETTERS)


def _label_doses(axes: Axes, doses: Sequence[float], dpi: float) -> None:
    """Give the axes a tick at each dose whose label has room beside the one before it."""
    labeled, taken = {}, -math.inf
    for dose in doses:
        place = axes.get_xaxis_transform().transform((dose, 0))[0] / dpi
        half = width(f"{dose:g}", rcParams["font.size"]) / 2
        if place - half >= taken:
            labeled[dose], taken = f"{dose:g}", place + half + APART
    axes.set_xticks(list(labeled), list(labeled.values()))


def _draw_line(axes: Axes, axis: Data, line: Data, dashes: str, places: Transform) -> None:
    doses, values = ([point[key] for point in line["points"]] for key in ("dose", "value"))
    whole: Data = {"transform": places, "clip_on": False}
    axes.plot(doses, values, color=ink("text.color"), linestyle=dashes, linewidth=1.2, **whole)
    for point in line["points"]:
        marker, name = LOOKS[point["verdict"]]
        color = ink(name)
        low, high = (within(point[end], axis, end) for end in ("low", "high"))
        face = ink("figure.facecolor") if point["verdict"] == Verdict.OPEN else color
        axes.vlines(point["dose"], low, high, color=color, linewidth=2, transform=places)
        axes.plot(point["dose"], point["value"], marker=marker, color=color, markerfacecolor=face, zorder=2.1, **whole)
    for threshold in {end for point in line["points"] for end in point["claim"] if end is not None}:
        axes.axhline(threshold, color=ink("axes.edgecolor"), linestyle=dashes, linewidth=0.8)
