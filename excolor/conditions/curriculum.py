"""Curricula of data: how often each color is drawn changes as training goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, repeat

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.colors import aligned
from excolor.numerics.fields import Fielded
from excolor.numerics.given import real_numbers, shown
from excolor.numerics.sampling import SearchSampler, WeightedSampler
from excolor.schedule.dopesheet import Dopesheet

WORTH_A_TABLE = 20
"""Steps with equal weights above which a sampler with a table is made. It was worth its time when a search took eight
times as long as it does now, and is no longer; but it picks other rows, and so the number stays as it was."""


class CurriculumError(ValueError):
    """A curriculum that gives the colors of its cube no weights."""


@dataclass(frozen=True)
class Curriculum(Fielded):
    """A rule by which a color is drawn in proportion to its `bias` times a weight that columns of the dopesheet set.

    The weights are set anew before every step, as in the published runs 1.5 and 1.6. A seed draws with the same
    uniform numbers in every condition, whatever the weights.

    Args:
        properties: the dopesheet's columns that it reads.
        weight: the weight of every color, 0 or above, from the cube and the columns' values: an array that broadcasts
            to the shape of the cube's `bias`, or a DataArray over some of its axes. The cube is `colors.aligned`.
    """

    properties: tuple[str, ...]
    weight: Callable[[xr.Dataset, Mapping[str, float]], NDArray[np.float64] | xr.DataArray]

    def __post_init__(self) -> None:
        names = self.properties
        if not isinstance(names, tuple) or not names or not all(isinstance(name, str) and name for name in names):
            raise CurriculumError(
                f"a curriculum reads the columns {self.properties!r}: name at least one, for example ('data-phase',)"
            )
        if not callable(self.weight):
            raise CurriculumError(
                f"a curriculum has the weight {self.weight!r}: it must be a function of the cube and the values "
                "of the columns, for example lambda cube, values: cube['r'] >= values['data-least']"
            )

    def samplers(self, cube: xr.Dataset, dopesheet: Dopesheet) -> Iterator[WeightedSampler | SearchSampler]:
        """Make the sampler of each step, a new one only when the columns change; the last one repeats without end.

        Raises:
            CurriculumError: the weights have another shape than the cube, or the dopesheet is none.
            WeightError: they are no weights, or all are 0.
        """
        if not isinstance(dopesheet, Dopesheet):
            raise CurriculumError(
                f"the dopesheet {shown(dopesheet)}: give a Dopesheet, for example Dopesheet.from_csv('my.csv')"
            )
        cube = aligned(cube)
        bias = cube["bias"]
        columns = [dopesheet.values(name).tolist() for name in self.properties]
        for values, run in groupby(zip(*columns, strict=True)):
            steps = len(list(run))
            weight = self.weight(cube, dict(zip(self.properties, values, strict=True)))
            kind = WeightedSampler if steps > WORTH_A_TABLE else SearchSampler
            sampler = kind((bias.values * _fitted(_by_name(weight, bias), bias.shape)).ravel())
            yield from repeat(sampler, steps)
        yield from repeat(sampler)


def _by_name(weight: NDArray[np.float64] | xr.DataArray, bias: xr.DataArray) -> NDArray[np.float64]:
    """A DataArray's axes are found by their names, in whatever order they are."""
    if not isinstance(weight, xr.DataArray):
        return weight
    own = [axis for axis in bias.dims if axis in weight.dims]
    try:
        xr.align(weight, bias, join="exact")
        values: NDArray[np.float64] = weight.transpose(*own).values
    except ValueError:
        raise CurriculumError(
            f"a curriculum's weights are over {dict(weight.sizes)}: they must be over axes of the cube, "
            f"{dict(bias.sizes)}, and have its coordinates, for example xr.ones_like(cube['bias'])"
        ) from None
    return np.expand_dims(values, [i for i, axis in enumerate(bias.dims) if axis not in own])


def _fitted(weight: NDArray[np.float64], shape: tuple[int, ...]) -> NDArray[np.float64]:
    given = real_numbers(weight, masks=True)
    try:
        return np.broadcast_to(np.empty(0) if given is None else given, shape)
    except ValueError:
        made = f"have the shape {given.shape}" if given is not None else f"are {shown(weight)}"
        raise CurriculumError(
            f"a curriculum's weights {made}: numbers of a shape that broadcasts to the cube's, {shape}, are needed, "
            f"for example {shape}"
        ) from None
