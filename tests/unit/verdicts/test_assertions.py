"""Assertions that are refused for how they are written, before anything is trained."""

from textwrap import indent

import pytest

from excolor.verdicts.assertions import assertions, code_of, faults

ALLOWED = (
    "assert one comparison of an Estimate by <, <=, >, >= or .between(low, high), or several joined by and, "
    "such as assert median(error) < 0.1, or assert ratio(a, b).between(0.9, 1.1)."
)
WITHIN = (
    "within another statement, which could hide or choose what is judged: "
    "assert in the body of the method itself, and make cases by @pytest.mark.parametrize."
)
MIXED = [
    "assert not half > 0.9 and False",
    "assert (half < 0.1 or True) and [] == [1]",
    "assert (1 if half < 0.1 else 2) == 3",
    "assert not half < 0.9",
    "assert half < 0.1 or half < 0.9",
    "assert half < 0.9 and False",
    "assert 0.1 < half < 0.9",
    "assert half",
    "assert False",
    "assert [] == [1]",
    "assert (found := half) < 0.1",
    "assert half < (limit := 0.1)",
    "assert all(half < limit for limit in (0.1, 0.9))",
    "assert (half < 0.1) is True",
    "assert bool(half < 0.1)",
    "assert between(half, 0.1, 0.9)",
]
NESTED = {
    "finally": "try:\n    1 / 0\nfinally:\n    assert half < 0.1",
    "try": "try:\n    assert half < 0.1\nexcept AssertionError:\n    pass",
    "except": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    assert half < 0.1",
    "if": "if half:\n    assert half < 0.1",
    "for": "for limit in ():\n    assert half < limit",
    "with": "with pytest.raises(AssertionError):\n    assert half < 0.1",
    "a function": "def check():\n    assert half < 0.1\n\ncheck()",
}


def claim(body):
    return f'@disconfirmed("why")\ndef test_it(self):\n    """It is small."""\n{indent(body, "    ")}\n'


@pytest.mark.parametrize("body", MIXED)
def test_what_is_no_comparison_is_refused(judge, body):
    result = judge(claim(body))
    assert result.code == pytest.ExitCode.INTERRUPTED
    assert result.outcomes == {}
    start = "hypotheses/test_small.py::TestSmall::test_it asserts in line 22 "
    (line,) = (line for line in result.text.splitlines() if line.startswith(start))
    assert line.endswith(f'": {ALLOWED}')


def test_the_assertion_is_quoted_and_a_long_one_cut(judge):
    result = judge(claim("assert not half > 0.9 and False\nassert all([" + "half < 0.125, " * 9 + "])"))
    assert f'line 22 "assert not half > 0.9 and False": {ALLOWED}' in result.text
    assert 'line 23 "assert all([half < 0.125, half < 0.125, half < 0.125, half <...": assert one' in result.text


@pytest.mark.parametrize("body", NESTED.values(), ids=NESTED)
def test_within_another_statement_it_is_refused(judge, body):
    result = judge(claim(body))
    assert result.code == pytest.ExitCode.INTERRUPTED
    assert WITHIN in result.text


def test_a_control_is_no_exception(judge):
    assert ALLOWED in judge(claim("assert not half < 0.1").replace('@disconfirmed("why")', "@control")).text


@pytest.mark.parametrize(
    "made",
    [
        "test_it = eval('lambda self: None', {})",
        "space = {}\nexec('def test_it(self): assert not 1', space)\ntest_it = space['test_it']",
        "import functools\ntest_it = functools.partialmethod(max, 1)",
        "test_it = lambda self: None",
    ],
)
def test_without_source_it_is_refused(judge, made):
    result = judge(f"{made}\n\n" + claim("assert half < 0.1").replace("test_it", "test_other"))
    assert result.outcomes.get("test_it") is None or result.code != 0
    if "partial" not in made:
        assert (
            "test_it has no source in which its assertions can be checked: write it as a method in a file, "
            "such as def test_red(self): ..., without a decorator that wraps it."
        ) in result.text


SHARED = """
class Controls:
    @control
    def test_it(self):
        'It is small.'
        assert not half
"""
MIXED_IN = """
from shared import Controls

class TestSmall(Controls):
    'H1: small.'
"""


def test_what_a_hypothesis_is_mixed_of_is_read_where_it_is_written(write, run, monkeypatch):
    monkeypatch.syspath_prepend(write(SHARED, "shared").parent)
    write(MIXED_IN)
    assert 'TestSmall::test_it asserts in line 21 "assert not half"' in run().text


def decorated(test):
    return test


class TestWritten:
    @decorated
    @decorated
    def of_several_lines(self, half):
        """Not run."""
        assert (  # noqa: PT018
            half < 0.1 and (half > 0.2 and half.between(0, 1))
        )
        assert half < 1

    def test_every_comparison_has_its_place(self):
        code = code_of(self.of_several_lines)
        assert list(faults(code)) == []
        first, second = assertions(code)
        assert [len(first.comparisons), len(second.comparisons)] == [3, 1]
        assert second.comparisons[0][0][0] == second.span[0][0] == first.span[1][0] + 1
