"""Experiment 1.7: all colors from the first step, and penalties gated by sparse, noisy labels.

Latents are not normalized: two unitarity terms, one for the vibrant hues and one for all colors, take its place.
"""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from statistics import fmean

from excolor.colors import training_cube
from excolor.conditions.architecture import Form
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.labels import RED, VIBRANT, Label, SoftLabel
from excolor.conditions.regularizers import Anchor, Planarity, Separate, Unitarity
from excolor.schedule.dopesheet import LEARNING_RATE, Dopesheet
from excolor.schedule.timeline import Timeline

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


def _constant(which: str, value: Callable[[list[float]], float]) -> Experiment:
    """Experiment 1.7 with every term's weight held at one value of its course; the learning rate keeps its course."""
    sheet = EX_1_7.dopesheet
    timelines = (
        timeline
        if timeline.name == LEARNING_RATE
        else Timeline(timeline.name, ((0, value(sheet.values(timeline.name).tolist())),))
        for timeline in sheet.timelines
    )
    return EX_1_7.replace(
        name=f"1.7 with constant weights, {which}", dopesheet=dataclasses.replace(sheet, timelines=tuple(timelines))
    )


EX_1_7_MEAN = _constant("their mean over time", fmean)
EX_1_7_LAST = _constant("their last", lambda course: course[-1])
