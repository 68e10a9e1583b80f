"""Claims about concept deletion in color autoencoders, trained and judged over many seeds.

These are the names that most hypothesis files need. Each room exports more, such as `excolor.measures`. A name is
loaded when it is first asked for, since torch and numba take seconds: a project whose other tests need none of them,
and a process that only hands out tests, wait for nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the same names as HOMES has, for who reads types
    from excolor import experiments
    from excolor.colors import hsv_cube, hsv_similarity, named_color, rgb_cube
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

HOMES = {
    "Anchor": "conditions.regularizers",
    "AngularAnchor": "conditions.regularizers",
    "AntiAnchor": "conditions.regularizers",
    "AxisAlignedSubspace": "conditions.regularizers",
    "Dopesheet": "schedule.dopesheet",
    "Ensemble": "ensemble",
    "Estimate": "judging.estimates",
    "Experiment": "conditions.experiment",
    "Label": "conditions.labels",
    "Planarity": "conditions.regularizers",
    "Separate": "conditions.regularizers",
    "Term": "conditions.experiment",
    "Unitarity": "conditions.regularizers",
    "ablate": "edits.deletion",
    "answering": "edits.deletion",
    "error_of": "measures.errors",
    "fraction": "judging.intervals",
    "hsv_cube": "colors",
    "hsv_similarity": "colors",
    "intervene": "edits.interventions",
    "latents": "measures.evaluation",
    "median": "judging.intervals",
    "named_color": "colors",
    "prune": "edits.deletion",
    "ratio": "judging.intervals",
    "reconstruct": "measures.evaluation",
    "reconstruction_error": "measures.errors",
    "rgb_cube": "colors",
    "sweep": "sweeping.swept",
    "train": "training.loop",
    "train_together": "training.loop",
    "typical_error": "measures.errors",
    "worst_error": "measures.errors",
}
"""The module of each name."""

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
    "hsv_similarity",
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


def __getattr__(name: str) -> Any:
    if name == "experiments":
        return import_module("excolor.experiments")
    if name in HOMES:  # asked for anew each time: a null replaces what its home holds
        return getattr(import_module(f"excolor.{HOMES[name]}"), name)
    raise AttributeError(f"module 'excolor' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
