"""Schedules: a table of keyframes gives every property its value at every training step."""

from excolor.schedule.dopesheet import Dopesheet
from excolor.schedule.table import DopesheetError
from excolor.schedule.timeline import Timeline, TimelineError, minimum_jerk
from excolor.schedule.transition import Motion, Transition, TransitionError

__all__ = [
    "Dopesheet",
    "DopesheetError",
    "Motion",
    "Timeline",
    "TimelineError",
    "Transition",
    "TransitionError",
    "minimum_jerk",
]
