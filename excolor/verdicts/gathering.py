"""Gathers the Readings of a run from all of its processes, and prints the summary of them at its end."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest

from excolor.judging.predictions import ERROR
from excolor.verdicts.inventory import collected
from excolor.verdicts.places import is_hypothesis_file
from excolor.verdicts.planning import plan
from excolor.verdicts.reading import NOT_REACHED, Reading
from excolor.verdicts.record import write_all
from excolor.verdicts.replicating import replicated
from excolor.verdicts.summary import render
from excolor.verdicts.tally import Tally

LOST = "lost: it was collected, and nothing more was heard of it"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Register the Summary in the main process, where all reports arrive; xdist's workers only send theirs."""
    session.config.pluginmanager.register(Tally(session.config))
    if not hasattr(session.config, "workerinput"):
        session.config.pluginmanager.register(Summary(session.config))


class Summary:
    """A plugin that gathers the Readings of every test, from whichever process, and prints them."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.readings: dict[str, Reading] = {}
        self.unread: set[Path] = set()
        self.begun = self.stopped = self.printed = False
        self.crashed: dict[str, str] = {}
        """What was said of the first process that died in a test, though others may have run it again."""
        self.failed: set[str] = set()
        """The tests that pytest knows to have failed."""
        self.heard: dict[str, pytest.TestReport] = {}
        """The last report of each test."""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        path = self.config.rootpath / report.nodeid.partition("::")[0]
        if report.failed and is_hypothesis_file(path, self.config):
            self.unread.add(path)

    def pytest_runtest_logstart(self) -> None:
        self.begun = True

    def pytest_keyboard_interrupt(self) -> None:
        self.stopped = True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.heard[report.nodeid] = report
        if report.failed:
            self.failed.add(report.nodeid)
        reading = Reading.of(report)
        if reading is None:
            if not (report.passed or report.skipped):
                self.crashed.setdefault(report.nodeid, str(report.longrepr))
        elif reading.verdict or reading.left_out:
            self.readings[report.nodeid] = reading

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, None, None]:
        """Account for everything before others sum up what was reported, and print what was measured in any case."""
        self.account(session)
        try:
            return (yield)
        finally:
            reporter: Any = self.config.pluginmanager.getplugin("terminalreporter")
            if reporter is not None and not self.printed:  # by an exit status of its own, or something went wrong
                reporter.ensure_newline()
                self.pytest_terminal_summary(reporter)
                reporter.short_test_summary()

    def account(self, session: pytest.Session) -> None:
        """See that everything that was collected has a Reading, and that the run fails if one was lost."""
        self.stopped = self.stopped or bool(session.shouldstop or session.shouldfail)
        if self.config.option.collectonly or self.config.option.setuponly or (self.stopped and not self.begun):
            return
        incomplete = False
        for test, claimed in collected(self.config).items():
            reading = self.readings.get(test, claimed)
            if test in self.crashed:
                reading = replace(reading, error=self.crashed[test])
            elif test not in self.readings and not claimed.left_out:
                reading = claimed.without_verdict(NOT_REACHED) if self.stopped else replace(claimed, error=LOST)
            unheard = reading.verdict == ERROR and test not in self.failed
            if unheard:
                self.report(test, reading, "setup", "failed")
            begun = reading.left_out == NOT_REACHED and test in self.heard
            if begun:
                self.report(test, reading, "setup", "skipped")
            if unheard or begun or test in self.crashed:
                self.report(test, reading, "teardown", "passed")
            self.readings[test] = reading
            incomplete = incomplete or reading.verdict == ERROR or reading.left_out == NOT_REACHED
        held = replicated(self.readings.values())
        fails = incomplete or (held is not None and held.fails)
        if fails and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def report(
        self,
        test: str,
        reading: Reading,
        when: Literal["setup", "teardown"],
        outcome: Literal["passed", "failed", "skipped"],
    ) -> None:
        """Report in place of a process that cannot any more, so that the XML and pytest's own count know of it."""
        path = test.partition("::")[0]
        properties = reading.as_properties()
        said = {"passed": None, "failed": reading.error, "skipped": (path, 0, reading.left_out)}[outcome]
        report = pytest.TestReport(test, (path, None, test), {}, outcome, said, when, user_properties=properties)
        if hasattr(self.heard.get(test), "node"):
            report.node = self.heard[test].node  # type: ignore[attr-defined]  # by which the XML finds the test again
        reading.attach(report)
        self.config.hook.pytest_runtest_logreport(report=report)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        self.printed = True
        writer = self.config.get_terminal_writer()
        verbose = self.config.get_verbosity() > 0
        lines = render(self.readings.values(), len(self.unread), writer.fullwidth, verbose)
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
