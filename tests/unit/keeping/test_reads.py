"""Whatever a function could compute otherwise with is seen to be another, without looking into the function again."""

import sys
import types

import numpy as np
import pytest
import xarray as xr

from excolor.keeping.content import Content

SOURCE = """
import sys
import other
from other import helping as also_helping

FACTOR, TABLE, NUMBERS = 2.0, {"a": [1.0]}, np.ones(3)


class Shape:
    sides = 4
    def area(self, x):
        return x * self.sides


SHAPE = Shape()


def inner(x, power=2, *, shift=0):
    return x**power + shift


def outside(factor):
    def within(x):
        return x * factor
    return within


tripled = outside(3)


def measure(x):
    from afar import late
    return tripled(inner(x)) * FACTOR * TABLE["a"][0] + NUMBERS.sum() + SHAPE.area(x) + other.helping(x) + late(x)
"""
OTHER = "def helping(x):\n    return x\n\nhelping.scale = 1\n"
AFAR = "def late(x):\n    return abs(x)\n"


@pytest.fixture
def home(monkeypatch):
    """A module of somebody's own, that reads another one, and a third that it imports late."""
    for name, source in (("other", OTHER), ("afar", AFAR), ("home", SOURCE)):
        module = types.ModuleType(name)
        module.np = np
        monkeypatch.setitem(sys.modules, name, module)
        exec(source, vars(module))
    return module


CHANGES = {
    "a global": lambda home: setattr(home, "FACTOR", 3.0),
    "within a table": lambda home: home.TABLE["a"].append(2.0),
    "a key": lambda home: home.TABLE.update(b=1),
    "numbers": lambda home: home.NUMBERS.__setitem__(0, 7),
    "a function": lambda home: setattr(home, "inner", lambda x: x),
    "its code": lambda home: setattr(home.inner, "__code__", (lambda x, power, shift: x).__code__),
    "its default": lambda home: setattr(home.inner, "__defaults__", (3,)),
    "its default by name": lambda home: home.inner.__kwdefaults__.update(shift=1),
    "what it captures": lambda home: setattr(home.tripled.__closure__[0], "cell_contents", 4),
    "its attribute": lambda home: setattr(home.other.helping, "scale", 2),
    "a method": lambda home: setattr(home.Shape, "area", lambda self, x: x),
    "an attribute of a class": lambda home: setattr(home.Shape, "sides", 5),
    "a new one": lambda home: setattr(home.Shape, "corners", 5),
    "an attribute of an object": lambda home: setattr(home.SHAPE, "sides", 3),
    "a function of a module": lambda home: setattr(home.other, "helping", lambda x: -x),
    "one that is imported late": lambda home: setattr(sys.modules["afar"], "late", lambda x: -x),
    "in place of one that is built in": lambda home: setattr(sys.modules["afar"], "abs", lambda x: -x),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_does_not_stand(home, change):
    before = Content().with_all(home.measure)
    assert before.stands()
    CHANGES[change](home)
    assert not before.stands()
    assert Content().with_all(home.measure).digest() != before.digest()


def test_what_is_built_in_counts(home, monkeypatch):
    before = Content().with_all(home.measure)
    with monkeypatch.context() as patch:
        patch.setattr("builtins.abs", lambda x: x)
        assert not before.stands()
    assert before.stands()


def test_an_object_of_a_package_may_have_changed(home):
    """So it is looked into again each time."""
    home.FACTOR = xr.DataArray([1.0])
    assert not Content().with_all(home.measure).stands()


def test_what_contains_itself_is_left_at_that(home):
    known = Content().with_all(home.measure)
    home.TABLE["a"].append(home.TABLE)
    assert not known.stands()
