"""Curricula of data: how often each color is drawn changes as training goes on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, repeat

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.numerics.sampling import SearchSampler, WeightedSampler
from excolor.schedule.dopesheet import Dopesheet

WORTH_A_TABLE = 20
"""Steps with equal weights above which a sampler with a table is worth making: at 32 seeds and 3600 colors it saves the
time to make the table in 8 to 16 steps."""


class CurriculumError(ValueError):
    """A curriculum that gives the colors of its cube no weights."""


@dataclass(frozen=True)
class Curriculum:
    """A rule by which a color is drawn in proportion to its `bias` times a weight that columns of the dopesheet set.

    The weights are set anew before every step, as in the published runs 1.5 and 1.6. A seed draws with the same
    uniform numbers in every condition, whatever the weights.
    """

    properties: tuple[str, ...]
    """The dopesheet's columns that it reads."""
    weight: Callable[[xr.Dataset, Mapping[str, float]], NDArray[np.float64]]
    """The weight of every color, 0 or above, from the cube and the columns' values: an array that broadcasts to the
    shape of the cube's `bias`."""

    def __post_init__(self) -> None:
        if isinstance(self.properties, str) or not self.properties:
            raise CurriculumError(
                f"a curriculum reads the columns {self.properties!r}: name at least one, for example ('data-phase',)"
            )

    def samplers(self, cube: xr.Dataset, dopesheet: Dopesheet) -> Iterator[WeightedSampler | SearchSampler]:
        """Make the sampler of each step, a new one only when the columns change; the last one repeats without end.

        Raises:
            CurriculumError: the weights have another shape than the cube.
            WeightError: they are no weights, or all are 0.
        """
        bias = cube["bias"].values
        columns = [dopesheet.values(name).tolist() for name in self.properties]
        for values, run in groupby(zip(*columns, strict=True)):
            steps = len(list(run))
            weight = self.weight(cube, dict(zip(self.properties, values, strict=True)))
            kind = WeightedSampler if steps > WORTH_A_TABLE else SearchSampler
            sampler = kind((bias * _fitted(weight, bias.shape)).ravel())
            yield from repeat(sampler, steps)
        yield from repeat(sampler)


def _fitted(weight: NDArray[np.float64], shape: tuple[int, ...]) -> NDArray[np.float64]:
    try:
        return np.broadcast_to(weight, shape)
    except ValueError:
        raise CurriculumError(
            f"a curriculum's weights have the shape {np.shape(weight)}: one that broadcasts to the cube's, {shape}, is "
            f"needed, for example {shape}"
        ) from None
