"""Claims about concept deletion in color autoencoders, trained and judged over many seeds.

These are the names that most hypothesis files need. Each room exports more, such as `excolor.measures`.
"""

from excolor import experiments
from excolor.colors import hsv_cube, named_color, rgb_cube
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.labels import Label
from excolor.conditions.regularizers import (
    Anchor,
    AngularAnchor,
    AntiAnchor,
    AxisAlignedSubspace,
    Planarity,
    Separate,
    Unitarity,
)
from excolor.determinism import take_one_thread
from excolor.edits.deletion import ablate, answering, prune
from excolor.edits.interventions import intervene
from excolor.ensemble import Ensemble
from excolor.judging.estimates import Estimate
from excolor.judging.intervals import fraction, median, ratio
from excolor.measures.errors import error_of, reconstruction_error, typical_error, worst_error
from excolor.measures.evaluation import latents, reconstruct
from excolor.schedule.dopesheet import Dopesheet
from excolor.sweeping.swept import sweep
from excolor.training.loop import train, train_together

take_one_thread()

__all__ = [
    "Anchor",
    "AngularAnchor",
    "AntiAnchor",
    "AxisAlignedSubspace",
    "Dopesheet",
    "Ensemble",
    "Estimate",
    "Experiment",
    "Label",
    "Planarity",
    "Separate",
    "Term",
    "Unitarity",
    "ablate",
    "answering",
    "error_of",
    "experiments",
    "fraction",
    "hsv_cube",
    "intervene",
    "latents",
    "median",
    "named_color",
    "prune",
    "ratio",
    "reconstruct",
    "reconstruction_error",
    "rgb_cube",
    "sweep",
    "train",
    "train_together",
    "typical_error",
    "worst_error",
]
