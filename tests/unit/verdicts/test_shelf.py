"""The shelf of a run: there while it lives, and soon gone however it ends."""

import signal
import subprocess
import sys
import tempfile

import pytest

from excolor.verdicts import shelf as shelf_module
from excolor.verdicts.shelf import clear, shelf


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """The directory for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


KILLED = """
import os, runpy, signal, sys
with runpy.run_path(sys.argv[1])["shelf"]() as directory:
    (directory / "kept").mkdir()
    (directory / "kept" / "ensemble.npz").write_text("weights")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_goes_at_the_end(temporary):
    with shelf() as directory:
        assert directory.parent == temporary
        (directory / "some").write_text("thing")
    assert list(temporary.iterdir()) == []


def test_it_may_be_gone_before(temporary):
    with shelf() as directory:
        directory.rename(temporary / "elsewhere")


def test_that_of_a_run_that_was_killed_goes_when_the_next_begins(temporary):
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, shelf_module.__file__], env={"TMPDIR": str(temporary)}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    (left,) = temporary.iterdir()
    assert (left / "kept" / "ensemble.npz").exists()
    clear()
    assert list(temporary.iterdir()) == []


def test_that_of_a_run_that_lives_stays():
    with shelf() as directory:
        (directory / "some").write_text("thing")
        clear()
        assert (directory / "some").read_text() == "thing"


def test_what_is_no_shelf_stays(temporary):
    mine = temporary / "excolor-notes"
    mine.mkdir()
    (mine / "some").write_text("thing")
    linked = temporary / "linked"
    linked.mkdir()
    (linked / "lock").touch()
    (temporary / "excolor-link").symlink_to(linked)
    clear()
    assert (mine / "some").exists()
    assert (linked / "lock").exists()


CLAIMS = '''
class TestSmall:
    """H1: the number is small."""

    def test_small(self):
        """It is small."""
        assert half < 0.9

    @control
    def test_control(self):
        """It could have been large."""
        assert half > 0.1
'''


def test_a_run_without_one_judges_and_accounts_alike(write, run, monkeypatch):
    def full():
        raise OSError("no space left on the device")

    monkeypatch.setattr(shelf_module, "shelf", full)
    write(CLAIMS)
    result = run("-n1", "-m", "not control")
    assert result.code == pytest.ExitCode.OK
    assert "1 hypothesis: 1 not judged. 1 prediction (1 confirmed), all as recorded. 1 control left out" in result.words
