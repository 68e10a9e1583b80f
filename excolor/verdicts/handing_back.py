"""Memory that is no longer used goes back to the system, where the library that hands it out can be asked to.

By itself glibc's keeps what has been let go in pieces, as between two trainings, some tens of MB of each process.
"""

import ctypes


def hand_back() -> None:
    """Give memory back that was let go; nothing where the library has no way to, such as on macOS."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
