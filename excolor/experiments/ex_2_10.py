"""Experiment 2.10, first series: delete only red, with fewer regularization terms than 2.9."""

from pathlib import Path

from excolor.colors import training_cube
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.labels import RED
from excolor.conditions.regularizers import AngularAnchor, AntiAnchor, Separate, Unitarity
from excolor.schedule.dopesheet import Dopesheet

EX_2_10 = Experiment(
    name="2.10",
    data=training_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=5,
    nonlinear=2,
    terms=(
        Term("reg-unit", Unitarity(), layer="encoder"),
        Term("reg-anchor", AngularAnchor((1, 0, 0, 0, 0)), label=RED),
        Term("reg-separate", Separate(power=100)),
        Term("reg-anti-anchor", AntiAnchor((-1, 0, 0, 0, 0))),
    ),
)
