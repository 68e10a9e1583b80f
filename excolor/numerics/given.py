"""What has been given: whether it is a number at all, how a message shows it, what a misspelt name was meant for."""

import difflib
import math
import operator
from collections.abc import Iterable

import numpy as np

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
    close = difflib.get_close_matches(given.lower(), names, n=1) if isinstance(given, str) else []
    return f" (did you mean {names[close[0]]!r}?)" if close else ""
