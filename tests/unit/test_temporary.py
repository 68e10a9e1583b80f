"""A run of pytest within a test keeps its temporary directories beneath those of the run around it."""

import os
import subprocess
import sys
from pathlib import Path

TEST = """
def test_says_where(tmp_path):
    print(tmp_path)
"""


def test_a_process_of_its_own_keeps_them_beneath_ours(tmp_path, tmp_path_factory):
    (tmp_path / "test_small.py").write_text(TEST)
    command = [sys.executable, "-m", "pytest", "-s", "-q", "-p", "no:excolor.verdicts", "-p", "no:cacheprovider"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert f"{tmp_path_factory.getbasetemp()}{os.sep}" in run.stdout


def test_ours_is_there_before_any_test(tmp_path_factory):
    """Made in the first of two threads that ask at once, it would be removed by the second."""
    assert Path(os.environ["PYTEST_DEBUG_TEMPROOT"]).parent == tmp_path_factory.getbasetemp()
