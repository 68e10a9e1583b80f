"""What there is to say of a prediction beside its numbers: what was published, and why it is open."""

import math
from collections.abc import Callable

import numpy as np

from excolor.judging.chance import percentile
from excolor.judging.estimates import Comparison
from excolor.judging.settling import decided_regions, seeds_to_settle, tied
from excolor.verdicts.reading import Reading
from excolor.verdicts.signs import OPEN

MOST_SEEDS = 10_000
"""How many seeds are too many to speak of."""
MANY_TIES = 0.05
"""The share of seeds on a threshold above which it is told."""


def published(reading: Reading) -> str:
    """Write the published figure to two digits, the least that a measured value has, and its percentile among ours."""
    if reading.published is None:
        return ""
    figure = f"published {two_digits(reading.published)}"
    compared = reading.comparison
    if not isinstance(compared, Comparison) or not compared.estimate.samples:
        return figure
    return f"{figure}, at {percentile(compared.estimate.samples, reading.published):.0f} % of ours"


def two_digits(figure: float) -> str:
    """Write a published figure, such as `0.000061`."""
    return np.format_float_positional(figure, 2, fractional=False, trim="-")


def remark(reading: Reading) -> str:
    """What there is to say of the verdict itself: how many seeds would do, or that seeds lie on the threshold."""
    compared = reading.comparison
    if not isinstance(compared, Comparison):
        return ""
    said = []
    if reading.verdict == OPEN:
        said.append(f"open: {_enough(compared)}; {_decided(compared)}")
    share = tied(compared.estimate.samples, compared.claim)
    if share > MANY_TIES:
        said.append(f"{share:.0%} of seeds lie on the threshold")
    return "; ".join(said)


def _enough(compared: Comparison) -> str:
    needed = seeds_to_settle(compared.estimate, compared.claim)
    return f"about {needed:.0f} seeds would do" if needed < MOST_SEEDS else "few seeds, or a close call"


def _decided(compared: Comparison) -> str:
    """Which values so many seeds could have decided, each end rounded away from the threshold."""
    values = []
    for low, high in decided_regions(compared.estimate, compared.claim):
        least, most = _two_digits(low, math.ceil), _two_digits(high, math.floor)
        if math.isinf(low):
            values.append(f"of {most} or less")
        elif math.isinf(high):
            values.append(f"of {least} or more")
        else:
            values.append(f"from {least} to {most}")
    seeds = f"these {compared.estimate.n}" if compared.estimate.n > 1 else "this one"
    if not values:
        return f"with {seeds} no value would have been decided"
    return f"with {seeds} a value {', or '.join(values)}, would have been decided"


def _two_digits(number: float, rounded: Callable[[float], int]) -> str:
    if number == 0 or math.isinf(number):
        return f"{number:g}"
    digit = math.floor(math.log10(abs(number))) - 1
    # The quotient of a number that has two digits already may miss the whole number by a last bit.
    whole = rounded(round(number / 10.0**digit, 9))
    return np.format_float_positional(float(f"{whole}e{digit}"), trim="-")
