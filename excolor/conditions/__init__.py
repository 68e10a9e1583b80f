"""Frozen descriptions of what is trained: architectures, labels, regularizers, curricula and experiments."""

from excolor.conditions.architecture import Architecture, Form, FormError, SizeError
from excolor.conditions.curriculum import Curriculum, CurriculumError
from excolor.conditions.experiment import Decoding, Drift, Experiment, ExperimentError, Term
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
from excolor.conditions.starts import After, OtherWeights, StartError

__all__ = [
    "DESATURATED",
    "RED",
    "VIBRANT",
    "After",
    "Anchor",
    "AngularAnchor",
    "AntiAnchor",
    "Architecture",
    "AxisAlignedSubspace",
    "Crowding",
    "Curriculum",
    "CurriculumError",
    "Decoding",
    "Drift",
    "Experiment",
    "ExperimentError",
    "Form",
    "FormError",
    "Label",
    "LabelError",
    "OtherWeights",
    "Plan",
    "Planarity",
    "Regularizer",
    "RegularizerError",
    "Separate",
    "SizeError",
    "StartError",
    "Term",
    "Unitarity",
    "plan",
    "stacks",
]
