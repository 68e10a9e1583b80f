"""What is known of one prediction: what was claimed, what is on record, what was measured.

A Reading travels from the process that measured to the one that reports beside the test's report, and into the JUnit
XML as flat properties of plain type: `excolor.verdict`, `excolor.estimate`, `excolor.low`, ...
"""

import math
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import pytest

from excolor.judging.claims import Claim
from excolor.judging.comparisons import Comparison
from excolor.judging.estimates import Estimate
from excolor.judging.predictions import ERROR, Prediction

PREFIX = "excolor."
ON_REQUEST = "left out on request"
NOT_REACHED = "not reached, as the run was stopped"
"""Why a prediction did not run."""
_RECORD = "excolor_reading"
"""The attribute of a test report that takes the Reading along, in plain types."""


@dataclass(frozen=True, kw_only=True)
class Reading(Prediction):
    """One prediction or control, before it has run (no verdict yet) or after."""

    experiment: str
    role: str
    """Either `prediction` or `control`."""
    recorded: str
    reason: str = ""
    """The finding given with the record; empty for a confirmed one."""
    seeds: str = ""
    """Which seeds its file trains, such as `0..31`; empty if it trains none."""
    group: str
    """Node id of the class."""
    predictions: int
    """How many predictions the class states."""
    controls: int = 0
    """How many controls it has."""
    position: int
    """Place in the order of the files."""
    background: str = ""
    """What the class says of the hypothesis beside its statement, such as the published verdict."""
    published: float | None = None
    """The published figure of what is measured."""
    source: str = ""
    """Where that figure stands."""
    restated: str = ""
    """What was claimed before the results were seen; empty if it is what is claimed now."""
    restated_why: str = ""
    left_out: str = ""
    """Why there is no verdict although nothing went wrong, such as `left out on request`; empty before it has run."""
    beside: str = ""
    """What there is to say of the comparisons that its test makes beside the one that decides."""
    replication: str = ""
    """How the command line chose the seeds, such as `--first-seed 1000`; empty for those on record."""

    @property
    def label(self) -> str:
        return self.statement if self.role == "prediction" else f"control: {self.statement}"

    @property
    def changed(self) -> bool:
        return self.verdict not in ("", self.recorded, ERROR)

    @property
    def measured(self) -> str:
        """The estimate as printed; empty if there is none."""
        return "" if self.comparison is None else self.comparison.reading

    @property
    def claimed(self) -> str:
        """What was claimed of the estimate, as printed; empty if there is none."""
        return "" if self.comparison is None else str(self.comparison.claim)

    def as_properties(self) -> list[tuple[str, object]]:
        """What is known, for the JUnit XML; what is not known is left out."""
        told = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "comparison"}
        told |= {"verdict": self.verdict, "measured": self.measured, "relation": self.claimed}
        if self.comparison is not None:
            estimate = self.comparison.estimate
            told |= {"estimate": estimate.value, "low": estimate.low, "high": estimate.high, "n": estimate.n}
            told |= _bounds(self.comparison.claim) | {"claimed_from": self.comparison.claim.source}
        return [(PREFIX + name, value) for name, value in told.items() if value not in (None, "")]

    def without_verdict(self, why: str) -> "Reading":
        """The same, of a prediction that does not run."""
        return replace(self, left_out=why)

    def attach(self, report: pytest.TestReport) -> None:
        """Send it along with a report, to whichever process gathers them."""
        setattr(report, _RECORD, self.as_plain())

    @classmethod
    def of(cls, report: pytest.TestReport) -> "Reading | None":
        """The Reading that came with a report, if one did."""
        told: dict[str, Any] | None = getattr(report, _RECORD, None)
        return None if told is None else cls.from_plain(told)

    def as_plain(self) -> dict[str, Any]:
        """Its parts in plain types, which can be sent or written."""
        return asdict(self)

    @classmethod
    def from_plain(cls, told: dict[str, Any]) -> "Reading":
        compared = told["comparison"]
        if compared is not None:
            compared = Comparison(Estimate(**compared["estimate"]), Claim(**compared["claim"]))
        return cls(**told | {"comparison": compared})


def _bounds(claim: Claim) -> dict[str, object]:
    bounds = {"claimed_low": claim.low, "claimed_high": claim.high}
    return {name: bound for name, bound in bounds.items() if math.isfinite(bound)}
