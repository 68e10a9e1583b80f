"""Experiment 2.3, its model with a linear output: 2.4 with all penalties before normalization.

The published sheets of the two are the same.
"""

from dataclasses import replace

from excolor.experiments.ex_2_4 import EX_2_4

EX_2_3 = EX_2_4.replace(name="2.3, linear", terms=tuple(replace(term, layer="encoder") for term in EX_2_4.terms))
