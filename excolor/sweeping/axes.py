"""The axes of a sweep, and its points: the variants of an experiment, one for each combination of values."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import product
from typing import Any

import numpy as np

from excolor.conditions.experiment import Experiment
from excolor.numerics.given import did_you_mean, is_word, shown
from excolor.sweeping.errors import SweepError

WITHOUT = "without"
"""The axis whose values are names of terms to leave out, as `Experiment.without` takes them."""
FIELDS = tuple(each.name for each in fields(Experiment) if each.init and each.compare)
"""What of an experiment can be swept."""
MOST = 100_000
"""Points of one sweep, at the most."""
PLAIN = (bool, int, float, str, type(None))
EXAMPLE = "for example over={'bottleneck': [2, 3, 4, 5]}"


@dataclass(frozen=True)
class Axis:
    """One axis: the values that it takes, and what each is called."""

    name: str
    labels: tuple[bool | int | float | str, ...]
    values: tuple[Any, ...]


def axes_of(over: object) -> tuple[Axis, ...]:
    """Read what a sweep is over.

    Raises:
        SweepError: an axis that an experiment does not have, or values that are no list, none, too many, or unnamed.
    """
    if not isinstance(over, Mapping):
        raise SweepError(f"over is {shown(over)}: give the values of each field that is swept, {EXAMPLE}")
    axes = tuple(_axis(name, given) for name, given in over.items())
    if math.prod(len(axis.values) for axis in axes) > MOST:
        raise SweepError(f"over more than {MOST} combinations of values: sweep fewer at a time, {EXAMPLE}")
    return axes


def points(experiment: Experiment, axes: Sequence[Axis]) -> list[Experiment]:
    """Make the experiment of each combination of values, the last axis changing fastest.

    Raises:
        SweepError: two combinations that are the same condition.
        ExperimentError: a combination that is no experiment, or a term to leave out that it does not have.
    """
    known: dict[Experiment, str] = {}
    for combined in product(*(zip(axis.labels, axis.values, strict=True) for axis in axes)):
        named = [(axis.name, *each) for axis, each in zip(axes, combined, strict=True)]
        described = ", ".join(f"{name}={label}" for name, label, _ in named)
        changes = {name: value for name, _, value in named}
        left_out = changes.pop(WITHOUT, ())
        point = experiment.replace(name=f"{experiment.name} with {described}", **changes) if axes else experiment
        point = point.without(*left_out) if left_out else point
        if point in known:
            raise SweepError(
                f"{known[point]} and {described} are the same condition: a value that stands there twice would be "
                f"counted twice; give each once, {EXAMPLE}"
            )
        known[point] = described
    return list(known)


def coordinate(axis: Axis) -> list[Any]:
    """The labels of an axis as a coordinate: numbers if all are numbers, else text."""
    numbers = all(isinstance(label, int | float) and not isinstance(label, bool) for label in axis.labels)
    return list(axis.labels) if numbers else [str(label) for label in axis.labels]


def _axis(name: object, given: object) -> Axis:
    if not is_word(name, (*FIELDS, WITHOUT)):
        raise SweepError(
            f"over {shown(name)}{did_you_mean(name, (*FIELDS, WITHOUT))}: an experiment has the fields "
            f"{', '.join(FIELDS)}, and may be {WITHOUT!r} some of its terms, {EXAMPLE}"
        )
    labels, values = _labeled(str(name), given)
    if not values:
        raise SweepError(f"over no value of {name}: give one or more, {EXAMPLE}")
    if len(values) > MOST:
        raise SweepError(f"over more than {MOST} values of {name}: sweep fewer at a time, {EXAMPLE}")
    if name == WITHOUT:
        values = tuple(_names(each) for each in values)
    return Axis(str(name), labels, values)


def _labeled(name: str, given: object) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The labels and the values of an axis: a mapping has both, in a list plain values are called what they are."""
    if isinstance(given, Mapping):
        labels = tuple(given)
        for label in labels:
            if isinstance(label, bool) or not isinstance(label, int | float | str):
                raise SweepError(
                    f"over {name}: a value is called {shown(label)}: it must be a string or a number, for example "
                    "over={'dopesheet': {'slow': SLOW, 'fast': FAST}}"
                )
        return labels, tuple(given.values())
    if isinstance(given, np.ndarray) and given.ndim == 1:
        given = given[: MOST + 1].tolist()
    if not isinstance(given, Sequence) or isinstance(given, str | bytes):
        raise SweepError(f"over {name}: {shown(given)} is no list of values: give one, {EXAMPLE}")
    values = tuple(_plain(name, each) for each in given[: MOST + 1])
    if name == WITHOUT:
        return tuple(", ".join(_names(each)) for each in values), values
    return tuple("None" if each is None else each for each in values), values


def _plain(name: str, given: object) -> Any:
    value = given.item() if isinstance(given, np.generic) else given
    if name != WITHOUT and type(value) not in PLAIN:
        raise SweepError(
            f"over {name}: {shown(value)} is no number or string, and so has no name on an axis: give it one, for "
            f"example over={{{name!r}: {{'slow': SLOW, 'fast': FAST}}}}"
        )
    return value


def _names(given: object) -> tuple[str, ...]:
    """The names of terms to leave out: one, or several, or none."""
    names = (given,) if isinstance(given, str) else given
    if not isinstance(names, tuple | list) or not all(isinstance(each, str) for each in names):
        raise SweepError(
            f"over {WITHOUT}: {shown(given)} names no terms: give a name, several, or () for none, for example "
            "over={'without': [(), 'reg-unit', ('reg-unit', 'reg-anchor')]}"
        )
    return tuple(names)
