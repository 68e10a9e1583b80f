"""The options --report and --against: at the end of a run, however it ends, what it found is written for readers."""

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from excolor.verdicts.gathering import Summary

_EXAMPLE = "for example --report report"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("hypotheses")
    group.addoption(
        "--report",
        metavar="DIR",
        help="write a page, report.md, report.json and the figures that they show into this directory; a later run "
        "into the same one replaces the hypotheses that it judges (default: write nothing)",
    )
    group.addoption(
        "--against",
        metavar="FILE",
        help="say in the report what has changed since an earlier one, given by its report.json",
    )


def pytest_cmdline_main(config: pytest.Config) -> None:
    """Refuse what cannot be written or read, before anything is trained."""
    given, against = config.option.report, config.option.against
    if hasattr(config, "workerinput") or (given is None and against is None):
        return
    if given is None:
        raise pytest.UsageError(f"--against is told in a report: say where that is to stand, {_EXAMPLE}")
    from excolor.report.directory import DirectoryError, check
    from excolor.report.stored import StoredError, read

    figures = config.option.figures
    if figures is not None and Path(figures).absolute() == Path(given).absolute():
        raise pytest.UsageError(f"--report and --figures each have a page of their own: two directories, {_EXAMPLE}")
    option = "--against"
    try:
        before = None if against is None else read(against)
        option = "--report"
        directory = check(Path(given))
    except (DirectoryError, StoredError) as error:
        raise pytest.UsageError(f"{option}: {error}") from None
    config.pluginmanager.register(Reporting(config, directory, before))


class Reporting:
    """The part of the plugin that writes, in the process where all Readings arrive."""

    def __init__(self, config: pytest.Config, directory: Path, against: Any) -> None:
        from excolor.report.provenance import of_this_run

        self.config, self.directory, self.against = config, directory, against
        self.began = time.monotonic()
        self.begun = of_this_run(config, directory)
        self.processes = 1
        self.told: list[str] = []
        self.failed = False

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_setupnodes(self, specs: list[object]) -> None:
        self.processes = len(specs)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write once every worker has told what it knows; what cannot be written fails the run and is told."""
        summary = next(each for each in self.config.pluginmanager.get_plugins() if isinstance(each, Summary))
        from excolor.report.directory import put
        from excolor.report.provenance import ended
        from excolor.report.run import Run

        root = self.config.rootpath
        unread = tuple(os.path.relpath(path, root) for path in sorted(summary.unread))
        seconds = round(time.monotonic() - self.began, 1)
        provenance = ended(self.begun, seconds, self.processes, summary.stopped, unread)
        run = Run.of(summary.readings.values(), provenance)
        if not run.hypotheses:
            self.told.append("nothing was judged, and so nothing is written")
            return
        try:
            text = put(run, self.directory, self.against)
        except OSError as error:
            self.told.append(f"could not be written: {error}")
            self.failed = True
            if session.exitstatus == pytest.ExitCode.OK:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED
            return
        self.told.append(f"see {self.directory / 'index.html'}")
        summary_of_job = os.environ.get("GITHUB_STEP_SUMMARY")
        if summary_of_job:
            with suppress(OSError), open(summary_of_job, "a", encoding="utf-8") as job:
                job.write(text)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.told:
            terminalreporter.section("report")
            for line in self.told:
                terminalreporter.write_line(line, red=self.failed)
