"""Experiment 2.4.1: red anchored and the color wheel laid flat, for suppression; the paper's "Anchored" model."""

from pathlib import Path

from excolor.colors import rgb_training_cube, vibrancy
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.labels import Label
from excolor.conditions.regularizers import Planarity
from excolor.experiments.constant_weights import at_their_highest, at_their_mean
from excolor.experiments.rerun_terms import SEPARATE, anchor
from excolor.schedule.dopesheet import Dopesheet

EX_2_4_1 = Experiment(
    name="2.4.1",
    data=rgb_training_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=4,
    nonlinear=1,
    terms=(
        SEPARATE,
        anchor(4),
        Term("reg-planar", Planarity(), label=Label("vibrant", scale=0.01, concept=vibrancy, power=10)),
    ),
)

EX_2_4_1_MEAN = at_their_mean(EX_2_4_1)
EX_2_4_1_HIGHEST = at_their_highest(EX_2_4_1)
