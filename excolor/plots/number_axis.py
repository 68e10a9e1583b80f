"""The axis of a panel of numbers of one kind: its scale, its ends and its ticks."""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.scale import LogTransform, SymmetricalLogTransform
from matplotlib.ticker import NullLocator
from matplotlib.transforms import IdentityTransform, Transform

from excolor.plots.picture import Data

MINUS = "\N{MINUS SIGN}"
LABELS = 6
"""About how many powers of ten have a label."""
LOGARITHMIC = 30
"""The ratio of the largest to the smallest number above which an axis is logarithmic."""
LINEAR = 0.6
"""How many decades wide the linear part of an axis is on either side of 0."""
BULK = (0.1, 0.9)
"""The quantiles of a prediction's samples between which an axis must reach, whatever lies beyond."""
GREATEST, LEAST = 1e100, 1e-100
"""What is farther from 0 than the one is drawn as it, at an edge, and what is nearer than the other as 0: the distances
of such numbers are infinite to a computer, and there is no axis of them."""
LIMITS = {"cosine": (-1.0, 1.0), "R²": (0.0, 1.0), "proportion": (0.0, 1.0)}
"""The ends of what a kind of number can be. Any other is 0 or above, unless there is one that is not."""
SCALES = {"linear": "linear", "log": "logarithmic", "symlog": "logarithmic, but linear around 0"}
"""What each scale is called."""


def axis_for(kind: str, firm: Sequence[float], samples: Sequence[Sequence[float]]) -> Data:
    """Choose the scale of an axis and its ends.

    It is logarithmic where the numbers span more than a factor of thirty, and linear around 0 if any of them is 0 or
    below; but that of a cosine, R² or proportion is always linear. It shows no margin beyond what the kind of number
    can be.

    Args:
        firm: what must be shown: values, bounds, thresholds, published figures.
        samples: those of each prediction, of which a few far from all the rest do not widen the axis.
    """
    firm, samples = [*map(_on_axis, firm)], [[*map(_on_axis, given)] for given in samples]
    least, most = LIMITS.get(kind, (0.0, math.inf))
    if kind == "proportion":
        return {"scale": "linear", "low": least, "high": most}
    firm = [*firm] or [0.0, 1.0]
    sizes = [abs(x) for x in firm if x != 0]
    core = [*firm, *(float(end) for given in samples if given for end in np.quantile(given, BULK))]
    every = [sample for given in samples for sample in given]
    if kind in LIMITS or not sizes or max(map(abs, core)) <= LOGARITHMIC * min(sizes):
        low, high = _reach(core, every, IdentityTransform())
        margin = 0.06 * (high - low) or 0.5 * abs(high) or 1.0
        ends: Data = {"scale": "linear", "low": low - margin, "high": high + margin}
    elif min(core) > 0:
        low, high = _reach(core, every, LogTransform(10))
        ends = {"scale": "log", "low": low / 1.6, "high": high * 1.6}
    else:
        linear = 10.0 ** math.floor(math.log10(min(sizes)))
        low, high = _reach(core, every, SymmetricalLogTransform(10, linear, LINEAR))
        ends = {
            "scale": "symlog",
            "linear": linear,
            "low": low * 1.6 if low < -linear else low - 0.3 * linear,
            "high": high * 1.6 if high > linear else high + 0.3 * linear,
        }
    if low >= least:
        ends["low"] = max(ends["low"], least)
    if high <= most:
        ends["high"] = min(ends["high"], most)
    return ends


def _on_axis(x: float) -> float:
    return 0.0 if abs(x) < LEAST else max(-GREATEST, min(x, GREATEST))


def within(x: float | None, axis: Data, edge: str) -> float:
    """Where a number stands on an axis: at its edge if it lies beyond, and at a given one, `low` or `high`, if it is
    none, such as a bound that there is not."""
    return float(axis[edge] if x is None else max(axis["low"], min(x, axis["high"])))


def _reach(core: Sequence[float], samples: Sequence[float], scale: Transform) -> tuple[float, float]:
    """Find the ends of the core and of the samples that lie beyond it by at most a quarter of its length."""
    start, stop = scale.transform([min(core), max(core)])
    room = (stop - start) / 4
    near = [x for x, at in zip(samples, scale.transform(samples), strict=True) if start - room <= at <= stop + room]
    return min([*core, *near]), max([*core, *near])


def set_scale(axes: Axes, axis: Data, along: Literal["x", "y"] = "x") -> None:
    """Give the axes the scale, the ends and the ticks of an axis."""
    ends: Data = {f"{along}lim": (axis["low"], axis["high"])}
    if axis["scale"] == "linear":
        axes.set(**ends)
        return
    set_scale_of, set_ticks = (axes.set_xscale, axes.set_xticks) if along == "x" else (axes.set_yscale, axes.set_yticks)
    set_scale_of(
        axis["scale"], **({"linthresh": axis["linear"], "linscale": LINEAR} if axis["scale"] == "symlog" else {})
    )
    axes.set(**ends)
    if axis["scale"] == "log":
        set_ticks(*power_ticks(axis["low"], axis["high"]))
    else:
        ticks = _decades(axis)
        set_ticks(ticks, [power_words(tick) for tick in ticks])
    (axes.xaxis if along == "x" else axes.yaxis).set_minor_locator(NullLocator())


def power_words(x: float) -> str:
    """Write a tick of a logarithmic axis: `0.001`, `1`, `10⁻⁵`, `2·10⁻⁵`; without mathematics, which is not set."""
    if x == 0 or 1e-3 <= abs(x) < 1e4:
        return f"{x:g}".replace("-", MINUS)
    factor, _, power = f"{x:.0e}".partition("e")
    raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return {"1": "10", "-1": f"{MINUS}10"}.get(factor, f"{factor}·10") + raised


def power_ticks(low: float, high: float) -> tuple[list[float], list[str]]:
    """List powers of ten between two ends, few enough for their labels, and where there is room 2 and 5 of each."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    every = max(math.ceil(len(powers) / (LABELS + 1)), 1)
    factors = (1, 2, 5) if len(powers) <= LABELS / 2 else (1,)
    ticks = [factor * 10.0**power for power in powers if power % every == 0 for factor in factors]
    within = [tick for tick in ticks if low <= tick <= high]
    return within, [power_words(tick) for tick in within]


def _decades(axis: Data) -> list[float]:
    """List 0 and some powers of ten on either side of it, few enough for their labels."""
    least = round(math.log10(axis["linear"]))
    reach = {
        sign: math.floor(math.log10(max(sign * axis[end], axis["linear"]))) for sign, end in ((-1, "low"), (1, "high"))
    }
    every = max(math.ceil(sum(most - least for most in reach.values()) / LABELS), 1)
    return [0.0] + [sign * 10.0**power for sign, most in reach.items() for power in range(most, least, -every)]
