"""Experiment 2.8: delete only red from four dimensions, with everything repelled from red's opposite."""

from pathlib import Path

from excolor.colors import training_cube
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.labels import RED
from excolor.conditions.regularizers import AngularAnchor, AntiAnchor, Separate, Unitarity
from excolor.schedule.dopesheet import Dopesheet

EX_2_8 = Experiment(
    name="2.8",
    data=training_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=4,
    nonlinear=1,
    terms=(
        Term("reg-unit", Unitarity(), layer="encoder"),
        Term("reg-anchor", AngularAnchor((1, 0, 0, 0)), label=RED),
        Term("reg-separate", Separate(power=100)),
        Term("reg-anti-anchor", AntiAnchor((-1, 0, 0, 0))),
    ),
)
