"""Comparisons of an Estimate with a claim, and a record of where in a program their truth was asked."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple

from excolor.judging.claims import Claim, Verdict

if TYPE_CHECKING:
    from excolor.judging.estimates import Estimate


@dataclass(frozen=True, repr=False)
class Comparison:
    """An Estimate compared with a claim about it: true if the claim is confirmed, and only then."""

    estimate: "Estimate"
    claim: Claim

    @property
    def verdict(self) -> Verdict:
        return self.claim.judge(self.estimate.low, self.estimate.high)

    @property
    def reading(self) -> str:
        """The estimate as printed, with as many digits as let a reader come to the same verdict."""
        return self.estimate.text(next((n for n in range(2, 17) if self._keeps_side(n)), 16))

    def _keeps_side(self, digits: int) -> bool:
        """Whether value and bounds stay on the same side of the claim if they are rounded to so many digits."""
        side = self.claim.side
        return all(side(float(printed)) == side(exact) for exact, printed in self.estimate.rounded(digits))

    def __repr__(self) -> str:
        return f"{self.reading} {self.claim}: {self.verdict}"

    def __bool__(self) -> bool:
        heard = _heard.get()
        if heard is not None:
            frame = sys._getframe(1)
            heard.append(Asked(self, frame, frame.f_lasti))
        return self.verdict is Verdict.CONFIRMED


class Asked(NamedTuple):
    """A Comparison whose truth was asked, and the place in the program that asked."""

    comparison: Comparison
    frame: FrameType
    instruction: int
    """Offset of the asking instruction in the frame's bytecode, as `f_lasti` counts it."""


_heard: ContextVar[list[Asked] | None] = ContextVar("heard", default=None)


@contextmanager
def listening() -> Iterator[list[Asked]]:
    """Collect every Comparison whose truth is asked within the block; an inner block collects its own."""
    heard: list[Asked] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)
