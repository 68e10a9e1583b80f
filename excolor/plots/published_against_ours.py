"""A forest plot of published figures beside ours, in a panel for each kind of number."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from excolor.judging.estimates import Comparison
from excolor.judging.predictions import Prediction
from excolor.plots.picture import Data, Picture, PlotError, Style, draw, titled
from excolor.plots.rows import draw_estimates, draw_panels, panels_of, rows_in, verdict_handles
from excolor.plots.wording import as_fit, count, number


def published_against_ours(
    given: Sequence[Prediction], *, title: str = "Published figures beside ours", style: Style = "light"
) -> Picture:
    """Draw a row for each prediction that has a published figure: that as a star, ours as a marker with its interval.

    The marker is that of the verdict on our claim, which the published figure has no part in. It is from one seed, the
    best of several or a mean, and has no interval. Each kind of number has a panel with an axis of its own.

    Args:
        given: predictions, of which those without a published figure, or without an estimate, are not drawn.
        title: the title of the figure.

    Raises:
        PlotError: no prediction has both a published figure and an estimate.
    """
    if not isinstance(given, Sequence) or not all(isinstance(each, Prediction) for each in given):
        raise PlotError(
            "published figures are drawn of a list of predictions, for example "
            "[Prediction('red is lost', median(error) > 0.2, published=0.36)]"
        )
    both = [each for each in given if each.published is not None and isinstance(each.comparison, Comparison)]
    if not both:
        raise PlotError(
            f"none of {count(len(given), 'prediction')} has both a published figure and an estimate: give one, for "
            "example Prediction('red is lost', median(error) > 0.2, published=0.36)"
        )
    data = {"title": titled(title, ""), "panels": panels_of(both, title, seeds=False)}
    return draw(data, _alt(data), _drawing, style)


def _alt(data: Data) -> str:
    rows = rows_in(data["panels"])
    below, above = ([row for row in rows if _side(row) == side] for side in (-1, 1))
    within = len(rows) - len(below) - len(above)
    lies = "lies" if within == 1 else "lie"
    begin = (
        f"{data['title']}: of {count(len(rows), 'published figure')} {within} {lies} within our "
        f"interval, {len(below)} below it and {len(above)} above it."
    )
    ordered = sorted([*below, *above], key=lambda row: not row["primary"])
    return as_fit(begin, "Outside:", [_compared(row) for row in ordered])


def _side(row: Data) -> int:
    """Tell where the published figure lies: 0 within our interval, -1 below it, 1 above it."""
    if row["low"] is not None and row["published"] < row["low"]:
        return -1
    return 1 if row["high"] is not None and row["published"] > row["high"] else 0


def _compared(row: Data) -> str:
    return f"{row['statement']} (published {number(row['published'])}, ours {row['measured']})"


def _drawing(figure: Figure, data: Data) -> None:
    draw_panels(figure, data, draw_estimates, _beside, verdict_handles(rows_in(data["panels"])))


def _beside(row: Data) -> str:
    return f"{row['measured']}  published {number(row['published'])}"
