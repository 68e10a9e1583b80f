"""A figure of the loss of every term over training, with its spread over seeds."""

import math
from collections.abc import Sequence

import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter
from numpy.typing import NDArray

from excolor.numerics.given import is_over, shown
from excolor.plots.margins import head_room, set_margins
from excolor.plots.number_axis import power_words
from excolor.plots.picture import Data, Picture, PlotError, Style, draw, titled
from excolor.plots.term_colors import term_color
from excolor.plots.wording import as_fit, count, number

POINTS = 150
"""The most points of a line, each a mean over steps: a gated term is 0 in most batches, those without its label."""
TALL, APART = 1.2, 0.34
"""Inches up a panel, and to the next."""
DECADE = 10
"""The ratio of the largest to the smallest value above which an axis is logarithmic."""


def loss_history(history: xr.DataArray, *, title: str = "", style: Style = "light") -> Picture:
    """Draw a panel for each term: the median over seeds of its loss, unweighted, and the band between the quartiles.

    Each point is a mean over some consecutive steps, taken for each seed before the median. A term is not drawn where
    its weight was 0. A panel whose line spans more than a factor of ten, and is 0 nowhere, is logarithmic.

    Args:
        history: over `term`, `seed` and `step`, such as `Ensemble.history`; NaN where nothing was measured.
        title: the title of the figure, in place of the default one.

    Raises:
        PlotError: other dimensions, nothing in it, or infinite losses.
    """
    data = _data(_checked(history), title)
    return draw(data, _alt(data), _drawing, style)


def _checked(history: xr.DataArray) -> xr.DataArray:
    if not is_over(history, ("term", "seed", "step")) or 0 in history.shape:
        raise PlotError(
            f"a history that is {shown(history)}: it must be over term, seed and step, with at least one of each, "
            "for example train(EX_2_10, range(32)).history"
        )
    if np.isinf(history.values).any():
        raise PlotError("a loss of the history is infinite: it may be NaN, where a term was not measured, or finite")
    return history.transpose("term", "seed", "step")


def _data(history: xr.DataArray, title: str) -> Data:
    steps, seeds = history.sizes["step"], history.sizes["seed"]
    window = -(-steps // POINTS)
    terms = []
    for name in history["term"].values:
        means = _means(history.sel(term=name).values.astype(float), window)
        low, median, high = np.quantile(means, [0.25, 0.5, 0.75], axis=0)
        drawn = median[~np.isnan(median)]
        terms.append(
            {
                "name": str(name),
                "low": _or_none(low),
                "median": _or_none(median),
                "high": _or_none(high),
                "log": bool(drawn.size) and bool(drawn.max() > DECADE * drawn.min() > 0),
            }
        )
    spread = f"median and quartiles of {seeds} seeds" if seeds > 1 else "1 seed"
    return {
        "title": titled(title, f"Loss of every term, {spread}"),
        "seeds": seeds,
        "window": window,
        "steps": [(start + min(start + window, steps) - 1) / 2 for start in range(0, steps, window)],
        "terms": terms,
    }


def _means(losses: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """The mean `[S, N]` of the losses `[S, steps]` measured in each window of steps; NaN if none was."""
    starts = np.arange(0, losses.shape[1], window)
    measured = ~np.isnan(losses)
    sums = np.add.reduceat(np.where(measured, losses, 0), starts, axis=1)
    counts = np.add.reduceat(measured.astype(float), starts, axis=1)
    return np.divide(sums, counts, out=np.full_like(sums, math.nan), where=counts > 0)


def _or_none(values: NDArray[np.float64]) -> list[float | None]:
    return [None if math.isnan(value) else value for value in values.tolist()]


def _alt(data: Data) -> str:
    means = f" Each point is the mean of {data['window']} steps." if data["window"] > 1 else ""
    return as_fit(f"{data['title']}, in {count(len(data['terms']), 'panel')}.{means}", "Losses:", [
        _course(term["name"], data["steps"], term["median"]) for term in data["terms"]
    ])  # fmt: skip


def _course(name: str, steps: Sequence[float], losses: Sequence[float | None]) -> str:
    """Tell where a loss begins and ends, and where it is highest and lowest in between."""
    drawn = [(step, loss) for step, loss in zip(steps, losses, strict=True) if loss is not None]
    if not drawn:
        return f"{name} was never measured"
    (first, start), (last, end) = drawn[0], drawn[-1]
    (peak_step, peak), (least_step, least) = (extreme(drawn, key=lambda point: point[1]) for extreme in (max, min))
    if number(peak) == number(least):
        return f"{name} is {number(start)} throughout"
    told = f"{name} goes from {number(start)} at step {first:.0f} to {number(end)} at step {last:.0f}"
    if number(start) == number(end):
        told = f"{name} is {number(start)} at step {first:.0f} and at step {last:.0f}"
    inner = {"highest": (peak_step, peak), "lowest": (least_step, least)}
    for word, (step, loss) in inner.items():
        if number(loss) not in (number(start), number(end)):
            told += f", {word} {number(loss)} at {step:.0f}"
    return told


def _drawing(figure: Figure, data: Data) -> None:
    terms = data["terms"]
    above = head_room(data["title"], 8) + 0.3
    figure.set_size_inches(8, above + TALL * len(terms) + APART * (len(terms) - 1) + 0.5)
    column = figure.subplots(len(terms), 1, sharex=True, squeeze=False)[:, 0]
    set_margins(figure, left=0.85, right=0.2, below=0.5, above=above, up=APART)
    for axes, term in zip(column, terms, strict=True):
        low, median, high = (np.array(term[key], float) for key in ("low", "median", "high"))
        color = term_color(term["name"])
        if data["seeds"] > 1:
            axes.fill_between(data["steps"], low, high, color=color, alpha=0.25, linewidth=0)
        axes.plot(
            data["steps"], median, color=color, marker="o" if np.isfinite(median).sum() == 1 else "", clip_on=False
        )
        if term["log"]:
            axes.set_yscale("log")
            axes.yaxis.set_major_formatter(FuncFormatter(lambda loss, _: power_words(loss)))
            axes.yaxis.set_minor_formatter(NullFormatter())
            axes.set_ylim(bottom=np.nanmin(median) / 2)
        elif np.isfinite(median).any():
            axes.set_ylim(min(0, float(np.nanmin(low))), 1.05 * float(np.nanmax(high)) or 1)
        axes.grid(axis="y")
        axes.set_title(f"{term['name']}, {'logarithmic' if term['log'] else 'linear'}")
        if not np.isfinite(median).any():
            axes.set_yticks([])
            axes.text(0.5, 0.5, "never measured", transform=axes.transAxes, ha="center", va="center")
    column[-1].set_xlabel("step" + f", in means of {data['window']}" * (data["window"] > 1))
    figure.supylabel("loss, before its weight", x=0.1 / 8, ha="left", fontsize="medium")
