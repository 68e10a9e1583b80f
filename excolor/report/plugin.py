"""The options --report and --against: at the end of a run, however it ends, what it found is written for readers."""

import os
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from traceback import format_exc
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from excolor.verdicts.collection import READING
from excolor.verdicts.counts import count
from excolor.verdicts.gathering import Summary
from excolor.verdicts.options import chosen_seeds
from excolor.verdicts.places import FOLDER, PLACES, places
from excolor.verdicts.store import STORE

if TYPE_CHECKING:
    from excolor.report.run import Run

_DRAWN = "excolor.drawn"

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
    if given is None and against is None:
        return
    if hasattr(config, "workerinput"):
        config.pluginmanager.register(Drawing(config))
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
    config.option.report = str(directory)  # workers may have another working directory
    drawing = Drawing(config)
    config.pluginmanager.register(drawing)
    config.pluginmanager.register(Reporting(config, directory, before, drawing))


class Drawing:
    """The part of the plugin that draws what was trained, in the process that trained it."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.files: dict[str, ModuleType] = {}
        """The hypothesis files that this process has run tests of."""
        self.hypotheses: dict[str, dict[str, None]] = {}
        """The hypotheses of each, in their order."""
        self.drawn: list[tuple[dict[str, Any], dict[str, bytes]]] = []
        """What was drawn, in plain types, with its files, in this process or by those that it hears of."""
        self.undrawn: list[str] = []
        """What could not be drawn, in words."""

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if isinstance(item, pytest.Function) and READING in item.stash:
            file = item.nodeid.partition("::")[0]
            self.files[file] = item.module
            self.hypotheses.setdefault(file, {})[item.stash[READING].group] = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        store = self.config.stash.get(STORE, None)
        if store and exitstatus != pytest.ExitCode.INTERRUPTED:  # a run that is stopped draws nothing
            from excolor.report.pictures import FOLDER
            from excolor.report.trained import drawn

            for file, module in self.files.items():
                try:
                    seeds = chosen_seeds(self.config, module)
                    pictures = list(drawn(module, file, [*self.hypotheses[file]], store.conditions, seeds, FOLDER))
                except Exception:  # of any kind: a page without a picture is better than none
                    self.undrawn.append(f"the pictures of {file} could not be drawn:\n{format_exc()}")
                else:
                    self.drawn += [(asdict(shown), files) for shown, files in pictures]
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput[_DRAWN] = self.drawn, self.undrawn

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        drawn, undrawn = getattr(node, "workeroutput", {}).get(_DRAWN, ([], []))
        self.drawn += drawn
        self.undrawn += undrawn


class Reporting:
    """The part of the plugin that writes, in the process where all Readings arrive."""

    def __init__(self, config: pytest.Config, directory: Path, against: "Run | None", drawing: Drawing) -> None:
        from excolor.report.provenance import of_this_run

        self.config, self.directory, self.against, self.drawing = config, directory, against, drawing
        self.began = time.monotonic()
        self.begun = of_this_run(config, directory)
        self.processes = 1
        self.told: list[str] = []
        self.failures: list[str] = []

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_setupnodes(self, specs: list[object]) -> None:
        self.processes = len(specs)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write once every worker has told what it knows; what cannot be written fails the run and is told."""
        summary = next(each for each in self.config.pluginmanager.get_plugins() if isinstance(each, Summary))
        from excolor.report.directory import put
        from excolor.report.provenance import ended
        from excolor.report.run import Run, Shown

        root = self.config.rootpath
        unread = tuple(os.path.relpath(path, root) for path in sorted(summary.unread))
        seconds = round(time.monotonic() - self.began, 1)
        provenance = ended(self.begun, seconds, self.processes, summary.stopped, unread)
        run = Run.of(summary.readings.values(), provenance, (Shown(**each) for each, _ in self.drawing.drawn))
        files = {place: content for _, of_picture in self.drawing.drawn for place, content in of_picture.items()}
        if not run.hypotheses:
            self.told.append(f"nothing is written, since nothing was judged: {self._why_nothing(summary)}")
            return
        self.failures += self.drawing.undrawn
        try:
            text = put(run, self.directory, files, self.against)
        except OSError as error:
            self.failures.append(f"could not be written: {error}")
        else:
            self.told.append(f"see {self.directory / 'index.html'}")
            _append(text)
        if self.failures and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _why_nothing(self, summary: Summary) -> str:
        if self.config.option.collectonly or self.config.option.setuponly:
            return "this run was asked for no test, by --collect-only or --setup-only"
        if summary.unread:
            return f"{count(len(summary.unread), 'hypothesis file')} could not be collected"
        if summary.stopped:
            return "the run was stopped before any test"
        named = places(self.config)
        home = f"below a directory called {FOLDER}" if named is None else f"in a place that {PLACES} names"
        return f"none of the tests of this run lies {home}"

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.told or self.failures:
            terminalreporter.section("report")
        for failure in self.failures:
            terminalreporter.write_line(failure, red=True)
        for line in self.told:
            terminalreporter.write_line(line)


def _append(text: str) -> None:
    """Append the short text to the summary of a job on GitHub, if this is one."""
    job = os.environ.get("GITHUB_STEP_SUMMARY")
    if job:
        with suppress(OSError), open(job, "a", encoding="utf-8") as summary:
            summary.write(text)
