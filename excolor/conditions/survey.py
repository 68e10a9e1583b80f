"""Names that people gave to colors: the concepts of a survey, in place of a formula.

The survey has 949 names, each with the one color that it stands for, of 222 500 people who typed whatever they would
call what they saw (xkcd.com/color/rgb, 2010). A color is called what the nearest of those colors is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from excolor.colors import check_colors
from excolor.numerics.fields import Fielded
from excolor.numerics.given import did_you_mean, shown


class SurveyError(ValueError):
    """A name that nobody in the survey gave."""


@dataclass(frozen=True)
class Called(Fielded):
    """1 for the colors whose name ends with a word, "red" and "dark red" with "red"; 0 for all others.

    Args:
        word: the word, which is a name of the survey itself.
    """

    word: str

    def __post_init__(self) -> None:
        if not isinstance(self.word, str) or self.word not in survey():
            raise SurveyError(
                f"no color is called {shown(self.word)}{did_you_mean(self.word, survey())}: give a name of the survey, "
                "for example 'red'"
            )

    def __call__(self, rgb: ArrayLike) -> NDArray[np.float64]:
        ends = np.array([(" " + name).endswith(" " + self.word) for name in survey()])
        return ends[_nearest(rgb)].astype(np.float64)


@cache
def survey() -> Mapping[str, tuple[float, float, float]]:
    """The RGB of each name."""
    from matplotlib.colors import XKCD_COLORS, to_rgb

    return MappingProxyType({name.removeprefix("xkcd:"): to_rgb(color) for name, color in XKCD_COLORS.items()})


@cache
def _tree() -> Any:
    from scipy.spatial import cKDTree  # here, since it takes long to load

    return cKDTree(list(survey().values()))


def _nearest(rgb: ArrayLike) -> NDArray[np.intp]:
    """The place in the survey of the color nearest to each of `[..., 3]`, by Euclid's distance in RGB."""
    _, places = _tree().query(check_colors(rgb))
    return np.asarray(places)
