"""Experiment 2.10.1: delete only red, with one label and all else repelled from red's dimension."""

from pathlib import Path

from excolor.colors import rgb_training_cube
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.regularizers import AxisAlignedSubspace
from excolor.experiments.constant_weights import at_their_highest, at_their_mean
from excolor.experiments.rerun_terms import SEPARATE, anchor
from excolor.schedule.dopesheet import Dopesheet

EX_2_10_1 = Experiment(
    name="2.10.1",
    data=rgb_training_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=5,
    nonlinear=2,
    terms=(SEPARATE, anchor(5), Term("reg-anti-subspace", AxisAlignedSubspace((0,), invert=True))),
)

EX_2_10_1_MEAN = at_their_mean(EX_2_10_1)
EX_2_10_1_HIGHEST = at_their_highest(EX_2_10_1)
