"""Edits of trained models, always on a copy: deletion, erasure, suppression, repulsion, reflection, reorientation."""

from excolor.edits.deletion import DimensionError, ablate, answering, prune
from excolor.edits.directions import axis, other_directions, suppressed
from excolor.edits.erasure import Eraser, erased
from excolor.edits.falloffs import BezierMapper, BoundedFalloff, FalloffError, LinearMapper, Mapper
from excolor.edits.found import DirectionError
from excolor.edits.interventions import (
    AxisAlignedSuppression,
    Intervention,
    InterventionError,
    Reflection,
    Repulsion,
    Suppression,
    intervene,
)
from excolor.edits.reorientation import reoriented

__all__ = [
    "AxisAlignedSuppression",
    "BezierMapper",
    "BoundedFalloff",
    "DimensionError",
    "DirectionError",
    "Eraser",
    "FalloffError",
    "Intervention",
    "InterventionError",
    "LinearMapper",
    "Mapper",
    "Reflection",
    "Repulsion",
    "Suppression",
    "ablate",
    "answering",
    "axis",
    "erased",
    "intervene",
    "other_directions",
    "prune",
    "reoriented",
    "suppressed",
]
