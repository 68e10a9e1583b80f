"""The published experiments, one in each file, with its dopesheet beside it unless it uses that of another."""

from excolor.experiments.ex_1_2 import EX_1_2, EX_1_2_ALL_HUES
from excolor.experiments.ex_1_3 import EX_1_3
from excolor.experiments.ex_1_5 import EX_1_5
from excolor.experiments.ex_1_6 import EX_1_6_SMOOTH, EX_1_6_STEPPED
from excolor.experiments.ex_1_7 import EX_1_7, EX_1_7_LAST, EX_1_7_MEAN, EX_1_7_SOFT
from excolor.experiments.ex_1_8 import EX_1_8
from excolor.experiments.ex_2_2 import EX_2_2, EX_2_2_AS_MEANT
from excolor.experiments.ex_2_3 import EX_2_3, EX_2_3_SIGMOID
from excolor.experiments.ex_2_4 import EX_2_4
from excolor.experiments.ex_2_4_1 import EX_2_4_1, EX_2_4_1_HIGHEST, EX_2_4_1_MEAN
from excolor.experiments.ex_2_5 import EX_2_5
from excolor.experiments.ex_2_5_1 import EX_2_5_1
from excolor.experiments.ex_2_7_1 import EX_2_7_1
from excolor.experiments.ex_2_8 import EX_2_8
from excolor.experiments.ex_2_9 import EX_2_9
from excolor.experiments.ex_2_9_1 import (
    EX_2_9_1,
    EX_2_9_1_HALF_RATE,
    EX_2_9_1_HIGHEST,
    EX_2_9_1_MEAN,
    EX_2_9_1_TEN_UNITS,
)
from excolor.experiments.ex_2_10 import EX_2_10
from excolor.experiments.ex_2_10_1 import EX_2_10_1, EX_2_10_1_HIGHEST, EX_2_10_1_MEAN
from excolor.experiments.ex_2_10_middle import EX_2_10_MIDDLE
from excolor.experiments.ex_2_10_second import EX_2_10_SECOND
from excolor.experiments.ex_2_11 import EX_2_11

__all__ = [
    "EX_1_2",
    "EX_1_2_ALL_HUES",
    "EX_1_3",
    "EX_1_5",
    "EX_1_6_SMOOTH",
    "EX_1_6_STEPPED",
    "EX_1_7",
    "EX_1_7_LAST",
    "EX_1_7_MEAN",
    "EX_1_7_SOFT",
    "EX_1_8",
    "EX_2_2",
    "EX_2_2_AS_MEANT",
    "EX_2_3",
    "EX_2_3_SIGMOID",
    "EX_2_4",
    "EX_2_4_1",
    "EX_2_4_1_HIGHEST",
    "EX_2_4_1_MEAN",
    "EX_2_5",
    "EX_2_5_1",
    "EX_2_7_1",
    "EX_2_8",
    "EX_2_9",
    "EX_2_9_1",
    "EX_2_9_1_HALF_RATE",
    "EX_2_9_1_HIGHEST",
    "EX_2_9_1_MEAN",
    "EX_2_9_1_TEN_UNITS",
    "EX_2_10",
    "EX_2_10_1",
    "EX_2_10_1_HIGHEST",
    "EX_2_10_1_MEAN",
    "EX_2_10_MIDDLE",
    "EX_2_10_SECOND",
    "EX_2_11",
]
