"""The end of a run: whatever warns or fails there, what was measured is printed and written.

Where warnings are made errors (`filterwarnings = error`, `-W error`), pytest makes them so everywhere: the cache that
cannot be written, or a worker that is missing, then ends the run with a traceback in place of its summary. Here a
warning remains an error where it was meant to be one, in tests, their fixtures and the files they stand in. Anywhere
else it is shown.
"""

import warnings
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest


@contextmanager
def shown() -> Iterator[None]:
    """Show warnings within the block that would be raised outside of it."""
    with warnings.catch_warnings():
        ways: Any = warnings.filters
        ways[:] = [("default" if way == "error" else way, *of_what) for way, *of_what in ways]
        yield


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    early_config.pluginmanager.register(Ending())


@pytest.hookimpl(wrapper=True, trylast=True)
def _shown() -> Generator[None, object, object]:
    with shown():
        return (yield)


class Ending:
    """A plugin that shows what warns outside of tests, and lets the run end in words.

    Its wrappers come last, and so within those by which pytest makes warnings errors.
    """

    pytest_collection_modifyitems = pytest_collection_finish = pytest_collectreport = staticmethod(_shown)
    pytest_runtest_logstart = pytest_runtest_logreport = pytest_runtest_logfinish = staticmethod(_shown)
    pytest_terminal_summary = staticmethod(_shown)

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Begin with what other plugins do in this hook, and end where pytest ends its own setting."""
        with ExitStack() as block:
            block.enter_context(shown())
            config.add_cleanup(block.pop_all().close)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None]:
        """Tell of whatever fails here, let it fail the run, and go on to the summary."""
        try:
            with shown():
                return (yield)
        except Exception as failure:  # of any kind, such as a full disk
            session.exitstatus = pytest.ExitCode.INTERNAL_ERROR
            session.config.notify_exception(pytest.ExceptionInfo.from_exception(failure))
