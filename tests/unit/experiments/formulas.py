"""The formulas of the sources that experiments hold as functions, written once more, one color at a time.

Each has words by which a transcript names it, and a function is described by the words of the one that it agrees with.
"""

import colorsys
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import cos, pi
from typing import Any

import numpy as np

Color = tuple[float, float, float]
Axes = Mapping[str, list[float]]

NONE_OF_THESE = "another formula"
CLOSE = 1e-12


def saturation_times_value(r: float, g: float, b: float) -> float:
    _, s, v = colorsys.rgb_to_hsv(r, g, b)
    return s * v


CONCEPTS: Mapping[str, Callable[[float, float, float], float]] = {
    "r (1 - g/2 - b/2)": lambda r, g, b: r * (1 - g / 2 - b / 2),
    "S V": saturation_times_value,
    "1 - S V": lambda r, g, b: 1 - saturation_times_value(r, g, b),
}
SOME_COLORS: list[tuple[float, ...]] = [*product((0.0, 0.2, 0.55, 1.0), repeat=3)]

COLORS: Mapping[str, Callable[[float, float, float], Color]] = {
    "of red, green, blue": lambda r, g, b: (r, g, b),
    "of hue, saturation, value": colorsys.hsv_to_rgb,
}


def volume(axes: Axes, color: Color) -> float:
    """How much of the color solid a color stands for."""
    _, s, v = color
    hues, saturations = len(axes["h"]), len(axes["s"])
    return (1 - v) / (saturations * hues) + v * (1 - s) / hues + v * s


BIASES: Mapping[str, Callable[[Axes, Color], float]] = {
    "1": lambda axes, color: 1.0,
    "(1 - v) / (n_s n_h) + v (1 - s) / n_h + v s": volume,
}


def levels(x: float, fraction: float) -> float:
    """The weight of x, its levels in_low to 1 stretched to out_low to 1: both lows follow the fraction of the data."""
    in_low = 0.99 * (1 - min(fraction, 0.5) / 0.5)
    out_low = (max(fraction, 0.5) - 0.5) / 0.5
    return out_low + (1 - out_low) * max(x - in_low, 0) / (1 - in_low)


def by_levels(h: float, s: float, v: float, values: Mapping[str, float]) -> float:
    degrees = min(360 * h % 60, 60 - 360 * h % 60)
    focus = (cos(pi * degrees / 30) + 1) / 2
    return levels(s * v, values["data-vibrancies"]) * levels(focus, values["data-hues"])


VALUES_OF_PHASE: Mapping[int, list[float]] = {
    1: [1],
    2: [1],
    3: [0.9, 1],
    4: [0.8, 0.9, 1],
    5: [0.2 + 0.8 * i / 9 for i in range(10)],
}


def by_phase(h: float, s: float, v: float, values: Mapping[str, float]) -> float:
    of_twelve = round(360 * h) % 30 == 0
    shown = any(abs(v - each) < CLOSE for each in VALUES_OF_PHASE[int(values["data-phase"])])
    return float(shown and (of_twelve or values["data-phase"] > 1))


CURRICULA: Mapping[str, Mapping[str, Callable[[float, float, float, Mapping[str, float]], float]]] = {
    "data-hues, data-vibrancies": {
        "levels(S V; data-vibrancies) levels((cos(pi d / 30) + 1) / 2; data-hues)": by_levels,
    },
    "data-phase": {"1 for the colors of the data-phase, else 0": by_phase},
}
"""By the columns that they read; d is the distance in degrees to the nearest of six hues."""
SOME_VALUES: Mapping[str, tuple[float, ...]] = {
    "data-hues": (0, 0.3, 0.75, 1),
    "data-vibrancies": (0, 0.3, 0.75),
    "data-phase": (1, 2, 3, 4, 5),
}


def agreeing(formulas: Mapping[str, Any], found: Any, given: Sequence[tuple[Any, ...]]) -> str:
    """The words of the formula that makes what was found, a value for each of what is given."""
    flat = np.asarray(found, np.float64).ravel()
    for words, formula in formulas.items():
        if np.allclose(flat, np.ravel([formula(*each) for each in given]), rtol=CLOSE, atol=CLOSE):
            return words
    return NONE_OF_THESE
