"""A figure of the error along hue, saturation and value, drawn in the colors that have the error."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from excolor.colors import hsv_cube, hsv_to_rgb, hue_distance
from excolor.numerics.given import is_number, is_numeric, shown
from excolor.plots.margins import head_room, set_margins
from excolor.plots.picture import Data, Picture, PlotError, Style, draw, ink, titled
from excolor.plots.wording import as_fit, color_words, degrees, hue_name, listing, number, over_seeds, runs

SMALL = 0.001
"""The error below which the alt text calls a color spared."""
MARKERS = "os^DvPX<>*"
NAMES = {"h": "hue", "s": "saturation", "v": "value"}
VALUES = (0.2, 0.4, 0.6, 0.8, 1.0)
PAGE, TALL = 12.0, 2.9
"""Inches across the figure, and up a panel."""
COLUMNS = 3
"""Of a legend."""
LEGEND_LINE = 0.18
"""Inches from a line of it to the next."""
SIXTHS = tuple(k / 6 for k in range(6))


def curve_cube() -> xr.Dataset:
    """Colors to draw curves over: a hue every 3 degrees, from 30 below red around to 30 above it, by 21 s and 21 v.

    The published cube, 150 hues over the same range and 24 values, misses most of the named hues.
    """
    return hsv_cube(np.linspace(-1 / 12, 13 / 12, 141), np.linspace(0, 1, 21), np.linspace(0, 1, 21))


def error_curves(
    error: xr.DataArray,
    *,
    values: Sequence[float] = VALUES,
    hues: Sequence[float] = SIXTHS,
    title: str = "",
    style: Style = "light",
) -> Picture:
    """Draw the error over hue at s = 1 for some values, and over saturation at v = 1 and value at s = 1 for some hues.

    Each segment of a line has the true color whose error it shows. For several seeds the line is the median, and the
    shade around it reaches from the lower to the upper quartile.

    Args:
        error: over `h`, `s` and `v`, and over `seed` if there are several, such as
            `reconstruction_error(ensemble, curve_cube())`; `s` and `v` must reach 1, and where neither is
            1 it may be NaN, which is not drawn.
        values: the values of the lines in the first panel, each replaced by the nearest one of the cube.
        hues: the hues, in turns, of the lines in the other panels, likewise.
        title: the title of the figure, in place of the default one.

    Raises:
        PlotError: other dimensions, no s or v of 1, fewer than two points along an axis, an error that is not finite,
            or more than 10 lines.
    """
    data = _data(check_error(error), values, hues, title)
    return draw(data, _alt(data), _drawing, style)


def check_error(error: xr.DataArray) -> xr.DataArray:
    """The error, over `seed` as well, or a `PlotError` where no curve can be drawn of it."""
    if not is_numeric(error):
        raise PlotError(
            f"an error that is {shown(error)}: it must be a DataArray of numbers, for example "
            "reconstruction_error(ensemble, curve_cube())"
        )
    dims = [str(dim) for dim in error.dims]
    if sorted(set(dims) - {"seed"}) != ["h", "s", "v"]:
        raise PlotError(
            f"an error over {', '.join(dims) or 'nothing'}: it must be over h, s, v and may be over seed, "
            "for example reconstruction_error(ensemble, curve_cube())"
        )
    for axis in "hsv":
        if axis not in error.coords or error.sizes[axis] < 2:
            raise PlotError(
                f"the axis {axis} has {error.sizes[axis]} of the two points or more that a line needs, or no "
                "coordinate: take, for example, curve_cube()"
            )
        if axis != "h" and float(error[axis].max()) != 1:
            raise PlotError(
                f"the axis {axis} reaches to {float(error[axis].max()):g}: the curves are drawn at 1, which it must "
                "hold, for example curve_cube()"
            )
    if not all(np.isfinite(error.sel({axis: 1}).values).all() for axis in "sv"):
        raise PlotError("an error is not finite: a curve needs every one, for example 0.25 for half of full scale")
    return error if "seed" in dims else error.expand_dims("seed")


def _data(error: xr.DataArray, values: Sequence[float], hues: Sequence[float], title: str) -> Data:
    for name, given in {"values": values, "hues": hues}.items():
        if not isinstance(given, Sequence) or not all(map(is_number, given[: len(MARKERS) + 1])):
            raise PlotError(f"the {name} {shown(given)}: they must be a list of numbers, for example [0.5, 1]")
    at_values = sorted({int(np.abs(error["v"].values - value).argmin()) for value in values})
    at_hues = list(dict.fromkeys(int(hue_distance(error["h"].values, hue).argmin()) for hue in hues))
    for chosen, name in ((at_values, "values"), (at_hues, "hues")):
        if not 1 <= len(chosen) <= len(MARKERS):
            raise PlotError(
                f"{len(chosen)} {name} to draw: the lines of a panel can be told apart up to {len(MARKERS)}, "
                "and there must be one, for example 6"
            )
    full = {"s": error.sel(s=1), "v": error.sel(v=1)}
    return {
        "title": titled(title, f"Error along hue, saturation and value, {over_seeds(error.sizes['seed'])}"),
        "seeds": error.sizes["seed"],
        "panels": [
            _panel("h", {"s": 1}, [full["s"].isel(v=place) for place in at_values], "v"),
            _panel("s", {"v": 1}, [full["v"].isel(h=place) for place in at_hues], "h"),
            _panel("v", {"s": 1}, [full["s"].isel(h=place) for place in at_hues], "h"),
        ],
    }


def _panel(along: str, fixed: dict[str, float], lines: list[xr.DataArray], by: str) -> Data:
    curves = []
    for line in lines:
        x = line[along].values.astype(float)
        low, median, high = np.quantile(line.transpose("seed", along).values.astype(float), [0.25, 0.5, 0.75], axis=0)
        middle = {along: (x[1:] + x[:-1]) / 2, by: float(line[by]), **fixed}
        hsv = np.stack(np.broadcast_arrays(*(middle[axis] for axis in "hsv")), axis=-1)
        curves.append(
            {
                "at": float(line[by]),
                "x": x.tolist(),
                "low": low.tolist(),
                "median": median.tolist(),
                "high": high.tolist(),
                "colors": hsv_to_rgb(hsv).tolist(),
            }
        )
    return {"along": along, "by": by, "fixed": fixed, "curves": curves}


def _alt(data: Data) -> str:
    peak = max(max(curve["median"]) for panel in data["panels"] for curve in panel["curves"])
    if peak == 0:
        return f"{data['title']}: three panels. The error is 0 everywhere."
    if peak < SMALL:
        return f"{data['title']}: three panels. Every line is below {SMALL:g} everywhere, at most {number(peak)}."
    return as_fit(f"{data['title']}: three panels.", "The error:", [_panel_words(panel) for panel in data["panels"]])


def _panel_words(panel: Data) -> str:
    along = panel["along"]
    highest = max(panel["curves"], key=lambda curve: max(curve["median"]))
    place = int(np.argmax(highest["median"]))
    at = {**panel["fixed"], along: highest["x"][place], panel["by"]: highest["at"]}
    color = hsv_to_rgb([at["h"] % 1, at["s"], at["v"]])
    x = np.array(panel["curves"][0]["x"])
    whole_turn = along == "h" and np.ptp(x) + np.diff(x).max() >= 1 - 1e-9
    inside = (x >= -1e-9) & (x < 1 - 1e-9) if whole_turn else np.ones(len(x), bool)
    small = np.max([curve["median"] for curve in panel["curves"]], axis=0)[inside] < SMALL
    stretches = [
        stretch(along, float(x[inside][first]), float(x[inside][last]))
        for first, last in runs(small, cyclic=whole_turn)
    ]
    below = "everywhere" if small.all() else listing(stretches)
    spared = f"all lines are below {SMALL:g} {below}" if below else f"at least one line is above {SMALL:g} everywhere"
    return f"over {NAMES[along]}, it peaks at {number(max(highest['median']))}, at {color_words(color)}; {spared}"


def stretch(axis: str, first: float, last: float) -> str:
    """Write a part of an axis, such as `from 0.2 to 1`, or `at 0` where it is one point."""
    start, end = _position(axis, first), _position(axis, last)
    return f"at {start}" if start == end else f"from {start} to {end}"


def _position(axis: str, x: float) -> str:
    return f"{degrees(x):g}° ({hue_name(x)})" if axis == "h" else f"{x:.2g}"


def _label(by: str, at: float) -> str:
    if by == "v":
        return f"value {at:.2g}"
    name = hue_name(at)
    return name if float(hue_distance(at, round(at * 12) / 12)) < 1e-6 else f"hue {degrees(at):g}°"


def _drawing(figure: Figure, data: Data) -> None:
    above = head_room(data["title"], PAGE) + 0.1
    entries = max(len(panel["curves"]) for panel in data["panels"])
    below = 0.5 + LEGEND_LINE * -(-entries // COLUMNS)
    figure.set_size_inches(PAGE, above + TALL + below)
    row = figure.subplots(1, 3, sharey=True)
    set_margins(figure, left=0.75, right=0.2, below=below, above=above, across=0.35)
    for axes, panel in zip(row, data["panels"], strict=True):
        scale = 360 if panel["along"] == "h" else 1
        for marker, curve in zip(MARKERS, panel["curves"], strict=False):
            _draw_curve(axes, curve, marker, scale, data["seeds"] > 1)
        x = np.array(panel["curves"][0]["x"]) * scale
        axes.set_xlim(x[0], x[-1])
        axes.grid(axis="y")
        ((held, at),) = panel["fixed"].items()
        axes.set_xlabel(f"{NAMES[panel['along']]}{' [degrees]' * (scale > 1)}, at {NAMES[held]} {at:g}")
        if scale > 1:
            axes.set_xticks([tick for tick in range(-360, 721, 60) if x[0] <= tick <= x[-1]])
        handles = [_handle(panel, curve, marker) for marker, curve in zip(MARKERS, panel["curves"], strict=False)]
        axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.42 / TALL), ncols=COLUMNS, borderpad=0)
    top = max(max(curve["high"]) for panel in data["panels"] for curve in panel["curves"])
    row[0].set_ylim(0, 1.05 * top or 1)
    row[0].set_ylabel("mean squared error of a color")


def _draw_curve(axes: Axes, curve: Data, marker: str, scale: int, banded: bool) -> None:
    x, low, median, high = (np.array(curve[key]) for key in ("x", "low", "median", "high"))
    x = x * scale
    points = np.column_stack([x, median])
    if banded:
        below, above = np.column_stack([x, low]), np.column_stack([x, high])
        corners = np.stack([below[:-1], above[:-1], above[1:], below[1:]], axis=1)
        axes.add_collection(PolyCollection(list(corners), facecolors=curve["colors"], edgecolors="none", alpha=0.22))
    # A wider line below, in the color of the axes, so that white on white and black on black are seen.
    axes.plot(x, median, color=ink("axes.edgecolor"), linewidth=3.2, solid_capstyle="butt")
    axes.add_collection(
        LineCollection(list(np.stack([points[:-1], points[1:]], axis=1)), colors=curve["colors"], linewidths=2)
    )
    every = max(len(x) // 8, 1)
    marked = np.arange(MARKERS.index(marker) * every // len(MARKERS), len(x) - 1, every)
    axes.scatter(
        x[marked], median[marked], s=26, marker=marker, c=np.array(curve["colors"])[marked],
        edgecolors=ink("text.color"), linewidths=0.8, zorder=3, clip_on=False,
    )  # fmt: skip


def _handle(panel: Data, curve: Data, marker: str) -> Line2D:
    hsv = (curve["at"], 1, 1) if panel["by"] == "h" else (0, 0, curve["at"])
    face = to_hex(tuple(hsv_to_rgb(hsv).tolist()))
    return Line2D(
        [], [], linestyle="", marker=marker, markersize=5.5, markerfacecolor=face,
        markeredgecolor=ink("text.color"), label=_label(panel["by"], curve["at"]),
    )  # fmt: skip
