"""Experiment 2.4: penalties on the unit sphere, after normalization; its model is that of 2.6 and 2.7 too.

On the sphere the loss of the Euclidean anchor is twice that of the angular one.
"""

from pathlib import Path

from excolor.colors import training_cube
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.labels import RED, VIBRANT
from excolor.conditions.regularizers import Anchor, Planarity, Separate, Unitarity
from excolor.schedule.dopesheet import Dopesheet

EX_2_4 = Experiment(
    name="2.4",
    data=training_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=4,
    nonlinear=1,
    terms=(
        Term("reg-unit", Unitarity(), layer="encoder"),
        Term("reg-anchor", Anchor((1, 0, 0, 0)), label=RED),
        Term("reg-separate", Separate(power=100)),
        Term("reg-planar", Planarity(), label=VIBRANT),
    ),
)
