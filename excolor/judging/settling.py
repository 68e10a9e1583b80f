"""How many seeds it would take to settle a claim that is open, and how many of the seeds lie on its threshold."""

import math
from collections.abc import Sequence

from excolor.judging.claims import NEAR, Claim
from excolor.judging.estimates import Estimate

LEAST = 6
"""Fewer seeds give a median no interval."""
TIED = 1e-6
"""How far from a threshold, as a share of it, a sample may lie that counts as on it: float32 tells no more apart."""


def seeds_to_settle(estimate: Estimate, claim: Claim) -> float:
    """About how many seeds settle a claim: decide it, or show that the estimate lies at the threshold.

    An interval narrows with the square root of the number of seeds, while the value may stay where it is. Fewer than
    there are where fewer would have settled it; infinite where no number would do, or the interval has no end.
    """
    bounds = [bound for bound in (claim.low, claim.high) if math.isfinite(bound)]
    if math.isinf(estimate.low) or math.isinf(estimate.high):
        return math.inf
    bound = min(bounds, key=lambda each: abs(each - estimate.value))
    below, above = estimate.value - estimate.low, estimate.high - estimate.value
    distance = estimate.value - bound
    decided = _shrunk(below if distance > 0 else above, abs(distance))
    near = NEAR * abs(bound)
    at_threshold = max(_shrunk(below, near + distance), _shrunk(above, near - distance))
    needed = estimate.n * min(decided, at_threshold)
    return max(LEAST, math.ceil(needed)) if math.isfinite(needed) else needed


def _shrunk(width: float, room: float) -> float:
    """How many times as many seeds let a width fit into a room."""
    if width <= 0:
        return 0
    return (width / room) ** 2 if room > 0 else math.inf


def tied(samples: Sequence[float], claim: Claim) -> float:
    """The share of samples that lie on a threshold of the claim, up to rounding."""
    bounds = [bound for bound in (claim.low, claim.high) if math.isfinite(bound)]
    on = [any(abs(sample - bound) <= TIED * abs(bound) for bound in bounds) for sample in samples]
    return sum(on) / len(on) if on else 0.0
