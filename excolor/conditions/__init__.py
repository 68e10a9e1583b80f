"""Frozen descriptions of what is trained: architectures, labels, regularizers, curricula and experiments."""

from excolor.conditions.architecture import Architecture, Form, FormError, SizeError
from excolor.conditions.concepts import Concept, ConceptError, Near, concept_of, labeled_share, with_concepts
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
from excolor.conditions.survey import Called, SurveyError, survey
from excolor.numerics.fields import FieldError

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
    "Called",
    "Concept",
    "ConceptError",
    "Crowding",
    "Curriculum",
    "CurriculumError",
    "Decoding",
    "Drift",
    "Experiment",
    "ExperimentError",
    "FieldError",
    "Form",
    "FormError",
    "Label",
    "LabelError",
    "Near",
    "OtherWeights",
    "Plan",
    "Planarity",
    "Regularizer",
    "RegularizerError",
    "Separate",
    "SizeError",
    "StartError",
    "SurveyError",
    "Term",
    "Unitarity",
    "concept_of",
    "labeled_share",
    "plan",
    "stacks",
    "survey",
    "with_concepts",
]
