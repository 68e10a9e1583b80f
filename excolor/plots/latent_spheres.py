"""A figure of latents, on the unit sphere or off it, as discs seen along one dimension after another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from excolor.colors import check_colors
from excolor.numerics.given import is_number, is_whole, real_numbers, shown
from excolor.plots.margins import head_room, set_margins
from excolor.plots.picture import Data, Picture, PlotError, Style, draw, ink, titled
from excolor.plots.wording import as_fit, color_words, count, number

Floats = NDArray[np.float64]
View = tuple[int, ...]
"""A view (i, j, k): dimension i to the right, j upward, seen along k, whose larger values are nearer; or (i, j)."""

VIEWS: dict[int, tuple[View, ...]] = {
    2: ((1, 0),),
    3: ((1, 0, 2), (2, 0, 1), (1, 2, 0)),
    4: ((1, 0, 2), (1, 2, 0), (1, 3, 0)),
    5: ((1, 0, 2), (2, 0, 1), (3, 0, 1), (4, 1, 2), (3, 2, 4), (4, 3, 0)),
}
"""The default views for each latent width; those of four and five dimensions are the published ones."""

SIDE, APART = 2.6, 0.7
"""Inches of a view, and from one to the next."""
UNIT = 1.001
"""The longest that a latent of unit length can be: single precision keeps it to 1e-6."""


class Zone(NamedTuple):
    """The zone of the sphere within an angle of a direction, in which an intervention has an effect."""

    direction: Sequence[float]
    """One number for each latent dimension; of any length but 0."""
    degrees: float
    """The half-angle of the cone, from 0 to 90."""


def latent_spheres(
    latents: ArrayLike,
    colors: ArrayLike,
    reconstruction: ArrayLike,
    *,
    views: Sequence[View] | None = None,
    zone: Zone | tuple[Sequence[float], float] | None = None,
    title: str = "",
    style: Style = "light",
) -> Picture:
    """Draw each color as a disc where its latent is: the face in the true color, the rim in its reconstruction.

    The latents are those of one seed, since each seed has axes of its own. The circle is that of length 1: latents that
    are not normalized lie within it or outside. The zone is outlined as its shadow on each
    view: a disc outside of the outline is outside of the zone; one inside is in it, or in front of or behind it.

    Args:
        latents: `[..., K]`, such as `latents(ensemble, rgb)[0]`; of unit length at most where there is a zone.
        colors: `[..., 3]`, the encoded colors.
        reconstruction: `[..., 3]`, the answers to them, such as `reconstruct(ensemble, rgb)[0]`.
        views: triples of dimensions (i, j, k): i to the right, j upward, seen along k; or pairs, planes. By default
            those of `VIEWS`.
        zone: a direction and an angle in degrees from it.
        title: the title of the figure, in place of the default one.

    Raises:
        PlotError: shapes that do not match, NaN, a view or a zone that does not fit K, or a zone and lengths above 1.
        ColorError: a color outside [0, 1], or NaN.
    """
    data = spheres_data(latents, colors, reconstruction, views, zone, title)
    return draw(data, _alt(data), draw_spheres, style)


def shadow(direction: ArrayLike, degrees: float, across: int, up: int) -> Floats:
    """The outline `[N, 2]` of a zone of the unit sphere, projected on the plane of two dimensions.

    With p the projection of the unit direction d, and c the cosine of the angle, these are the points y with

        y . p + sqrt(1 - |y|^2) sqrt(1 - |p|^2) >= c,

    the greatest product with d that a unit vector above y can have. That is the shadow of a cap of the common sphere
    around (|p|, 0, sqrt(1 - |p|^2)): an ellipse of half-axes sin(angle) and sqrt(1 - |p|^2) sin(angle) around c p, and
    where the cap reaches over the edge, the edge.
    """
    d = np.asarray(direction, np.float64)
    d = d / np.linalg.norm(d)
    p, angle = d[[across, up]], math.radians(degrees)
    along = min(float(np.linalg.norm(p)), 1.0)
    toward = math.sqrt(1 - along * along)
    over_the_edge = along > math.cos(angle)
    reach = math.pi
    if over_the_edge:
        reach = math.acos(min(max(-toward * math.cos(angle) / (along * math.sin(angle)), -1), 1))
    turn = np.linspace(-reach, reach, 121)
    outline = np.column_stack(
        [math.cos(angle) * along - math.sin(angle) * toward * np.cos(turn), math.sin(angle) * np.sin(turn)]
    )
    if over_the_edge:
        rim = math.acos(min(math.cos(angle) / along, 1))
        edge = np.linspace(rim, -rim, 61)
        outline = np.concatenate([outline, np.column_stack([np.cos(edge), np.sin(edge)])])
    right = p / along if along > 0 else np.array([1.0, 0.0])
    return np.asarray(outline @ np.array([right, [-right[1], right[0]]]))


def spheres_data(
    latents: ArrayLike,
    colors: ArrayLike,
    reconstruction: ArrayLike,
    views: Sequence[View] | None,
    zone: Zone | tuple[Sequence[float], float] | None,
    title: str,
) -> Data:
    """Check what `latent_spheres` is given, and list what it draws."""
    numbers, true, shown = real_numbers(latents), check_colors(colors), check_colors(reconstruction)
    z = np.empty(0) if numbers is None else numbers
    if z.ndim < 2 or z.shape[:-1] != true.shape[:-1] or true.shape != shown.shape:
        raise PlotError(
            f"latents, colors and reconstruction of shapes {z.shape}, {true.shape} and {shown.shape}: they must be "
            "[..., K], [..., 3] and [..., 3] of one seed, for example latents(ensemble, rgb)[0], rgb, "
            "reconstruct(ensemble, rgb)[0]"
        )
    z, true, shown = (array.reshape(-1, array.shape[-1]) for array in (z, true, shown))
    if not np.isfinite(z).all():
        raise PlotError("a latent is not finite: every color needs a place, for example (0.6, 0.8)")
    longest = float(np.linalg.norm(z, axis=1).max(initial=0))
    if zone is not None and longest > UNIT:
        raise PlotError(
            f"a zone and a latent of length {longest:.3g}: a zone is that of the unit sphere, which holds latents of "
            "length 1 at most, for example (0.6, 0.8)"
        )
    chosen = _checked_views(views, z.shape[1])
    cone = None if zone is None else _checked_zone(zone, z.shape[1])
    return {
        "title": titled(title, f"Latents of {count(len(z), 'color')}: face the true color, rim the reconstruction"),
        "true": true.tolist(),
        "shown": shown.tolist(),
        "latents": z.tolist(),
        "reach": max(1.0, float(np.abs(z).max(initial=0))),
        "zone": None if cone is None else _zone_data(cone, z),
        "views": [
            {
                "dims": [i, j, *k],
                "drawn": (np.argsort(z[:, k[0]], kind="stable") if k else np.arange(len(z))).tolist(),  # nearest last
                "outline": None if cone is None else shadow(cone.direction, cone.degrees, i, j).tolist(),
            }
            for i, j, *k in chosen
        ],
    }


def _zone_data(zone: Zone, z: Floats) -> Data:
    d = np.asarray(zone.direction, np.float64)
    d = d / np.linalg.norm(d)
    cosine = z @ d / np.linalg.norm(z, axis=1)
    inside = np.degrees(np.arccos(np.clip(cosine, -1, 1))) <= zone.degrees
    return {"direction": d.tolist(), "degrees": float(zone.degrees), "inside": int(inside.sum())}


def _checked_views(views: Sequence[View] | None, width: int) -> Sequence[View]:
    chosen = VIEWS.get(width, ()) if views is None else views
    if not isinstance(chosen, Sequence):
        raise PlotError(f"the views {shown(views)}: give a list of them, for example [(1, 0, 2)]")
    if not chosen:
        raise PlotError(
            f"no views of latents of {count(width, 'dimension')}: give some, for example views=[(1, 0, 2)], "
            "which needs three, or [(0, 1)], a plane"
        )
    for view in chosen:
        if not isinstance(view, tuple) or not all(map(is_whole, view)):
            raise PlotError(f"the view {shown(view)}: it must be a tuple of dimensions, for example (1, 0, 2)")
        if len(set(view)) != len(view) or len(view) not in (2, 3) or not all(0 <= dim < width for dim in view):
            raise PlotError(
                f"the view {view} is not two or three different dimensions from 0 to {width - 1}: give, for example, "
                "(1, 0, 2)"
            )
    return chosen


def _checked_zone(given: Zone | tuple[Sequence[float], float], width: int) -> Zone:
    if not isinstance(given, tuple) or len(given) != 2:
        raise PlotError(f"the zone {shown(given)}: give a direction and an angle, for example ((1, 0, 0), 30)")
    zone = Zone(*given)
    direction = real_numbers(zone.direction)
    if direction is None or direction.shape != (width,) or not np.isfinite(direction).all() or not direction.any():
        raise PlotError(
            f"the zone's direction {zone.direction} is none in {count(width, 'dimension')}: give, for example, "
            f"{(1, *[0] * (width - 1))}"
        )
    if not is_number(zone.degrees) or not 0 < zone.degrees <= 90:
        raise PlotError(f"a zone of {zone.degrees} degrees: its half-angle is above 0 and at most 90, for example 30")
    return zone


def _alt(data: Data) -> str:
    z, true, shown = (np.array(data[key]) for key in ("latents", "true", "shown"))
    extremes = [
        f"dimension {dim} is {number(z[low, dim])} throughout"
        if number(z[low, dim]) == number(z[high, dim])
        else f"dimension {dim} goes from {number(z[low, dim])} at {color_words(true[low])} "
        f"to {number(z[high, dim])} at {color_words(true[high])}"
        for dim, (low, high) in enumerate(zip(z.argmin(axis=0), z.argmax(axis=0), strict=True))
    ]
    lengths = np.linalg.norm(z, axis=1)
    off = "" if np.ptp(lengths) < 2e-3 else f" Lengths go from {number(lengths.min())} to {number(lengths.max())}."
    error = np.square(true - shown).mean(axis=1)
    worst = int(error.argmax())
    rims = (
        f"The rim is farthest from the face at {color_words(true[worst])}, a mean squared difference of "
        f"{number(error[worst])}."
        if error.any()
        else "Every rim has the color of its face."
    )
    zone = data["zone"]
    marked = (
        f" The zone within {zone['degrees']:g}° of ({', '.join(number(part) for part in zone['direction'])}) "
        f"is outlined; {zone['inside']} of {count(len(z), 'color')} lie in it."
        if zone
        else ""
    )
    return as_fit(f"{data['title']}, in {count(len(data['views']), 'view')}. {rims}{off}{marked}", "Reach:", extremes)


def draw_spheres(figure: Figure, data: Data, below_title: int = 0) -> None:
    """Draw the views of latents on an empty figure, with room for its title and some lines below that."""
    columns = min(len(data["views"]), 3)
    rows = -(-len(data["views"]) // columns)
    wide = max(3.3 * columns, 6)
    above = head_room(data["title"], wide, below_title) + 0.3
    figure.set_size_inches(wide, above + SIDE * rows + APART * (rows - 1) + 0.5)
    grid = figure.subplots(rows, columns, squeeze=False)
    edge = (wide - SIDE * columns - APART * (columns - 1)) / 2
    set_margins(figure, left=edge + 0.2, right=edge - 0.2, below=0.5, above=above, across=APART, up=APART)
    for axes in grid.flat[len(data["views"]) :]:
        axes.remove()
    z, true, shown = (np.array(data[key]) for key in ("latents", "true", "shown"))
    diameter = min(
        max(160 / math.sqrt(len(z)), 3.2), 9
    )  # in points: a few stay apart, and many still have a rim to be seen
    reach = data["reach"]
    for axes, view in zip(grid.flat, data["views"], strict=False):
        (i, j, *k), order = view["dims"], view["drawn"]
        axes.add_patch(Circle((0, 0), 1, fill=False, edgecolor=ink("axes.edgecolor"), linewidth=0.8))
        # A disc below, in the color of the axes, so that white on white and black on black are seen.
        axes.scatter(
            z[order, i], z[order, j], s=(1.2 * diameter + 1.6) ** 2, color=ink("axes.edgecolor"), linewidths=0,
            clip_on=False, zorder=1.9,
        )  # fmt: skip
        axes.scatter(
            z[order, i], z[order, j], s=diameter**2, c=true[order], edgecolors=shown[order],
            linewidths=diameter / 5, clip_on=False, zorder=2,
        )  # fmt: skip
        if view["outline"]:
            for color, width, dashes in ((ink("figure.facecolor"), 2.6, "-"), (ink("text.color"), 1.4, (0, (4, 2)))):
                axes.add_patch(
                    Polygon(view["outline"], fill=False, edgecolor=color, linewidth=width, linestyle=dashes, zorder=3)
                )
        axes.set(xlim=(-1.08 * reach, 1.08 * reach), ylim=(-1.08 * reach, 1.08 * reach), aspect="equal")
        ticks = [tick for tick in MaxNLocator(4).tick_values(-reach, reach) if abs(tick) <= 1.08 * reach]
        ticks = [-1, 0, 1] if reach < UNIT else ticks
        axes.set(xticks=ticks, yticks=ticks, xlabel=f"dimension {i}", ylabel=f"dimension {j}")
        axes.set_title(f"seen along dimension {k[0]}" if k else f"the plane of dimensions {i} and {j}")


def place_discs(figure: Figure, data: Data) -> None:
    """Move the discs of a figure that `draw_spheres` has drawn to where they are in other data of the same colors."""
    z, true, shown = (np.array(data[key]) for key in ("latents", "true", "shown"))
    for axes, view in zip(figure.axes, data["views"], strict=True):
        (i, j, *_), order = view["dims"], view["drawn"]
        below, discs = axes.collections[:2]
        for each in (below, discs):
            each.set_offsets(z[order][:, [i, j]])
        discs.set(facecolors=true[order], edgecolors=shown[order])
