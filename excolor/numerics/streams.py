"""A seed's streams of random numbers: one for each purpose, whatever is drawn from the others.

For two conditions to pair by seed, the same seed must give the same initial weights, the same batches and
the same labels in both, even where one of them draws a label that the other does not know.
"""

import operator
from collections import Counter
from collections.abc import Iterable

import numpy as np

from excolor.numerics.given import first_of, is_whole, shown

MOST_SEEDS = 100_000
"""Seeds that are trained side by side: a thousand times those of any published claim."""


class SeedError(ValueError):
    """A seed, or the purpose of a stream, that cannot start one."""


def stream(seed: int, purpose: str) -> np.random.Generator:
    """Make a seed's random generator for one purpose: PCG64 at its beginning, keyed by the purpose's UTF-8 bytes.

    Args:
        seed: a whole number, 0 or above.
        purpose: what the numbers are for: "weights", "rows", "label:red". Different purposes of one seed are
            as independent as different seeds.
    """
    if not is_whole(seed):
        raise SeedError(f"the seed {shown(seed)}: it must be a whole number, 0 or above, for example 7")
    if not isinstance(purpose, str) or not purpose:
        raise SeedError(f"a stream of the purpose {purpose!r}: name it, for example 'rows'")
    key = tuple(purpose.encode())
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(operator.index(seed), spawn_key=key)))


def check_seeds(seeds: Iterable[int]) -> tuple[int, ...]:
    """Check that seeds are different whole numbers of 0 or above, and return them as a tuple.

    Raises:
        SeedError: no seeds, one twice, or one that is no whole number of 0 or above.
    """
    example = "for example range(32)"
    if not isinstance(seeds, Iterable):
        raise SeedError(f"the seeds {seeds!r}: give all of them, {example}")
    given = first_of(seeds, MOST_SEEDS + 1)
    if len(given) > MOST_SEEDS:
        raise SeedError(f"more than {MOST_SEEDS} seeds: no machine trains so many at once, {example}")
    if not given:
        raise SeedError(f"no seeds to train: give at least one whole number, {example}")
    for seed in given:
        if not is_whole(seed):
            raise SeedError(f"the seed {shown(seed)}: every seed must be a whole number, 0 or above, {example}")
    chosen = tuple(operator.index(seed) for seed in given)
    twice = sorted(seed for seed, times in Counter(chosen).items() if times > 1)
    if twice:
        raise SeedError(f"more than once among the seeds: {', '.join(map(str, twice))}; a seed is one model, {example}")
    return chosen
