"""Experiment 2.9.1: delete only red, all kept away from its dimension and its opposite; the paper's "Isolated" model.

The paper's text has 10 hidden units, as an earlier sweep of 100 seeds had; its own sweep had 16, as here.
"""

import dataclasses
from pathlib import Path

from excolor.colors import rgb_training_cube
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.regularizers import AntiAnchor, AxisAlignedSubspace
from excolor.experiments.constant_weights import at_their_highest, at_their_mean
from excolor.experiments.rerun_terms import SEPARATE, anchor
from excolor.schedule.dopesheet import LEARNING_RATE, Dopesheet
from excolor.schedule.timeline import Timeline

EX_2_9_1 = Experiment(
    name="2.9.1",
    data=rgb_training_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=5,
    nonlinear=2,
    terms=(
        SEPARATE,
        anchor(5),
        Term("reg-anti-anchor", AntiAnchor((-1, 0, 0, 0, 0))),
        Term("reg-anti-subspace", AxisAlignedSubspace((0,), invert=True)),
    ),
)

EX_2_9_1_MEAN = at_their_mean(EX_2_9_1)
EX_2_9_1_HIGHEST = at_their_highest(EX_2_9_1)

EX_2_9_1_TEN_UNITS = EX_2_9_1.replace(name="2.9.1 with 10 hidden units", hidden=10)

HALF_RATE = Timeline(LEARNING_RATE, ((0, 1e-8), (10, 0.01), (750, 0.05), (1425, 0.05), (1500, 0.025)))
"""Half of the learning rate of 2.9.1 from step 750 on, at its peak and at its end; the same before its rise to that."""

EX_2_9_1_HALF_RATE = EX_2_9_1.replace(
    name="2.9.1 with half of the peak learning rate",
    dopesheet=dataclasses.replace(
        EX_2_9_1.dopesheet,
        timelines=tuple(
            HALF_RATE if timeline.name == LEARNING_RATE else timeline for timeline in EX_2_9_1.dopesheet.timelines
        ),
    ),
)
"""The author's follow-up has this peak. How its rate falls from there is not known; here it falls as in 2.9.1."""
