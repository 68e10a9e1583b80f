"""Experiment 1.6: one curriculum on a smooth and on a stepped schedule, with six colors held where they once were.

First the six primary and secondary colors are drawn, then all hues, then all colors. The published runs differ in one
thing: from step 500 on they weight each row's losses by its weight in the draw, and average twice, which divides all
terms but the anchor by the batch's 32 rows. Here rows have equal weight, and the anchor has the weight of its sheet.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.colors import primary_secondary_focus, training_cube
from excolor.conditions.architecture import Form
from excolor.conditions.curriculum import Curriculum
from excolor.conditions.experiment import Drift, Experiment, Term
from excolor.conditions.regularizers import Crowding, Planarity, Unitarity
from excolor.schedule.dopesheet import Dopesheet

HERE = Path(__file__)
SIX_HUES = ((1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1))


def opened(x: NDArray[np.float64], fraction: float) -> NDArray[np.float64]:
    """o + (1 - o) max(0, (x - i) / (1 - i)), with i = 0.99 max(0, 1 - 2 f) and o = max(0, 2 f - 1).

    This is a weight from x in [0, 1]. At the fraction f = 0 it is 1 where x is 1, and 0 for x up to 0.99; at 1/2 it is
    x; at 1 it is 1.
    """
    low, least = 0.99 * max(0, 1 - 2 * fraction), max(0, 2 * fraction - 1)
    return least + (1 - least) * np.maximum(0, (x - low) / (1 - low))


def weight(cube: xr.Dataset, values: Mapping[str, float]) -> NDArray[np.float64]:
    """The weight of each color in the draw, by its vibrancy and by how near it is to one of the six hues."""
    h, s, v = (cube.get_index(axis).values for axis in "hsv")  # `cube[axis]` takes half of a step's time
    by_hue = opened(primary_secondary_focus(h), values["data-hues"])
    return by_hue[:, None, None] * opened(np.outer(s, v), values["data-vibrancies"])


EX_1_6_SMOOTH = Experiment(
    name="1.6, smooth",
    data=training_cube,
    dopesheet=Dopesheet.from_csv(HERE.with_name("ex_1_6_smooth.csv")),
    bottleneck=4,
    nonlinear=1,
    form=Form(normalized=False, output="sigmoid"),
    batch=32,
    curriculum=Curriculum(("data-hues", "data-vibrancies"), weight),
    terms=(
        Term("reg-separate", Crowding()),
        Term("reg-planar", Planarity()),
        Term("reg-unit", Unitarity()),
        Drift("reg-anchor", SIX_HUES, action="anchor"),
    ),
)
EX_1_6_STEPPED = EX_1_6_SMOOTH.replace(
    name="1.6, stepped", dopesheet=Dopesheet.from_csv(HERE.with_name("ex_1_6_stepped.csv"))
)
