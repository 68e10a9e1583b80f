"""Experiment 2.10, second version: delete only red with one label, everything repelled from red's dimension."""

from pathlib import Path

from excolor.colors import rgb_decimal_cube
from excolor.experiments.ex_2_10_1 import EX_2_10_1
from excolor.schedule.dopesheet import Dopesheet

EX_2_10_SECOND = EX_2_10_1.replace(
    name="2.10, second version",
    data=rgb_decimal_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
)
