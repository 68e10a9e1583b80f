"""Experiment 1.2: a bottleneck of two dimensions on a circle, trained on bright hues with a band of them held out."""

from pathlib import Path

import xarray as xr

from excolor.colors import hsv_cube, hues, hues_outside
from excolor.conditions.architecture import Form
from excolor.conditions.experiment import Experiment
from excolor.schedule.dopesheet import Dopesheet

VALUES = (0.9, 1)
"""The values (lightness) of every hue."""
HELD_OUT = (150, 240)
"""The ends of the held-out band, from teal to blue, both included, in degrees of hue."""


def seen_hues() -> xr.Dataset:
    """The 538 colors of the training: every degree of hue except the held-out band."""
    first, last = HELD_OUT
    return hsv_cube(hues_outside(hues(360), first / 360, last / 360), [1], VALUES)


def all_hues() -> xr.Dataset:
    """Bright colors at every degree of hue, without a held-out band."""
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
