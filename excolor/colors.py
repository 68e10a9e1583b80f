"""Colors: cubes of them, their names, their redness and vibrancy, and the similarity of two.

A color is an RGB triple in [0, 1] on the last axis of a float64 array. A cube is an `xarray.Dataset` whose
first three dimensions are the axes that generated it. Hues are fractions of the circle: red 0, green 1/3.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from types import MappingProxyType

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from excolor.numerics.functions import cos_of_turns
from excolor.numerics.given import as_array, did_you_mean, is_number, is_whole, shown

Floats = NDArray[np.float64]
Colors = ArrayLike | xr.DataArray | xr.Dataset
"""Colors as RGB: an array `[..., 3]`, a DataArray over (..., channel), or a cube with such a `color`."""

CHANNELS = ("r", "g", "b")

HUES: Mapping[str, float] = MappingProxyType(
    {
        "red": 0 / 12,
        "orange": 1 / 12,
        "yellow": 2 / 12,
        "lime": 3 / 12,
        "green": 4 / 12,
        "teal": 5 / 12,
        "cyan": 6 / 12,
        "azure": 7 / 12,
        "blue": 8 / 12,
        "purple": 9 / 12,
        "magenta": 10 / 12,
        "pink": 11 / 12,
    }
)
"""The twelve named hues, as fractions of the circle."""

GRAYS: Mapping[str, float] = MappingProxyType(
    {"black": 0.0, "dark gray": 0.25, "gray": 0.5, "light gray": 0.75, "white": 1.0}
)
"""The five named grays, by value (lightness)."""

SHADES: Mapping[str, float] = MappingProxyType({"dim": 0.5, "dark": 0.25})
"""The value (lightness) of a shade: "dim green" and "dark green" are hues at full saturation."""

NAMES = (*HUES, *GRAYS, *(f"{shade} {hue}" for shade in SHADES for hue in HUES))
"""The names of all named colors."""

NEIGHBORS_OF_RED = ("orange", "yellow", "magenta", "pink")
"""The named hues less than a right angle from red, whose similarity to red is above 0."""
FAR_FROM_RED = ("lime", "green", "teal", "cyan", "azure", "blue", "purple")
"""The named hues a right angle or more from red, whose similarity to red, `hsv_similarity`, is 0."""
HALFWAY = 3 / 2
"""Half of the way along the cube's edges from a corner to the opposite one."""
DARK_SHADES = ("dim green", "dim cyan", "dim blue", "dark green", "dark cyan", "dark blue")
"""Shades of the three hues whose dark versions experiment 2.10 found disturbed."""

MOST_COLORS = 10_000_000
"""The most colors of a cube, or hues of a circle: twenty times the fine cube's, and no more than memory holds."""

HUE_TOLERANCE = 1e-9
"""A hue this near to the end of a band counts as on it: far above rounding, far below any step between hues."""

MOST_TURNS = 1e6
"""The most turns of a hue: with more the rounding of its fraction would not be below `HUE_TOLERANCE`."""

PURE_RED = (0.0, 1.0, 1.0)
"""Red, the color that the published experiments anchor, as (h, s, v)."""


class ColorError(ValueError):
    """A color, or an axis of a cube, that lies outside the space it is meant for."""


def check_colors(rgb: ArrayLike) -> Floats:
    """Check that an array holds colors, and return it as float64 `[..., 3]`.

    Raises:
        ColorError: the last axis is not of length 3, or a number is outside [0, 1]; it names the first one.
    """
    if isinstance(rgb, xr.DataArray):
        rgb = _by_channel(rgb).values
    return _check_triples(rgb, CHANNELS, cyclic=False, example="(1.0, 0.5, 0.0), orange")


def one_color(rgb: ArrayLike) -> Floats:
    """Check that it is a single color, and return it as float64 `[3]`."""
    color = check_colors(rgb)
    if color.shape != (3,):
        raise ColorError(f"colors of shape {color.shape}: give one color, for example (1.0, 0.5, 0.0), orange")
    return color


def over_channels(colors: Colors) -> xr.DataArray:
    """Arrange colors over their own axes and then `channel`, with their coordinates, as float64.

    Args:
        colors: a cube or another Dataset with a `color` over (..., channel), a DataArray over (..., channel), or an
            array `[..., 3]`. The leading axis of an array is called `color`; of several, `color_0`, `color_1`, ...

    Raises:
        ColorError: there is no `color` or no `channel`, or a number is outside [0, 1].

    Channels that have a coordinate are found by it, whatever their order: "b", "g", "r" are read as what they are.
    """
    if isinstance(colors, xr.Dataset):
        if "color" not in colors:
            raise ColorError(f"a Dataset of {list(colors)}: its colors must be called 'color', as in rgb_cube")
        colors = colors["color"]
    if isinstance(colors, xr.DataArray):
        named = _by_channel(colors)
        return named.copy(data=check_colors(named.values))
    rgb = check_colors(colors)
    leading = rgb.ndim - 1
    names = ["color"] if leading == 1 else [f"color_{i}" for i in range(leading)]
    return xr.DataArray(rgb, dims=[*names, "channel"])


def aligned(cube: object) -> xr.Dataset:
    """The cube with `color` over its own axes and then `channel`, r, g, b, and `bias` over the same axes; by name.

    The axes of an HSV or an RGB cube come in that order. So a cube is the same however it was transposed, and whoever
    reads its values by position reads it through this.

    Raises:
        ColorError: it is no Dataset, has no `color` or no `bias`, or these are not what `hsv_cube` makes: over the same
            axes, no place on one of them twice, colors of floating point from 0 to 1.
    """
    if not isinstance(cube, xr.Dataset):
        raise ColorError(f"a {type(cube).__name__} is no cube: give a Dataset, for example {_CUBE_EXAMPLE}")
    for name, what in {"color": "colors", "bias": "weights"}.items():
        if name not in cube:
            raise ColorError(
                f"a cube of {', '.join(map(str, cube.data_vars)) or 'nothing'}: its {what} must be called {name!r}, "
                f"as in, for example, {_CUBE_EXAMPLE}"
            )
    color, bias = in_order(cube), cube["bias"]
    own = [axis for axis in color.dims if axis != "channel"]
    if set(bias.dims) != set(own):
        raise ColorError(
            f"a cube whose color is over {color.dims} and its bias over {bias.dims}: the bias must be over the axes "
            f"{tuple(own)}, one number for each color, as in, for example, {_CUBE_EXAMPLE}"
        )
    if color.size == 0:
        raise ColorError(f"a cube of {dict(color.sizes)}: it holds no color; give, for example, {_CUBE_EXAMPLE}")
    if bias.dtype.kind not in "fiu":
        raise ColorError(
            f"a cube whose bias is of {bias.dtype}: it must hold numbers, as in, for example, {_CUBE_EXAMPLE}"
        )
    weights = bias.values
    if not (np.isfinite(weights) & (weights >= 0)).all() or not weights.any():
        raise ColorError(
            f"a cube whose bias is from {weights.min():g} to {weights.max():g}: its weights must be finite, 0 or "
            f"above, and not all 0, as in, for example, {_CUBE_EXAMPLE}"
        )
    for axis in own:
        _check_once(color, axis)
    if "channel" in cube.indexes:  # or else what is assigned would be put back into the cube's own order
        cube = cube.sel(channel=list(CHANNELS))
    return cube.assign(color=color, bias=bias.transpose(*own))


def in_order(colors: Colors) -> xr.DataArray:
    """Arrange colors `over_channels`, an HSV cube's over h, s, v, an RGB cube's over r, g, b; others as they are."""
    color = over_channels(colors)
    own = [axis for axis in color.dims if axis != "channel"]
    order = next((list(known) for known in ("hsv", "rgb") if set(known) == set(own)), own)
    return color.transpose(*order, "channel")


def hsv_to_rgb(hsv: ArrayLike) -> Floats:
    """RGB `[..., 3]` of hue, saturation, value `[..., 3]` by the hexcone model; hue is cyclic."""
    from matplotlib.colors import hsv_to_rgb as convert

    hsv = _check_hsv(hsv)
    return np.asarray(convert(np.concatenate([hsv[..., :1] % 1, hsv[..., 1:]], axis=-1)), np.float64)


def rgb_to_hsv(rgb: ArrayLike) -> Floats:
    """Hue, saturation, value `[..., 3]` of RGB `[..., 3]` by the hexcone model.

    Where these are undefined they are 0: the hue of a gray, the saturation of black.
    """
    from matplotlib.colors import rgb_to_hsv as convert

    colors = check_colors(rgb)
    # Matplotlib takes the least of all numbers, of which there must be one.
    hsv = np.asarray(convert(colors), np.float64) if colors.size else colors.copy()
    hsv[..., 0] %= 1  # a hue just below a whole turn may be rounded to it
    return hsv


def hues(count: int) -> Floats:
    """The hues k/count for k = 0 .. count-1: the whole circle, and no hue twice."""
    if not is_whole(count, 1) or count > MOST_COLORS:
        raise ColorError(
            f"{shown(count)} hues do not go around the circle: ask for a whole number from 1 to {MOST_COLORS}, for "
            "example hues(12)"
        )
    return np.arange(count) / count


def hues_outside(h: ArrayLike, lower: float, upper: float) -> Floats:
    """The hues of h, in their order, without the closed band that goes up the circle from `lower` to `upper`.

    The band may go through red: pink, red and orange lie between 11/12 and 1/12, and so between -1/12 and 1/12. Of
    several bands, leave out one after the other. Source: experiments 1.1 and 1.2; the latter's hues are
    `hues_outside(hues(360), 150 / 360, 240 / 360)`.

    Args:
        h: hues in turns, cyclic.
        lower, upper: the ends of the band in turns, cyclic, less than one turn apart; they belong to it.

    Raises:
        ColorError: h is empty, not 1-D or not finite, or the ends are not less than one turn apart.
    """
    h = _check_axis("h", h, cyclic=True)
    if not (is_number(lower) and is_number(upper) and abs(float(upper) - float(lower)) < 1 - 2 * HUE_TOLERANCE):
        raise ColorError(
            f"the band of hues from {shown(lower)} to {shown(upper)}: its ends must be numbers less than one turn "
            "apart, for example from 11/12 to 1/12, or from -1/12 to 1/12"
        )
    lower, upper = float(lower), float(upper)  # small whole numbers of numpy would overflow
    width = (upper - lower + 2 * HUE_TOLERANCE) % 1
    return h[(h - lower + HUE_TOLERANCE) % 1 > width]


def hsv_cube(h: ArrayLike, s: ArrayLike, v: ArrayLike) -> xr.Dataset:
    """The colors at every hue, saturation and value, weighted by the volume each fills in the HSV cone:

        bias(s, v) = (1 - v) / (n_s n_h) + v (1 - s) / n_h + v s

    A column of black, or a ring of one gray, then weighs as much as one vibrant color: the weight of one color is
    divided among its duplicates, which the cube has and the cone does not.

    Args:
        h: hues in turns, cyclic: the coordinate keeps the value given, the color is that of h modulo 1.
        s: saturations in [0, 1].
        v: values (lightness) in [0, 1].

    Returns:
        `color` over (h, s, v, channel) and `bias` over (h, s, v), both float64.

    Raises:
        ColorError: an axis is empty, not 1-D, not finite, or (s, v) leaves [0, 1].
    """
    axes = {"h": _check_axis("h", h, cyclic=True), "s": _check_axis("s", s), "v": _check_axis("v", v)}
    _check_count(axes)
    n_h, n_s = len(axes["h"]), len(axes["s"])
    hue, saturation, value = np.meshgrid(*axes.values(), indexing="ij")
    bias = (1 - value) / (n_s * n_h) + value * (1 - saturation) / n_h + value * saturation
    return _cube(axes, hsv_to_rgb(np.stack([hue, saturation, value], axis=-1)), bias)


def rgb_cube(r: ArrayLike, g: ArrayLike, b: ArrayLike) -> xr.Dataset:
    """The colors at every red, green and blue; each stands for an equal volume, so `bias` is 1.

    Args:
        r, g, b: channel values in [0, 1].

    Returns:
        `color` over (r, g, b, channel) and `bias` over (r, g, b), both float64.

    Raises:
        ColorError: an axis is empty, not 1-D, not finite, or leaves [0, 1].
    """
    axes = {name: _check_axis(name, axis) for name, axis in zip(CHANNELS, (r, g, b), strict=True)}
    _check_count(axes)
    color = np.stack(np.meshgrid(*axes.values(), indexing="ij"), axis=-1)
    return _cube(axes, color, np.ones(color.shape[:-1]))


def training_cube() -> xr.Dataset:
    """The colors that experiments 1.7 to 2.10 train on: 36 hues, 10 saturations, 10 values."""
    return hsv_cube(hues(36), np.linspace(0, 1, 10), np.linspace(0, 1, 10))


def fine_cube() -> xr.Dataset:
    """The colors whose worst and median error experiments 2.3 to 2.10 report: 240 x 48 x 48.

    Black is there 11 520 times and every other gray 240 times, so a median over all points, unweighted by
    `bias`, leans toward the dark and the gray.
    """
    return hsv_cube(hues(240), np.linspace(0, 1, 48), np.linspace(0, 1, 48))


def medium_cube() -> xr.Dataset:
    """The colors whose worst and median error the second version of 2.10 reports: 120 x 24 x 24.

    The median error over it is within 7 % of that over the fine cube, seed by seed, at an eighth of the work.
    """
    return hsv_cube(hues(120), np.linspace(0, 1, 24), np.linspace(0, 1, 24))


def coarse_cube() -> xr.Dataset:
    """The colors that the published pictures of reconstructions show: 12 hues, 4 saturations, 5 values."""
    return hsv_cube(hues(12), np.linspace(0, 1, 4), np.linspace(0, 1, 5))


def rgb_training_cube() -> xr.Dataset:
    """The colors that the re-runs, 2.4.1 to 2.10.1, train on, and whose errors they score: 8 x 8 x 8."""
    return _uniform_cube(8)


def rgb_decimal_cube() -> xr.Dataset:
    """The colors that the second version of 2.10 trains on: 10 x 10 x 10."""
    return _uniform_cube(10)


def rgb_fine_cube() -> xr.Dataset:
    """The colors that the re-runs' figures show: 20 x 20 x 20.

    Except for the eight corners none is in the RGB training cube: 19 and 7 have no common divisor.
    """
    return _uniform_cube(20)


def validation_colors() -> xr.Dataset:
    """The 351 colors that the re-runs validate on: a grid of 7 x 7 x 7 within the cube, and then its eight corners.

    Except for the corners, pure red among them, none is in the RGB training cube.

    Returns:
        `color` over (point, channel) and `bias`, 1, over point, both float64.
    """
    inside = np.linspace(1 / 16, 15 / 16, 7)
    color = np.concatenate(
        [cube["color"].values.reshape(-1, 3) for cube in (rgb_cube(inside, inside, inside), _uniform_cube(2))]
    )
    return xr.Dataset(
        {"color": (("point", "channel"), color), "bias": ("point", np.ones(len(color)))},
        coords={"channel": list(CHANNELS)},
    )


def vibrant_hues() -> xr.Dataset:
    """The 36 hues at full saturation and value: those that planarity acts on, over (h, s, v) with one s and one v.

    The next most vibrant colors of the training cube bear planarity's label in 4 draws of a million.
    """
    return hsv_cube(hues(36), [1], [1])


def named_colors() -> xr.Dataset:
    """The 17 named colors: the twelve hues at full saturation and value, then the five grays from black up.

    Returns:
        `color` over (name, channel), with the coordinates `h`, `s` and `v` over name.
    """
    hsv = np.array([(h, 1, 1) for h in HUES.values()] + [(0, 0, v) for v in GRAYS.values()], np.float64)
    return xr.Dataset(
        {"color": (("name", "channel"), hsv_to_rgb(hsv))},
        coords={
            "name": [*HUES, *GRAYS],
            "channel": list(CHANNELS),
            **{axis: ("name", hsv[:, i]) for i, axis in enumerate("hsv")},
        },
    )


def named_color(name: str) -> Floats:
    """RGB of a hue, a gray, or a hue's shade: "green", "light gray", "dim green", "dark green"."""
    if not isinstance(name, str):
        raise ColorError(f"{shown(name)} is no name of a color: give one, for example 'green'; RGB needs none")
    shade, _, hue = name.rpartition(" ")
    if name in GRAYS:
        return hsv_to_rgb((0, 0, GRAYS[name]))
    if hue in HUES and (not shade or shade in SHADES):
        return hsv_to_rgb((HUES[hue], 1, SHADES.get(shade, 1)))
    raise ColorError(
        f"no color is named {shown(name)}{did_you_mean(name, NAMES)}: the names are {', '.join([*HUES, *GRAYS])}, "
        f"and for a hue its shades, for example 'dim green' or 'dark green'"
    )


def redness(rgb: ArrayLike) -> Floats:
    """r (1 - g/2 - b/2) of RGB `[..., 3]`: 1 for pure red, 0 for white and for colors with no red in them."""
    r, g, b = np.moveaxis(check_colors(rgb), -1, 0)
    return np.asarray(r * (1 - g / 2 - b / 2))


def vibrancy(rgb: ArrayLike) -> Floats:
    """Saturation times value of RGB `[..., 3]`: 1 for the pure hues, 0 for the grays.

    No conversion is needed: with V = max and S = (max - min) / max, S V = max - min.
    """
    rgb = check_colors(rgb)
    return np.asarray(rgb.max(axis=-1) - rgb.min(axis=-1))


def desaturation(rgb: ArrayLike) -> Floats:
    """1 - vibrancy of RGB `[..., 3]`: 1 for the grays, and high for every dark color too."""
    return np.asarray(1 - vibrancy(rgb))


def hue_distance(a: ArrayLike, b: ArrayLike) -> Floats:
    """The shorter way around the circle between two hues, in turns: between 0 and 1/2."""
    a, b = _check_hues(a), _check_hues(b)
    _check_fit(a.shape, b.shape)
    apart = np.abs(a - b) % 1
    return np.asarray(np.minimum(apart, 1 - apart))


def primary_secondary_focus(hue: ArrayLike) -> Floats:
    """(cos(6 tau h) + 1) / 2 of hues in turns: 1 at the six primary and secondary hues, 0 half-way between."""
    return np.asarray(cos_of_turns(6 * _check_hues(hue)) + 1) / 2


def hsv_similarity(a: ArrayLike, b: ArrayLike = PURE_RED) -> Floats:
    """The similarity of two HSV colors `[..., 3]`, from 0 to 1 (equal):

        (rho c + 1 - rho) (1 - |s_a - s_b|) (1 - |v_a - v_b|)

    with the similarity of their hues c = max(0, 1 - d / 90 degrees), d being the hue distance. It counts
    only as far as the two are vibrant: rho = (s_a v_a + s_b v_b) / 2. Source: arXiv 2512.12469, the score of
    experiment 2.4.1 and later.
    """
    h_a, s_a, v_a = np.moveaxis(_check_hsv(a), -1, 0)
    h_b, s_b, v_b = np.moveaxis(_check_hsv(b), -1, 0)
    _check_fit(h_a.shape, h_b.shape)
    of_hues = np.maximum(0, 1 - 4 * hue_distance(h_a, h_b))
    rho = (s_a * v_a + s_b * v_b) / 2
    return np.asarray((rho * of_hues + 1 - rho) * (1 - np.abs(s_a - s_b)) * (1 - np.abs(v_a - v_b)))


def similarity_to_red(rgb: ArrayLike) -> Floats:
    """The `hsv_similarity` of RGB `[..., 3]` to red: 1 for pure red, 0 for hues a right angle or more from it."""
    return hsv_similarity(rgb_to_hsv(rgb))


def nearness(rgb: ArrayLike, color: ArrayLike) -> Floats:
    """max(0, 1 - d / (3/2)) of RGB `[..., 3]`, with d = |r - c_r| + |g - c_g| + |b - c_b| to a color c: 1 for itself.

    Of the pure hues it is exactly their `hsv_similarity` to red. Near red it falls off about as `redness` does, which
    is 1 - (1 - r) - g/2 - b/2 to first order: the slopes add up to 2 in both, and here the three channels share them
    alike. So it suits any color, gray and black too, where hue and saturation mean nothing.
    """
    r, g, b = np.moveaxis(np.abs(check_colors(rgb) - one_color(color)), -1, 0)
    return np.asarray(np.maximum(0, 1 - (r + g + b) / HALFWAY))


_TURNS = "a finite number of turns, up to a million"
_CUBE_EXAMPLE = "rgb_cube(np.linspace(0, 1, 8), np.linspace(0, 1, 8), np.linspace(0, 1, 8))"


def _by_channel(color: xr.DataArray) -> xr.DataArray:
    """The colors over (..., channel), the channels r, g, b as their coordinate has them, if there is one."""
    if "channel" not in color.dims:
        raise ColorError(f"colors over {color.dims}: one axis must be 'channel', as of rgb_cube(...)['color']")
    if color.dtype.kind != "f" and color.sizes["channel"] == len(CHANNELS):
        raise ColorError(
            f"colors of {color.dtype}: they must be of floating point, from 0 to 1, for example "
            "cube.assign(color=cube['color'] / 255) of bytes"
        )
    named = color.transpose(..., "channel")
    if "channel" not in color.coords:
        return named
    given = [str(channel) for channel in color["channel"].values.tolist()]
    if sorted(given) != sorted(CHANNELS):
        raise ColorError(
            f"colors with the channels {', '.join(given)}: they must be r, g and b, each once, for example "
            "color.assign_coords(channel=['r', 'g', 'b'])"
        )
    return named if given == list(CHANNELS) else named.isel(channel=[given.index(channel) for channel in CHANNELS])


def _check_once(color: xr.DataArray, axis: Hashable) -> None:
    """Colors that stand twice are drawn twice as often."""
    if axis in color.indexes and not (index := color.indexes[axis]).is_unique:
        raise ColorError(
            f"a cube whose axis {axis} has {index[index.duplicated()][0]} more than once: each place may be there once,"
            f" for example cube.drop_duplicates({axis!r})"
        )


def _uniform_cube(count: int) -> xr.Dataset:
    axis = np.linspace(0, 1, count)
    return rgb_cube(axis, axis, axis)


def _cube(axes: Mapping[str, Floats], color: Floats, bias: Floats) -> xr.Dataset:
    return xr.Dataset(
        {"color": ((*axes, "channel"), color), "bias": (tuple(axes), bias)},
        coords={**axes, "channel": list(CHANNELS)},
    )


def _check_count(axes: Mapping[str, Floats]) -> None:
    count = math.prod(map(len, axes.values()))
    if count > MOST_COLORS:
        raise ColorError(
            f"a cube of {' x '.join(str(len(axis)) for axis in axes.values())} colors: there may be {MOST_COLORS} at "
            "most, for example 240 x 48 x 48"
        )


def _check_axis(name: str, values: ArrayLike, cyclic: bool = False) -> Floats:
    allowed = _TURNS if cyclic else "in [0, 1]"
    example = "hues(12)" if cyclic else "np.linspace(0, 1, 5)"
    axis = _numbers(f"the axis {name}", values, example)
    if axis.ndim != 1 or axis.size == 0:
        raise ColorError(
            f"the axis {name} has shape {axis.shape}: it must be a list of at least one value, for example {example}"
        )
    bad = np.flatnonzero(~_inside(axis, cyclic))
    if bad.size:
        raise ColorError(
            f"the axis {name} holds {axis[bad[0]]} at position {bad[0]}: every value must be {allowed}, "
            f"for example {example}"
        )
    return axis


def _check_hues(h: ArrayLike) -> Floats:
    given = _numbers("hues", h, "hues(12)")
    inside = _inside(given, cyclic=True)
    if not inside.all():
        raise ColorError(f"the hue {given[~inside][0]}: it must be {_TURNS}, for example 1/3, green")
    return given


def _check_fit(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    try:
        np.broadcast_shapes(a, b)
    except ValueError:
        raise ColorError(
            f"{a} and {b} colors cannot be compared one by one: give as many of both, or a single one of either, for "
            "example red"
        ) from None


def _check_hsv(hsv: ArrayLike) -> Floats:
    if isinstance(hsv, xr.DataArray) and "channel" in hsv.dims:
        raise ColorError(
            f"colors over {hsv.dims}, whose channels are r, g and b: convert them to h, s and v, for example "
            "rgb_to_hsv(cube['color'])"
        )
    return _check_triples(hsv, ("h", "s", "v"), cyclic=True, example="(0.0, 1.0, 1.0), red")


def _check_triples(values: ArrayLike, channels: tuple[str, ...], cyclic: bool, example: str) -> Floats:
    colors = _numbers("colors", values, example)
    names = ", ".join(channels)
    if colors.ndim == 0 or colors.shape[-1] != 3:
        raise ColorError(
            f"colors of shape {colors.shape}: the last axis must hold the three channels {names}, for example {example}"
        )
    inside = _inside(colors, cyclic=False)
    if cyclic:
        inside[..., 0] = _inside(colors[..., 0], cyclic=True)
    if not inside.all():
        *position, channel = (int(i) for i in np.argwhere(~inside)[0])
        where = f" at position {tuple(position)}" if position else ""
        color = tuple(float(value) for value in colors[tuple(position)])
        allowed = _TURNS if cyclic and channel == 0 else "in [0, 1]"
        raise ColorError(
            f"the color {color}{where} has {channels[channel]} = {color[channel]}: it must be {allowed}, "
            f"for example {example}"
        )
    return colors


def _numbers(what: str, values: object, example: str) -> Floats:
    """As float64; numpy would read "1" as a number, None as NaN, and what a mask hides as if it were there."""
    if isinstance(values, np.ma.MaskedArray):
        raise ColorError(f"{what} in a masked array: what it hides would count; give an array, for example {example}")
    given = as_array(values)
    if given is None:  # rows of different lengths, a tensor that autograd follows, or a range without end
        given = np.asarray(None)
    bytes_ = isinstance(values, np.ndarray) and given.dtype.kind in "bu" and given.dtype.itemsize < 8
    if given.dtype.kind not in "fiub" or bytes_ or (given.dtype.kind == "b" and given.size):
        described = f"of {given.dtype}" if given.ndim and given.dtype.kind != "O" else shown(values)
        named = ", or a name to named_color" if what == "colors" and isinstance(values, str) else ""
        raise ColorError(f"{what} {described}: give numbers of floating point, for example {example}{named}")
    return given.astype(np.float64, copy=False)


def _inside(values: Floats, cyclic: bool) -> NDArray[np.bool_]:
    return np.asarray(np.abs(values) <= MOST_TURNS if cyclic else (values >= 0) & (values <= 1))
