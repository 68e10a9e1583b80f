"""Directions along the axes of the latents, of either sign, and suppression along one of them."""

from excolor.edits.falloffs import BoundedFalloff
from excolor.edits.interventions import Suppression, intervene
from excolor.ensemble import Ensemble

Direction = tuple[float, ...]
"""A direction in latent space: one coordinate for each dimension."""


def axis(ensemble: Ensemble, dim: int = 0, sign: int = 1) -> Direction:
    """The unit vector along a latent dimension, counted from 0: (1, 0, ...) for the first, red's."""
    return tuple(float(sign * (i == dim)) for i in range(ensemble.bottleneck))


def other_directions(ensemble: Ensemble) -> list[Direction]:
    """The unit vectors along all latent dimensions but the first, of both signs."""
    return [axis(ensemble, dim, sign) for dim in range(1, ensemble.bottleneck) for sign in (1, -1)]


def suppressed(ensemble: Ensemble, direction: Direction | None = None) -> Ensemble:
    """Take away the positive part of every latent along a direction, the first axis if none is given."""
    return intervene(ensemble, Suppression(direction or axis(ensemble), BoundedFalloff(0, 1, 0)))
