"""The pytest plugin that turns assertions about Estimates into verdicts, and verdicts into a summary.

A hypothesis file needs seven names from here: the marks `primary`, `fails_under`, `disconfirmed`, `undecided`,
`published`, `restated` and `control`. The others are the exceptions behind the verdicts, a warning, and the hooks and
fixtures that pytest finds by name.
"""

from excolor.verdicts.collection import pytest_collection_modifyitems, pytest_make_collect_report
from excolor.verdicts.commands import pytest_cmdline_main
from excolor.verdicts.ending import pytest_load_initial_conftests
from excolor.verdicts.gathering import pytest_sessionstart
from excolor.verdicts.inventory import pytest_collection_finish, pytest_testnodedown
from excolor.verdicts.judging import pytest_fixture_setup, pytest_pyfunc_call, pytest_runtest_makereport
from excolor.verdicts.marks import control, disconfirmed, fails_under, figure, primary, published, restated, undecided
from excolor.verdicts.options import pytest_addoption, pytest_configure, seeds
from excolor.verdicts.outcomes import ControlFailed, Disconfirmed, MisplacedHypothesisWarning, Undecided
from excolor.verdicts.progress import pytest_configure_node
from excolor.verdicts.shelf import pytest_xdist_setupnodes
from excolor.verdicts.store import pytest_runtest_teardown, trained, trained_together

pytest_plugins = (
    "excolor.report.plugin",
    "excolor.verdicts.by_file",
    "excolor.verdicts.longest_first",
    "excolor.verdicts.misplaced",
    "excolor.verdicts.unlooked",
)
"""Further plugins, by name: how workers share the tests, what is told of hypotheses where none should be, when Python
looks for garbage, and what is told of a run beyond its summary, which stands below this room."""

__all__ = [
    "ControlFailed",
    "Disconfirmed",
    "MisplacedHypothesisWarning",
    "Undecided",
    "control",
    "disconfirmed",
    "fails_under",
    "figure",
    "primary",
    "published",
    "pytest_addoption",
    "pytest_cmdline_main",
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_configure_node",
    "pytest_fixture_setup",
    "pytest_load_initial_conftests",
    "pytest_make_collect_report",
    "pytest_pyfunc_call",
    "pytest_runtest_makereport",
    "pytest_runtest_teardown",
    "pytest_sessionstart",
    "pytest_testnodedown",
    "pytest_xdist_setupnodes",
    "restated",
    "seeds",
    "trained",
    "trained_together",
    "undecided",
]
