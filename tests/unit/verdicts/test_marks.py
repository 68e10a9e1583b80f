"""The marks as objects: what they accept, and what they refuse to record."""

import re

import pytest

from excolor.verdicts import Disconfirmed, Undecided, disconfirmed, undecided


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
