"""A figure of a dopesheet: the weights of the loss above, the learning rate below, every keyframe marked."""

from collections.abc import Collection, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from excolor.numerics.given import first_of, shown
from excolor.plots.letters import width
from excolor.plots.margins import head_room, set_margins
from excolor.plots.picture import Data, Picture, PlotError, Style, draw, ink, titled
from excolor.plots.term_colors import term_color
from excolor.plots.wording import as_fit, count, number
from excolor.schedule.dopesheet import LEARNING_RATE, Dopesheet

MARKERS = "os^DvPX<>"
LEGEND, NOTE = 8, 8
"""The sizes of the letters of a legend, and of the names of phases and actions."""
DASHES = ("-", "--", "-.", ":", (0, (6, 1, 1, 1, 1, 1)))


def schedule(
    dopesheet: Dopesheet, *, curriculum: Collection[str] = (), title: str = "", style: Style = "light"
) -> Picture:
    """Draw the value of every property at every step: weights above, learning rate below, keyframes marked.

    A dashed line stands where a phase begins, a dotted one at an action. A panel without a property is left out.

    Args:
        curriculum: the properties that weight the draw of colors, not a term of the loss; their panel is in between.

    Raises:
        PlotError: the sheet has no property.
    """
    names = first_of(curriculum, 1000)
    if not isinstance(dopesheet, Dopesheet) or not all(isinstance(name, str) for name in names):
        raise PlotError(
            f"{shown(dopesheet)} with the curriculum {shown(curriculum)}: give a Dopesheet, and the names of "
            "some of its columns, for example schedule(EX_2_10.dopesheet)"
        )
    if not dopesheet.properties:
        raise PlotError("the dopesheet has no property to draw: it has, for example, the columns STEP,lr,reg-anchor")
    data = _data(dopesheet, names, title)
    return draw(data, _alt(data), _drawing, style)


def _data(dopesheet: Dopesheet, curriculum: Collection[str], title: str) -> Data:
    def course(name: str) -> Data:
        steps, values = dopesheet.keyframes(name)
        return {
            "name": name,
            "values": dopesheet.values(name).tolist(),
            "keyframes": [steps.tolist(), values.tolist()],
        }

    return {
        "title": titled(title, f"Schedule of {count(len(dopesheet), 'step')}"),
        "weights": [course(name) for name in dopesheet.properties if name not in (LEARNING_RATE, *curriculum)],
        "curriculum": [course(name) for name in dopesheet.properties if name in curriculum],
        "rate": course(LEARNING_RATE) if LEARNING_RATE in dopesheet.properties else None,
        "phases": [list(phase) for phase in dopesheet.phases],
        "actions": [list(action) for action in dopesheet.actions],
    }


def _alt(data: Data) -> str:
    parts = [_course_words(course["name"], course["values"]) for course in data["weights"] + data["curriculum"]]
    if data["rate"]:
        parts.append(_course_words("the learning rate", data["rate"]["values"]))
    parts += [f"the phase {name} begins at step {step}" for step, name in data["phases"]]
    parts += [f"the action {name} is at step {step}" for step, name in data["actions"]]
    return as_fit(f"{data['title']}.", "Shown:", parts)


def _course_words(name: str, values: Sequence[float]) -> str:
    top = max(values)
    if top == min(values):
        return f"{name} stays at {number(top)}"
    first = int(np.argmax(values))
    last = next((step for step in range(first, len(values)) if values[step] < top), len(values)) - 1
    held = f"at step {first}" if first == last else f"from step {first} to {last}"
    return f"{name} peaks at {number(top)} {held} and ends at {number(values[-1])}"


def _drawing(figure: Figure, data: Data) -> None:
    panels = [
        (label, courses, height)
        for label, courses, height in (
            ("weight in the loss", data["weights"], 2),
            ("curriculum", data["curriculum"], 1),
            ("learning rate", [data["rate"]] if data["rate"] else [], 1),
        )
        if courses
    ]
    names = [course["name"] for course in (*data["weights"], *data["curriculum"])]
    notes = [text for _, text in _at_one_step(data["phases"] + data["actions"])]
    right = max([0.75 + width(name, LEGEND) for name in names], default=0.2)
    up = 0.2
    above = head_room(data["title"], 9) + max([0.2 + 0.5 * width(text, NOTE) for text in notes], default=0.1)
    figure.set_size_inches(9, above + 0.5 + 1.15 * sum(height for *_, height in panels) + up * (len(panels) - 1))
    rows = figure.subplots(len(panels), 1, sharex=True, height_ratios=[height for *_, height in panels], squeeze=False)
    set_margins(figure, left=0.75, right=right, below=0.5, above=above, up=up)
    place = 0
    for axes, (label, courses, _) in zip(rows[:, 0], panels, strict=True):
        for course in courses:
            _draw_course(axes, course, place)
            place += 1
        axes.set_ylabel(label)
        if not any(value < 0 for course in courses for value in course["values"]):
            axes.set_ylim(bottom=0)
        axes.grid(axis="y")
        if label != "learning rate":
            axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), handlelength=3.5, fontsize=LEGEND)
        for notes, dashes in ((data["phases"], "--"), (data["actions"], ":")):
            for step, _ in notes:
                axes.axvline(step, color=ink("axes.edgecolor"), linewidth=1, linestyle=dashes, zorder=1)
    top = rows[0, 0]
    rows[-1, 0].set_xlabel("step")
    for step, text in _at_one_step(data["phases"] + data["actions"]):
        top.annotate(
            text, (step, 1), xycoords=("data", "axes fraction"), xytext=(2, 2), textcoords="offset points",
            rotation=30, va="bottom", fontsize=NOTE,
        )  # fmt: skip


def _at_one_step(notes: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Join the names of phases and actions at the same step."""
    return [(step, ", ".join(name for at, name in notes if at == step)) for step in sorted({step for step, _ in notes})]


def _draw_course(axes: Axes, course: Data, place: int) -> None:
    color, marker, dashes = term_color(course["name"]), MARKERS[place % len(MARKERS)], DASHES[place % len(DASHES)]
    axes.plot(range(len(course["values"])), course["values"], color=color, linestyle=dashes)
    axes.plot(*course["keyframes"], color=color, linestyle="", marker=marker, markersize=5.5, clip_on=False)
    axes.plot([], [], color=color, linestyle=dashes, marker=marker, markersize=5.5, label=course["name"])
