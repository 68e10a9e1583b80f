"""A figure of slices of a color cube: each color as a model reconstructs it, with the true color inside."""

from __future__ import annotations

from itertools import product

import numpy as np
import xarray as xr
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from excolor.colors import check_colors, over_channels
from excolor.numerics.given import shown
from excolor.plots.margins import head_room, set_margins
from excolor.plots.picture import Data, Picture, PlotError, Style, draw, titled
from excolor.plots.wording import color_words, number, over_seeds

INNER = 0.3
"""The side of the inner square, where that of a cell is 1; from the published figures."""
LEFT, RIGHT, BELOW, APART = 0.75, 0.2, 0.5, 0.6
"""Inches beside and below the panels, and from one to the next."""
AXES = {
    "h": ("hue", 360, "°"),
    "s": ("saturation", 1, ""),
    "v": ("value", 1, ""),
    "r": ("red", 1, ""),
    "g": ("green", 1, ""),
    "b": ("blue", 1, ""),
}
"""The name of each axis of a cube, the scale of its labels, and their unit."""


def color_slices(
    cube: xr.Dataset,
    reconstruction: ArrayLike | None = None,
    *,
    order: str = "shv",
    title: str = "",
    style: Style = "light",
) -> Picture:
    """Draw each color as a square of its reconstruction, with an inner square, of side 0.3, of the color itself.

    Where the two are equal only one is seen. For several seeds it shows the median of every channel, which may be a
    color that no seed answers.

    Args:
        cube: the colors, such as `coarse_cube()`.
        reconstruction: their reconstructions, from `reconstruct(ensemble, cube)`: `[S, ..., 3]` over the cube's own
            axes, or one seed's `[..., 3]`; without them the true colors are shown alone.
        order: the cube's axes: first that of the panels, then that across, then that down.
        title: the title of the figure, in place of the default one.

    Raises:
        PlotError: the reconstruction has another shape than the cube, or the order does not name its axes.
        ColorError: a color outside [0, 1], or NaN.
    """
    data = _data(cube, reconstruction, order, title)
    return draw(data, _alt(data), _drawing, style)


def _data(cube: xr.Dataset, reconstruction: ArrayLike | None, order: str, title: str) -> Data:
    color = over_channels(cube)
    axes = [str(axis) for axis in color.dims[:-1]]
    if set(axes) not in (set("hsv"), set("rgb")) or not set(axes) <= set(color.coords):
        raise PlotError(
            f"a cube over {', '.join(axes) or 'nothing'}: it must have three axes, h, s, v or r, g, b, for example "
            "coarse_cube()"
        )
    if not isinstance(order, str) or sorted(order) != sorted(axes):
        raise PlotError(f"the order {shown(order)} does not name each axis of the cube, {', '.join(axes)}, once: "
                        f"give, for example, {''.join(axes)!r}")  # fmt: skip
    answer, seeds = color.values, 0
    if reconstruction is not None:
        answer = check_colors(reconstruction)
        if answer.shape not in (color.shape, (*answer.shape[:1], *color.shape)) or answer.size == 0:
            raise PlotError(
                f"a reconstruction of shape {answer.shape} is not one of the cube's colors, of shape {color.shape}: "
                "give, for example, reconstruct(ensemble, cube)"
            )
        several = answer.ndim > color.ndim
        seeds = len(answer) if several else 1
        answer = np.median(answer, axis=0) if several else answer
    panel, across, down = tuple(order)
    both = xr.Dataset({"true": color, "shown": color.copy(data=answer)}).transpose(panel, down, across, "channel")
    default = f"Reconstructed colors around the true ones, {over_seeds(seeds)}" if seeds else "True colors"
    return {
        "title": titled(title, default),
        "seeds": seeds,
        "order": order,
        **{axis: cube[axis].values.astype(float).tolist() for axis in order},
        "panels": [
            {
                "at": float(at),
                "true": both["true"].values[place].tolist(),
                "shown": both["shown"].values[place].tolist(),
            }
            for place, at in enumerate(both[panel].values)
        ],
    }


def _alt(data: Data) -> str:
    names = [AXES[axis][0] for axis in data["order"]]
    true, shown = (np.array([panel[key] for panel in data["panels"]]) for key in ("true", "shown"))
    frame = (
        f"{data['title']}. {len(data['panels'])} panels by {names[0]}, "
        f"each with {names[1]} across and {names[2]} going down."
    )
    if not data["seeds"]:
        return f"{frame} {true[..., 0].size} colors."
    error = np.square(true - shown).mean(axis=-1)
    if not error.any():
        return f"{frame} Every square has the color of the one inside it."
    worst = np.unravel_index(int(error.argmax()), error.shape)
    return (
        f"{frame} The farthest from the truth is {color_words(true[worst])}, answered by {color_words(shown[worst])}, "
        f"a mean squared difference of {number(error[worst])}; "
        f"it is below 0.001 for {int((error < 0.001).sum())} of {error.size} colors."
    )


def _drawing(figure: Figure, data: Data) -> None:
    panel, across, down = data["order"]
    columns = int(np.ceil(np.sqrt(len(data["panels"]))))
    rows = int(np.ceil(len(data["panels"]) / columns))
    wide, high = len(data[across]), len(data[down])
    cell = min(0.32, 9 / (columns * wide))
    page = max(columns * (cell * wide + APART) - APART + LEFT + RIGHT, 5)
    above = head_room(data["title"], page) + 0.3
    figure.set_size_inches(page, rows * (cell * high + APART) - APART + above + BELOW)
    grid = figure.subplots(rows, columns, squeeze=False)
    set_margins(figure, left=LEFT, right=RIGHT, below=BELOW, above=above, across=APART, up=APART)
    for axes in grid.flat[len(data["panels"]) :]:
        axes.remove()
    for place, (axes, content) in enumerate(zip(grid.flat, data["panels"], strict=False)):
        axes.imshow(content["shown"], interpolation="nearest")
        squares = [
            Rectangle((x - INNER / 2, y - INNER / 2), INNER, INNER) for y, x in product(range(high), range(wide))
        ]
        axes.add_collection(
            PatchCollection(squares, facecolors=np.reshape(content["true"], (-1, 3)), edgecolors="none")
        )
        axes.spines[:].set(visible=True, linewidth=0.8)  # else white vanishes into a white page
        axes.tick_params(length=0)
        axes.set_title(f"{AXES[panel][0]} {_value(panel, content['at'])}")
        axes.set_xticks(*_ticks(across, data[across], most=6))
        axes.set_yticks(*_ticks(down, data[down], most=5))
        if place + columns >= len(data["panels"]):
            axes.set_xlabel(AXES[across][0])
        if place % columns == 0:
            axes.set_ylabel(AXES[down][0])


def _ticks(axis: str, values: list[float], most: int) -> tuple[list[int], list[str]]:
    places = list(range(0, len(values), -(-len(values) // most)))
    return places, [_value(axis, values[place]) for place in places]


def _value(axis: str, value: float) -> str:
    _, scale, unit = AXES[axis]
    return f"{round(value * scale, 2):g}{unit}"
