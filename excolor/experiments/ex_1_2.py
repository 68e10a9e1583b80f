"""Experiment 1.2: a circle for a bottleneck, bright hues for data, and a band of them held out."""

from pathlib import Path

import xarray as xr

from excolor.colors import hsv_cube, hues, hues_outside
from excolor.conditions.architecture import Form
from excolor.conditions.experiment import Experiment
from excolor.schedule.dopesheet import Dopesheet

VALUES = (0.9, 1)
"""The values (lightness) of every hue."""
HELD_OUT = (150, 240)
"""The band that is held out, from teal to blue, both included, in degrees of hue."""


def seen_hues() -> xr.Dataset:
    """The 538 colors trained on: every degree of hue but those of the band."""
    first, last = HELD_OUT
    return hsv_cube(hues_outside(hues(360), first / 360, last / 360), [1], VALUES)


def all_hues() -> xr.Dataset:
    """Every degree of hue."""
    return hsv_cube(hues(360), [1], VALUES)


EX_1_2 = Experiment(
    name="1.2",
    data=seen_hues,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=2,
    nonlinear=1,
    form=Form(activation="relu", output="sigmoid"),
    batch="all",
    terms=(),
)

EX_1_2_ALL_HUES = EX_1_2.replace(name="1.2 with all hues", data=all_hues)
