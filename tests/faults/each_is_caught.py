"""Every fault of the catalogue is caught: the test that it names passes on the project, and fails with the fault.

A default run does not collect this file, whose name does not begin with `test_`. It is asked for by

    pytest -n auto --dist=worksteal tests/faults/each_is_caught.py

A fault is put into a copy of the project, with the compiled kernels, so that only what it changes is compiled anew.
"""

import os
import shutil
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from catalogue import CATALOGUE
from fault import Fault

ROOT = Path(__file__).parents[2]
PARTS = ("benchmarks", "excolor", "tests", "README.md", "conftest.py", "pyproject.toml")
"""What a test reads of the project."""

LONGEST = 600
"""Seconds for one test; a fault may make it run for ever."""

TESTS = {file: list(tests) for file, tests in groupby(sorted({x.test for x in CATALOGUE}), lambda x: x.split("::")[0])}
"""All tests that faults name, by their file."""


@pytest.fixture
def copy():
    """The root of a copy of the project, which is deleted at once: a few hundred would fill a disk."""
    with TemporaryDirectory(prefix="excolor-fault-") as directory:
        root = Path(directory, "project")
        root.mkdir()
        for part in PARTS:
            (shutil.copytree if (ROOT / part).is_dir() else shutil.copy2)(ROOT / part, root / part)
        yield root


def tested(root, *tests):
    """The exit code of pytest on these tests of a copy, and what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "-x", "-q", "--tb=short",
         f"--basetemp={root.parent / 'temporary'}", *tests],
        cwd=root, env=environment | {"PYTHONPATH": str(root)}, capture_output=True, text=True, timeout=LONGEST,
    )  # fmt: skip
    return run.returncode, run.stdout + run.stderr


def assert_caught(root, fault):
    """A test that fails says so; one that cannot be collected or set up says nothing of what is wrong."""
    fault.put_into(root)
    code, printed = tested(root, fault.test)
    assert code == pytest.ExitCode.TESTS_FAILED, f"not caught: {fault.test} ended with {code!r}\n{printed}"
    assert f"FAILED {fault.test}" in printed, f"not caught by what {fault.test} asserts\n{printed}"


@pytest.mark.parametrize("tests", TESTS.values(), ids=TESTS)
def test_passes_without_a_fault(copy, tests):
    code, printed = tested(copy, *tests)
    assert code == pytest.ExitCode.OK, printed


@pytest.mark.parametrize("fault", CATALOGUE, ids=str)
def test_is_caught(copy, fault):
    assert_caught(copy, fault)


HARMLESS = Fault(
    "excolor/colors.py",
    "return np.arange(count) / count",
    "return np.arange(0, count) / count",
    "tests/unit/test_colors.py::TestHues::test_go_once_around_the_circle",
)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (HARMLESS.wrong, "not caught: .* ended with 0"),
        ("return np.arange(count) /", "not caught: .* ended with"),
    ],
    ids=["harmless", "no Python"],
)
def test_what_no_test_says_is_not_caught(copy, wrong, said):
    """The control."""
    with pytest.raises(AssertionError, match=said):
        assert_caught(copy, HARMLESS._replace(wrong=wrong))
