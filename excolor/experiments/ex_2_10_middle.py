"""Experiment 2.10, middle version: delete only red, anchored against two repulsions whose weights rise with its own.

Of what came between the first series and the second version its weights are known, its two repulsions and its 1501
steps. The colors, the label and the learning rate are here those of the second version, and no term is unitarity.
"""

from pathlib import Path

from excolor.colors import rgb_decimal_cube
from excolor.experiments.ex_2_9_1 import EX_2_9_1
from excolor.schedule.dopesheet import Dopesheet

EX_2_10_MIDDLE = EX_2_9_1.replace(
    name="2.10, middle version",
    data=rgb_decimal_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
)
