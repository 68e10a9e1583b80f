"""Words for the alternative texts: numbers, hues, colors, and the parts of an axis where something holds."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from excolor.colors import HUES, check_colors, hue_distance, named_colors, rgb_to_hsv


def number(value: float) -> str:
    """The value to three significant digits."""
    return f"{value:.3g}"


def listing(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(parts[:-1])] * (len(parts) > 1) + list(parts[-1:]))


def count(many: int, one: str) -> str:
    """`1 seed`, `32 seeds`."""
    return f"{many} {one}{'' if many == 1 else 's'}"


def over_seeds(seeds: int) -> str:
    """What a value over seeds is, for a subtitle."""
    return "1 seed" if seeds == 1 else f"median of {seeds} seeds"


def degrees(hue: float) -> float:
    """A hue in turns as degrees from 0 to 360."""
    return round(hue % 1 * 360, 1) % 360


def hue_name(hue: float) -> str:
    """The nearest of the twelve named hues."""
    return min(HUES, key=lambda name: float(hue_distance(HUES[name], hue)))


def color_words(rgb: ArrayLike) -> str:
    """A color by its name if it has one, else by its hue, saturation and value."""
    color = check_colors(rgb)
    names = named_colors()
    exact = np.abs(names["color"].values - color).max(axis=-1) < 0.005  # no eye tells these apart
    if exact.any():
        return str(names["name"].values[exact][0])
    hue, saturation, value = (float(part) for part in rgb_to_hsv(color))
    if saturation < 0.005:
        return f"gray of value {value:.2f}"
    return f"{hue_name(hue)} ({degrees(hue):g}°) of saturation {saturation:.2f} and value {value:.2f}"


def runs(mask: NDArray[np.bool_], cyclic: bool = False) -> Iterator[tuple[int, int]]:
    """The first and the last place of every unbroken run of True; a cyclic one may pass over the end."""
    if mask.all():
        yield from [(0, len(mask) - 1)] if len(mask) else []
        return
    places = np.arange(len(mask))
    if cyclic:
        places = np.roll(places, -int(np.argmin(mask)))  # begin where it does not hold
    edges = np.diff(np.concatenate([[0], mask[places].astype(int), [0]]))
    for start, stop in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
        yield int(places[start]), int(places[stop - 1])
