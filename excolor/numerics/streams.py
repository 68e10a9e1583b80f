"""A seed's streams of random numbers: one for each purpose, whatever is drawn from the others.

For two conditions to pair by seed, the same seed must give the same initial weights, the same batches and
the same labels in both, even where one of them draws a label that the other does not know.
"""

import operator
from collections.abc import Iterable

import numpy as np


class SeedError(ValueError):
    """A seed, or the purpose of a stream, that cannot start one."""


def stream(seed: int, purpose: str) -> np.random.Generator:
    """Make a seed's random generator for one purpose: PCG64 at its beginning, keyed by the purpose's UTF-8 bytes.

    Args:
        seed: a whole number, 0 or above.
        purpose: what the numbers are for: "weights", "rows", "label:red". Different purposes of one seed are
            as independent as different seeds.
    """
    try:
        whole = operator.index(seed)
    except TypeError:
        whole = -1
    if whole < 0:
        raise SeedError(f"the seed {seed!r}: it must be a whole number, 0 or above, for example 7")
    if not purpose:
        raise SeedError("a stream without a purpose: name it, for example 'rows'")
    key = tuple(purpose.encode())
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(whole, spawn_key=key)))


def check_seeds(seeds: Iterable[int]) -> tuple[int, ...]:
    """Check that seeds are different whole numbers of 0 or above, and return them as a tuple.

    Raises:
        SeedError: no seeds, one twice, or one that is no whole number of 0 or above.
    """
    example = "for example range(32)"
    if not isinstance(seeds, Iterable):
        raise SeedError(f"the seeds {seeds!r}: give all of them, {example}")
    given = tuple(seeds)
    if not given:
        raise SeedError(f"no seeds to train: give at least one whole number, {example}")
    for seed in given:
        if isinstance(seed, bool) or not hasattr(seed, "__index__") or operator.index(seed) < 0:
            raise SeedError(f"the seed {seed!r}: every seed must be a whole number, 0 or above, {example}")
    chosen = tuple(operator.index(seed) for seed in given)
    twice = sorted({seed for seed in chosen if chosen.count(seed) > 1})
    if twice:
        raise SeedError(f"more than once among the seeds: {', '.join(map(str, twice))}; a seed is one model, {example}")
    return chosen
