"""Metrics: to the digit where the bits are promised, elsewhere within the recorded intervals."""

import json
from collections.abc import Iterator
from typing import Any

from documents import ABSENT, Difference, differences, report
from promise import departures
from syrupy.extensions.json import JSONSnapshotExtension

DIGITS = 7
"""Significant ones that a metric is recorded with: what float32, in which every error is computed, can tell apart."""


class MetricsExtension(JSONSnapshotExtension):
    """Of trained models: `{..., name: {"value": v, "low": l, "high": h}}`, medians over seeds with their intervals."""

    def matches(self, *, serialized_data: Any, snapshot_data: Any) -> bool:
        return not strayed(snapshot_data, serialized_data)

    def diff_lines(self, serialized_data: Any, snapshot_data: Any) -> Iterator[str]:
        if elsewhere := departures():
            yield notice(elsewhere)
        yield from report(strayed(snapshot_data, serialized_data) if snapshot_data else [])


def notice(elsewhere: list[str]) -> str:
    """How the metrics are compared where the bits may be others."""
    return f"metrics are compared with the recorded intervals, since this is {'; '.join(elsewhere)}"


def strayed(recorded: str, measured: str) -> list[Difference]:
    """What is out of tolerance."""
    if departures():
        return outside(recorded, measured)
    return differences(recorded, measured, lambda number: 0.0)


def outside(recorded: str, measured: str) -> list[Difference]:
    """The measured values that do not lie within the recorded intervals, which say how far other seeds would move them.

    The same seeds on another machine are nearer than others: their weights begin alike and so do their batches.
    """
    there, here = _estimates(json.loads(recorded)), _estimates(json.loads(measured))
    found = []
    for key in [*there, *(key for key in here if key not in there)]:
        if key not in there or key not in here:
            found.append(Difference(key, there.get(key, ABSENT), here.get(key, ABSENT), "none"))
        elif not there[key]["low"] <= here[key]["value"] <= there[key]["high"]:
            interval = f"[{there[key]['low']:.3g}, {there[key]['high']:.3g}]"
            found.append(Difference(f"{key}.value", there[key]["value"], here[key]["value"], interval))
    return found


def _estimates(document: Any, key: str = "") -> dict[str, Any]:
    if document.keys() == {"value", "low", "high"}:
        return {key: document}
    return {
        place: estimate
        for name, part in document.items()
        for place, estimate in _estimates(part, f"{key}.{name}" if key else name).items()
    }
