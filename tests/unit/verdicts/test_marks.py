"""The marks as objects: what they accept, and what they refuse to record."""

import re
from fractions import Fraction

import numpy as np
import pytest

from excolor.verdicts import Disconfirmed, Undecided, disconfirmed, published, undecided


@pytest.mark.parametrize(("mark", "accepted"), [(disconfirmed, Disconfirmed), (undecided, Undecided)])
def test_a_record_accepts_its_own_verdict_alone(mark, accepted):
    recorded = mark("moves with red").mark
    assert (recorded.name, recorded.kwargs) == (
        "xfail",
        {"raises": accepted, "strict": True, "reason": "moves with red"},
    )
    assert not issubclass(Disconfirmed, Undecided)
    assert not issubclass(Undecided, Disconfirmed)


@pytest.mark.parametrize("mark", [disconfirmed, undecided])
@pytest.mark.parametrize(("reason", "given"), [("", "''"), ("  ", "'  '"), (None, "None")])
def test_a_record_without_a_finding(mark, reason, given):
    name = mark.__name__
    message = f'@{name} needs the finding in words, such as @{name}("moves with red"); got {given}.'
    with pytest.raises(ValueError, match=re.escape(message)):
        mark(reason)


def test_the_parentheses_forgotten():
    def test_dark_green_is_spared():
        raise NotImplementedError

    message = '@disconfirmed needs the finding in words, such as @disconfirmed("moves with red"); got test_dark_gre'
    with pytest.raises(ValueError, match=re.escape(message)):
        disconfirmed(test_dark_green_is_spared)


@pytest.mark.parametrize("figure", [0.36, 0, -0.000057, np.float32(0.5), Fraction(1, 4)])
def test_a_published_figure_is_kept_as_a_plain_number(figure):
    mark = published(figure).mark
    assert (mark.name, mark.args) == ("published", (figure,))
    assert type(mark.args[0]) is float


def test_red_is_spared():
    """Only to forget the parentheses with."""


@pytest.mark.parametrize(
    ("figure", "given"),
    [
        ("by eye", "'by eye'"),
        (None, "None"),
        (True, "True"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        ([0.3, 0.4], "[0.3, 0.4]"),
        (test_red_is_spared, "test_red_is_spared"),
    ],
)
def test_what_is_no_published_figure(figure, given):
    message = (
        "@published takes the published figure, a finite number on the scale of what is measured, "
        f"such as @published(0.36); got {given}."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        published(figure)
