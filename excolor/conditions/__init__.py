"""Frozen descriptions of what is trained: architectures, labels, regularizers, curricula and experiments."""

from excolor.conditions.architecture import Architecture, Form, FormError, SizeError
from excolor.conditions.curriculum import Curriculum, CurriculumError
from excolor.conditions.experiment import Drift, Experiment, ExperimentError, Term
from excolor.conditions.labels import DESATURATED, RED, VIBRANT, Label, LabelError
from excolor.conditions.regularizers import (
    Anchor,
    AngularAnchor,
    AntiAnchor,
    AxisAlignedSubspace,
    Crowding,
    Planarity,
    Regularizer,
    RegularizerError,
    Separate,
    Unitarity,
)
from excolor.conditions.stacking import Plan, plan, stacks

__all__ = [
    "DESATURATED",
    "RED",
    "VIBRANT",
    "Anchor",
    "AngularAnchor",
    "AntiAnchor",
    "Architecture",
    "AxisAlignedSubspace",
    "Crowding",
    "Curriculum",
    "CurriculumError",
    "Drift",
    "Experiment",
    "ExperimentError",
    "Form",
    "FormError",
    "Label",
    "LabelError",
    "Plan",
    "Planarity",
    "Regularizer",
    "RegularizerError",
    "Separate",
    "SizeError",
    "Term",
    "Unitarity",
    "plan",
    "stacks",
]
