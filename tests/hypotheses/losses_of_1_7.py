"""What the losses of experiment 1.7 are at the end of a run, by which its models are compared, and their hue wheel."""

from hue_wheel import IN_ORDER

from excolor.judging.thresholds import ALIKE
from excolor.measures import hue_order, mean_loss, off_plane, off_sphere, red_off_anchor, vibrant_off_sphere

LAST_STEPS = slice(-1000, None)
"""The losses that every batch has are the mean over so many steps, the last: of one batch alone they scatter."""

UNTANGLED = 3 / 4
"""About a quarter of earlier runs were tangled, as published; none of this kind."""


def reconstruction(ensemble):
    return mean_loss(ensemble.history, "reconstruction", LAST_STEPS)


def separate(ensemble):
    return mean_loss(ensemble.history, "reg-separate", LAST_STEPS)


MEASURES = {
    "reconstruction": reconstruction,
    "separation": separate,
    "planarity": off_plane,
    "unitarity of vibrant hues": vibrant_off_sphere,
    "unitarity": off_sphere,
    "red at the anchor": red_off_anchor,
}


def makes_a_wheel(ensemble):
    return hue_order(ensemble) > IN_ORDER


def twice_as_high(ensemble, other):
    """How many losses of a model are at least twice those of another."""
    return sum((measure(ensemble) >= ALIKE * measure(other)).astype(int) for measure in MEASURES.values())


def worse_than(ensemble, other):
    """Whether more losses of a model are twice those of another than the other way round: some are by chance."""
    return twice_as_high(ensemble, other) > twice_as_high(other, ensemble)
