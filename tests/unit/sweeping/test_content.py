"""The digest of what experiments and measures compute: another for what could change a bit, the same for the same."""

import functools
import math
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType

import numpy as np
import pytest
import torch
import xarray as xr

import excolor
from excolor import error_of, experiments, typical_error
from excolor.conditions.architecture import Form
from excolor.conditions.regularizers import Regularizer
from excolor.sweeping.content import UnknownContentError, content
from tests.unit.sweeping.small import SMALL, in_the_middle, red_after_deletion

SCALE = 2
TABLE = {"red": 1.0}


def helped(x):
    return x * SCALE


def helping(x):
    return helped(x) + 1


def factorial(n):
    return 1 if n == 0 else n * factorial(n - 1)


def in_world(function, **world):
    """The same function where names mean something else."""
    return FunctionType(function.__code__, {**globals(), **world}, function.__name__, function.__defaults__)


def made(captured, default=1):
    def function(x, y=default, *, z=default):
        return x + captured + y + z

    return function


def of_class(body):
    """A class of one's own, as a file would have it."""
    world = {"Regularizer": Regularizer, "dataclass": dataclass, "torch": torch, "__name__": "mine"}
    exec(f"@dataclass(frozen=True)\nclass Mine(Regularizer):\n    power: int = 2\n{body}", world)
    return world["Mine"]


SCALED = "    def penalty(self, z):\n        return (z ** self.power).sum(-1)"

PAIRS = {
    "another body": (lambda x: typical_error(x), lambda x: -typical_error(x)),
    "another constant": (lambda x: x + 1, lambda x: x + 2),
    "another kind of constant": (lambda x: x + 1, lambda x: x + 1.0),
    "another sign of zero": (lambda x: x + 0.0, lambda x: x + -0.0),
    "another keyword": (lambda x: made(x, default=0), lambda x: made(captured=x, default=0)),
    "another constant within": (lambda x: lambda: 1, lambda x: lambda: 2),
    "another operator": (lambda x: x + 1, lambda x: x - 1),
    "another order": (lambda x, y: x - y, lambda y, x: x - y),
    "another captured variable": (made(1), made(2)),
    "another default": (lambda x, y=1: x + y, lambda x, y=2: x + y),
    "another default of a keyword": (lambda x, *, y=1: x + y, lambda x, *, y=2: x + y),
    "another captured function": (made(helped), made(helping)),
    "another captured array": (made(np.zeros(2)), made(np.ones(2))),
    "another shape": (made(np.zeros((2, 3))), made(np.zeros((3, 2)))),
    "another type of array": (made(np.zeros(2, "i4")), made(np.zeros(2, "f4"))),
    "an array and a tensor": (made(np.zeros(2)), made(torch.zeros(2, dtype=torch.float64))),
    "another name of an axis": (made(xr.DataArray([1.0], dims="a")), made(xr.DataArray([1.0], dims="b"))),
    "another coordinate": (made(xr.DataArray([1.0], {"a": [1]}, "a")), made(xr.DataArray([1.0], {"a": [2]}, "a"))),
    "another cube": (made(excolor.rgb_cube([0], [1], [0])), made(excolor.rgb_cube([0], [1], [1]))),
    "another global": (helped, in_world(helped, SCALE=3)),
    "another global of what is called": (helping, in_world(helping, helped=in_world(helped, SCALE=3))),
    "another function that is called": (helping, in_world(helping, helped=math.sqrt)),
    "another partial": (functools.partial(helped, 1), functools.partial(helped, 2)),
    "another function of a known package": (np.sin, np.cos),
    "another of excolor's": (typical_error, excolor.worst_error),
    "what passes for a known function": (np.mean, functools.wraps(np.mean)(lambda x: x)),
    "another class of a known package": (np.float32, np.float64),
    "another experiment": (SMALL, SMALL.replace(bottleneck=4)),
    "another term": (SMALL, SMALL.without("reg-unit")),
    "another form": (SMALL, SMALL.replace(form=Form(activation="relu"))),
    "another sheet": (SMALL, SMALL.replace(dopesheet=experiments.EX_2_10.dopesheet)),
    "another function that makes colors": (SMALL, SMALL.replace(data=lambda: excolor.rgb_cube([0, 1], [0, 1], [0]))),
    "another method": (of_class(SCALED)(), of_class(SCALED.replace("**", "*"))()),
    "another attribute of a class": (of_class(f"    by = 2\n{SCALED}"), of_class(f"    by = 3\n{SCALED}")),
    "another field": (of_class(SCALED)(2), of_class(SCALED)(3)),
    "another set": (made(frozenset({1, 2})), made(frozenset({1, 3}))),
    "a tuple and a list": (made((1, 2)), made([1, 2])),
    "numbers and their text": (made(1), made("1")),
    "True and 1": (made(True), made(1)),
    "another order of a dict": (made({"a": 1, "b": 2}), made({"b": 2, "a": 1})),
}


@pytest.mark.parametrize("what", PAIRS)
def test_what_computes_otherwise_has_another_digest(what):
    one, other = PAIRS[what]
    assert content(one) != content(other)
    assert content(one) == content(one)


SAME = {
    "a function in another place": lambda: made(1),
    "a recursive function": lambda: factorial,
    "a class made twice": lambda: of_class(SCALED)(3),
    "a condition made twice": lambda: SMALL.replace(hidden=5),
    "a condition by another name": lambda: SMALL.replace(name=str(object())),
    "a remembering function": lambda: functools.cache(helped),
    "sets in another order": lambda: made(frozenset(sorted("abcdef", key=lambda _: id(object())))),
    "a table": lambda: in_world(lambda: TABLE, TABLE=dict(TABLE)),
}


@pytest.mark.parametrize("what", SAME)
def test_what_computes_the_same_has_the_same_digest(what):
    make = SAME[what]
    assert content(make()) == content(make())


def test_is_the_same_in_another_process():
    code = (
        "from excolor import typical_error; from excolor.sweeping.content import content\n"
        "from tests.unit.sweeping.small import SMALL, red_after_deletion, in_the_middle\n"
        "print(content((SMALL, red_after_deletion, in_the_middle('x'), typical_error)))"
    )
    here = content((SMALL, red_after_deletion, in_the_middle("x"), typical_error))
    root = Path(__file__).parents[3]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == here


UNKNOWN = {
    "a module of one's own": (
        in_world(lambda: math.tau, math=ModuleType("mine")),
        "the module mine as a whole is read",
    ),
    "an iterator": (made(iter([1])), "a list_iterator is read, of which it cannot be told what it computes: read"),
    "an open file": (made(sys.stdin), "is read, of which it cannot be told"),
    "a method of an object": (made([1].index), "a builtin_function_or_method is read"),
    "a late import": (lambda: late(), "imports mine when it is called: import it where"),
}


def late():
    import mine  # type: ignore[import-not-found]  # noqa: F401


@pytest.mark.parametrize("what", UNKNOWN)
def test_what_no_digest_could_hold_is_refused_in_words(what):
    thing, message = UNKNOWN[what]
    with pytest.raises(UnknownContentError, match=re.escape(message)):
        content(thing)


def test_what_contains_itself_is_refused():
    endless = [1]
    endless.append(endless)
    with pytest.raises(UnknownContentError, match="contains itself"):
        content(endless)


def test_every_published_condition_and_measure_has_a_digest():
    conditions = [each for each in vars(experiments).values() if isinstance(each, excolor.Experiment)]
    assert len({content(each) for each in conditions}) == len(set(conditions)) > 10
    assert content([error_of, typical_error, excolor.latents])
