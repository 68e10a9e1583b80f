"""An Estimate held against a claim, and who asked whether it is true."""

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
    """An Estimate held against a claim about it: true if the claim is confirmed, and only then."""

    estimate: "Estimate"
    claim: Claim

    @property
    def verdict(self) -> Verdict:
        return self.claim.judge(self.estimate.low, self.estimate.high)

    @property
    def reading(self) -> str:
        """The estimate as printed, with as many digits as let a reader come to the same verdict."""
        return self.estimate.text(next((n for n in range(2, 17) if self._is_told_by(n)), 16))

    def _is_told_by(self, digits: int) -> bool:
        """Whether the estimate lies where it does also if it is rounded to so many digits."""
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
    """A Comparison whose truth was asked, and where in the program."""

    comparison: Comparison
    frame: FrameType
    instruction: int
    """Offset of the asking instruction in the frame's bytecode, as `f_lasti` counts it."""


_heard: ContextVar[list[Asked] | None] = ContextVar("heard", default=None)


@contextmanager
def listening() -> Iterator[list[Asked]]:
    """Collect every Comparison whose truth is asked within the block; an inner block keeps its own."""
    heard: list[Asked] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)
