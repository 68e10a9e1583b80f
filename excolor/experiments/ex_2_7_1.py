"""Experiment 2.7.1: the color wheel laid flat, to delete its plane; nothing is anchored, though its text says so."""

from pathlib import Path

from excolor.colors import rgb_training_cube, vibrancy
from excolor.dopesheet import Dopesheet
from excolor.experiment import Experiment, Term
from excolor.experiments.rerun_terms import SEPARATE
from excolor.labels import Label
from excolor.regularizers import Planarity

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
