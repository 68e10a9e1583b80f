"""Experiment 1.3: five phases, from twelve bright hues to all hues of ten values, and two weak penalties.

The published run takes all colors of a phase at every step, up to 3600; here batches of 64 are drawn from them, each as
likely as any other. As published, the learning rate ramps up anew in every phase, and Adam's moments go on through all.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.colors import hsv_cube, hues
from excolor.conditions.architecture import Form
from excolor.conditions.curriculum import Curriculum
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.regularizers import AxisAlignedSubspace, Unitarity
from excolor.schedule.dopesheet import Dopesheet

TEN_VALUES = np.linspace(0.2, 1, 10)
VALUES = ((1.0,), (1.0,), (0.9, 1.0), (0.8, 0.9, 1.0), tuple(TEN_VALUES))
"""The values of each phase's colors."""


def phase_cube() -> xr.Dataset:
    """The colors of all phases, at full saturation, all with the same bias."""
    cube = hsv_cube(hues(360), [1], sorted({value for values in VALUES for value in values}))
    return cube.assign(bias=xr.ones_like(cube["bias"]))


def in_phase(cube: xr.Dataset, values: Mapping[str, float]) -> NDArray[np.float64]:
    """1 for the colors of the current phase, else 0; the first phase has twelve hues, the others 360."""
    phase = round(values["data-phase"])
    shown = np.isin(np.arange(360) % 30, 0 if phase == 1 else range(30))
    return np.outer(shown, np.isin(cube["v"].values, VALUES[phase - 1]))[:, None].astype(np.float64)


EX_1_3 = Experiment(
    name="1.3",
    data=phase_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=3,
    nonlinear=1,
    form=Form(normalized=False, output="sigmoid"),
    curriculum=Curriculum(("data-phase",), in_phase),
    terms=(
        Term("reg-unit", Unitarity()),
        Term("reg-nonplanar", AxisAlignedSubspace((2,), invert=True)),
    ),
)
