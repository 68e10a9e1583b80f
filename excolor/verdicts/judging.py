"""The verdict on a test, from what happened in it, and its way into the test's report.

Only the failing `assert` of a Comparison is a verdict against a claim. Any other failure is an error.
"""

from collections.abc import Generator, Sequence
from dataclasses import replace
from traceback import clear_frames
from types import CodeType

import pytest

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Asked, Comparison, listening
from excolor.judging.predictions import ERROR
from excolor.verdicts.assertions import code_of
from excolor.verdicts.collection import READING
from excolor.verdicts.deciding import Decision, NoVerdictError, decision
from excolor.verdicts.failing import NO_VERDICT, advice, message, place
from excolor.verdicts.marks import published_figure
from excolor.verdicts.outcomes import ControlFailed, Disconfirmed, Undecided
from excolor.verdicts.reading import PREFIX, Reading
from excolor.verdicts.record import chance_of_difference, difference, forecast, is_new
from excolor.verdicts.retries import begin, note, present

TO_LEAVE_OUT = "A test is left out by an option of the run, such as -k, alone"
AMBIGUOUS = "The truth value of an array"
"""So numpy, xarray and torch begin when many numbers are asserted at once; what they advise is no claim over seeds."""
ONE_FOR_EACH_SEED = (
    "many numbers were asked at once whether they are true: if they are one for each seed, summarize them, such as "
    "median(error) < 0.001 or fraction(error < 0.001) > 1 / 2"
)
UNJUDGED = "it passed, and nothing was judged: write it as a method of a plain class"

_REFUSAL = pytest.StashKey[BaseException]()
"""Kept with a test: what was raised since its verdict is not the recorded one, or not confirmed."""


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
            refusal = _denial(pyfuncitem, code, decided) or _refusal(pyfuncitem, code, decided)
            pyfuncitem.stash[_REFUSAL] = refusal
            raise refusal.with_traceback(failure.__traceback__) from None
        except ValueError as failure:
            if not str(failure).startswith(AMBIGUOUS):
                raise
            raise ValueError(ONE_FOR_EACH_SEED).with_traceback(failure.__traceback__) from None
        except (pytest.skip.Exception, pytest.xfail.Exception) as left:
            raise pytest.fail.Exception(_left(left, asked), pytrace=False) from None
    try:
        decided = decision(code, asked)
    except NoVerdictError as why:
        pytest.fail(str(why), pytrace=False)
    denial = _denial(pyfuncitem, code, decided)
    if denial is None and reading.recorded != Verdict.CONFIRMED and not pyfuncitem.config.option.runxfail:
        denial = pytest.fail.Exception(_said(pyfuncitem, code, decided), pytrace=False)
    if denial is not None:
        pyfuncitem.stash[_REFUSAL] = denial
        raise denial
    return result


def _denial(item: pytest.Function, code: CodeType, decided: Decision) -> BaseException | None:
    """The failure of a test that differs from its first run, or from the record; None if it differs from neither."""
    judged = _judged(item, decided)
    counted = note(item, judged)
    if counted.error != judged.error:
        return pytest.fail.Exception(counted.error, pytrace=False)
    if judged.differs:
        return pytest.fail.Exception(message(judged, judged.differs, place(item, code, decided)), pytrace=False)
    return None


def _refusal(item: pytest.Function, code: CodeType, decided: Decision) -> AssertionError:
    """The failure of a test whose assertion failed."""
    outcome = Disconfirmed if decided.comparison.verdict is Verdict.DISCONFIRMED else Undecided
    return (ControlFailed if present(item).role == "control" else outcome)(_said(item, code, decided))


def _said(item: pytest.Function, code: CodeType, decided: Decision) -> str:
    judged = present(item)
    return message(judged, advice(judged), place(item, code, decided))


def _left(left: BaseException, asked: Sequence[Asked]) -> str:
    """What there is to say of a test that was skipped or left by pytest.xfail, which would let it pass unjudged."""
    how = "xfail" if isinstance(left, pytest.xfail.Exception) else "skip"
    if not asked:
        return f"left unjudged by pytest.{how}: {left}. {TO_LEAVE_OUT}"
    return (
        f"The test was left by pytest.{how} once a comparison had been asked: {asked[-1].comparison}. "
        "What was measured is judged: assert it, and record a verdict other than confirmed by a mark, "
        'such as @disconfirmed("moves with red").'
    )


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup() -> Generator[None, object, object]:
    """Hide comparisons in fixtures from the test, even if it requests a fixture only while it runs."""
    with listening():
        return (yield)


def _judged(item: pytest.Function, decided: Decision) -> Reading:
    """What is known of a test once its comparison is decided."""
    reading, comparison, failed = present(item), decided.comparison, ""
    if "figure" in item.fixturenames and isinstance(comparison, Comparison):
        # The claim then says where the figure stands that it is made of.
        _, source = published_figure(item)
        comparison = replace(comparison, claim=replace(comparison.claim, source=source))
    must_hold = reading.role == "control" and comparison.verdict is not Verdict.CONFIRMED
    if must_hold and not (reading.replication and comparison.verdict.on_record == "undecided"):
        failed = f"a control must be confirmed, not {comparison.verdict}"
    new = is_new(reading, item.path)
    judged = replace(reading, comparison=comparison, beside=decided.beside, error=failed, new=new)
    if item.config.option.record or (judged.changed and not judged.replication):
        return judged
    return replace(
        judged,
        differs=difference(judged, item.path),
        again=forecast(judged, item.path),
        alike=chance_of_difference(judged, item.path) if judged.replication else None,
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write the Reading into the test's report, in each phase with what is known by then."""
    claimed = item.stash.get(READING, None)
    if claimed is None:
        return (yield)
    if call.when == "setup":
        begin(item, claimed)
    reading = note(item, _read(present(item), call, item.stash.get(_REFUSAL, None)))
    kept = [(name, value) for name, value in item.user_properties if not name.startswith(PREFIX)]
    item.user_properties[:] = kept + reading.as_properties()
    report = yield
    refusal = item.stash.get(_REFUSAL, None)
    if call.excinfo is not None and item.config.option.tbstyle == "auto":
        _begin_with_the_claim(report, reading, call.excinfo, refusal)
    if reading.verdict == ERROR:
        _fail(report, reading.error)
    elif reading.moved and call.excinfo is not None:
        report.outcome = "skipped"
        report.wasxfail = f"{reading.disposition}: {reading.measured} {reading.claimed}"
    elif hasattr(report, "wasxfail"):
        report.wasxfail = f"{reading.disposition}: {reading.measured} {reading.claimed}; {reading.reason}"
    reading.attach(report)
    if call.when == "teardown":
        _let_go(item, refusal)
    return report


def _let_go(item: pytest.Item, refusal: BaseException | None) -> None:
    """Let go of what the frames of a refused test hold, such as ensembles: what was to be told of them has been."""
    if refusal is not None:
        clear_frames(refusal.__traceback__)
        del item.stash[_REFUSAL]


def _begin_with_the_claim(
    report: pytest.TestReport,
    reading: Reading,
    raised: pytest.ExceptionInfo[BaseException],
    refusal: BaseException | None,
) -> None:
    """Leave of a verdict its message alone, and set the claim before the traceback of an error."""
    if raised.value is refusal:
        report.longrepr = raised.getrepr(style="value", chain=False)
    elif report.failed and (chain := getattr(report.longrepr, "chain", None)):
        in_words = isinstance(raised.value, pytest.fail.Exception)  # which say what is wrong without a traceback
        said = message(reading, NO_VERDICT if in_words else f"{reading.error}\n{NO_VERDICT}")
        words = pytest.fail.Exception(said, pytrace=False).with_traceback(raised.tb)
        first = pytest.ExceptionInfo.from_exception(words).getrepr(style="value", chain=False)
        chain.insert(0, (first.reprtraceback, first.reprcrash, None))


def _fail(report: pytest.TestReport, error: str) -> None:
    """Let an error fail, whatever a mark or another plugin made of it."""
    if report.failed or (report.when != "call" and report.passed):
        return
    report.outcome = "failed"
    if not report.longrepr or isinstance(report.longrepr, tuple):  # where and why it was skipped
        report.longrepr = error
    if hasattr(report, "wasxfail"):
        del report.wasxfail


def _read(reading: Reading, call: pytest.CallInfo[None], refusal: BaseException | None) -> Reading:
    """What is known of a test after one of its phases, of which the first that went wrong is told."""
    if reading.error:
        return reading
    if call.excinfo is None:
        unjudged = call.when == "call" and reading.comparison is None
        return replace(reading, error=UNJUDGED) if unjudged else reading
    if call.excinfo.value is refusal:
        return reading
    where = "" if call.when == "call" else f"in {call.when}: "
    if isinstance(call.excinfo.value, (pytest.skip.Exception, pytest.xfail.Exception)):
        return replace(reading, error=where + _left(call.excinfo.value, ()))
    return replace(reading, error=where + call.excinfo.exconly(tryshort=True).splitlines()[0])
