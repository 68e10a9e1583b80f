"""Memory that is no longer used goes back to the system.

An ensemble may be held by what holds each other, such as an exception and the frames that it passed: Python finds that
out now and then, and looks through all objects for it, which takes longer than most files of tests. And glibc keeps
what has been let go in pieces, as between two trainings. Each comes to some tens of MB of a process.
"""

import ctypes
import gc


def settle() -> None:
    """Let Python look through nothing again, in search of what only holds each other, that there is by now."""
    gc.freeze()


def let_go() -> None:
    """Free what only holds each other, of all that came since, and hand its memory back."""
    gc.collect()
    settle()
    hand_back()


def hand_back() -> None:
    """Give memory back that was let go; nothing where the library has no way to, such as on macOS."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
