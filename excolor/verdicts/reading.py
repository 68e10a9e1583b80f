"""What is known of one prediction: what was claimed, what is on record, what was measured.

A Reading travels from the process that measured to the one that reports, and into the JUnit XML, as flat
properties of plain type: `excolor.verdict`, `excolor.estimate`, `excolor.low`, ... Its samples travel beside them.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

PREFIX = "excolor."
SAMPLES = "excolor_samples"
"""The attribute of a test report that takes the samples along: as a property they would be in the JUnit XML."""
ERROR = "error"
"""Stands where a verdict would, when there is none."""


@dataclass(frozen=True)
class Reading:
    """One prediction or control, before it has run (no verdict yet) or after."""

    experiment: str
    hypothesis: str
    statement: str
    role: str
    """Either `prediction` or `control`."""
    recorded: str
    reason: str
    """The finding given with the record; empty for a confirmed one."""
    seeds: str
    """Which seeds its file trains, such as `0..31`; empty if it trains none."""
    group: str
    """Node id of the class."""
    predictions: int
    """How many predictions the class states."""
    position: int
    """Place in the order of the files."""
    background: str = ""
    """What the class says of the hypothesis beside its statement, such as the published verdict."""
    published: float | None = None
    """The published figure of what is measured."""
    replication: str = ""
    """How the command line chose the seeds, such as `--first-seed 1000`; empty for those on record."""
    verdict: str = ""
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    measured: str = ""
    """The estimate as printed."""
    relation: str = ""
    """What was claimed of it, such as `< 0.0003`."""
    error: str = ""
    samples: tuple[float, ...] = ()
    """Those of the estimate, one for each seed; no property, see SAMPLES."""

    @property
    def changed(self) -> bool:
        return self.verdict not in (self.recorded, ERROR)

    def as_properties(self) -> list[tuple[str, object]]:
        told = {name: value for name, value in asdict(self).items() if name != "samples"}
        return [(PREFIX + name, value) for name, value in told.items() if value not in (None, "")]

    @classmethod
    def from_properties(cls, properties: Iterable[tuple[str, Any]]) -> "Reading | None":
        """The Reading among the properties of a test report, if it has one."""
        fields = {name.removeprefix(PREFIX): value for name, value in properties if name.startswith(PREFIX)}
        return cls(**{"reason": "", "seeds": ""} | fields) if fields else None
