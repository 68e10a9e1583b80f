"""The edits that are made: each once of one ensemble, and heard by whoever listens.

Such as a run that is to draw what its tests edit. What was measured of an edited ensemble is remembered with it
(excolor.measures.memory), so that a test which edits as another one did measures nothing anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from excolor.ensemble import Ensemble


class Made(NamedTuple):
    """An edit that was made: of which ensemble, which one it gave, what it is called, and how to make it again."""

    of: Ensemble
    gave: Ensemble
    words: str
    """Such as `deletion of dimension 0`."""
    again: Callable[[Ensemble], Ensemble]


_heard: ContextVar[list[Made] | None] = ContextVar("made", default=None)


def made_once(ensemble: Ensemble, how: str, make: Callable[[], Ensemble]) -> Ensemble:
    """Make what an edit gives of an ensemble, or recall it; `how` tells all that the edit depends on.

    It is kept by the ensemble that it was made of, and must not refer to that.
    """
    # Beside its fields, so that no copy has it. Nothing is looked up by the ensemble, which counts as measuring it.
    made: dict[str, Ensemble] = vars(ensemble).setdefault("_made", {})
    if how not in made:
        made[how] = make()
    return made[how]


def tell(made: Made) -> Ensemble:
    """Tell of an edit whoever listens, and return what it gave."""
    heard = _heard.get()
    if heard is not None:
        heard.append(made)
    return made.gave


@contextmanager
def edits_heard() -> Iterator[list[Made]]:
    """Collect every edit that is made within the block; an inner block collects its own."""
    heard: list[Made] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def of_dimensions(dims: list[int]) -> str:
    """Write `dimension 0`, or `dimensions 0 and 1`."""
    *others, last = map(str, sorted(dims))
    return f"dimensions {', '.join(others)} and {last}" if others else f"dimension {last}"
