"""Thresholds that several hypotheses share, each with its source.

They were set before any result was seen, but where a prediction is marked as `restated`.
"""

from excolor.colors import hsv_similarity, named_color, rgb_to_hsv
from excolor.numerics.arithmetic import whole_power

SPARED = 0.001
"""A color is spared by a deletion if its error stays below this: about 3 % of full scale in every channel.

Twice the typical error that experiment 2.10 reports after deletion, 0.00043, rounded up; the factor of two, decided
beforehand, is what one seed's figure may miss the median of many by.
"""

REBUILT = SPARED / 10
"""The typical color is reconstructed if its error stays below this: far below whatever a deletion is to spare.

Published are 8e-6 to 1.5e-5, from one seed each.
"""

UNREBUILT = 2 / 9
"""Red cannot be rebuilt if its error is above this: what the best gray there is, 1/3, scores as an answer to red.

Mid-gray scores 1/4 and black 1/3 (arXiv 2512.12469 calls these bounds; they are references).
"""

ANCHORED = 0.9
"""A concept is anchored if the cosine of its latent with the anchor is above this: within 26 degrees.

A margin decided beforehand, stricter than the 0.7 below which the author's follow-up calls a run catastrophic.
"""

EMPTY = -0.1
"""The side opposite an anchor is empty if no color of the medium cube has a cosine with the anchor below this.

The author's follow-up calls a leak of 0.1 degraded; that the leak is the farthest color's is our reading.
"""

ALIKE = 2.0
"""Two conditions behave alike if the ratio of their errors lies within this factor, either way: the margin that one
seed's figure is given above."""

GROWN = 1.25
"""An error has grown if it is larger by a quarter: against 1, with no margin, the seeds that are drawn decide."""


def share_of_red(color: str) -> float:
    """What a color may suffer from a deletion, as a share of what red does: its similarity to red, cubed.

    So arXiv 2512.12469 has error go with similarity after a deletion.
    """
    return whole_power(float(hsv_similarity(rgb_to_hsv(named_color(color)))), 3)
