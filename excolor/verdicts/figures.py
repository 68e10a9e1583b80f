"""The option `--figures DIR`: at the end of a run each process draws the conditions that it has trained.

The process that reports draws the verdicts and writes the index. A figure that cannot be drawn is named and fails the
run, but changes no verdict: these are all known by then.
"""

import os
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from excolor.verdicts.gathering import Summary
from excolor.verdicts.store import STORE

if TYPE_CHECKING:
    from excolor.verdicts.drawing import Drawing

_UNDRAWN = "excolor.undrawn"
_EXAMPLE = "for example --figures figures"


def prepare(config: pytest.Config) -> None:
    """Refuse a directory that cannot be written to, before anything is trained."""
    given = config.getoption("--figures")
    if given is None:
        return
    directory = Path(given).absolute()  # workers may have another working directory
    if not hasattr(config, "workerinput"):
        _check(directory, given)
    config.option.figures = str(directory)
    config.pluginmanager.register(Figures(directory, config))


def _check(directory: Path, given: str) -> None:
    from excolor.verdicts.gallery import INDEX, is_ours

    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
        index = directory / INDEX
        foreign = index.exists() and not is_ours(index)
    except OSError as error:
        raise pytest.UsageError(
            f"--figures: cannot write to {given!r} ({error.strerror}): give a directory, which is made if need be, "
            f"{_EXAMPLE}"
        ) from None
    if foreign:
        raise pytest.UsageError(
            f"--figures: {given!r} has an {INDEX} of another kind, which would be lost: give a directory for the "
            f"figures alone, {_EXAMPLE}"
        )


class Figures:
    """The part of the plugin that draws, in every process."""

    def __init__(self, directory: Path, config: pytest.Config) -> None:
        self.directory, self.config = directory, config
        self.began = time.time()
        self.indexed = False
        self.undrawn: list[str] = []
        """The name of each figure that could not be drawn, or of the index, with what went wrong below it."""

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if exitstatus == pytest.ExitCode.INTERRUPTED:  # a run that is stopped draws nothing
            return
        from excolor.verdicts.drawing import Condition, comparisons, verdicts

        if store := self.config.stash.get(STORE, None):
            for experiment, ensemble in store.conditions:
                self.draw(Condition(experiment, ensemble).drawings())
            self.draw(comparisons(store.conditions))
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput[_UNDRAWN] = self.undrawn
            return
        for summary in self.config.pluginmanager.get_plugins():
            if isinstance(summary, Summary):
                self.draw(verdicts(reading for reading in summary.readings.values() if reading.verdict))
        self.write_index()
        if self.undrawn and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self.undrawn += getattr(node, "workeroutput", {}).get(_UNDRAWN, [])

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        from excolor.verdicts.gallery import INDEX

        if self.undrawn or self.indexed:
            terminalreporter.section("figures")
        for failure in self.undrawn:
            terminalreporter.write_line(f"could not be drawn: {failure}", red=True)
        if self.indexed:
            terminalreporter.write_line(f"see {self.directory / INDEX}")

    def draw(self, drawings: "Iterable[Drawing]") -> None:
        from excolor.plots.picture import STYLES

        for name, draw in drawings:
            with self.noted(name):
                picture = draw()
                for style in STYLES:
                    self.write(f"{name}-{style}.png", picture.in_style(style).save)

    def write_index(self) -> None:
        from excolor.verdicts.gallery import INDEX, page

        with self.noted(INDEX):
            text = page(self.directory)
            self.write(INDEX, lambda path: path.write_text(text, encoding="utf-8"))
            self.indexed = True

    @contextmanager
    def noted(self, name: str) -> Iterator[None]:
        """Note down what goes wrong within the block, to be reported below the summary, and go on with the others."""
        try:
            yield
        except OSError as failure:  # such as a full disk, for which no line of code is to blame
            self.undrawn.append(f"{name}: {failure}")
        except Exception:
            self.undrawn.append(f"{name}\n{traceback.format_exc()}")

    def write(self, name: str, save: Callable[[Path], object]) -> None:
        """Write a file in one move, since other processes may write the same file.

        Raises:
            FileExistsError: another file of the same name has been written since this run began.
        """
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        half_written = path.with_name(f".{os.getpid()}-{path.name}")
        try:
            save(half_written)
            if path.exists() and path.stat().st_mtime >= self.began and path.read_bytes() != half_written.read_bytes():
                raise FileExistsError(
                    f"two conditions of this run are called {path.parent.name}: give each a name of its own, for "
                    "example by .replace(name='2.10 in four dimensions')"
                )
            os.replace(half_written, path)
        finally:
            half_written.unlink(missing_ok=True)
