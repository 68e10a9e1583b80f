"""Directions along the axes of the latents, of either sign, and suppression along one of them."""

from __future__ import annotations

from excolor.edits.deletion import DimensionError, check_ensemble
from excolor.edits.falloffs import BoundedFalloff
from excolor.edits.interventions import Suppression, intervene
from excolor.ensemble import Ensemble
from excolor.numerics.given import is_number, is_whole

Direction = tuple[float, ...]
"""A direction in latent space: one coordinate for each dimension."""


def axis(ensemble: Ensemble, dim: int = 0, sign: int = 1) -> Direction:
    """The unit vector along a latent dimension, counted from 0: (1, 0, ...) for the first, red's."""
    check_ensemble(ensemble)
    if not is_whole(dim) or dim >= ensemble.bottleneck:
        raise DimensionError(
            f"there is no dimension {dim!r}: the latents have the dimensions 0 to {ensemble.bottleneck - 1}, for "
            "example 0"
        )
    if not is_number(sign) or sign not in (1, -1):
        raise DimensionError(f"the sign {sign!r} of a direction: it is 1 or -1, for example axis(ensemble, 0, -1)")
    return tuple(float(sign * (i == dim)) for i in range(ensemble.bottleneck))


def other_directions(ensemble: Ensemble) -> list[Direction]:
    """The unit vectors along all latent dimensions but the first, of both signs."""
    check_ensemble(ensemble)
    return [axis(ensemble, dim, sign) for dim in range(1, ensemble.bottleneck) for sign in (1, -1)]


def suppressed(ensemble: Ensemble, direction: Direction | None = None) -> Ensemble:
    """Take away the positive part of every latent along a direction, the first axis if none is given."""
    along = axis(ensemble) if direction is None else direction
    return intervene(ensemble, Suppression(along, BoundedFalloff(0, 1, 0)))
