"""The marks as objects: what they accept, and what they refuse to record."""

import re
from fractions import Fraction

import numpy as np
import pytest

from excolor.verdicts import Disconfirmed, Undecided, disconfirmed, fails_under, published, restated, undecided


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
    mark = published(figure, source="Ex 2.10, table").mark
    assert (mark.name, mark.args, mark.kwargs) == ("published", (figure,), {"source": "Ex 2.10, table"})
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
        f'such as @published(0.36, source="Ex 2.10"); got {given}.'
    )
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        published(figure, source="Ex 2.10")


@pytest.mark.parametrize(("source", "given"), [({}, "''"), ({"source": " "}, "' '"), ({"source": 13}, "13")])
def test_a_published_figure_that_stands_nowhere(source, given):
    message = (
        "@published needs the place where the figure stands, "
        f'such as @published(0.36, source="Ex 2.10, table"); got source={given}.'
    )
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        published(0.36, **source)


def test_a_restatement_keeps_what_was_claimed_and_why_not():
    mark = restated(was="< SPARED", why="undecided on other seeds").mark
    assert (mark.name, mark.kwargs) == ("restated", {"was": "< SPARED", "why": "undecided on other seeds"})


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ({}, "'', ''"),
        ({"was": "< SPARED"}, "'< SPARED', ''"),
        ({"why": "undecided on other seeds"}, "'', 'undecided on other seeds'"),
        ({"was": 0.001, "why": "no margin"}, "0.001, 'no margin'"),
        ({"was": test_red_is_spared}, "test_red_is_spared, ''"),
    ],
)
def test_what_is_no_restatement(words, given):
    message = (
        "@restated needs what was claimed at first, and why that was changed, "
        f'such as @restated(was="< SPARED", why="undecided on other seeds"); got {given}.'
    )
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        restated(**words)


def test_the_worlds_that_refute_a_hypothesis():
    named = fails_under("gray", "unedited", but={"test_red": "it is lost in any"}).mark
    assert (named.args, named.kwargs) == (("gray", "unedited"), {"but": {"test_red": "it is lost in any"}})


@pytest.mark.parametrize(
    ("nulls", "given"), [((), "none"), (("grey",), "'grey'"), (("gray", test_the_parentheses_forgotten), "test_the_p")]
)
def test_a_world_that_there_is_not(nulls, given):
    with pytest.raises(ValueError, match="they are unregularized, gray, ") as refused:
        fails_under(*nulls)
    assert str(refused.value).startswith(
        "@fails_under names worlds in which the primary predictions of its class fail, such as "
        '@fails_under("unregularized"); they are unregularized, '
    )
    assert given in str(refused.value).rpartition("; got ")[2]


@pytest.mark.parametrize("reason", ["", " ", None])
def test_a_prediction_that_holds_there_too_needs_the_reason(reason):
    message = "@fails_under needs the reason in words why a prediction holds there too, such as "
    with pytest.raises(ValueError, match=re.escape(message)):
        fails_under("gray", but={"test_red": reason})
