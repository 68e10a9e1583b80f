"""Experiment 2.3: latents are normalized, and the output is linear or a sigmoid; all penalties before normalization.

Except for where the penalties act, the version with a linear output is 2.4; the published sheets of the two are the
same.
"""

from dataclasses import replace

from excolor.conditions.architecture import Form
from excolor.conditions.experiment import Term
from excolor.experiments.ex_2_4 import EX_2_4

EX_2_3 = EX_2_4.replace(
    name="2.3, linear",
    terms=tuple(replace(term, layer="encoder") for term in EX_2_4.terms if isinstance(term, Term)),
)

EX_2_3_SIGMOID = EX_2_3.replace(name="2.3, sigmoid", form=Form(output="sigmoid"))
