"""All that an experiment says of a training run, as plain data, to be laid beside the transcript of its source.

Every field of an experiment and of its parts is described, by its name: a field that a transcript leaves out is a
difference. What is a function is described by the words of the formula that it agrees with.
"""

import dataclasses
from collections.abc import Callable
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import xarray as xr
from formulas import BIASES, COLORS, CONCEPTS, CURRICULA, SOME_COLORS, SOME_VALUES, agreeing

from excolor.conditions.curriculum import Curriculum
from excolor.conditions.experiment import Experiment
from excolor.schedule.dopesheet import Dopesheet
from excolor.schedule.timeline import Timeline

DIGITS = 12
"""To which numbers are written."""


def described(part: Any) -> Any:
    """A part of an experiment in plain data: fields by name; what has names of its own, such as terms, by these."""
    if isinstance(part, Experiment):
        curriculum = part.curriculum and curriculum_in_words(part.curriculum, part.data)
        usual = () if part.start else ("start",)  # each seed draws its own weights
        rest = fields(part, but=("name", "data", "curriculum", *usual))
        return rest | {"data": cube_in_words(part.data), "curriculum": curriculum}
    if isinstance(part, Dopesheet):  # all of its fields, and of the two below: one more would be too many to unpack
        timelines, length, phases, actions, _source = vars(part).values()
        notes = {f"phase {name}": step for step, name in phases} | {f"action {name}": step for step, name in actions}
        return {"steps": length} | notes | described(timelines)
    if isinstance(part, Timeline):
        _name, keyframes, space, interpolation = vars(part).values()
        return " ".join([*(f"{value:.{DIGITS}g}@{step}" for step, value in keyframes), space, interpolation])
    if isinstance(part, tuple) and all(hasattr(each, "name") for each in part):
        return {each.name: described(each) for each in part}
    if dataclasses.is_dataclass(part):
        return {"kind": type(part).__name__} | fields(part)
    return agreeing(CONCEPTS, part(np.array(SOME_COLORS)), SOME_COLORS) if callable(part) else part


def fields(part: Any, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """Each field that can be given, by its name, but for some."""
    names = [field.name for field in dataclasses.fields(part) if field.init and field.name not in but]
    return {name: described(getattr(part, name)) for name in names}


@cache
def cube_in_words(data: Callable[[], xr.Dataset]) -> dict[str, Any]:
    """The axes of a cube in their order, with their coordinates, and the rules that its colors and weights follow."""
    cube = data()
    axes = {str(axis): cube[axis].values.tolist() for axis in cube["bias"].dims}
    at = [*product(*axes.values())]
    color = cube["color"].transpose(*axes, "channel").sel(channel=["r", "g", "b"])
    return {
        "axes": tuple(axes),
        "color": agreeing(COLORS, color, at),
        "bias": agreeing(BIASES if "h" in axes else {"1": BIASES["1"]}, cube["bias"], [(axes, each) for each in at]),
    } | {name: tuple(round(x, DIGITS) for x in values) for name, values in axes.items()}


@cache
def curriculum_in_words(curriculum: Curriculum, data: Callable[[], xr.Dataset]) -> dict[str, Any]:
    """The columns that a curriculum reads, and the rule that its weights follow."""
    cube = data()
    properties, weight = vars(curriculum).values()
    at = [*product(*(cube[axis].values.tolist() for axis in "hsv"))]
    states = [dict(zip(properties, each, strict=True)) for each in product(*(SOME_VALUES[name] for name in properties))]
    found = [np.broadcast_to(weight(cube, values), cube["bias"].shape) for values in states]
    given = [(*color, values) for values in states for color in at]
    return {"properties": properties, "weight": agreeing(CURRICULA[", ".join(properties)], found, given)}


UNSAID = "nothing"


def differences(found: Any, stated: Any, where: str = "") -> dict[str, tuple[Any, Any]]:
    """Where two descriptions differ, and what each says there."""
    if not (isinstance(found, dict) and isinstance(stated, dict)):
        return {} if found == stated else {where: (found, stated)}
    return {
        at: pair
        for key in [*found, *(stated.keys() - found.keys())]
        for at, pair in differences(found.get(key, UNSAID), stated.get(key, UNSAID), f"{where} {key}".strip()).items()
    }
