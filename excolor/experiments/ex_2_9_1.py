"""Experiment 2.9.1: delete only red, all kept away from its dimension and its opposite; the paper's "Isolated" model.

The paper's text has 10 hidden units; its sweep had 16, as here.
"""

from pathlib import Path

from excolor.colors import rgb_training_cube
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.regularizers import AntiAnchor, AxisAlignedSubspace
from excolor.experiments.rerun_terms import SEPARATE, anchor
from excolor.schedule.dopesheet import Dopesheet

EX_2_9_1 = Experiment(
    name="2.9.1",
    data=rgb_training_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=5,
    nonlinear=2,
    terms=(
        SEPARATE,
        anchor(5),
        Term("reg-anti-anchor", AntiAnchor((-1, 0, 0, 0, 0))),
        Term("reg-anti-subspace", AxisAlignedSubspace((0,), invert=True)),
    ),
)
