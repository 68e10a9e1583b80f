"""Experiment 2.9: delete only red from five dimensions, deeper, with desaturated colors drawn into the last three.

The published sheet has a column planar-v too, which no term reads; it is left out here, since it would be refused.
"""

from pathlib import Path

from excolor.colors import training_cube
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.labels import DESATURATED, RED
from excolor.conditions.regularizers import AngularAnchor, AntiAnchor, AxisAlignedSubspace, Separate, Unitarity
from excolor.schedule.dopesheet import Dopesheet

EX_2_9 = Experiment(
    name="2.9",
    data=training_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=5,
    nonlinear=2,
    terms=(
        Term("reg-unit", Unitarity(), layer="encoder"),
        Term("reg-anchor", AngularAnchor((1, 0, 0, 0, 0)), label=RED),
        Term("reg-separate", Separate(power=100)),
        Term("reg-anti-anchor", AntiAnchor((-1, 0, 0, 0, 0))),
        Term("reg-planar-d", AxisAlignedSubspace((2, 3, 4)), label=DESATURATED),
    ),
)
