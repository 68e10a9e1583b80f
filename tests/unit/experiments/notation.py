"""The notation of the transcripts, which is that of the sources: `value@step` for a keyframe, a line for a term.

Nothing has a default that is the code's own: whatever the code fills in by itself, a transcript states.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

Plain = dict[str, Any]

ALL = None
"""In the place of a label: every row of a batch counts."""


def sheet(
    steps: int,
    columns: Mapping[str, str],
    phases: Mapping[str, int] = MappingProxyType({}),
    actions: Mapping[str, int] = MappingProxyType({}),
) -> Plain:
    """A dopesheet. Its columns are in linear space and move with minimum jerk, unless they say otherwise."""
    notes = {f"phase {name}": step for name, step in phases.items()}
    notes |= {f"action {name}": step for name, step in actions.items()}
    moves = {name: text if text[-1].isalpha() else f"{text} linear minjerk" for name, text in columns.items()}
    return {"steps": steps} | notes | moves


def label(name: str, scale: float, concept: str, power: int) -> Plain:
    """A label that a color bears with the probability scale * concept ** power."""
    return {"kind": "Label", "name": name, "scale": scale, "concept": concept, "power": power}


def penalty(kind: str, **parameters: Any) -> Plain:
    """A regularizer with each of its parameters."""
    return {"kind": kind} | parameters


def terms(*lines: tuple[str, str, Plain | None, Plain]) -> Plain:
    """Terms of the loss, each with its name, the layer that it measures, the rows that count, and the regularizer."""
    return {
        name: {"kind": "Term", "name": name, "layer": layer, "label": rows, "regularizer": regularizer}
        for name, layer, rows, regularizer in lines
    }


def autoencoder(bottleneck: int, nonlinear: int, hidden: int, activation: str, normalized: bool, output: str) -> Plain:
    """The model: widths, hidden layers on each side, activation, whether latents are put on the sphere, output."""
    form = {"kind": "Form", "activation": activation, "normalized": normalized, "output": output}
    return {"bottleneck": bottleneck, "nonlinear": nonlinear, "hidden": hidden, "form": form}


def hsv(h: Any, s: Any, v: Any) -> Plain:
    """A cube of hues, saturations and values, whose weights are those of `from_hsv` in the source."""
    axes = {"axes": ("h", "s", "v"), "h": _numbers(h), "s": _numbers(s), "v": _numbers(v)}
    return axes | {"color": "of hue, saturation, value", "bias": "(1 - v) / (n_s n_h) + v (1 - s) / n_h + v s"}


def rgb(r: Any, g: Any, b: Any) -> Plain:
    """A cube of reds, greens and blues, all of one weight."""
    axes = {"axes": ("r", "g", "b"), "r": _numbers(r), "g": _numbers(g), "b": _numbers(b)}
    return axes | {"color": "of red, green, blue", "bias": "1"}


def evenly(count: int, first: float, last: float) -> tuple[float, ...]:
    """So many numbers from the first to the last, at equal distances."""
    return tuple(first + (last - first) * i / (count - 1) for i in range(count))


def _numbers(values: Any) -> tuple[float, ...]:
    return tuple(round(float(x), 12) for x in values)
