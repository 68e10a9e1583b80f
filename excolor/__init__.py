"""Claims about concept deletion in color autoencoders, trained and judged over many seeds."""

from excolor import experiments
from excolor.colors import (
    fine_cube,
    hsv_cube,
    hues,
    hues_outside,
    medium_cube,
    named_color,
    named_colors,
    rgb_cube,
    rgb_fine_cube,
    rgb_training_cube,
    training_cube,
    validation_colors,
)
from excolor.conditions.architecture import Form
from excolor.conditions.curriculum import Curriculum
from excolor.conditions.experiment import Drift, Experiment, Term
from excolor.conditions.labels import Label
from excolor.conditions.regularizers import (
    Anchor,
    AngularAnchor,
    AntiAnchor,
    AxisAlignedSubspace,
    Crowding,
    Planarity,
    Separate,
    Unitarity,
)
from excolor.determinism import take_one_thread
from excolor.edits.deletion import ablate, answering, prune
from excolor.edits.falloffs import BezierMapper, BoundedFalloff, LinearMapper
from excolor.edits.interventions import AxisAlignedSuppression, Repulsion, Suppression, intervene
from excolor.ensemble import Ensemble
from excolor.judging.estimates import Estimate, fraction, median, ratio
from excolor.measures.errors import error_of, latents, reconstruct, reconstruction_error, typical_error, worst_error
from excolor.measures.hue_order import circular_rank_correlation, hues_at_largest_gap, largest_gap, latent_angle
from excolor.measures.scores import collateral, likeness_over, r_squared, vibrancy_over
from excolor.schedule.dopesheet import Dopesheet
from excolor.schedule.transition import Transition
from excolor.training.loop import train, train_together

take_one_thread()

__all__ = [
    "Anchor",
    "AngularAnchor",
    "AntiAnchor",
    "AxisAlignedSubspace",
    "AxisAlignedSuppression",
    "BezierMapper",
    "BoundedFalloff",
    "Crowding",
    "Curriculum",
    "Dopesheet",
    "Drift",
    "Ensemble",
    "Estimate",
    "Experiment",
    "Form",
    "Label",
    "LinearMapper",
    "Planarity",
    "Repulsion",
    "Separate",
    "Suppression",
    "Term",
    "Transition",
    "Unitarity",
    "ablate",
    "answering",
    "circular_rank_correlation",
    "collateral",
    "error_of",
    "experiments",
    "fine_cube",
    "fraction",
    "hsv_cube",
    "hues",
    "hues_at_largest_gap",
    "hues_outside",
    "intervene",
    "largest_gap",
    "latent_angle",
    "latents",
    "likeness_over",
    "median",
    "medium_cube",
    "named_color",
    "named_colors",
    "prune",
    "r_squared",
    "ratio",
    "reconstruct",
    "reconstruction_error",
    "rgb_cube",
    "rgb_fine_cube",
    "rgb_training_cube",
    "train",
    "train_together",
    "training_cube",
    "typical_error",
    "validation_colors",
    "vibrancy_over",
    "worst_error",
]
