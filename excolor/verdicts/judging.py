"""The verdict on a test, from what happened in it, and its way into the test's report.

Only the failing `assert` of a Comparison is a verdict against a claim. Any other failure is an error.
"""

from collections.abc import Generator, Sequence
from dataclasses import replace
from itertools import takewhile
from types import CodeType

import pytest

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Asked, Comparison, listening
from excolor.verdicts.collection import READING
from excolor.verdicts.marks import published_figure
from excolor.verdicts.outcomes import ControlFailed, Disconfirmed, Undecided
from excolor.verdicts.reading import PREFIX, Reading

_DECIDING = pytest.StashKey[Comparison]()
"""The stash key of the Comparison that decided a test."""


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    reading = pyfuncitem.stash.get(READING, None)
    if reading is None:
        return (yield)
    with listening() as asked:
        try:
            result = yield
        except AssertionError as failure:
            comparison = deciding(failure, asked)
            if comparison is None:
                raise
            pyfuncitem.stash[_DECIDING] = comparison
            # The verdict's exception keeps pytest's explanation of the failed assert.
            raise _refusal(reading, comparison, str(failure)).with_traceback(failure.__traceback__) from None
    if not asked:
        pytest.fail(
            "Nothing was asserted that can be judged: "
            "a prediction asserts a comparison of an Estimate, such as assert median(error) < 0.1.",
            pytrace=False,
        )
    comparison = asked[-1].comparison
    denied = [question.comparison for question in asked if question.comparison.verdict is not Verdict.CONFIRMED]
    if denied:
        pytest.fail(
            f"The test passed all the same, but a comparison was not confirmed: {denied[0]}. "
            "Assert what is claimed, neither its negation nor a choice of claims.",
            pytrace=False,
        )
    pyfuncitem.stash[_DECIDING] = comparison
    if reading.recorded != Verdict.CONFIRMED and not pyfuncitem.config.option.runxfail:
        pytest.fail(_changed(reading, comparison), pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup() -> Generator[None, object, object]:
    """Hide comparisons in fixtures from the test, even if it requests a fixture only while it runs."""
    with listening():
        return (yield)


def deciding(failure: AssertionError, asked: Sequence[Asked]) -> Comparison | None:
    """Find the Comparison that made an `assert` fail, or None if it failed for another reason.

    It is the last Comparison whose truth the raising frame asked. It must not be confirmed, and must have been
    asked inside the statement that raised.
    """
    raised = failure.__traceback__
    while raised is not None and raised.tb_next is not None:
        raised = raised.tb_next
    if raised is None:
        return None
    frame = raised.tb_frame
    statement = _span(frame.f_code, raised.tb_lasti)
    here = [question for question in asked if question.frame is frame]
    inside = takewhile(lambda question: _encloses(statement, _span(frame.f_code, question.instruction)), here[::-1])
    # To explain a failure pytest asks every part of the assertion again, in any order; the first time counts.
    parts = list(dict.fromkeys(question.comparison for question in list(inside)[::-1]))
    return parts[-1] if parts and parts[-1].verdict is not Verdict.CONFIRMED else None


_Span = tuple[tuple[int, int], tuple[int, int]]


def _span(code: CodeType, instruction: int) -> _Span:
    """Find the first and the last (line, column) of the source of an instruction."""
    line, end_line, column, end_column = list(code.co_positions())[instruction // 2]
    line = line or 0
    return (line, column or 0), (end_line or line, end_column or 0)


def _encloses(outer: _Span, inner: _Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _refusal(reading: Reading, comparison: Comparison, explanation: str) -> AssertionError:
    if reading.role == "control":
        failed = ControlFailed(explanation)
        failed.add_note(f"A control must be confirmed; measured {comparison}.")
        return failed
    outcome = Disconfirmed if comparison.verdict is Verdict.DISCONFIRMED else Undecided
    refusal = outcome(explanation)
    if comparison.verdict != reading.recorded:
        refusal.add_note(_changed(reading, comparison))
    return refusal


def _changed(reading: Reading, comparison: Comparison) -> str:
    measured = comparison.verdict
    on_record = f'@{reading.recorded}("{reading.reason}")'
    edit = {
        (True, False): f'mark the prediction @{measured}("what was found instead")',
        (False, True): f"remove {on_record}",
        (False, False): f'replace {on_record} by @{measured}("what was found instead")',
    }[reading.recorded == Verdict.CONFIRMED, measured is Verdict.CONFIRMED]
    advice = f"If the measurement stands, the record must change: {edit}."
    if reading.replication:
        advice = f"This run was asked for other seeds, {reading.replication}: the record is not for them, and may stay."
    return f"Recorded {reading.recorded}, measured {measured}: {comparison.reading} {comparison.claim}.\n{advice}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write the Reading into the test's report, in each phase with what is known by then."""
    claimed = item.stash.get(READING, None)
    if claimed is None:
        return (yield)
    foreign = [(name, value) for name, value in item.user_properties if not name.startswith(PREFIX)]
    item.stash[READING] = reading = _read(claimed, _traced(item, item.stash.get(_DECIDING, None)), call)
    item.user_properties[:] = foreign + reading.as_properties()
    report = yield
    reading.attach(report)
    return report


def _traced(item: pytest.Item, comparison: Comparison | None) -> Comparison | None:
    """Add to the claim the source of the published figure, if the test derived the claim from it."""
    if comparison is None or "figure" not in getattr(item, "fixturenames", ()):
        return comparison
    _, source = published_figure(item)
    return replace(comparison, claim=replace(comparison.claim, source=source))


def _read(claimed: Reading, comparison: Comparison | None, call: pytest.CallInfo[None]) -> Reading:
    if call.when == "call" and comparison is not None:
        verdict = comparison.verdict
        failed = claimed.role == "control" and verdict is not Verdict.CONFIRMED
        return replace(
            claimed, comparison=comparison, error=f"a control must be confirmed, not {verdict}" if failed else ""
        )
    if call.excinfo is None or isinstance(call.excinfo.value, pytest.skip.Exception):
        return claimed
    where = "" if call.when == "call" else f"in {call.when}: "
    return replace(claimed, error=where + call.excinfo.exconly(tryshort=True).splitlines()[0])
