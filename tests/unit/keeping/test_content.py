"""The content of objects: what computes otherwise is told apart, and of what this cannot be told nothing is told."""

import collections
import copy
import datetime
import enum
import functools
import importlib.util
import inspect
import io
import itertools
import math
import operator
import os
import pathlib
import random
import reprlib
import subprocess
import sys
import threading
import time
import types
from dataclasses import dataclass

import numba
import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from excolor.colors import rgb_training_cube, training_cube
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.labels import RED, VIBRANT
from excolor.conditions.regularizers import Anchor, Planarity, Regularizer, Separate, Unitarity
from excolor.keeping.content import Content, UnknownContentError, content
from excolor.numerics.compiling import compiled
from excolor.numerics.elementwise import sigmoid
from excolor.numerics.gelu import gelu
from excolor.schedule.dopesheet import Dopesheet
from excolor.training.loop import train

TABLE = np.arange(6.0)
CUBE = training_cube()


def defined(text, **read):
    """What a text calls `f`, where it reads these names."""
    read = {"__name__": "mine", **read}
    exec(text, read)
    return read["f"]


def calling(**read):
    return defined("def f(x): return g(x)", **read)


def capturing(value):
    return lambda x: x * value


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class Weighted(Planarity):
    factor = 1.0

    def penalty(self, z):
        return self.factor * z[..., 0]


class Heavier(Planarity):
    factor = 2.0

    def penalty(self, z):
        return self.factor * z[..., 0]


@dataclass(frozen=True)
class Scaled(Regularizer):
    scale: float

    @functools.cached_property
    def twice(self):
        return 2 * self.scale


Point = collections.namedtuple("Point", "x y")

APART = {
    "numbers": (1, 2),
    "a number and another kind of it": (1, 1.0),
    "a number and a truth": (1, True),
    "signs of zero": (0.0, -0.0),
    "a number and numpy's": (1.0, np.float64(1)),
    "numbers of two sizes": (np.float32(1), np.float64(1)),
    "text": ("1", 1),
    "order": ((1, 2), (2, 1)),
    "nesting": ((1, (2,)), (1, 2)),
    "a list": ([1, 2], (1, 2)),
    "keys": ({"a": 1}, {"b": 1}),
    "order of keys": ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    "sets": ({1, 2}, {1, 3}),
    "arrays": (TABLE, TABLE + 1e-16 * TABLE),
    "arrays of two sizes": (TABLE, TABLE.astype(np.float32)),
    "shapes": (TABLE, TABLE.reshape(2, 3)),
    "memory": (TABLE.reshape(2, 3), np.asfortranarray(TABLE.reshape(2, 3))),
    "objects": (np.array([1, "a"], object), np.array([1, "b"], object)),
    "tensors": (torch.zeros(2), torch.ones(2)),
    "a tensor": (torch.zeros(2), np.zeros(2, np.float32)),
    "cubes": (training_cube(), rgb_training_cube()),
    "a value of a cube": (CUBE, CUBE.assign(bias=CUBE["bias"] * (1 + 1e-15))),
    "a coordinate": (CUBE, CUBE.assign_coords(s=CUBE["s"] + 0.5)),
    "a remark": (xr.DataArray([1], attrs={"a": 1}), xr.DataArray([1], attrs={"a": 2})),
    "members": (Color.RED, Color.BLUE),
    "named tuples": (Point(1, 2), (1, 2)),
    "types": (np.float32, np.float64),
    "functions": (min, max),
    "functions of numpy": (np.add, np.multiply),
    "operators": (operator.itemgetter(0), operator.itemgetter(1)),
    "patterns": (functools.partial(pow, 2), functools.partial(pow, 3)),
    "arguments by name": (functools.partial(dict, a=1), functools.partial(dict, a=2)),
    "methods of objects": ([1].count, [2].count),
    "methods": (Scaled(1.0).penalty, Scaled(2.0).penalty),
    "fields": (Anchor((1.0, 0.0)), Anchor((0.0, 1.0))),
    "fields of equal shape": (Separate(power=10), Separate(power=11)),
    "classes of equal fields": (Unitarity(), Planarity()),
    "labels": (RED, VIBRANT),
    "attributes of a class": (Weighted(), Heavier()),
    "captured variables": (capturing(1), capturing(2)),
    "defaults": (defined("def f(x, y=1): return y"), defined("def f(x, y=2): return y")),
    "defaults by name": (defined("def f(x, *, y=1): return y"), defined("def f(x, *, y=2): return y")),
    "operations": (defined("def f(x): return x + 1"), defined("def f(x): return x - 1")),
    "constants": (defined("def f(x): return x + 1"), defined("def f(x): return x + 2")),
    "attributes": (defined("def f(x): return x.real"), defined("def f(x): return x.imag")),
    "inner functions": (
        defined("def f(x): return [y + 1 for y in x]"),
        defined("def f(x): return [y + 2 for y in x]"),
    ),
    "globals": (defined("def f(x): return x * g", g=2.0), defined("def f(x): return x * g", g=3.0)),
    "globals of inner functions": (
        defined("def f(x): return [y * g for y in x]", g=2.0),
        defined("def f(x): return [y * g for y in x]", g=3.0),
    ),
    "a list that is a global": (defined("def f(x): return g[0]", g=[1]), defined("def f(x): return g[0]", g=[2])),
    "what it calls": (calling(g=defined("def f(x): return x")), calling(g=defined("def f(x): return -x"))),
    "what that calls": (
        calling(g=calling(g=defined("def f(x): return x"))),
        calling(g=calling(g=defined("def f(x): return -x"))),
    ),
    "what that reads": (
        calling(g=defined("def f(x): return x * y", y=1)),
        calling(g=defined("def f(x): return x * y", y=2)),
    ),
    "of a module": (
        defined("def f(x): return m.g(x)", m=types.SimpleNamespace(g=math.sin)),
        defined("def f(x): return m.g(x)", m=types.SimpleNamespace(g=math.cos)),
    ),
    "kernels": (gelu, sigmoid),
    "which kernel it calls": (calling(g=gelu), calling(g=sigmoid)),
    "settings of a kernel": (numba.njit(capturing(1)), numba.njit(fastmath=True)(capturing(1))),
    "remembering functions": (
        functools.cache(defined("def f(x): return x")),
        functools.cache(defined("def f(x): return -x")),
    ),
}


@pytest.mark.parametrize(("one", "other"), APART.values(), ids=APART)
def test_what_computes_otherwise_is_told_apart(one, other):
    assert content(one) != content(other)


def in_module(value):
    made = types.ModuleType("theirs")
    made.g = value
    return defined("def f(x): return theirs.g * x", theirs=made)


def imported(value):
    sys.modules["theirs"] = types.ModuleType("theirs")
    sys.modules["theirs"].g = value
    return defined("def f(x):\n from theirs import g\n return g * x")


@pytest.mark.parametrize("made", [in_module, imported])
def test_so_is_what_comes_from_a_module(made, monkeypatch):
    monkeypatch.setitem(sys.modules, "theirs", None)
    one, again = content(made(1)), content(made(1))
    assert one == again != content(made(2))


@pytest.mark.parametrize("name", ["penalty", "factor", "__call__", "more"])
def test_so_is_a_class_of_which_something_changed(monkeypatch, name):
    before = content(Weighted())
    monkeypatch.setattr(Weighted, name, capturing(3), raising=False)
    assert content(Weighted()) != before


def test_so_is_what_calls_a_function_of_a_library_that_was_replaced(monkeypatch):
    function = defined("def f(x): return g(x)", g=np.sum)
    before = content(function)

    def other(x):
        return 0

    other.__module__, other.__qualname__ = np.sum.__module__, np.sum.__qualname__
    monkeypatch.setattr(np, "sum", other)
    function.__globals__["g"] = other
    assert content(function) != before


def test_a_module_of_ones_own_is_known_by_its_code_whatever_it_is_called(tmp_path, monkeypatch):
    def found(text):
        tmp_path.joinpath("statistics.py").write_text(text)
        spec = importlib.util.spec_from_file_location("statistics", tmp_path / "statistics.py")
        mine = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(mine)
        monkeypatch.setitem(sys.modules, "statistics", mine)
        return content(mine.middle)

    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert found("def middle(x): return x") != found("def middle(x): return - x")


def test_whatever_training_reads_counts(monkeypatch):
    before = content(train)
    monkeypatch.setattr("excolor.training.loop.LOOK", 7)
    looked = content(train)
    monkeypatch.setattr("excolor.training.optimizer.whole_powers", lambda x, count: x ** np.arange(count))
    assert len({before, looked, content(train)}) == 3
    monkeypatch.undo()
    assert content(train) == before


ALIKE = {
    "a function made again": lambda: defined("def f(x): return x * g", g=2.0),
    "a class made again": lambda: defined("class f:\n def g(self): return 1\n h = (1, {'a': {2.5, 'b', None}})"),
    "functions that call each other": lambda: defined("def f(x): return g(x)\ndef g(x): return f(x)"),
    "an object": lambda: Scaled(2.0),
    "a sheet": lambda: Dopesheet.parse("STEP,lr,reg\n0,0.01,1\n4,,"),
}


@pytest.mark.parametrize("made", ALIKE.values(), ids=ALIKE)
def test_what_is_made_alike_is_the_same(made):
    assert content(made()) == content(made())


def test_what_is_remembered_does_not_count():
    scaled, remembering = Scaled(2.0), functools.cache(capturing(2))
    before = content(scaled, remembering)
    assert (scaled.twice, remembering(3)) == (4.0, 6)
    assert content(scaled, remembering) == before


def test_nor_does_what_python_notes_of_a_class_when_it_is_first_pickled():
    class Small(Planarity):
        pass

    before = content(Small())
    assert "__slotnames__" not in vars(Small)
    copy.copy(Small())  # as pickling does
    assert "__slotnames__" in vars(Small)
    assert content(Small()) == before


def test_nor_does_how_a_class_prints_itself():
    """As a dataclass does from Python 3.13 on, by the identity of what it prints."""

    class Printing(Planarity):
        @reprlib.recursive_repr()
        def __repr__(self):
            return "printing"

    before = content(Printing())
    assert repr(Printing()) == "printing"
    assert content(Printing()) == before


def test_nor_does_what_numba_takes_from_a_kernel_under_a_profiler():
    def f(x):
        return x

    before = content(f)
    f.__code__ = f.__code__.replace(co_flags=f.__code__.co_flags & ~inspect.CO_OPTIMIZED)
    assert content(f) == before


def test_training_changes_nothing_of_it():
    before = content(train)
    sheet = Dopesheet.parse("STEP,lr,reg\n0,0.01,1\n4,,")
    terms = (Term("reg", Separate(power=99)),)
    train(Experiment("small", training_cube, sheet, terms, bottleneck=3, nonlinear=1), [0])
    assert content(train) == before


PROCESS = """
from excolor.experiments import EX_1_6_SMOOTH, EX_2_9
from excolor.keeping.content import content
from excolor.training import train_together

print(content(train_together, EX_1_6_SMOOTH.terms, EX_1_6_SMOOTH.curriculum, EX_2_9.terms, {"a", "b", "c"}))
"""


def test_every_process_finds_the_same():
    found = [
        subprocess.run(
            [sys.executable, "-c", PROCESS], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert found[0] == found[1] != ""


def jumbled():
    return defined("def f(x): return x + random()", random=random.random)


class Sly(dict):  # type: ignore[type-arg]
    def __reduce__(self):
        return (dict, ())


endless: list[object] = []
endless.append(endless)

UNKNOWN = {
    "a file": (lambda: open(os.devnull), "is no class of Python"),  # noqa: SIM115
    "a lock": (threading.Lock, "is no class of Python"),
    "a stream of numpy's": (lambda: np.random.default_rng(1), "is no class of Python"),
    "a generator": (lambda: (each for each in "ab"), "has no content that can be told"),
    "what contains itself": (lambda: endless, "it contains itself"),
    "what hides its state": (Sly, "Sly says by itself what of it is kept"),
    "a module": (lambda: sys.modules[__name__], "belongs to no package whose version is known"),
    "a clock": (lambda: time.monotonic, "belongs to no package whose version is known"),
    "a class with a clock": (lambda: datetime.datetime, "is no class of Python"),
    "chance": (lambda: random.random, "belongs to no package|has no content|reads what is not in it"),
    "a method of chance": (lambda: random.gauss, "reads what is not in it"),
    "a file that is read": (lambda: defined("def f(x): return open(x)"), "reads what is not in it, by open"),
    "numpy's file": (lambda: defined("def f(x): return np.load(x)", np=np), "reads what is not in it, by load"),
    "torch's chance": (lambda: defined("def f(x): return t.rand_like(x)", t=torch), "is not in it, by rand_like"),
    "within a function": (lambda: defined("def f(x): return [g for g in open(x)]"), "reads what is not in it"),
    "of what it calls": (lambda: calling(g=defined("def f(x): return eval(x)")), "reads what is not in it, by eval"),
    "the environment": (lambda: defined("def f(x): return os.environ[x]", os=os), "is not in it, by environ"),
    "a dotted import": (lambda: defined("def f(x):\n from . import y\n return y"), "imports by dots"),
    "a module yet to come": (lambda: defined("def f(x):\n import absent\n return x"), "nobody has imported yet"),
    "a path": (lambda: defined("def f(x): return p(x).read_text()", p=pathlib.Path), "."),
}  # fmt: skip


@pytest.mark.parametrize(("made", "why"), UNKNOWN.values(), ids=UNKNOWN)
def test_of_what_cannot_be_told_nothing_is_told(made, why):
    value = made()
    try:
        with pytest.raises(UnknownContentError, match=why):
            content(value)
    finally:
        if isinstance(value, io.IOBase):
            value.close()


def test_a_kernel_that_was_compiled_with_another_value_is_not_known():
    function = defined("def f(x): return x * g", g=2.0)
    kernel = compiled(function)
    assert kernel(1.0) == 2.0
    assert content(kernel) == content(kernel)
    function.__globals__["g"] = 3.0
    assert kernel(1.0) == 2.0
    with pytest.raises(UnknownContentError, match="the kernel f may have been compiled with other values"):
        content(kernel)


def test_what_was_looked_into_is_not_again(monkeypatch):
    known, looked = Content().with_all(train), []
    body = Content.function_body
    monkeypatch.setattr(
        Content, "function_body", lambda self, function: looked.append(function) or body(self, function)
    )
    more = capturing(1), capturing(2)
    one, other = (known.with_all(train, each).digest() for each in more)
    assert looked == list(more)
    assert one != other
    assert known.digest() == content(train)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=3)
    | st.binary(max_size=3),
    lambda within: (
        st.lists(within, max_size=3)
        | st.lists(within, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=2), within, max_size=3)
    ),
    max_leaves=6,
)


@given(one=VALUES, other=VALUES)
def test_plain_values_are_the_same_if_they_print_the_same(one, other):
    assert (content(one) == content(other)) == (repr(one) == repr(other))


@given(changes=st.lists(st.tuples(st.integers(0, 5), st.floats(allow_nan=False)), min_size=1, max_size=2))
def test_an_array_is_the_same_if_all_of_its_bits_are(changes):
    other = TABLE.copy()
    for at, value in itertools.chain(changes):
        other[at] = value
    assert (content(TABLE) == content(other)) == (TABLE.tobytes() == other.tobytes())
