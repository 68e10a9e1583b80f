"""A figure of all hypotheses: a row each, with its verdict and its predictions by distance from their thresholds."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Comparison
from excolor.judging.predictions import ERROR, Prediction
from excolor.numerics.given import shown
from excolor.plots.number_axis import power_words
from excolor.plots.picture import Data, Picture, PlotError, Style, draw, ink, titled
from excolor.plots.rows import LOOKS
from excolor.plots.wording import as_fit, count, listing, shortened

FARTHEST = 100.0
"""The distance at which all that are farther are drawn."""
SIZES = {True: 26, False: 7}
"""Square points of the marker of a primary prediction, and of one beside."""
PAGE = 7.3
"""Inches that a page of A4 has across between its margins."""
ROW = 0.155
"""Inches from a row to the next: sixty fit a page."""
HEAD, FOOT = 0.6, 0.78
"""Inches above and below the rows."""
DIRECTIONS = 0.22
"""Inches above the rows at which it stands where for and against the claim is."""
WORDS, DOTS = (0.01, 0.725), (0.745, 0.24)
"""Where the words and the dots begin, and how wide they are, as shares of the page."""
COLUMNS = (0.0, 0.122, 0.645, 0.848)
"""Where experiment, statement, published verdict and verdict begin, as shares of the words."""
STATEMENT = 60
"""Letters of a statement; of a longer one the beginning and the end are kept, since statements differ in either."""
SMALL = 6.0
"""The size of the letters."""
MIXED, UNJUDGED = "partially confirmed", "not judged"
"""Verdicts on hypotheses that no prediction has."""


@dataclass(frozen=True)
class Standing:
    """A hypothesis, the verdict on it, and the predictions that it rests on."""

    experiment: str
    """Such as `2.10 Delete only red`; rows of one experiment that follow each other stand together."""
    statement: str
    verdict: str
    """That of a prediction, or `partially confirmed`, or `not judged`."""
    predictions: Sequence[Prediction]
    """Those without a verdict, since they have not run, are not drawn."""
    published_verdict: str = ""
    """In a word or three; empty if there is none."""

    def __post_init__(self) -> None:
        for words in (self.experiment, self.statement, self.published_verdict):
            if not isinstance(words, str):
                raise PlotError(f"a Standing is put in words, for example '2.10 Delete only red'; got {shown(words)}")
        known = (*LOOKS, MIXED, UNJUDGED)
        if not isinstance(self.verdict, str) or self.verdict not in known:
            raise PlotError(
                f"a Standing has a verdict, one of {', '.join(known)}, for example 'open'; got {shown(self.verdict)}"
            )
        given = self.predictions
        if not isinstance(given, Sequence) or not all(isinstance(each, Prediction) for each in given):
            raise PlotError(
                f"a Standing has a list of predictions, for example [Prediction('red is lost', median(error) > 0.2)]; "
                f"got {shown(given)}"
            )


def all_hypotheses(rows: Sequence[Standing], *, title: str = "All hypotheses", style: Style = "light") -> Picture:
    """Draw a row for each hypothesis: its statement, the published verdict and ours, and its predictions by
    `standardized_distance`.

    Beyond 1, to the right, a prediction is confirmed; beyond -1, to the left, disconfirmed; in between it is open or at
    the threshold. The axis is linear between -1 and 1 and logarithmic beyond. Primary predictions are larger, and
    what is in error stands at 0, as a square. Sixty rows fit a page of A4.

    Raises:
        PlotError: no rows.
    """
    if not isinstance(rows, Sequence) or not rows or not all(isinstance(row, Standing) for row in rows):
        raise PlotError(
            "no hypotheses to draw: give a list of them, for example [Standing('2.10', 'Only red is deleted', "
            "'confirmed', [Prediction('red is lost', median(error) > 0.2)])]"
        )
    data = {"title": titled(title, ""), "farthest": FARTHEST, "rows": [_row(row) for row in rows]}
    return draw(data, _alt(data), _drawing, style)


def standardized_distance(comparison: Comparison) -> float:
    """The distance of the value from the threshold, above 0 on the claim's side, in half-widths of the interval:

        (v - t) / (v - l)  where v > t was claimed and v lies above t,

    with the lower bound l of the interval; the upper one stands in its place where v lies below t, and all of it is
    mirrored for v < t. So it is above 1 if the claim is confirmed, below -1 if it is disconfirmed, and between them the
    interval takes the threshold in. Of two thresholds the lesser distance counts. It is infinite where the interval is
    the value alone, and 0 where it has no end.
    """
    if not isinstance(comparison, Comparison):
        raise PlotError(f"a distance is that of a Comparison, for example median(error) < 0.5; got {shown(comparison)}")
    estimate, claim = comparison.estimate, comparison.claim
    ends = [(claim.low, 1)] * math.isfinite(claim.low) + [(claim.high, -1)] * math.isfinite(claim.high)
    return min(
        sign * _in_half_widths(estimate.value - end, estimate.value - estimate.low, estimate.high - estimate.value)
        for end, sign in ends
    )


def _in_half_widths(above: float, below_value: float, above_value: float) -> float:
    half = below_value if above > 0 else above_value
    if above == 0 or math.isinf(half):
        return 0.0
    return above / half if half else math.copysign(math.inf, above)


def _row(row: Standing) -> Data:
    return {
        "experiment": row.experiment,
        "statement": row.statement,
        "published": row.published_verdict,
        "verdict": row.verdict,
        "predictions": [
            {"verdict": each.verdict, "primary": each.primary, "distance": _distance(each)}
            for each in row.predictions
            if each.verdict
        ],
    }


def _distance(prediction: Prediction) -> float:
    """The distance within the axis; what was tried on inputs, without an interval, lies at its ends, an error at 0."""
    if prediction.error:
        return 0.0
    if isinstance(prediction.comparison, Comparison):
        return min(max(standardized_distance(prediction.comparison), -FARTHEST), FARTHEST)
    return FARTHEST if prediction.verdict == Verdict.CONFIRMED else -FARTHEST


def _alt(data: Data) -> str:
    rows = data["rows"]
    tally = Counter(row["verdict"] for row in rows)
    names = {each: "in error" if each == ERROR else each for each in _order()}
    counts = listing([f"{tally[verdict]} {name}" for verdict, name in names.items() if tally[verdict]])
    dots = sum(len(row["predictions"]) for row in rows)
    primary = sum(each["primary"] for row in rows for each in row["predictions"])
    begin = (
        f"{data['title']}: {len(rows)} hypotheses, {counts}; beside each its predictions by their distance from the "
        f"threshold, {dots} in all, {primary} of them primary."
        if len(rows) > 1
        else f"{data['title']}: 1 hypothesis, {counts}; beside it {count(dots, 'prediction')}."
    )
    claimed = [row["verdict"] for row in rows if row["published"] == Verdict.CONFIRMED]
    if claimed:
        begin += f" Of {len(claimed)} published as confirmed {claimed.count(Verdict.CONFIRMED)} are."
    failed = [f"{row['statement']} ({row['experiment']})" for row in rows if row["verdict"] == Verdict.DISCONFIRMED]
    return as_fit(begin, "Disconfirmed:", failed)


def _order() -> list[str]:
    confirmed, *others = LOOKS
    return [confirmed, MIXED, *others, UNJUDGED]


def _drawing(figure: Figure, data: Data) -> None:
    rows = data["rows"]
    height = ROW * len(rows) + HEAD + FOOT
    figure.set_size_inches(PAGE, height)
    bottom, tall = FOOT / height, ROW * len(rows) / height
    words, dots = (
        figure.add_axes((left, bottom, wide, tall), ylim=(len(rows) - 0.5, -0.5)) for left, wide in (WORDS, DOTS)
    )
    words.set_xlim(0, 1)
    words.axis("off")
    for x, head in zip(COLUMNS[2:], ("published", "here"), strict=True):
        words.text(x, -1, head, fontsize=SMALL, fontstyle="italic", va="center_baseline")
    _draw_scale(dots, ROW * len(rows))
    y = 0
    for place, (experiment, of_one) in enumerate(groupby(rows, key=lambda row: row["experiment"])):
        members = list(of_one)
        if place % 2:
            for axes in (words, dots):
                axes.axhspan(y - 0.5, y + len(members) - 0.5, color=ink("axes.edgecolor"), alpha=0.09, linewidth=0)
        words.text(COLUMNS[0], y, _number(experiment), fontsize=SMALL, fontweight="bold", va="center_baseline")
        for row in members:
            _draw_words(words, row, y)
            _draw_dots(dots, row["predictions"], y)
            y += 1
    figure.legend(
        handles=_legend(rows), loc="lower left", bbox_to_anchor=(0.005, 0), ncols=4, fontsize=SMALL, borderpad=0.2
    )


def _number(experiment: str) -> str:
    """The number of an experiment, or those of several: `2.10`, `2.6, 2.7`, or, of `2.9 to 2.10`, both with a dash."""
    found = re.match(r"[\d.]*\d((, | to )[\d.]*\d)*", experiment)
    return found[0].replace(" to ", "\N{EN DASH}") if found else experiment.split()[0].rstrip(":,")


def _draw_scale(axes: Axes, tall: float) -> None:
    axes.set_xscale("symlog", linthresh=1, linscale=0.8)
    axes.set_xlim(-FARTHEST * 1.5, FARTHEST * 1.5)
    ticks = [-100, -10, -1, 0, 1, 10, 100]
    axes.set_xticks(ticks, [power_words(tick) for tick in ticks])
    axes.set_xticks([], minor=True)
    axes.set_yticks([])
    axes.tick_params(labelsize=SMALL, length=2, top=True, labeltop=True)
    axes.spines["left"].set_visible(False)
    axes.axvspan(-1, 1, color=ink("axes.edgecolor"), alpha=0.16, linewidth=0)
    axes.axvline(0, color=ink("text.color"), linewidth=0.8)
    for end, side, words in ((0.0, "left", "against the claim"), (1.0, "right", "for the claim")):
        axes.text(
            end, 1 + DIRECTIONS / tall, words, ha=side, fontsize=SMALL, fontstyle="italic", transform=axes.transAxes
        )
    axes.set_xlabel(
        "distance from the threshold, in half-widths\nof the interval: left against the claim,\nright for it; "
        "shaded: undecided;\nlinear to 1, then logarithmic",
        fontsize=SMALL,
    )


def _draw_words(axes: Axes, row: Data, y: int) -> None:
    _, statement, published, verdict = COLUMNS
    axes.text(statement, y, shortened(row["statement"], STATEMENT), fontsize=SMALL, va="center_baseline")
    if row["published"]:
        axes.text(published, y, row["published"], fontsize=SMALL, va="center_baseline")
    axes.plot([verdict - 0.017], [y], **_verdict_look(row["verdict"]))
    axes.text(verdict, y, row["verdict"], fontsize=SMALL, va="center_baseline")


def _verdict_look(verdict: str) -> Data:
    """How a verdict on a hypothesis is drawn, in its row or in the legend."""
    marker, color, face = _look(verdict)
    look = {"linestyle": "", "marker": marker, "markersize": 4.8, "color": color, "markerfacecolor": face}
    if verdict == MIXED:
        look |= {"fillstyle": "left", "markerfacecoloralt": ink("C1"), "markeredgewidth": 0}
    return look


def _look(verdict: str) -> tuple[str, str, str]:
    """The marker, its color and its face; half of either color for what is confirmed in part."""
    if verdict == MIXED:
        return "o", ink("C0"), ink("C0")
    if verdict == UNJUDGED:
        return "_", ink("axes.edgecolor"), ink("axes.edgecolor")
    marker, name = LOOKS[verdict]
    return marker, ink(name), ink("figure.facecolor" if verdict == Verdict.OPEN else name)


def _draw_dots(axes: Axes, predictions: Sequence[Data], y: int) -> None:
    for (primary, verdict), members in _alike(predictions):
        marker, color, face = _look(verdict)
        distances = [each["distance"] for each in members]
        # The golden ratio spreads any number of dots evenly, in the same way every time.
        heights = [y if primary else y + 0.7 * (k * (math.sqrt(5) - 1) / 2 % 1 - 0.5) for k in range(len(members))]
        axes.scatter(
            distances, heights, s=SIZES[primary], marker=marker, facecolors=face, edgecolors=color,
            linewidths=0.8 if primary else 0.4, alpha=1 if primary else 0.55, zorder=3 if primary else 2,
        )  # fmt: skip


def _alike(predictions: Sequence[Data]) -> Iterator[tuple[tuple[bool, str], list[Data]]]:
    """Group those that are drawn alike, those beside a hypothesis first."""

    def look(each: Data) -> tuple[bool, str]:
        return each["primary"], each["verdict"]

    for key, members in groupby(sorted(predictions, key=look), key=look):
        yield key, list(members)


def _legend(rows: Sequence[Data]) -> list[Line2D]:
    there = {row["verdict"] for row in rows} | {each["verdict"] for row in rows for each in row["predictions"]}
    handles = []
    for verdict in _order():
        if verdict in there:
            handles.append(Line2D([], [], label=verdict, **_verdict_look(verdict)))
    for primary, label in ((True, "primary prediction"), (False, "prediction beside")):
        if any(each["primary"] is primary for row in rows for each in row["predictions"]):
            size = math.sqrt(SIZES[primary])
            handles.append(
                Line2D([], [], linestyle="", marker="o", color=ink("axes.edgecolor"), markersize=size, label=label)
            )
    return handles
