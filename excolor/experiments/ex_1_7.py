"""Experiment 1.7: all colors from the first step, and penalties gated by sparse, noisy labels.

Latents are not normalized: two unitarity terms, one for the vibrant hues and one for all colors, take its place.
"""

import dataclasses
from pathlib import Path

from excolor.colors import training_cube
from excolor.conditions.architecture import Form
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.labels import RED, VIBRANT, Label, SoftLabel
from excolor.conditions.regularizers import Anchor, Planarity, Separate, Unitarity
from excolor.experiments.constant_weights import at_their_last, at_their_mean
from excolor.schedule.dopesheet import Dopesheet

EX_1_7 = Experiment(
    name="1.7",
    data=training_cube,
    dopesheet=Dopesheet.from_csv(Path(__file__).with_suffix(".csv")),
    bottleneck=4,
    nonlinear=1,
    form=Form(normalized=False, output="sigmoid"),
    terms=(
        Term("reg-polar", Anchor((1, 0, 0, 0)), label=RED),
        Term("reg-separate", Separate(power=10, shift=False)),
        Term("reg-planar", Planarity(), label=VIBRANT),
        Term("reg-norm-v", Unitarity(), label=VIBRANT),
        Term("reg-norm", Unitarity()),
    ),
)


def _soft(label: Label) -> SoftLabel:
    return SoftLabel(f"soft {label.name}", scale=label.scale, concept=label.concept, power=label.power)


EX_1_7_SOFT = EX_1_7.replace(
    name="1.7 with soft labels",
    terms=tuple(
        dataclasses.replace(term, label=_soft(term.label)) if isinstance(term, Term) and term.label else term
        for term in EX_1_7.terms
    ),
)
"""Experiment 1.7 where rows count as far as they are red or vibrant, and no label is drawn."""

EX_1_7_MEAN = at_their_mean(EX_1_7)
EX_1_7_LAST = at_their_last(EX_1_7)
