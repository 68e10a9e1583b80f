"""Thresholds that several hypotheses share, each with its source.

They were set before any result was seen, except where a prediction is marked as `restated`.
"""

from excolor.colors import hsv_similarity, named_color, rgb_to_hsv
from excolor.numerics.arithmetic import whole_power

SPARED = 0.001
"""A color is spared by a deletion if its error stays below this: about 3 % of full scale in every channel.

Twice the typical error that experiment 2.10 reports after deletion, 0.00043, rounded up; the factor of two, decided
beforehand, is by how much one seed's figure may miss the median of many.
"""

REBUILT = SPARED / 10
"""The typical color is reconstructed if its error stays below this: far below the error that a spared color may have.

Of conditions that nothing was published of; where an error was published, the claim is that it is at most twice that.
"""

UNREBUILT = 2 / 9
"""Red cannot be rebuilt if its error is above this: the error of the best gray, 1/3, as an answer to red.

Mid-gray has an error of 1/4 and black of 1/3 (arXiv 2512.12469 calls these bounds; they are references).
"""

ANCHORED = 0.9
"""A concept is anchored if the cosine of its latent with the anchor is above this: within 26 degrees.

A margin decided beforehand, stricter than the 0.7 below which the author's follow-up calls a run catastrophic.
"""

EMPTY = -0.1
"""The side opposite an anchor is empty if no color of the medium cube has a cosine with the anchor below this.

The author's follow-up calls a leak of 0.1 degraded; we take the leak to be that of the color farthest to that side.
"""

ALIKE = 2.0
"""Two conditions behave alike if the ratio of their errors lies within this factor, either way: the same margin as in
`SPARED`, by which one seed's figure may miss the median of many."""


def share_of_red(color: str) -> float:
    """The error that a deletion may give a color, as a share of red's error: its similarity to red, cubed.

    This is how error goes with similarity after a deletion in arXiv 2512.12469.
    """
    return whole_power(float(hsv_similarity(rgb_to_hsv(named_color(color)))), 3)
