"""Whoever gives a description a field that it has not is told which it has, and what they are."""

import copy
import inspect
import pickle
import re
from dataclasses import KW_ONLY, dataclass, field, replace

import pytest

from excolor.numerics.fields import Fielded, FieldError, check_named, definitions


@dataclass(frozen=True)
class Kettle(Fielded):
    """A kettle.

    Args:
        volume: how much it holds, in liters: the whole of it,
            to the rim.
        color: its color; "red" by default.

    Of the two only the first is needed.
    """

    volume: float
    color: str = "red"
    weight: float = field(init=False, default=1.0)


@dataclass(frozen=True)
class Whistling(Kettle):
    """A kettle that whistles.

    Args as for `Kettle`, and one more:
        pitch: the number of vibrations each second.
    """

    _: KW_ONLY
    pitch: float = 440.0


@dataclass(frozen=True)
class Bare(Fielded):
    pass


class Own(Bare):
    def __init__(self, anything, whatever=0):
        object.__setattr__(self, "anything", anything)


def refuses(message):
    return pytest.raises(FieldError, match=f"^{re.escape(message)}$")


FIELDS = """its fields are
    volume: how much it holds, in liters: the whole of it, to the rim.
    color: its color; "red" by default.
for example Kettle(volume=...)"""


def test_an_unknown_field_is_refused_with_those_there_are():
    with refuses(f"Kettle has no field 'size': {FIELDS}"):
        Kettle(size=2)
    with refuses(f"Kettle has no field 'size': {FIELDS}"):
        replace(Kettle(1), size=2)
    with refuses(f"Kettle has no field 'size': {FIELDS}"):
        check_named(Kettle, ["volume", "size"])


def test_the_nearest_is_the_one_that_is_spelled_alike():
    with refuses(f"Kettle has no field 'colour' (did you mean 'color'?): {FIELDS}"):
        Kettle(1, colour="blue")


def test_or_the_one_that_is_defined_by_all_of_its_words():
    with refuses(f"Kettle has no field 'whole_liters' (did you mean 'volume'?): {FIELDS}"):
        Kettle(whole_liters=1)
    with refuses(f"Kettle has no field 'whole_gallons': {FIELDS}"):
        Kettle(whole_gallons=1)


def test_what_no_one_gives_is_no_field():
    with refuses(f"Kettle has no field 'weight': {FIELDS}"):
        Kettle(1, weight=2)


def test_too_many_values():
    with refuses(f"Kettle takes 2 values without a name, and 3 were given: {FIELDS}"):
        Kettle(1, "blue", 2)
    with pytest.raises(FieldError, match=r"^Whistling takes 2 values without a name, and 3 were given: "):
        Whistling(1, "blue", 400)
    with refuses(
        "Bare takes no values without a name, and 1 was given: it has no fields, for example Bare(); those of your "
        "own class need @dataclass(frozen=True) above it"
    ):
        Bare(1)


def test_a_field_of_the_class_above_is_defined_there():
    assert list(definitions(Whistling)) == ["volume", "color", "pitch"]
    assert definitions(Whistling)["volume"] == definitions(Kettle)["volume"]
    assert definitions(Whistling)["pitch"] == "the number of vibrations each second."
    assert definitions(Kettle) | {"pitch": definitions(Whistling)["pitch"]} == definitions(Whistling)


def test_what_fits_is_taken_and_can_be_copied():
    made = Whistling(1, pitch=880)
    assert (made.volume, made.color, made.pitch) == (1, "red", 880)
    assert replace(made, volume=2) == Whistling(2, pitch=880)
    assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == made


def test_a_class_with_an_init_of_its_own_takes_what_that_takes():
    assert Own(1, whatever=2).anything == 1


def test_the_signature_is_that_of_the_fields():
    assert list(inspect.signature(Whistling).parameters) == ["volume", "color", "pitch"]
