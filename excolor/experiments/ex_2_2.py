"""Experiment 2.2: suppress red in latents that are not normalized, with the published mistake and as it was meant.

The published sheet is that of 1.7 over twice the steps, with some columns renamed wrongly: the schedule of planarity
stands in the column of the anchor, and the anchor's in a column that no term reads. Planarity has no column, so that
the published program gives it a constant weight of 1. Such a sheet would be refused here; that weight is written out.

As it was meant, planarity and the anchor have the schedules of 1.7.
"""

from pathlib import Path

from excolor.colors import training_cube
from excolor.conditions.architecture import Form
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.labels import RED, VIBRANT
from excolor.conditions.regularizers import Anchor, Planarity, Separate, Unitarity
from excolor.schedule.dopesheet import Dopesheet

EX_2_2 = Experiment(
    name="2.2",
    data=training_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=4,
    nonlinear=1,
    form=Form(normalized=False, output="sigmoid"),
    terms=(
        Term("reg-unit", Unitarity(), layer="encoder"),
        Term("reg-unit-v", Unitarity(), label=VIBRANT, layer="encoder"),
        Term("reg-anchor", Anchor((1, 0, 0, 0)), label=RED, layer="encoder"),
        Term("reg-separate", Separate(power=10, shift=False), layer="encoder"),
        Term("reg-planar", Planarity(), label=VIBRANT, layer="encoder"),
    ),
)

EX_2_2_AS_MEANT = EX_2_2.replace(
    name="2.2, as meant", dopesheet=Dopesheet.from_csv(Path(__file__).with_name("ex_2_2_as_meant.csv"))
)
