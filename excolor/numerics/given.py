"""What has been given: whether it is a number at all, how a message shows it, what a misspelt name was meant for."""

import difflib
import math
import operator
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

CLOSE = 0.65
"""The likeness from which a name may have been meant: "rde" is that like "red", and "mauve" not like "azure"."""

SHOWN = 100
"""The letters of what was given that a message repeats."""


def is_number(given: object) -> bool:
    """Whether it is one finite real number: neither "1", which much of Python would read as one, nor True."""
    if not isinstance(given, int | float | np.integer | np.floating) or isinstance(given, bool):
        return False
    try:
        return math.isfinite(given)
    except OverflowError:  # a whole number beyond all floating point
        return False


def is_whole(given: object, least: int = 0) -> bool:
    """Whether it is a whole number, `least` or above."""
    try:
        return not isinstance(given, bool) and operator.index(given) >= least  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False


def real_numbers(given: object) -> NDArray[np.float64] | None:
    """As an array, or None if not all are real numbers: numpy would read "1" and None, and what a mask hides."""
    try:
        array = np.asarray(given)
    except (TypeError, ValueError, RuntimeError):  # rows of different lengths, or what cannot be an array
        return None
    if isinstance(given, np.ma.MaskedArray) or array.dtype.kind not in "fiu":
        return None
    return array.astype(np.float64, copy=False)


def shown(given: object) -> str:
    """What was given, on one line of a message: its repr, its middle left out if it is long."""
    try:
        text = " ".join(map(str.strip, repr(given).splitlines()))
    except Exception:  # whatever another's repr may raise; Python's own refuses numbers of 4300 digits
        return f"a {type(given).__name__}"
    return text if len(text) <= SHOWN else f"{text[: SHOWN // 2]}...{text[-SHOWN // 4 :]}"


def did_you_mean(given: object, known: Iterable[str]) -> str:
    """Such as " (did you mean 'bottleneck'?)", if something known is close to what was given."""
    names = {name.lower(): name for name in known}
    close = difflib.get_close_matches(given.lower(), names, n=1, cutoff=CLOSE) if isinstance(given, str) else []
    return f" (did you mean {names[close[0]]!r}?)" if close else ""
