"""An experiment with weights that do not change over time: what a schedule of weights is held against."""

from collections.abc import Callable
from statistics import fmean

from excolor.conditions.experiment import Experiment
from excolor.experiments.changed_courses import with_weights
from excolor.schedule.timeline import Timeline


def with_constant_weights(experiment: Experiment, which: str, value: Callable[[list[float]], float]) -> Experiment:
    """An experiment with every term's weight held at one value of its course; the learning rate keeps its course."""
    sheet = experiment.dopesheet

    def held(course: Timeline) -> Timeline:
        return Timeline(course.name, ((0, value(sheet.values(course.name).tolist())),))

    return with_weights(experiment, f"with constant weights, {which}", held)


def at_their_mean(experiment: Experiment) -> Experiment:
    """Each weight at its mean over time: in all, each term weighs what it does in the experiment."""
    return with_constant_weights(experiment, "their mean over time", fmean)


def at_their_highest(experiment: Experiment) -> Experiment:
    """Each weight at its highest value: at no time does a term weigh less than it does in the experiment."""
    return with_constant_weights(experiment, "their highest", max)


def at_their_last(experiment: Experiment) -> Experiment:
    """Each weight at its last value."""
    return with_constant_weights(experiment, "their last", lambda course: course[-1])


def before_they_fade(experiment: Experiment) -> Experiment:
    """Each weight at the value from which it fades to 0: its last keyframe above that, or 0 if there is none."""

    def held(course: Timeline) -> Timeline:
        above_0 = [value for _, value in course.keyframes if value > 0]
        return Timeline(course.name, ((0, above_0[-1] if above_0 else 0.0),))

    return with_weights(experiment, "with constant weights, theirs before they fade", held)
