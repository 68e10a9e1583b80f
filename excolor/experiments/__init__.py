"""The published experiments, each a file beside its dopesheet."""

from excolor.experiments.ex_2_8 import EX_2_8
from excolor.experiments.ex_2_9 import EX_2_9
from excolor.experiments.ex_2_10 import EX_2_10

__all__ = ["EX_2_8", "EX_2_9", "EX_2_10"]
