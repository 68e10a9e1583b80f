"""Experiment 2.7.1: the color wheel laid flat, to delete its plane; nothing is anchored, though its text says it is."""

from pathlib import Path

from excolor.colors import rgb_training_cube, vibrancy
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.labels import Label
from excolor.conditions.regularizers import Planarity
from excolor.experiments.rerun_terms import SEPARATE
from excolor.schedule.dopesheet import Dopesheet

EX_2_7_1 = Experiment(
    name="2.7.1",
    data=rgb_training_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=4,
    nonlinear=1,
    terms=(
        SEPARATE,
        Term("reg-planar", Planarity(), label=Label("vibrant", scale=0.008, concept=vibrancy, power=8)),
    ),
)
