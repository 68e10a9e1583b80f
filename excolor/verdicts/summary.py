"""The summary at the end of a run, which gathers the Readings from all processes and prints them."""

from pathlib import Path

import pytest

from excolor.verdicts.collection import in_hypotheses
from excolor.verdicts.reading import Reading
from excolor.verdicts.report import render


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

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        path = self.config.rootpath / report.nodeid.partition("::")[0]
        if report.failed and in_hypotheses(path, self.config.rootpath):
            self.unread.add(path)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        reading = Reading.of(report)
        if reading is not None and reading.verdict:
            self.readings[report.nodeid] = reading

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.readings:
            return
        terminalreporter.section("hypotheses")
        writer = self.config.get_terminal_writer()
        explain = self.config.get_verbosity() > 0
        for line in render(self.readings.values(), len(self.unread), writer.fullwidth, explain):
            for text, markup in line:
                writer.write(text, **markup)
            writer.line()
