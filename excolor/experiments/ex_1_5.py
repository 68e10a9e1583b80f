"""Experiment 1.5: a smooth schedule, on which six colors are held where they are once they have made a wheel.

At first the six primary and secondary colors are drawn, then all hues, and then duller and darker colors, with the rule
and the terms of 1.6. Two things are not as published. A step takes 256 colors there, and in the first phase the six at
once; here it draws 32 throughout, as 1.6 does. And reconstruction has the weight 1 throughout, where it falls to 0.8
for a time. Planarity is the mean of two dimensions there and their sum here, at half of its weight, which is the same.

Of 48 exploring seeds with 256 colors a step 0.23 had their hues out of order, and of 96 with 32 colors 0.25.
"""

from pathlib import Path

from excolor.experiments.ex_1_6 import EX_1_6_SMOOTH
from excolor.schedule.dopesheet import Dopesheet

EX_1_5 = EX_1_6_SMOOTH.replace(name="1.5", dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")))
