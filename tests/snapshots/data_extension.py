"""Plotted data and alternative texts: what a figure says, whatever a font or a drawing library makes of it."""

from collections.abc import Iterator
from typing import Any

from documents import differences, report
from syrupy.extensions.json import JSONSnapshotExtension

DIGITS = 6
"""Significant ones that a plotted number is recorded with."""


def tolerance(recorded: float) -> float:
    """1e-4 of the number, or 1e-6: a tenth of what three printed digits show, and what other kernels do to a color.

    They compute it in float32, of 1e-7, through seven layers; an error is the square of a difference of two.
    """
    return max(1e-4 * abs(recorded), 1e-6)


class DataExtension(JSONSnapshotExtension):
    """Of figures: `{"alt": ..., "data": ...}`. Numbers with a fraction may move by a tolerance, nothing else may."""

    def matches(self, *, serialized_data: Any, snapshot_data: Any) -> bool:
        return not differences(snapshot_data, serialized_data, tolerance)

    def diff_lines(self, serialized_data: Any, snapshot_data: Any) -> Iterator[str]:
        yield from report(differences(snapshot_data, serialized_data, tolerance) if snapshot_data else [])
