"""Predictions in words with their outcomes: the records that summary, pictures and XML are made of."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from excolor.judging.estimates import Comparison, EstimateError, Judged
from excolor.judging.trials import Trial
from excolor.numerics.given import is_real, shown

ERROR = "error"
"""The outcome of a prediction that could not be judged, in the place of a verdict."""


@dataclass(frozen=True)
class Prediction:
    """A prediction: what was claimed, what was measured, and the verdict.

    Before it has run it has neither a comparison nor an error.
    """

    statement: str
    comparison: Judged | None = None
    """The estimate and the claim, such as `median(samples) < 0.001`, or a claim that was tried; None without either."""
    hypothesis: str = ""
    """The hypothesis that it belongs to, the heading of a list."""
    error: str = ""
    """What went wrong, in words; a verdict is then ignored."""
    primary: bool = field(default=True, kw_only=True)
    """Whether its verdict carries that of the hypothesis."""
    published: float | None = field(default=None, kw_only=True)
    """The published figure of what is measured, on the same scale."""

    def __post_init__(self) -> None:
        for words in (self.statement, self.hypothesis, self.error):
            if not isinstance(words, str):
                raise EstimateError(f"A Prediction is put in words, such as 'Red is lost.'; got {shown(words)}.")
        if not (self.comparison is None or isinstance(self.comparison, Comparison | Trial)):
            raise EstimateError(
                f"A Prediction has a Comparison, such as median(samples) < 0.5, or None; got {shown(self.comparison)}."
            )
        if not isinstance(self.primary, bool):
            raise EstimateError(f"A Prediction is primary or not, such as primary=False; got {shown(self.primary)}.")
        if self.published is not None and not (is_real(self.published) and math.isfinite(self.published)):
            raise EstimateError(
                f"A Prediction has a finite number as its published figure, such as 0.36; got {shown(self.published)}."
            )

    @property
    def verdict(self) -> str:
        """`confirmed`, `disconfirmed`, `at the threshold`, `open`, or `error`; empty before it has run."""
        if self.error:
            return ERROR
        return "" if self.comparison is None else self.comparison.verdict.value

    @property
    def label(self) -> str:
        """The words for the prediction in a list."""
        return self.statement
