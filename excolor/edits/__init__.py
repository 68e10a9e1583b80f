"""Edits of trained models, always on a copy: deletion of latent dimensions, suppression, repulsion."""

from excolor.edits.deletion import DimensionError, ablate, answering, prune
from excolor.edits.directions import axis, other_directions, suppressed
from excolor.edits.falloffs import BezierMapper, BoundedFalloff, FalloffError, LinearMapper, Mapper
from excolor.edits.interventions import (
    AxisAlignedSuppression,
    Intervention,
    InterventionError,
    Repulsion,
    Suppression,
    intervene,
)

__all__ = [
    "AxisAlignedSuppression",
    "BezierMapper",
    "BoundedFalloff",
    "DimensionError",
    "FalloffError",
    "Intervention",
    "InterventionError",
    "LinearMapper",
    "Mapper",
    "Repulsion",
    "Suppression",
    "ablate",
    "answering",
    "axis",
    "intervene",
    "other_directions",
    "prune",
    "suppressed",
]
