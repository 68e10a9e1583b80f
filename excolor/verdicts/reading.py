"""Readings: all that is known of one prediction, its claim, the verdict on record and the measurement.

A Reading travels from the process that measured to the one that reports beside the test's report, and into the JUnit
XML as flat properties of plain type: `excolor.verdict`, `excolor.estimate`, `excolor.low`, ...
"""

import math
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

import pytest

from excolor.judging.claims import Claim, Verdict
from excolor.judging.estimates import Comparison, Estimate
from excolor.judging.predictions import ERROR, Prediction
from excolor.judging.trials import Trial

PREFIX = "excolor."
ON_REQUEST = "left out on request"
NOT_REACHED = "not reached, as the run was stopped"
"""Why a prediction did not run."""
_RECORD = "excolor_reading"
"""The attribute of a test report that carries the Reading, in plain types."""

_UNTOLD = ("comparison", "assertion", "basis")
"""What has no property of its own: told in its parts, or the same in every run."""


@dataclass(frozen=True, kw_only=True)
class Reading(Prediction):
    """All that is known of one prediction or control, before it has run (no verdict yet) or after."""

    experiment: str
    test: str
    """Its name within its file: `TestSpared::test_gray_is_spared[black]`."""
    role: str
    """Either `prediction` or `control`."""
    recorded: str
    new: bool = False
    """Whether nothing is on record of it, neither by a mark nor by a table, so that `recorded` is what it should be."""
    reason: str = ""
    """The finding given with the verdict on record; empty if that is confirmed."""
    seeds: str = ""
    """The seeds that its file trains, such as `0..31`; empty if it trains none."""
    group: str
    """The node id of its class."""
    predictions: int
    """The number of predictions that its class states."""
    controls: int = 0
    """The number of controls that its class has."""
    position: int
    """Its place among all predictions and controls, in the order of the files."""
    background: str = ""
    """The rest of the class's docstring after its statement, such as the published verdict."""
    published_verdict: str = ""
    """The published verdict on its hypothesis in a word or three; empty if the docstring of its class gives none."""
    published_seeds: str = ""
    """What that rests on, such as `one seed`."""
    source: str = ""
    """Where the published figure stands."""
    restated: str = ""
    """The claim set before the results were seen; empty if the present claim is the same."""
    restated_why: str = ""
    """Why the claim was changed."""
    assertion: str = ""
    """The source of its test, below its docstring."""
    basis: str = ""
    """What stands behind the thresholds that its assertion names, each on a line."""
    left_out: str = ""
    """Why there is no verdict although nothing went wrong, such as `left out on request`; empty before it has run."""
    beside: str = ""
    """What there is to say of the comparisons that its test makes beside the one that decides."""
    differs: str = ""
    """In what it differs from the record; empty if in nothing."""
    again: float | None = None
    """The chance, by the record, that other seeds give the verdict on record; None if it says nothing of it."""
    alike: float | None = None
    """The chance of a value at least as far from the one on record if seeds alone differ; None if it has none."""
    apart: str = ""
    """That its value lies beyond chance from the one on record, in words; empty if it does not."""
    replication: str = ""
    """The options that chose other seeds, such as `--first-seed 1000`; empty for the seeds of the record."""

    @property
    def label(self) -> str:
        return self.statement if self.role == "prediction" else f"control: {self.statement}"

    @property
    def changed(self) -> bool:
        known = self.verdict in ("", ERROR) or Verdict(self.verdict).on_record == self.recorded
        return not known or bool(self.differs)

    @property
    def contradicted(self) -> bool:
        """Whether what is on record as confirmed is disconfirmed, or the other way round."""
        return {self.verdict, self.recorded} == {Verdict.CONFIRMED.value, Verdict.DISCONFIRMED.value}

    @property
    def moved(self) -> bool:
        """Whether other seeds than those of the record left open what is decided there, or decided what is open."""
        return bool(self.replication) and self.changed and not self.differs and not self.contradicted

    @property
    def on_record(self) -> str:
        """What is on record of it in words, such as `recorded disconfirmed`, or `no record yet`."""
        return "no record yet" if self.new else f"recorded {self.recorded}"

    @property
    def disposition(self) -> str:
        """What became of it, as the gate sees it, such as `disconfirmed, as recorded`."""
        if self.differs:
            return f"{self._departure}: {self.differs}"
        if self.changed:
            return f"{self._departure}: {self.on_record}, measured {self.verdict}"
        return f"{self.verdict}, as recorded" if self.verdict not in ("", ERROR) else self.verdict or self.left_out

    @property
    def _departure(self) -> str:
        if self.moved:
            return "moved"
        return "new" if self.new else "changed"

    @property
    def measured(self) -> str:
        """The estimate as printed; empty if nothing was measured."""
        return "" if self.comparison is None else self.comparison.reading

    @property
    def claimed(self) -> str:
        """The claim about the estimate as it is on record; empty if nothing was measured."""
        return "" if self.comparison is None else str(self.comparison.claim)

    @property
    def claim(self) -> str:
        """The claim in the words that follow what was measured: `for some` where that is `found for 1000`."""
        return self.comparison.extent if isinstance(self.comparison, Trial) else self.claimed

    def as_properties(self) -> list[tuple[str, object]]:
        """List what is known as properties for the JUnit XML; what is not known is left out."""
        told = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in _UNTOLD}
        told |= {
            "primary": "yes" if self.primary else "",
            "new": "yes" if self.new else "",
            "verdict": self.verdict,
            "disposition": self.disposition,
            "measured": self.measured,
            "relation": self.claimed,
        }
        if isinstance(self.comparison, Trial):
            told |= {"tried": self.comparison.tried, "counterexample": self.comparison.counterexample}
        elif self.comparison is not None:
            estimate = self.comparison.estimate
            told |= {"estimate": estimate.value, "low": estimate.low, "high": estimate.high, "n": estimate.n}
            told |= _bounds(self.comparison.claim) | {"claimed_from": self.comparison.claim.source}
        return [(PREFIX + name, value) for name, value in told.items() if value not in (None, "")]

    def without_verdict(self, why: str) -> "Reading":
        """The same, of a prediction that does not run."""
        return replace(self, left_out=why)

    def attach(self, report: pytest.TestReport) -> None:
        """Attach the Reading to a test report, which carries it to the process that gathers reports."""
        setattr(report, _RECORD, self.as_plain())

    @classmethod
    def of(cls, report: pytest.TestReport) -> "Reading | None":
        """Read the Reading that is attached to a test report, None if there is none."""
        told: dict[str, Any] | None = getattr(report, _RECORD, None)
        return None if told is None else cls.from_plain(told)

    def as_plain(self) -> dict[str, Any]:
        """Its parts in plain types, which can be sent or written."""
        told: dict[str, Any] = _plain(self)
        return told

    @classmethod
    def from_plain(cls, told: dict[str, Any]) -> "Reading":
        compared = told["comparison"]
        if compared is not None and "tried" in compared:
            compared = Trial(**compared)
        elif compared is not None:
            compared = Comparison(Estimate(**compared["estimate"]), Claim(**compared["claim"]))
        return cls(**told | {"comparison": compared})


def _bounds(claim: Claim) -> dict[str, object]:
    bounds = {"claimed_low": claim.low, "claimed_high": claim.high}
    return {name: bound for name, bound in bounds.items() if math.isfinite(bound)}


def _plain(part: Any) -> Any:
    """As `asdict`, which copies every number of every sample besides, in each phase of each test."""
    return {each.name: _plain(getattr(part, each.name)) for each in fields(part)} if is_dataclass(part) else part
