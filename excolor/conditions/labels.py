"""Concept labels: how probable it is that a color bears one, and the drawing of it.

The published runs label few rows, and at random: a color bears the label with a probability that falls off
steeply from the concept's purest color, and each time a row is drawn its label is drawn anew.
"""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from excolor.colors import desaturation, redness, vibrancy
from excolor.numerics.arithmetic import whole_power

Floats = NDArray[np.float64]


class LabelError(ValueError):
    """A label whose probability could leave [0, 1], or that has no name."""


@dataclass(frozen=True)
class Label:
    """A color bears the label with probability scale * concept(color) ** power.

    Two labels are equal if all four of their fields are.
    """

    name: str
    """What the gated terms and the seed's stream of draws call it."""
    _: KW_ONLY
    scale: float
    """The probability for the purest color, in (0, 1]."""
    concept: Callable[[ArrayLike], Floats]
    """How much of the concept a color has: RGB `[..., 3]` -> `[...]` in [0, 1]."""
    power: int
    """How steeply the probability falls off: a positive whole number."""

    def __post_init__(self) -> None:
        if not self.name:
            raise LabelError("a label with an empty name: give it one, for example 'red'")
        if not 0 < self.scale <= 1:
            raise LabelError(f"label {self.name!r}, scale {self.scale}: it must be in (0, 1], for example 0.5")
        if not isinstance(self.power, int) or self.power < 1:
            raise LabelError(
                f"label {self.name!r}, power {self.power}: it must be a positive whole number, for example 10"
            )

    def probability(self, rgb: ArrayLike) -> Floats:
        """The probability `[...]` that each of the colors `[..., 3]` bears the label when it is drawn."""
        return self.scale * whole_power(self.concept(rgb), self.power)


RED = Label("red", scale=0.5, concept=redness, power=10)
"""Labels the reds in experiments 1.7 to 2.10; pure red every second time."""
VIBRANT = Label("vibrant", scale=0.5, concept=vibrancy, power=100)
"""Labels the pure hues in experiments 1.7 to 2.7."""
DESATURATED = Label("desaturated", scale=0.5, concept=desaturation, power=10)
"""Labels the grays, and the dark colors with them, in experiment 2.9."""


def draw(probability: ArrayLike, uniforms: ArrayLike) -> NDArray[np.bool_]:
    """Which rows bear a label: those whose uniform draw from [0, 1) lies below their probability."""
    return np.less(uniforms, probability)
