"""An experiment with weights that do not change over time: what a schedule of weights is held against."""

import dataclasses
from collections.abc import Callable
from statistics import fmean

from excolor.conditions.experiment import Experiment
from excolor.schedule.dopesheet import LEARNING_RATE
from excolor.schedule.timeline import Timeline


def with_constant_weights(experiment: Experiment, which: str, value: Callable[[list[float]], float]) -> Experiment:
    """An experiment with every term's weight held at one value of its course; the learning rate keeps its course."""
    sheet = experiment.dopesheet
    timelines = (
        timeline
        if timeline.name == LEARNING_RATE
        else Timeline(timeline.name, ((0, value(sheet.values(timeline.name).tolist())),))
        for timeline in sheet.timelines
    )
    return experiment.replace(
        name=f"{experiment.name} with constant weights, {which}",
        dopesheet=dataclasses.replace(sheet, timelines=tuple(timelines)),
    )


def at_their_mean(experiment: Experiment) -> Experiment:
    """Each weight at its mean over time: in all, each term weighs what it does in the experiment."""
    return with_constant_weights(experiment, "their mean over time", fmean)


def at_their_highest(experiment: Experiment) -> Experiment:
    """Each weight at its highest value: at no time does a term weigh less than it does in the experiment."""
    return with_constant_weights(experiment, "their highest", max)


def at_their_last(experiment: Experiment) -> Experiment:
    """Each weight at its last value."""
    return with_constant_weights(experiment, "their last", lambda course: course[-1])
