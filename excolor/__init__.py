"""Claims about concept deletion in color autoencoders, trained and judged over many seeds."""

from excolor.determinism import pin

pin()  # before anything below loads numpy's or torch's libraries

from excolor import experiments
from excolor.colors import (
    fine_cube,
    hsv_cube,
    hues,
    medium_cube,
    named_color,
    named_colors,
    rgb_cube,
    training_cube,
)
from excolor.dopesheet import Dopesheet
from excolor.evaluation import error_of, latents, reconstruct, reconstruction_error, typical_error, worst_error
from excolor.experiment import Experiment, Term
from excolor.falloffs import BezierMapper, BoundedFalloff, LinearMapper
from excolor.interventions import AxisAlignedSuppression, Repulsion, Suppression, intervene
from excolor.labels import Label
from excolor.model import Ensemble
from excolor.regularizers import (
    Anchor,
    AngularAnchor,
    AntiAnchor,
    AxisAlignedSubspace,
    Planarity,
    Separate,
    Unitarity,
)
from excolor.statistics import Estimate, fraction, median, ratio
from excolor.surgery import ablate, answering, prune
from excolor.training import train

__all__ = [
    "Anchor",
    "AngularAnchor",
    "AntiAnchor",
    "AxisAlignedSubspace",
    "AxisAlignedSuppression",
    "BezierMapper",
    "BoundedFalloff",
    "Dopesheet",
    "Ensemble",
    "Estimate",
    "Experiment",
    "Label",
    "LinearMapper",
    "Planarity",
    "Repulsion",
    "Separate",
    "Suppression",
    "Term",
    "Unitarity",
    "ablate",
    "answering",
    "error_of",
    "experiments",
    "fine_cube",
    "fraction",
    "hsv_cube",
    "hues",
    "intervene",
    "latents",
    "median",
    "medium_cube",
    "named_color",
    "named_colors",
    "prune",
    "ratio",
    "reconstruct",
    "reconstruction_error",
    "rgb_cube",
    "train",
    "training_cube",
    "typical_error",
    "worst_error",
]
