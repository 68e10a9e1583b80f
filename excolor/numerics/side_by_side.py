"""Uniform random numbers of many streams side by side, in a kernel: those that numpy draws from each, bit for bit.

A stream's next number waits for its last one, and a call of numpy's draws from one stream alone. Of several streams in
turn the processor works on all at once.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from excolor.numerics.compiling import in_place
from excolor.numerics.pcg64 import step

TURN = np.uint64(64 - 6)
"""The highest six bits of a state say how far the bits of its number are turned."""
LAST_BITS = np.uint64(63)
DROPPED, FRACTION = np.uint64(64 - 53), 2.0**-53
"""Of 64 random bits a number takes the highest 53, as many as fit the fraction of a double."""


class SideBySide:
    """Streams that are drawn from together, a few at a time."""

    def __init__(self, streams: Sequence[np.random.Generator]) -> None:
        """Begin where these streams are. They stay there, whatever is drawn here."""
        given = [rng.bit_generator.state["state"] for rng in streams]
        words = [divmod(each[part], 2**64) for each in given for part in ("state", "inc")]
        self.states = np.array(words, np.uint64).reshape(-1, 2, 2)

    def __len__(self) -> int:
        return len(self.states)

    def write(self, some: slice, found: NDArray[np.float64]) -> None:
        """Write the next numbers `[few, N]` of some streams, each from 0 to below 1."""
        states = self.states[some]
        if found.ndim != 2 or len(found) != len(states):
            raise ValueError(
                f"room {found.shape} for the numbers of {len(states)} streams: each has a row of its own, for example "
                f"{(len(states), 3600)}"
            )
        write_numbers(states, found)


@in_place
def write_numbers(states: Any, found: Any) -> None:
    """Write the next numbers `[few, N]` of streams in these states `[few, 2, 2]`, in a kernel; none is checked."""
    for i in range(found.shape[1]):
        for s in range(found.shape[0]):
            high, low = step((states[s, 0, 0], states[s, 0, 1]), (states[s, 1, 0], states[s, 1, 1]))
            states[s, 0, 0], states[s, 0, 1] = high, low
            mixed, turn = high ^ low, high >> TURN
            turned = (mixed >> turn) | (mixed << (-turn & LAST_BITS))
            found[s, i] = np.float64(np.int64(turned >> DROPPED)) * FRACTION
