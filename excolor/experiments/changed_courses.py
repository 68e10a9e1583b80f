"""An experiment whose weights, or whose learning rate, take other courses over time."""

import dataclasses
from collections.abc import Callable

from excolor.conditions.experiment import Experiment
from excolor.schedule.dopesheet import LEARNING_RATE
from excolor.schedule.timeline import Timeline

Change = Callable[[Timeline], Timeline]


def with_weights(experiment: Experiment, words: str, change: Change) -> Experiment:
    """The experiment with every weight's course changed, and the words after its name; its learning rate stays."""
    return _changed(experiment, words, lambda course: course if course.name == LEARNING_RATE else change(course))


def with_rate(experiment: Experiment, words: str, change: Change) -> Experiment:
    """The experiment with the course of its learning rate changed, and the words after its name; its weights stay."""
    return _changed(experiment, words, lambda course: change(course) if course.name == LEARNING_RATE else course)


def stepped(experiment: Experiment) -> Experiment:
    """The experiment with weights that stay at each keyframe's value until the next, and jump there; as in 1.6."""
    return with_weights(
        experiment, "with stepped weights", lambda course: dataclasses.replace(course, interpolation="step")
    )


def at_times_the_rate(experiment: Experiment, factor: float) -> Experiment:
    """The experiment with its learning rate multiplied by a factor, at every step."""

    def scaled(course: Timeline) -> Timeline:
        keyframes = tuple((step, factor * rate) for step, rate in course.keyframes)
        return dataclasses.replace(course, keyframes=keyframes)

    return with_rate(experiment, f"at {factor:g} times its rate", scaled)


def _changed(experiment: Experiment, words: str, change: Change) -> Experiment:
    sheet = experiment.dopesheet
    courses = tuple(map(change, sheet.timelines))
    return experiment.replace(
        name=f"{experiment.name} {words}", dopesheet=dataclasses.replace(sheet, timelines=courses)
    )
