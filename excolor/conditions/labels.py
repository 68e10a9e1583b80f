"""Concept labels: the probability that a color bears one, and how labels are drawn.

The published runs label few rows, and at random: a color bears the label with a probability that falls off
steeply from the concept's purest color. Each time a row is drawn, its label is drawn anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from excolor.colors import check_colors, desaturation, redness, vibrancy
from excolor.numerics.arithmetic import whole_power
from excolor.numerics.fields import Fielded
from excolor.numerics.given import as_array, is_number, is_whole, shown

Floats = NDArray[np.float64]


class LabelError(ValueError):
    """A label whose probability could leave [0, 1], or that has no name."""


PROBES = np.array([(r, g, b) for r in (0, 1) for g in (0, 1) for b in (0, 1)] + [(0.5, 0.5, 0.5)], np.float64)
"""Colors that a concept is tried with when a label is made: the corners of the cube, and gray."""


def measured(concept: Callable[[ArrayLike], Floats], rgb: ArrayLike, whose: str, error: type[ValueError]) -> Floats:
    """How far the colors `[..., 3]` bear a concept, or an error that says what else its measure made of them."""
    rgb = check_colors(rgb)
    made, shape = concept(rgb), rgb.shape[:-1]
    found = as_array(made)
    example = "for example colors.redness, which is r (1 - g/2 - b/2)"
    if found is None or found.shape != shape or found.dtype.kind not in "fiub":
        raise error(
            f"{whose} made {shown(made)} of colors of shape {rgb.shape}: it must give one number for each color, of "
            f"shape {shape}, {example}"
        )
    outside = np.argwhere(~((found >= 0) & (found <= 1)))
    if outside.size:
        at = tuple(outside[0].tolist())
        color = tuple(rgb[at].tolist())
        raise error(f"{whose} is {found[at]:g} of the color {color}: it must be from 0 to 1, {example}")
    return found


@dataclass(frozen=True)
class Label(Fielded):
    """A label that a color bears with probability scale * concept(color) ** power.

    Two labels are equal if all four of their fields are: let the concept be a function that has a name, or an object
    that compares by content such as `Near((0.0, 1.0, 0.0))`; two lambdas are never equal.

    Args:
        name: the label's name, such as "red"; a seed draws its labels from a stream of that name, so that two labels
            of one experiment need different ones.
        scale: the probability for the purest color, in (0, 1].
        concept: how far a color bears the concept: a function of RGB `[..., 3]` that gives `[...]` in [0, 1], such as
            `excolor.colors.redness`.
        power: how steeply the probability falls off, a positive whole number, such as 10.
    """

    name: str
    _: KW_ONLY
    scale: float
    concept: Callable[[ArrayLike], Floats]
    power: int

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise LabelError(f"a label with the name {self.name!r}: it must be a string, for example 'red'")
        if not self.name:
            raise LabelError("a label with an empty name: give it one, for example 'red'")
        if not is_number(self.scale) or not 0 < self.scale <= 1:
            raise LabelError(f"label {self.name!r}, scale {self.scale}: it must be in (0, 1], for example 0.5")
        if not isinstance(self.power, int) or not is_whole(self.power, 1):
            raise LabelError(
                f"label {self.name!r}, power {self.power}: it must be a positive whole number, for example 10"
            )
        if not callable(self.concept):
            raise LabelError(
                f"label {self.name!r}, concept {self.concept!r}: it must be a function of colors, for example redness"
            )
        self._measured(PROBES)

    def probability(self, rgb: ArrayLike) -> Floats:
        """The probability `[...]` that each of the colors `[..., 3]` bears the label when it is drawn.

        Raises:
            LabelError: the concept gives a color no number from 0 to 1.
        """
        return self.scale * whole_power(self._measured(rgb), self.power)

    def borne(self, probability: Floats, uniforms: Floats) -> Floats | NDArray[np.bool_]:
        """How far rows `[...]` bear the label, from 0 to 1: here each does or not, as its uniform number decides."""
        return draw(probability, uniforms)

    def _measured(self, rgb: ArrayLike) -> Floats:
        return measured(self.concept, rgb, f"label {self.name!r}: its concept", LabelError)


@dataclass(frozen=True)
class SoftLabel(Label):
    """A label that every color bears in part: as far as a `Label` of the same fields would be borne in the mean.

    A mean over its rows is weighted by that, sum a_i l_i / (sum a_i + 1e-8) with a_i = probability(color_i). Source:
    experiment 1.7, which has binary labels in their place.
    """

    def borne(self, probability: Floats, uniforms: Floats) -> Floats:
        return probability


@dataclass(frozen=True)
class NoisyLabel(Label):
    """A label that a color bears with the probability of a `Label` of the same fields, or else by mistake:

        a + (1 - a) mistaken, with a = scale * concept(color) ** power

    Mistakes hit every row alike, whatever its color.

    Args as for `Label`, and one more:
        mistaken: the probability, in [0, 1), that a row which would not bear the label bears it by mistake.
    """

    _: KW_ONLY
    mistaken: float

    def __post_init__(self) -> None:
        super().__post_init__()
        if not is_number(self.mistaken) or not 0 <= self.mistaken < 1:
            raise LabelError(
                f"label {self.name!r}, mistaken {shown(self.mistaken)}: it must be in [0, 1), for example 0.001"
            )

    def probability(self, rgb: ArrayLike) -> Floats:
        rightly = super().probability(rgb)
        return rightly + (1 - rightly) * self.mistaken


RED = Label("red", scale=0.5, concept=redness, power=10)
"""The label of the reds in experiments 1.7 to 2.10; pure red bears it every second time."""
VIBRANT = Label("vibrant", scale=0.5, concept=vibrancy, power=100)
"""The label of the pure hues in experiments 1.7 to 2.7."""
DESATURATED = Label("desaturated", scale=0.5, concept=desaturation, power=10)
"""The label of the grays, and of dark colors with them, in experiment 2.9."""


def draw(probability: ArrayLike, uniforms: ArrayLike) -> NDArray[np.bool_]:
    """Draw which rows bear a label: those whose uniform number from [0, 1) lies below their probability."""
    return np.less(uniforms, probability)
