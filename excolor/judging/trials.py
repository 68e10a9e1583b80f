"""Claims without chance: they hold for every input that is tried, or fail with the smallest that is found.

Where no model is trained there is nothing to estimate. Inputs are searched by the library hypothesis, which begins with
the edges and, once a claim fails that was to hold for all, looks for a smaller input for which it does.

For every claim on the same strategies hypothesis draws the same inputs, as long as none of them fails; and to draw them
takes longer than to try most claims. So they are drawn once, and a claim that holds for all of them needs no search.
"""

import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from excolor.judging.claims import Verdict
from excolor.judging.estimates import hear

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TRIED = 200
"""How many inputs are tried."""
LONGEST = 60
"""Letters of a counterexample that are printed."""
KEPT = 8
"""Of how many kinds of inputs those drawn are kept: a hypothesis file has no more at a time."""


class TrialError(TypeError):
    """Something that no claim can be tried on."""


@dataclass(frozen=True, repr=False)
class Trial:
    """What came of trying a claim on many inputs: true if that is what was expected, and only then."""

    tried: int
    counterexample: str = ""
    """An input found for which the claim fails, the smallest if it was to hold for all; empty if it does."""
    expected: bool = True
    """Whether the claim is expected to hold for all; a control expects that it does not."""

    @property
    def verdict(self) -> Verdict:
        return Verdict.CONFIRMED if self.expected is not bool(self.counterexample) else Verdict.DISCONFIRMED

    @property
    def reading(self) -> str:
        """What was found, as printed."""
        if self.expected:
            return f"fails for {self.counterexample}" if self.counterexample else f"holds for all {_tried(self.tried)}"
        return f"found for {self.counterexample}" if self.counterexample else f"found for none of {_tried(self.tried)}"

    @property
    def outcome(self) -> str:
        """What was found, whichever input it was found for.

        That may be another one in another process: hypothesis also tries numbers that stand in the modules loaded
        there.
        """
        return self.reading.partition(" for ")[0] if self.counterexample else self.reading

    @property
    def claim(self) -> str:
        """What was claimed, as it is on record."""
        return "always" if self.expected else "not always"

    @property
    def extent(self) -> str:
        """What was claimed, in the words that follow what was found: it holds, or is found, `for all` or `for some`."""
        return "for all" if self.expected else "for some"

    def __repr__(self) -> str:
        return f"{self.reading}, {self.claim}: {self.verdict}"

    def __bool__(self) -> bool:
        hear(self)
        return self.verdict is Verdict.CONFIRMED


@dataclass(frozen=True)
class Inputs:
    """Inputs to try a claim on, as `over` makes them."""

    strategies: "tuple[SearchStrategy[Any], ...]"

    def always(self, claim: Callable[..., bool]) -> Trial:
        """Claim that it holds for all inputs: a function of one of each kind, which tells whether it does."""
        return self._try(claim, True)

    def not_always(self, claim: Callable[..., bool]) -> Trial:
        """Claim that it fails for one of them at the least."""
        return self._try(claim, False)

    def _try(self, claim: Callable[..., bool], expected: bool) -> Trial:
        if expected and (tried := self._held(claim)):
            return Trial(tried)
        return self._search(claim, expected)

    def _held(self, claim: Callable[..., bool]) -> int:
        """For how many inputs a claim holds, if for all that are drawn; else 0, and a search has to tell more."""
        drawn = _drawn(self, len(sys.modules))
        try:
            return len(drawn) if all(claim(*deepcopy(inputs)) for inputs in drawn) else 0
        except Exception:  # the claim's own, which the search meets too; or inputs cannot be copied
            return 0

    def _search(self, claim: Callable[..., bool], expected: bool) -> Trial:
        from hypothesis import HealthCheck, Phase, given, settings
        from hypothesis.strategies import tuples

        tried, failing = 0, ""

        @settings(
            max_examples=TRIED,
            derandomize=True,
            database=None,
            deadline=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, *[Phase.shrink] * expected],  # of what there is, any example will do
        )
        @given(tuples(*self.strategies))
        def search(inputs: tuple[Any, ...]) -> None:  # what is drawn depends on its text
            nonlocal tried, failing
            tried += 1
            if not claim(*inputs):
                failing = _quoted(inputs)
                raise _Found

        try:
            search()
        except _Found:
            return Trial(tried, failing, expected)
        return Trial(tried, "", expected)


@lru_cache(maxsize=KEPT)
def _drawn(inputs: Inputs, loaded: int) -> list[tuple[Any, ...]]:
    """What a claim that holds for all is tried on.

    It is something else once more modules are `loaded`, as hypothesis also tries numbers that stand in them.
    """
    drawn: list[tuple[Any, ...]] = []

    def note(*each: Any) -> bool:
        drawn.append(each)
        return True

    inputs._search(note, True)
    return drawn


class _Found(Exception):  # noqa: N818 - no error: an input for which a claim fails
    pass


def over(*strategies: "SearchStrategy[Any]") -> Inputs:
    """The inputs of a claim without chance: a strategy of the library hypothesis for each of its arguments.

    Such as `assert over(floats(0, 1)).always(lambda x: x * x <= x)`.
    """
    from hypothesis.strategies import SearchStrategy

    strangers = [each for each in strategies if not isinstance(each, SearchStrategy)]
    if strangers or not strategies:
        raise TrialError(
            "over takes strategies of the library hypothesis, such as over(floats(0, 1)); "
            f"got {', '.join(map(repr, strangers)) or 'none'}."
        )
    return Inputs(strategies)


def _tried(count: int) -> str:
    return f"{count} inputs tried"


def _quoted(inputs: tuple[Any, ...]) -> str:
    words = ", ".join(" ".join(repr(each).split()) for each in inputs)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}..."
