"""A test that is run again counts by its first run, and a retry that differs is an error."""

import importlib.util
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from excolor import Estimate
from excolor.verdicts.reading import Reading
from excolor.verdicts.retries import counted

RETRIES = '''
import pytest
from _pytest.runner import runtestprotocol

@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Run every test three times, and let the last run count."""
    for run in range(3):
        for report in runtestprotocol(item, log=False, nextitem=nextitem):
            if run < 2 and report.failed:
                report.outcome = "rerun"
            if run == 2 or {tells_of_each}:
                item.ihook.pytest_runtest_logreport(report=report)
    return True

def pytest_report_teststatus(report):
    return ("rerun", "R", "RERUN") if report.outcome == "rerun" else None
'''
PLUGIN = "pytest_rerunfailures"
WAYS = ["each run is told", "the last run is told", *filter(importlib.util.find_spec, [PLUGIN])]
"""As pytest-rerunfailures tells of runs, as flaky does, and by the first of these itself where it is installed."""

MOVING = '''
from itertools import count

runs = count(1)


@pytest.fixture
def broken():
    if next(runs) == 1:
        raise ValueError("lost")


class TestSmall:
    """H1: the number is small."""

    {mark}
    def test_it(self{arguments}):
        """It is small."""
        run = next(runs)
        {body}
'''
DISCONFIRMED = "disconfirmed, 0.50 [0.40, 0.60] (32 seeds) < 0.1"
CONFIRMED = "confirmed, 0.50 [0.40, 0.60] (32 seeds) < 0.9"


@pytest.fixture(params=WAYS)
def moving(request, write, run, pytester):
    """Write a test, run it three times, and return what is said of it: of the run, and in the XML."""

    def write_and_run(body="assert half < 0.9", mark="", arguments=""):
        if request.param != PLUGIN:
            pytester.makeconftest(RETRIES.replace("{tells_of_each}", str(request.param == WAYS[0])))
        write(MOVING.format(body=body, mark=mark, arguments=arguments))
        result = run("--junitxml=junit.xml", "-rA", *["--reruns=2"] * (request.param == PLUGIN))
        return result, list(ET.parse(pytester.path / "junit.xml").iter("testcase"))[-1]

    return write_and_run


def check_error(ran, why):
    """Exit status, FAILED line, summary and XML say the same."""
    result, case = ran
    assert result.code == pytest.ExitCode.TESTS_FAILED
    assert " hypotheses/test_small.py::TestSmall::test_it - " in result.text.rpartition("short test summary")[2]
    assert f" {why} " in result.words
    assert "1 hypothesis: 1 in error. " in result.words
    assert {"failure", "error"} & {part.tag for part in case}
    told = {prop.get("name"): prop.get("value") for prop in case.iter("property")}
    assert (told["excolor.disposition"], told["excolor.error"]) == ("error", why)


class TestARetryThatDiffers:
    def test_confirms_nothing(self, moving):
        ran = moving("assert half < (0.1 if run == 1 else 0.9)")
        check_error(ran, f"a retry differs from the first run: {DISCONFIRMED}; then {CONFIRMED}")
        assert "! It is small 0.50 [0.40, 0.60] (32 seeds) < 0.1 a retry" in ran[0].words

    def test_makes_nothing_as_recorded(self, moving):
        ran = moving("assert half < (0.9 if run == 1 else 0.1)", '@disconfirmed("as ever")')
        check_error(ran, f"a retry differs from the first run: {CONFIRMED}; then {DISCONFIRMED}")

    def test_by_the_last_run_alone(self, moving):
        ran = moving("assert half < (0.9 if run == 3 else 0.1)")
        check_error(ran, f"a retry differs from the first run: {DISCONFIRMED}; then {CONFIRMED}")

    def test_by_a_run_between(self, moving):
        ran = moving("assert half < (0.2 if run == 2 else 0.1)")
        other = DISCONFIRMED.replace("< 0.1", "< 0.2")
        check_error(ran, f"a retry differs from the first run: {DISCONFIRMED}; then {other}")

    def test_in_what_was_measured(self, moving):
        ran = moving("assert Estimate(0.4 + run / 20, 0.4, 0.6, 32) < 0.1")
        first, second = DISCONFIRMED.replace("0.50", "0.45"), DISCONFIRMED
        check_error(ran, f"a retry differs from the first run: {first}; then {second}")

    def test_mends_no_control(self, moving):
        ran = moving("assert half < (0.1 if run == 1 else 0.9)", "@control")
        why = "a control must be confirmed, not disconfirmed"
        check_error(ran, f"a retry differs from the first run: {why}; then {CONFIRMED}")

    def test_mends_no_exception(self, moving):
        ran = moving("limit = 1 / (run - 1)\n        assert half < 0.9")
        check_error(ran, f"a retry differs from the first run: ZeroDivisionError: division by zero; then {CONFIRMED}")

    def test_mends_no_fixture(self, moving):
        ran = moving(arguments=", broken")
        check_error(ran, f"a retry differs from the first run: in setup: ValueError: lost; then {CONFIRMED}")

    def test_mends_no_fixture_of_a_recorded_verdict(self, moving):
        ran = moving("assert half < 0.1", '@disconfirmed("why")', ", broken")
        check_error(ran, f"a retry differs from the first run: in setup: ValueError: lost; then {DISCONFIRMED}")


class TestARetryThatAgrees:
    def test_is_the_first_run(self, moving):
        result, case = moving("assert half < 0.1")
        assert result.code == pytest.ExitCode.TESTS_FAILED
        assert "x It is small 0.50 [0.40, 0.60] (32 seeds) < 0.1 NEW: no record yet" in result.words
        assert result.words.endswith("1 prediction (1 disconfirmed): 1 new.")
        assert [part.tag for part in case] == ["properties", "failure"]

    @pytest.mark.parametrize("recorded", ["confirmed", "disconfirmed"])
    def test_is_as_recorded(self, moving, recorded):
        mark = '@disconfirmed("why")' * (recorded == "disconfirmed")
        result, _ = moving(f"assert half < {0.1 if mark else 0.9}", mark)
        assert result.code == pytest.ExitCode.OK
        assert result.words.endswith(f"1 prediction (1 {recorded}), all as recorded.")

    def test_is_the_error_it_was(self, moving):
        ran = moving("assert half < 1 / 0")
        check_error(ran, "ZeroDivisionError: division by zero")


CRASHES = """
def pytest_handlecrashitem(crashitem, report, sched):
    sched.mark_test_pending(crashitem)
    report.outcome = "rerun"
"""
DIES_ONCE = """
        import os, pathlib
        if not pathlib.Path("died").exists():
            pathlib.Path("died").touch()
            os._exit(0)
        assert half < 0.9
"""


class TestARetryInAnotherProcess:
    def test_mends_no_process_that_died(self, write, run, pytester):
        pytester.makeconftest(CRASHES)
        write(MOVING.format(body=DIES_ONCE, mark="", arguments=""))
        result = run("-n1", "--dist=load", "-rA", "--junitxml=junit.xml")
        case = list(ET.parse(pytester.path / "junit.xml").iter("testcase"))[-1]
        (why,) = (prop.get("value") for prop in case.iter("property") if prop.get("name") == "excolor.error")
        assert "crashed" in why
        check_error((result, case), why)


SMALL = Reading(
    test="TestSmall::test_it",
    experiment="Experiment 2.9",
    hypothesis="H1: small",
    statement="Red is small",
    role="prediction",
    recorded="confirmed",
    group="tests/hypotheses/test_x.py::TestSmall",
    predictions=1,
    position=1,
    comparison=Estimate(0.5, 0.4, 0.6, 32) < 0.9,
)


def test_what_is_known_of_a_retry_so_far_is_no_difference():
    assert counted([SMALL, replace(SMALL, comparison=None)]) == SMALL


def test_a_mess_that_a_retry_did_not_leave_is_one():
    messy = replace(SMALL, error="in teardown: ValueError: lost")
    assert counted([messy, messy]) == messy
    mended = counted([messy, SMALL])
    assert mended.error == f"a retry differs from the first run: {messy.error}; then {CONFIRMED}"
    assert counted([messy, SMALL, messy]) == mended
    assert counted([SMALL, messy]).error == f"a retry differs from the first run: {CONFIRMED}; then {messy.error}"
