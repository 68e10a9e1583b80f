"""The color of each term of a loss, the same in every figure."""

from zlib import crc32

from excolor.plots.picture import ink

PLACES = {
    "reconstruction": 0, "lr": 0, "reg-separate": 1, "reg-anchor": 2, "reg-planar": 3, "reg-unit": 4,
    "reg-anti-anchor": 3, "reg-anti-subspace": 4, "reg-planar-d": 5, "reg-unit-v": 5, "reg-norm": 4, "reg-norm-v": 5,
    "reg-polar": 2, "reg-nonplanar": 2, "data-phase": 1, "data-hues": 5, "data-vibrancies": 6,
}  # fmt: skip
"""The place of each published term, and of what else has a schedule, among the colors of lines.

What is in one experiment differs; more terms than colors have been published.
"""
COLORS = 7


def term_color(name: str) -> str:
    """Find the color of a term in the current style; a new one's follows from its name alone."""
    return ink(f"C{PLACES.get(name, crc32(name.encode()) % COLORS)}")
