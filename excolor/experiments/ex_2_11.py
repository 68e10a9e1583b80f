"""Experiment 2.11: fewer labels, for red and for the vibrant hues; it was removed before it had a conclusion.

Its colors, its labels and its width are known, and that both labels were counted over 89 064 rows. Its depth, terms and
weights are not: here they are those of 2.4.1, which labels red and the vibrant hues too. The weights of both terms are
above 0 in the first 1425 steps, in which as many rows are drawn.
"""

from excolor.colors import redness, rgb_decimal_cube, vibrancy
from excolor.conditions.experiment import Term
from excolor.conditions.labels import Label
from excolor.conditions.regularizers import AngularAnchor, Planarity
from excolor.experiments.ex_2_4_1 import EX_2_4_1
from excolor.experiments.rerun_terms import SEPARATE

EX_2_11 = EX_2_4_1.replace(
    name="2.11",
    data=rgb_decimal_cube,
    terms=(
        SEPARATE,
        Term("reg-anchor", AngularAnchor((1, 0, 0, 0)), label=Label("red", scale=0.07, concept=redness, power=10)),
        Term("reg-planar", Planarity(), label=Label("vibrant", scale=0.02, concept=vibrancy, power=100)),
    ),
)
