"""The figures of a report as SVG files, each of which follows the reader's preference for light or dark."""

import io
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

from matplotlib import rc_context, rcParams
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import to_hex

from excolor.judging.estimates import Comparison
from excolor.plots import Picture, all_hypotheses, dose_response, predictions, published_against_ours
from excolor.plots.all_hypotheses import Standing
from excolor.plots.dose_response import FEWEST, MOST
from excolor.plots.picture import Style, styled
from excolor.report.run import Hypothesis, Run, Shown
from excolor.verdicts.reading import Reading

FOLDER = "figures"
PIXELS = 96 / 72
"""Of a page to a point, in which SVG is written."""
OF_A_FIGURE = 3
"""Doses at which something is claimed that is drawn over them: two are told apart by their numbers."""
DOSED = re.compile(r"\[(\d+(?:\.\d+)?) ?(%? ?[^\W\d][\w ]*)\]$")
"""The case of a test that is a dose: a number and a unit."""
ALIKE_DOTS = re.compile(r'<use href="#(\w+)" [^>]*?( class="s\d+")/>\n(?:<use href="#\1" [^>]*?\2/>\n)+')
"""Dots of one shape and look that follow each other."""
NO_LETTERS = re.compile(r"\W+")
FONT = "'DejaVu Sans', Verdana, sans-serif"
"""Letters are written as such, not as outlines: a fifth of the size, and they can be searched. Verdana is as wide."""


def overview(run: Run, directory: Path) -> list[Shown]:
    """Draw the figures of all hypotheses: their verdicts, and published figures beside ours, if there are any."""
    standings = [
        Standing(each.experiment, each.statement, each.verdict, each.predictions, each.published[0])
        for each in run.hypotheses
    ]
    shown = [
        save(
            all_hypotheses(standings, title="All hypotheses"),
            directory,
            "all-hypotheses",
            "Every hypothesis in a row; a dot is a prediction, the farther to the right the more clearly confirmed.",
        )
    ]
    published = [reading for each in run.hypotheses for reading in each.primary if reading.published is not None]
    if any(isinstance(reading.comparison, Comparison) for reading in published):
        picture = published_against_ours(published, title="Published figures beside ours: primary predictions")
        words = "What was published of one seed, or the best of several, as a star; ours with its 95 % interval."
        shown.append(save(picture, directory, "published-against-ours", words))
    return shown


def verdict_plots(run: Run, directory: Path, addresses: Mapping[str, str]) -> dict[str, list[Shown]]:
    """Draw the predictions of each hypothesis that has estimates, by the node id of the hypothesis.

    Those that it makes at several doses are drawn over these too.
    """
    drawn = {}
    for each in filter(_has_estimates, run.hypotheses):
        address = addresses[each.group]
        words = "Dots are seeds, the bar is the 95 % interval, the shade what is claimed."
        drawn[each.group] = [save(_verdict_plot(each), directory, address, words)]
        for over, courses in courses_of(each).items():
            picture = dose_response(courses, over=over, title=each.statement)
            words = f"The same predictions over {over}."
            name = f"{address}.over-{re.sub(NO_LETTERS, '-', over).strip('-')}"
            drawn[each.group].append(save(picture, directory, name, words))
    return drawn


def courses_of(hypothesis: Hypothesis) -> dict[str, dict[str, dict[float, Reading]]]:
    """The predictions that a hypothesis makes at three doses or more: unit, words of the prediction, dose.

    Beside them stands what it claims at two. A dose is what the case of a test begins with, such as `[100 steps]` or
    `[12% wrong]`.
    """
    found: defaultdict[str, defaultdict[str, dict[float, Reading]]] = defaultdict(lambda: defaultdict(dict))
    for reading in hypothesis.predictions:
        dosed = DOSED.search(reading.test)
        if dosed and isinstance(reading.comparison, Comparison):
            words = reading.statement.removesuffix(f": {dosed[0][1:-1]}")
            found[dosed[2].strip()][words][float(dosed[1])] = reading
    longest_first = {over: sorted(x.items(), key=lambda course: -len(course[1])) for over, x in found.items()}
    drawn = {over: x for over, x in longest_first.items() if len(x[0][1]) >= OF_A_FIGURE}
    return {over: {words: x for words, x in courses[:MOST] if len(x) >= FEWEST} for over, courses in drawn.items()}


def _has_estimates(hypothesis: Hypothesis) -> bool:
    return any(isinstance(reading.comparison, Comparison) for reading in hypothesis.predictions)


def _verdict_plot(hypothesis: Hypothesis) -> Picture:
    judged = [replace(reading, hypothesis="") for reading in hypothesis.predictions if reading.verdict]
    return predictions(judged, title=hypothesis.statement)


def save(picture: Picture, directory: Path, name: str, caption: str = "") -> Shown:
    """Write a picture into the folder of figures."""
    place = f"{FOLDER}/{name}.svg"
    (directory / FOLDER).mkdir(exist_ok=True)
    (directory / place).write_text(as_svg(picture), encoding="utf-8")
    width, height = (round(72 * inches * PIXELS) for inches in picture.figure.get_size_inches())
    return Shown(place, width, height, picture.alt, caption)


def as_svg(picture: Picture) -> str:
    """Write a picture, drawn in the light style, so that it is dark for a reader who prefers that.

    The two styles differ in their colors alone: each color of the light one becomes a variable, which the reader's
    preference sets. What is drawn often in the same way, such as the dots of seeds, shares a class.
    """
    written = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "excolor"}):
        canvas = FigureCanvasSVG(picture.in_style("light").figure)  # not by savefig, which draws twice
        canvas.print_svg(written, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    svg = _with_short_names(re.sub("<[^>]+>", _rounded, written.getvalue())).replace("'DejaVu Sans'", FONT)
    svg = svg.replace("xlink:href", "href")  # as SVG 2 has it, and every browser of this decade
    looks: dict[str, str] = {}
    body = re.sub(' style="([^"]*)"', lambda found: f' class="{looks.setdefault(found[1], f"s{len(looks)}")}"', svg)
    light, dark = _colors("light"), _colors("dark")
    rules = [f".{name} {{{_named(look, light)}}}" for look, name in looks.items()]
    chosen = f"@media screen and (prefers-color-scheme: dark) {{ {_setting(light, dark)} }}"
    style = "\n".join([_setting(light, light), chosen, *rules])
    drawn = re.sub(r"\n *", "\n", body.replace("<defs>", f"<style>\n{style}\n</style>\n<defs>", 1))
    numbers = count()
    return re.sub(ALIKE_DOTS, lambda dots: _marked(dots, f"k{next(numbers)}"), drawn)


def _marked(dots: re.Match[str], name: str) -> str:
    """Dots of one shape and look as the corners of a line that is not drawn, which has them as its markers.

    A dot is then its place alone, a quarter as long, and is painted as before: each by itself, over the others.
    """
    places = " ".join(f"{x} {y}" for x, y in re.findall(r'x="([\d.-]+)" y="([\d.-]+)"', dots[0])).replace(".0 ", " ")
    shape = f'<use href="#{dots[1]}"{dots[2]}/>'
    return (
        f'<marker id="{name}" overflow="visible" markerUnits="userSpaceOnUse">{shape}</marker>\n'
        f'<path d="M{places}" style="fill:none;marker:url(#{name})"/>\n'
    )


def _rounded(tag: re.Match[str]) -> str:
    """A tag whose numbers have one decimal, a tenth of a point."""
    return re.sub(r"(\d\.\d)\d+", r"\1", tag[0])


def _with_short_names(svg: str) -> str:
    """With names of two or three letters for shapes, of which every dot has one."""
    names = dict.fromkeys(re.findall(r'\bid="([mp][0-9a-f]{10})"', svg))
    numbers = {name: f"{name[0]}{number}" for number, name in enumerate(names)}
    return re.sub(r"\b[mp][0-9a-f]{10}\b", lambda found: numbers.get(found[0], found[0]), svg)


def _named(look: str, colors: list[str]) -> str:
    """A look with variables in the place of these colors."""
    return re.sub("#([0-9a-f]{6})", lambda found: f"var(--{found[1]})" if found[0] in colors else found[0], look)


def _colors(style: Style) -> list[str]:
    """The colors of a style, in the same order for both."""
    with styled(style):
        inks = [rcParams[of] for of in ("text.color", "figure.facecolor", "axes.edgecolor", "grid.color")]
        return [to_hex(color) for color in (*inks, *(each["color"] for each in rcParams["axes.prop_cycle"]))]


def _setting(names: list[str], values: list[str]) -> str:
    return ":root {" + ";".join(f"--{name[1:]}:{value}" for name, value in zip(names, values, strict=True)) + "}"
