"""Words for alternative texts: numbers, hues, colors, and the parts of an axis where a condition holds."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from excolor.colors import HUES, check_colors, hue_distance, named_colors, rgb_to_hsv

LONGEST = 600
"""The most letters of an alternative text: whoever hears it cannot skim."""


def as_fit(begin: str, lead: str, parts: Sequence[str]) -> str:
    """Write `begin lead a; b; c.` with as many parts as fit into an alternative text, and how many more there are."""
    for told in range(len(parts), -1, -1) if parts else ():
        left = len(parts) - told
        rest = [f"{left} more" if told else f"{left}, all too long to be read out"] if left else []
        text = f"{begin} {lead} {'; '.join([*parts[:told], *rest])}."
        if len(text) <= LONGEST:
            return text
    return shortened(begin, LONGEST)


def shortened(text: str, most: int) -> str:
    """Leave out the middle of a text that is longer than `most` letters: texts that are alike differ at either end."""
    if len(text) <= most:
        return text
    end = most // 3
    start = most - end - 3
    # No word is cut, but one that is longer than that.
    begin = text[: start + 1].rpartition(" ")[0] or text[:start]
    rest = text[-end - 1 :].partition(" ")[2] or text[-end:]
    return f"{begin} … {rest}"


def number(value: float) -> str:
    """Write a value to three significant digits."""
    return f"{value:.3g}"


def listing(parts: Sequence[str]) -> str:
    """Join parts as `a, b and c`."""
    return " and ".join([", ".join(parts[:-1])] * (len(parts) > 1) + list(parts[-1:]))


def count(many: int, one: str) -> str:
    """Write a number of things, such as `1 seed` or `32 seeds`."""
    return f"{many} {one}{'' if many == 1 else 's'}"


def over_seeds(seeds: int) -> str:
    """Write how a value over seeds was made: `1 seed` or `median of 32 seeds`."""
    return "1 seed" if seeds == 1 else f"median of {seeds} seeds"


def degrees(hue: float) -> float:
    """Convert a hue in turns to degrees, from 0 to below 360, rounded to a tenth."""
    return round(hue % 1 * 360, 1) % 360


def hue_name(hue: float) -> str:
    """Find the nearest of the twelve named hues."""
    return min(HUES, key=lambda name: float(hue_distance(HUES[name], hue)))


def color_words(rgb: ArrayLike) -> str:
    """Name a color, or describe it by hue, saturation and value if it has no name."""
    color = check_colors(rgb)
    for name, named in _named():
        if np.abs(named - color).max() < 0.005:  # no eye tells these apart
            return name
    hue, saturation, value = (float(part) for part in rgb_to_hsv(color))
    if saturation < 0.005:
        return f"gray of value {value:.2f}"
    return f"{hue_name(hue)} ({degrees(hue):g}°) of saturation {saturation:.2f} and value {value:.2f}"


@cache
def _named() -> list[tuple[str, NDArray[np.float64]]]:
    """The named colors, in plain types, of which the words of a figure ask often."""
    cube = named_colors()
    return list(zip(map(str, cube["name"].values), cube["color"].values, strict=True))


def runs(mask: NDArray[np.bool_], cyclic: bool = False) -> Iterator[tuple[int, int]]:
    """Find the first and the last place of every unbroken run of True; a cyclic run may pass over the end."""
    if mask.all():
        yield from [(0, len(mask) - 1)] if len(mask) else []
        return
    places = np.arange(len(mask))
    if cyclic:
        places = np.roll(places, -int(np.argmin(mask)))  # begin with a False
    edges = np.diff(np.concatenate([[0], mask[places].astype(int), [0]]))
    for start, stop in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
        yield int(places[start]), int(places[stop - 1])
