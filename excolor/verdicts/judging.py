"""The verdict on a test, from what happened in it, and its way into the test's report.

Only the failing `assert` of a Comparison is a verdict against a claim. Any other failure is an error.
"""

from collections.abc import Generator
from dataclasses import replace

import pytest

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Comparison, Judged, listening
from excolor.judging.predictions import ERROR
from excolor.verdicts.assertions import code_of
from excolor.verdicts.collection import READING
from excolor.verdicts.deciding import Decision, NoVerdictError, decision
from excolor.verdicts.marks import published_figure
from excolor.verdicts.outcomes import ControlFailed, Disconfirmed, Undecided
from excolor.verdicts.reading import PREFIX, Reading
from excolor.verdicts.record import difference

UNJUDGED = "it passed, and nothing was judged: write it as a method of a plain class"

_DECISION = pytest.StashKey[Decision]()
"""Kept with a test: what decided it."""


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    reading = pyfuncitem.stash.get(READING, None)
    code = code_of(pyfuncitem.obj)
    if reading is None or code is None:
        return (yield)
    with listening() as asked:
        try:
            result = yield
        except AssertionError as failure:
            try:
                decided = decision(code, asked, failure)
            except NoVerdictError as why:
                failure.add_note(str(why))
                decided = None
            if decided is None:
                raise
            pyfuncitem.stash[_DECISION] = decided
            # The explanation that pytest found for the failed assert survives under the verdict's name.
            refusal = _refusal(reading, decided.comparison, str(failure))
            raise refusal.with_traceback(failure.__traceback__) from None
        except (pytest.skip.Exception, pytest.xfail.Exception) as left:
            if asked:
                pytest.fail(_left(left, asked[-1].comparison), pytrace=False)
            raise
    try:
        decided = decision(code, asked)
    except NoVerdictError as why:
        pytest.fail(str(why), pytrace=False)
    pyfuncitem.stash[_DECISION] = decided
    if reading.recorded != Verdict.CONFIRMED and not pyfuncitem.config.option.runxfail:
        pytest.fail(_changed(reading, decided.comparison), pytrace=False)
    return result


def _left(left: BaseException, comparison: Judged) -> str:
    return (
        f"The test was left by pytest.{'xfail' if isinstance(left, pytest.xfail.Exception) else 'skip'} "
        f"once a comparison had been asked: {comparison}. What was measured is judged: assert it, and record "
        'a verdict other than confirmed by a mark, such as @disconfirmed("moves with red").'
    )


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup() -> Generator[None, object, object]:
    """Hide comparisons in fixtures from the test, even if it requests a fixture only while it runs."""
    with listening():
        return (yield)


def _refusal(reading: Reading, comparison: Judged, explanation: str) -> AssertionError:
    if reading.role == "control":
        failed = ControlFailed(explanation)
        failed.add_note(f"A control must be confirmed; measured {comparison}.")
        return failed
    outcome = Disconfirmed if comparison.verdict is Verdict.DISCONFIRMED else Undecided
    refusal = outcome(explanation)
    if comparison.verdict.on_record != reading.recorded:
        refusal.add_note(_changed(reading, comparison))
    return refusal


def _changed(reading: Reading, comparison: Judged) -> str:
    measured = comparison.verdict
    on_record = f'@{reading.recorded}("{reading.reason}")'
    edit = {
        (True, False): f'mark the prediction @{measured.on_record}("what was found instead")',
        (False, True): f"remove {on_record}",
        (False, False): f'replace {on_record} by @{measured.on_record}("what was found instead")',
    }[reading.recorded == Verdict.CONFIRMED, measured is Verdict.CONFIRMED]
    advice = f"If the measurement stands, the record must change: {edit}."
    if reading.replication:
        advice = f"This run was asked for {reading.replication}: the record is not for that, and may stay."
    return f"Recorded {reading.recorded}, measured {measured}: {comparison.reading} {comparison.claim}.\n{advice}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write the Reading into the test's report, in each phase with what is known by then."""
    claimed = item.stash.get(READING, None)
    if claimed is None:
        return (yield)
    kept = [(name, value) for name, value in item.user_properties if not name.startswith(PREFIX)]
    reading = _read(claimed, _traced(item, item.stash.get(_DECISION, None)), call)
    if call.when == "call" and not reading.changed and not item.config.option.record:
        reading = replace(reading, differs=difference(reading, item.path))
    item.stash[READING] = reading
    item.user_properties[:] = kept + reading.as_properties()
    report = yield
    if reading.verdict == ERROR:
        _fail(report, reading.error)
    elif reading.differs:
        _fail(report, reading.differs)
        report.longrepr = reading.differs  # and not why the assertion failed, as recorded
    reading.attach(report)
    return report


def _fail(report: pytest.TestReport, error: str) -> None:
    """Let an error fail, whatever a mark or another plugin made of it."""
    if report.failed or (report.when != "call" and report.passed):
        return
    report.outcome = "failed"
    report.longrepr = report.longrepr or error
    if hasattr(report, "wasxfail"):
        del report.wasxfail


def _traced(item: pytest.Item, decided: Decision | None) -> Decision | None:
    """The decision, whose claim says where the figure stands that the test asked for to make it of."""
    if decided is None or "figure" not in getattr(item, "fixturenames", ()):
        return decided
    _, source = published_figure(item)
    comparison = decided.comparison
    if not isinstance(comparison, Comparison):
        return decided
    return replace(decided, comparison=replace(comparison, claim=replace(comparison.claim, source=source)))


def _read(claimed: Reading, decided: Decision | None, call: pytest.CallInfo[None]) -> Reading:
    if call.when == "call" and decided is not None:
        verdict = decided.comparison.verdict
        failed = claimed.role == "control" and verdict is not Verdict.CONFIRMED
        return replace(
            claimed,
            comparison=decided.comparison,
            beside=decided.beside,
            error=claimed.error or (f"a control must be confirmed, not {verdict}" if failed else ""),
        )
    if call.excinfo is None:
        return replace(claimed, error=claimed.error or UNJUDGED) if call.when == "call" else claimed
    if isinstance(call.excinfo.value, (pytest.skip.Exception, pytest.xfail.Exception)):
        return claimed.without_verdict(f"skipped: {call.excinfo.value.msg}")
    where = "" if call.when == "call" else f"in {call.when}: "
    return replace(claimed, error=where + call.excinfo.exconly(tryshort=True).splitlines()[0])
