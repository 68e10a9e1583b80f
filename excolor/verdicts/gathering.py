"""Gathers the Readings of a run from all of its processes, and prints the summary of them at its end."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from excolor.verdicts.collection import in_hypotheses
from excolor.verdicts.inventory import collected
from excolor.verdicts.planning import plan
from excolor.verdicts.reading import NOT_REACHED, Reading
from excolor.verdicts.record import write_all
from excolor.verdicts.summary import render

LOST = "lost: it was collected, and nothing more was heard of it"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Register the Summary in the main process, where all reports arrive; xdist's workers only send theirs."""
    if not hasattr(session.config, "workerinput"):
        session.config.pluginmanager.register(Summary(session.config))


class Summary:
    """A plugin that gathers the Readings of every test, from whichever process, and prints them."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.readings: dict[str, Reading] = {}
        self.unread: set[Path] = set()
        self.begun = self.stopped = False
        self.crashed: dict[str, str] = {}
        """What was said of the process that died in a test."""
        self.heard: dict[str, pytest.TestReport] = {}
        """The last report of each test."""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        path = self.config.rootpath / report.nodeid.partition("::")[0]
        if report.failed and in_hypotheses(path, self.config.rootpath):
            self.unread.add(path)

    def pytest_runtest_logstart(self) -> None:
        self.begun = True

    def pytest_keyboard_interrupt(self) -> None:
        self.stopped = True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.heard[report.nodeid] = report
        reading = Reading.of(report)
        if reading is None:
            if report.failed:
                self.crashed[report.nodeid] = str(report.longrepr)
        elif reading.verdict or reading.left_out:
            self.readings[report.nodeid] = reading

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Account for everything that was collected, before others sum up what was reported."""
        self.stopped = self.stopped or bool(session.shouldstop or session.shouldfail)
        if self.config.option.collectonly or self.config.option.setuponly or (self.stopped and not self.begun):
            return
        incomplete = False
        for test, claimed in collected(self.config).items():
            if test in self.crashed:
                reading = replace(self.readings.get(test, claimed), error=self.crashed[test])
                self.report(test, reading, "teardown", "passed")
            elif test in self.readings:
                continue
            elif claimed.left_out:
                self.readings[test] = claimed
                continue
            elif self.stopped:
                self.readings[test] = claimed.without_verdict(NOT_REACHED)
            else:
                reading = replace(claimed, error=LOST)
                self.report(test, reading, "setup", "failed")
                self.report(test, reading, "teardown", "passed")
            incomplete = True
        if incomplete and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def report(
        self, test: str, reading: Reading, when: Literal["setup", "teardown"], outcome: Literal["passed", "failed"]
    ) -> None:
        """Report in place of a process that cannot any more, so that the XML and pytest's own count know of it."""
        path = test.partition("::")[0]
        properties = reading.as_properties()
        said = reading.error if outcome == "failed" else None
        report = pytest.TestReport(test, (path, None, test), {}, outcome, said, when, user_properties=properties)
        if hasattr(self.heard.get(test), "node"):
            report.node = self.heard[test].node  # type: ignore[attr-defined]  # by which the XML finds the test again
        reading.attach(report)
        self.config.hook.pytest_runtest_logreport(report=report)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        writer = self.config.get_terminal_writer()
        explain = self.config.get_verbosity() > 0
        lines = render(self.readings.values(), len(self.unread), writer.fullwidth, explain)
        if not lines:
            return
        terminalreporter.section("hypotheses")
        for line in lines:
            for text, markup in line:
                writer.write(text, **markup)
            writer.line()
        if self.config.option.plan:
            terminalreporter.section("seeds")
            for told in plan(self.readings.values()):
                writer.line(told)
        if self.config.option.record:
            terminalreporter.section("record")
            for told in write_all(self.readings.values(), self.config.rootpath):
                writer.line(told)
