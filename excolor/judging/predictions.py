"""A prediction in words with what came of it: the record that summary, pictures and XML are made of."""

from dataclasses import dataclass

from excolor.judging.comparisons import Comparison

ERROR = "error"
"""Stands where a verdict would, when there is none."""


@dataclass(frozen=True)
class Prediction:
    """What was claimed, what was measured of it, and what that says.

    Before it has run it has neither a comparison nor an error.
    """

    statement: str
    comparison: Comparison | None = None
    """The estimate and the claim, such as `median(samples) < 0.001`; None if nothing was measured."""
    hypothesis: str = ""
    """Under which heading it stands."""
    error: str = ""
    """What went wrong, in words; a verdict then counts for nothing."""

    @property
    def verdict(self) -> str:
        """`confirmed`, `disconfirmed`, `undecided`, or `error`; empty before it has run."""
        if self.error:
            return ERROR
        return "" if self.comparison is None else self.comparison.verdict.value

    @property
    def label(self) -> str:
        """What stands for it in a list."""
        return self.statement
