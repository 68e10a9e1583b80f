"""Memory that is no longer used goes back to the system.

An ensemble may be held by what holds each other, such as an exception and the frames that it passed: Python finds that
out now and then, and looks through all objects for it, which takes longer than most files of tests. And glibc keeps
what has been let go in pieces, as between two trainings. Each comes to some tens of MB of a process.
"""

import ctypes
import gc


def let_go() -> None:
    """Free what only holds each other, and hand its memory back. What is left is not looked through again."""
    gc.collect()
    gc.freeze()
    hand_back()


def hand_back() -> None:
    """Give memory back that was let go; nothing where the library has no way to, such as on macOS."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
