"""Signs of life: seen on a terminal by a person who waits, and by nobody else."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from excolor.verdicts import progress as progress_module
from excolor.verdicts.progress import is_watched, progress, pytest_configure_node

SLOW = '''
"""Experiment 0.2: a run that is long enough to be watched."""

import pytest

from excolor import Dopesheet, median, typical_error
from excolor.experiments import EX_2_10

SHEET = "STEP,lr,reg-unit\\n0,0.01,0.1\\n120,0.01,0.1\\n"
UNITARY = EX_2_10.without("reg-anchor", "reg-separate", "reg-anti-anchor").replace(
    name="0.2", dopesheet=Dopesheet.parse(SHEET)
)
PLAIN = UNITARY.unregularized().replace(name="0.2 plain")


class TestSmall:
    """The error is small."""

    def test_small(self, trained, seeds):
        """The typical error is below 1."""
        assert median(typical_error(trained(PLAIN, seeds))) < 1

    def test_both_small(self, trained_together, seeds):
        """The typical error is below 1 with unitarity and without, over other seeds, which no process has."""
        plain, unitary = trained_together([PLAIN, UNITARY], range(100, 106))
        assert median(typical_error(plain)) < 1
        assert median(typical_error(unitary)) < 1
'''


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass only when they are told to."""
    now = [100.0]
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: now[0])
    return now


class TestWatch:
    def test_says_nothing_of_what_is_quick(self, clock):
        lines = []
        watch = progress("2.10", 32, lines.append)
        for done in range(57, 3001, 57):
            clock[0] += 0.05
            watch(done, 3001)
        assert lines == []

    def test_a_line_every_four_seconds(self, clock):
        lines = []
        watch = progress("2.10 without reg-unit", 32, lines.append)
        for done in range(100, 1001, 100):
            clock[0] += 1
            watch(done, 3001)
        assert lines == [
            "2.10 without reg-unit: step 400 of 3001, 32 seeds",
            "2.10 without reg-unit: step 800 of 3001, 32 seeds",
        ]

    def test_one_seed(self, clock):
        lines = []
        watch = progress("2.10", 1, lines.append)
        clock[0] += 5
        watch(57, 3001)
        assert lines == ["2.10: step 57 of 3001, 1 seed"]


def seen(directory, *options):
    """What a terminal shows of a pytest run in it."""
    pytest_run = [sys.executable, "-m", "pytest", "--seeds=7", *options]
    inherited = {name: value for name, value in os.environ.items() if name not in ("CI", "BUILD_NUMBER")}
    run = subprocess.run(
        [sys.executable, "-c", "import pty, sys; pty.spawn(sys.argv[1:])", *pytest_run],
        cwd=directory,
        env=inherited,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


@pytest.fixture
def slow(pytester):
    (pytester.path / "hypotheses").mkdir()
    (pytester.path / "hypotheses" / "test_slow.py").write_text(SLOW)
    pytester.makeconftest("import excolor.verdicts.progress\n\nexcolor.verdicts.progress.EVERY = 0.0\n")
    return pytester.path


class TestTerminal:
    def test_shows_the_condition_and_the_step_of_a_worker(self, slow):
        text = seen(slow, "-n", "1")
        assert "0.2 plain: step 56 of 121, 7 seeds" in text
        assert "0.2 plain: step 121 of 121, 7 seeds" in text
        assert "0.2 plain and 1 more: step 56 of 121, 6 seeds" in text
        assert "2 passed" in text


class Config:
    """As much of pytest's as says who is watching."""

    def __init__(self, isatty):
        self.pluginmanager = self
        self.reporter = SimpleNamespace(isatty=isatty)

    def getplugin(self, name):
        return self.reporter if name == "terminalreporter" else None


class TestWhoIsWatching:
    @pytest.mark.parametrize(("isatty", "ci", "watched"), [(True, "", True), (True, "true", False), (False, "", False)])
    def test_a_person_at_a_terminal(self, monkeypatch, isatty, ci, watched):
        monkeypatch.setenv("CI", ci)
        node = SimpleNamespace(config=Config(isatty), workerinput={})
        assert is_watched(node.config) is watched
        pytest_configure_node(node)
        assert is_watched(SimpleNamespace(workerinput=node.workerinput)) is watched

    def test_nobody_if_nothing_is_reported(self):
        config = Config(True)
        config.reporter = None
        assert is_watched(config) is False

    def test_without_a_terminal_to_print_to_nothing_happens(self, monkeypatch, tmp_path):
        monkeypatch.setattr(progress_module, "TERMINAL", str(tmp_path / "none" / "tty"))
        progress_module.show_on_terminal("2.10: step 57 of 3001, 32 seeds")
