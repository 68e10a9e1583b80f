"""A figure of the error over hue of several conditions in one panel, each with its band across seeds."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from excolor.colors import hsv_to_rgb
from excolor.numerics.given import shown
from excolor.plots.error_curves import SMALL, check_error, stretch
from excolor.plots.margins import head_room, set_margins
from excolor.plots.number_axis import LOGARITHMIC, power_ticks
from excolor.plots.picture import Data, Picture, PlotError, Style, draw, ink, titled
from excolor.plots.wording import as_fit, color_words, listing, number, over_seeds, runs

DASHES = ("-", "--", ":", "-.")
"""The lines of conditions, of which there may be as many."""


def error_curves_compared(errors: Mapping[str, xr.DataArray], *, title: str = "", style: Style = "light") -> Picture:
    """Draw the error over hue, at s = 1 and v = 1, of some conditions: a line each, in one panel.

    A line is the median over seeds, and the band around it reaches from the lower to the upper quartile. Below the
    axis runs the color of each hue. The axis is logarithmic where the numbers span more than a factor of thirty.

    Args:
        errors: for the name of each condition, of which there are two to four, its error over `h`, `s` and `v`, and
            over `seed` if there are several, such as `reconstruction_error(ensemble, curve_cube())`; all at one `h`.
        title: the title of the figure, in place of the default one.

    Raises:
        PlotError: fewer than two conditions or more than four, an error that `error_curves` would refuse, or errors at
            different hues.
    """
    data = _data(_checked(errors), title)
    return draw(data, _alt(data), _drawing, style)


def _checked(errors: Mapping[str, xr.DataArray]) -> dict[str, xr.DataArray]:
    if not isinstance(errors, Mapping) or not 2 <= len(errors) <= len(DASHES):
        raise PlotError(
            f"the conditions {shown(errors)}: give two to {len(DASHES)} by their names, for example "
            "{'2.9': reconstruction_error(one, curve_cube()), '2.10': reconstruction_error(other, curve_cube())}"
        )
    if not all(isinstance(name, str) for name in errors):
        raise PlotError(f"the conditions {shown(list(errors))}: each has a name, for example '2.10'")
    checked = {name: check_error(error).sel(s=1, v=1) for name, error in errors.items()}
    first, *others = checked.values()
    if not all(np.array_equal(first["h"], other["h"]) for other in others):
        raise PlotError("the conditions have errors at different hues: take one cube, for example curve_cube()")
    return checked


def _data(errors: dict[str, xr.DataArray], title: str) -> Data:
    hues = next(iter(errors.values()))["h"].values.astype(float)
    curves = []
    for name, error in errors.items():
        low, median, high = np.quantile(error.transpose("seed", "h").values.astype(float), [0.25, 0.5, 0.75], axis=0)
        spread = {"low": low.tolist(), "median": median.tolist(), "high": high.tolist()}
        curves.append({"name": name, "seeds": error.sizes["seed"], **spread})
    numbers = np.array([curve[key] for curve in curves for key in ("low", "median", "high")])
    positive = numbers[numbers > 0]
    wide = bool(positive.size) and bool(positive.max() > LOGARITHMIC * positive.min())
    return {
        "title": titled(title, f"Error over hue, {listing(list(errors))}"),
        "scale": "log" if wide and numbers.min() > 0 else "linear",
        "x": hues.tolist(),
        "colors": hsv_to_rgb(np.stack(np.broadcast_arrays(hues % 1, 1.0, 1.0), axis=-1)).tolist(),
        "curves": curves,
    }


def _alt(data: Data) -> str:
    peaks = []
    for curve in data["curves"]:
        place = int(np.argmax(curve["median"]))
        peaks.append(
            f"{curve['name']} ({over_seeds(curve['seeds'])}) peaks at {number(curve['median'][place])}, at "
            f"{color_words(data['colors'][place])}, lowest {number(min(curve['median']))}"
        )
    return as_fit(f"{data['title']}.", "Lines:", [*peaks, _apart(data)])


def _apart(data: Data) -> str:
    """Tell at which hues the bands of the first two conditions do not meet."""
    first, second, *_ = data["curves"]
    apart = (np.array(first["low"]) > second["high"]) | (np.array(second["low"]) > first["high"])
    names = f"the bands of {first['name']} and {second['name']}"
    if not apart.any():
        return f"{names} meet at every hue"
    where = [stretch("h", data["x"][start], data["x"][end]) for start, end in runs(apart)]
    return f"{names} do not meet {'at any hue' if apart.all() else listing(where)}"


def _drawing(figure: Figure, data: Data) -> None:
    above = head_room(data["title"], 8) + 0.1
    figure.set_size_inches(8, 4.1 + above)
    axes = figure.subplots()
    set_margins(figure, left=0.85, right=0.15, below=0.6, above=above)
    x = np.array(data["x"]) * 360
    for place, (curve, dashes) in enumerate(zip(data["curves"], DASHES, strict=False)):
        color = ink(f"C{place}")
        axes.fill_between(x, curve["low"], curve["high"], color=color, alpha=0.2, linewidth=0)
        axes.plot(x, curve["median"], color=color, linestyle=dashes, linewidth=1.8, label=curve["name"])
    edges = np.concatenate([x[:1], (x[1:] + x[:-1]) / 2, x[-1:]])
    strip = axes.inset_axes((0, -0.045, 1, 0.03), sharex=axes)
    strip.pcolormesh(edges, [0, 1], np.array(data["colors"])[None])
    strip.set_axis_off()
    axes.set_xlim(x[0], x[-1])
    axes.tick_params(axis="x", pad=13, length=0)
    axes.set_xticks([tick for tick in range(-360, 721, 60) if x[0] <= tick <= x[-1]])
    axes.set_xlabel("hue [degrees], at saturation 1 and value 1")
    if data["scale"] == "log":
        numbers = [number for curve in data["curves"] for key in ("low", "high") for number in curve[key]]
        axes.set_yscale("log")
        low, high = min(numbers) / 1.4, max(numbers) * 1.4
        axes.set_ylim(low, high)
        axes.set_yticks(*power_ticks(low, high))
        axes.set_yticks([], minor=True)
        if low < SMALL < high:
            axes.axhline(SMALL, color=ink("axes.edgecolor"), linewidth=0.8, linestyle=(0, (1, 2)), label="spared below")
    else:
        axes.set_ylim(bottom=min(0, *(least for curve in data["curves"] for least in curve["low"])))
    axes.set_ylabel(f"mean squared error of a color, {'logarithmic' if data['scale'] == 'log' else 'linear'}")
    axes.grid(axis="y")
    axes.legend(loc="upper center", handlelength=3.5)
