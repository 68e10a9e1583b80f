"""Experiment 2.5.1: only red is anchored, for suppression; 2.4.1 without the color wheel."""

from pathlib import Path

from excolor.colors import rgb_training_cube
from excolor.conditions.experiment import Experiment
from excolor.experiments.rerun_terms import SEPARATE, anchor
from excolor.schedule.dopesheet import Dopesheet

EX_2_5_1 = Experiment(
    name="2.5.1",
    data=rgb_training_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=4,
    nonlinear=1,
    terms=(SEPARATE, anchor(4)),
)
