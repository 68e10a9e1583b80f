"""Memory that was let go in pieces is the system's again, as Linux tells of a process."""

import ctypes
import gc
import subprocess
import sys
import weakref

import pytest

PROGRAM = """
import numpy as np
from pathlib import Path
from excolor.verdicts.handing_back import hand_back

def megabytes():
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) / 1024

pieces = [np.ones(5_000) for _ in range(2_000)]
held = pieces[::100]
whole = megabytes()
del pieces
let_go = megabytes()
hand_back()
print(whole - let_go < 10, whole - megabytes() > 60)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells how much a process has")
@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="the library has no way to")
def test_what_was_let_go_in_pieces_is_given_back():
    told = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert told.stdout == "True True\n"


def test_a_library_that_cannot_is_not_asked_to(monkeypatch):
    from excolor.verdicts.handing_back import hand_back

    monkeypatch.setattr("ctypes.CDLL", lambda name: object())
    hand_back()


def test_what_only_holds_itself_is_freed_and_what_is_left_not_looked_through_again():
    from excolor.verdicts.handing_back import let_go

    class Held:
        pass

    one, other = Held(), Held()
    one.other, other.other = other, one
    freed = weakref.ref(one)
    gc.disable()
    try:
        del one, other
        let_go()
        assert freed() is None
        assert not gc.get_objects(generation=2)
    finally:
        gc.unfreeze()
        gc.enable()
