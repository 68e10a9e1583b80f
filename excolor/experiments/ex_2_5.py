"""Experiment 2.5: only red is anchored. The published sheet is that of 2.4 without the column of planarity."""

from excolor.experiments.ex_2_4 import EX_2_4

EX_2_5 = EX_2_4.without("reg-planar").replace(name="2.5")
