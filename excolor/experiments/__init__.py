"""The published experiments: each a file, beside its dopesheet unless it takes that of another."""

from excolor.experiments.ex_2_3 import EX_2_3
from excolor.experiments.ex_2_4 import EX_2_4
from excolor.experiments.ex_2_5 import EX_2_5
from excolor.experiments.ex_2_8 import EX_2_8
from excolor.experiments.ex_2_9 import EX_2_9
from excolor.experiments.ex_2_10 import EX_2_10

__all__ = ["EX_2_3", "EX_2_4", "EX_2_5", "EX_2_8", "EX_2_9", "EX_2_10"]
