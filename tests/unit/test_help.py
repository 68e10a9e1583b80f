"""What help() shows of the public names: each description defines its fields, and no signature is spelled out."""

import inspect

from excolor.numerics.fields import Fielded, definitions
from tests.unit.test_any_argument import SUBJECTS

DESCRIPTIONS = [thing for thing in SUBJECTS.values() if isinstance(thing, type) and issubclass(thing, Fielded)]


def test_each_description_defines_its_fields():
    """In words of its own, or it names the class that has them."""
    undefined = [
        f"{kind.__name__}.{name}"
        for kind in DESCRIPTIONS
        for name, text in definitions(kind).items()
        if len(text.split()) < 3 or (f"\n        {name}: " not in kind.__doc__ and "s for `" not in kind.__doc__)
    ]
    assert undefined == []
    assert len(DESCRIPTIONS) > 25


def test_no_signature_is_spelled_out():
    """An array's type takes ten lines if it is. Signatures name types as the source does in modules that begin with
    `from __future__ import annotations`.
    """
    signatures = {name: inspect.signature(each) for name, each in SUBJECTS.items()}
    spelled_out = {name: str(each) for name, each in signatures.items() if len(str(each)) > longest(each)}
    assert spelled_out == {}


def longest(signature):
    """How many letters it may have: Experiment has eleven fields."""
    return max(200, 60 * len(signature.parameters))
