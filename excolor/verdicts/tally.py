"""How many ensembles a run has trained, and how many it found that earlier runs had trained: a line at its end."""

from typing import Any

import pytest

from excolor.verdicts.keeping import UNITS, kept_in, lacking, size_allowed
from excolor.verdicts.store import STORE

_TOLD = "excolor.trained"


class Tally:
    """A plugin that counts the conditions of a run, each once, whichever processes asked for it."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.has_trained: dict[str, bool] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        store = self.config.stash.get(STORE, None)
        if store:
            self.add(store.has_trained)
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput[_TOLD] = self.has_trained

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self.add(getattr(node, "workeroutput", {}).get(_TOLD, {}))

    @pytest.hookimpl(tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.has_trained:
            terminalreporter.section("ensembles")
            self.config.get_terminal_writer().line(self.line())

    def add(self, told: dict[str, bool]) -> None:
        """What one process found may be what another has trained in the same run."""
        for condition, trained in told.items():
            self.has_trained[condition] = self.has_trained.get(condition, False) or trained

    def line(self) -> str:
        trained = sum(self.has_trained.values())
        directory = kept_in(self.config)
        if directory is None:
            return f"{trained} trained; none is kept for later runs, since {lacking(self.config)}"
        from excolor.keeping.folder import Folder

        kept, most = (_in_words(size) for size in (Folder(directory).bytes_kept(), size_allowed(self.config)))
        return f"{trained} trained, {len(self.has_trained) - trained} found; the store has {kept} of at most {most}"


def _in_words(size: int) -> str:
    """A number of bytes, such as `1.5 GB`."""
    unit = "GB" if size >= UNITS["GB"] else "MB"
    return f"{size / UNITS[unit]:.3g} {unit}"
