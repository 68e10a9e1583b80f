"""How the re-runs, 2.4.1 to 2.10.1, are scored: on held-out colors, and against the published tables and figures.

Thresholds were set before these runs were seen, but where a prediction is marked as restated.
"""

import xarray as xr
from cases import each

from excolor import intervene
from excolor.colors import FAR_FROM_RED, GRAYS, rgb_training_cube
from excolor.edits import LinearMapper, Repulsion, axis
from excolor.judging.thresholds import ALIKE, SPARED
from excolor.measures import error_growth, similarity_fit
from excolor.verdicts import published

R_SQUARED_MARGIN = 0.05
"""What our median R^2 may fall short of the published mean by: for other seeds, and for colors not trained on."""

LAST_DIGIT = 0.005
"""What a figure published with two decimals may have been rounded up by."""

HELD_OUT_MARGIN = 0.1
"""Two R^2 are alike if their ratio is within this of 1."""

NEARLY_ALL = 0.95
"""What a published "all 60" shows of the share of seeds: were it lower, all of 60 would do so in fewer than one of
twenty sweeps, since 0.95^60 is 0.046.
"""

HALF_GRAY = 1 / 4
"""The error of red by a constant mid-gray: a "bound" in arXiv 2512.12469, in truth a reference."""
RANDOM_ANSWER = 1 / 3 + 1e-6
"""The expected error of red answered by a color at random, or by black: the other "bound".

Many seeds do answer black: the margin, wider than single precision, keeps these from counting as beyond."""

TWICE_PUBLISHED_PLANARITY = 2 * 0.075
"""The vibrant hues lie in a plane if planarity's loss, off the plane, is below this: 1/2 for random directions.

Published for 2.7.1: 0.0066, a mean over batches of which five in six have no labeled color and count as 0; 0.075 for
those that do. Twice that, for the scatter of seeds.
"""

FIT_OF_A_LOST_CHANNEL = 0.37
"""R^2, with similarity squared, of an error that is loss of the red channel in every color: a null."""
COLLATERAL_OF_A_LOST_CHANNEL = 0.30
"""Its collateral damage."""


def fit_held_out_and_trained(ensemble, power):
    return similarity_fit(ensemble, power), similarity_fit(ensemble, power, rgb_training_cube())


def each_is_damaged(edited, intact, *colors):
    """Whether the error of every one of some colors grows by more than would be spared, over `seed`."""
    return xr.concat([error_growth(edited, intact, color) > SPARED for color in colors], "color").all("color")


def each_unlike_red_is_spared(edited, intact):
    """Whether each hue far from red and each gray is spared: its error grows by less, over `seed`."""
    growths = [error_growth(edited, intact, color) for color in (*FAR_FROM_RED, *GRAYS)]
    return (xr.concat(growths, "color") < SPARED).all("color")


def repelled(ensemble):
    """With the hemisphere of red turned to within a degree of its rim."""
    return intervene(ensemble, Repulsion(axis(ensemble), LinearMapper(0, 0.01745)))  # the cosine of 89 degrees


def published_cases(table, *colors, source, but=None):
    """One case for each of these colors, with the published figure from a table; `but` has further marks of some."""
    marks = {color: [published(table[color], source=source)] for color in colors}
    for color, mark in (but or {}).items():
        marks[color].append(mark)
    return each("color", colors, but=marks)


def paired(many, few, measure):
    """What is measured of two conditions, for the seeds that the second has."""
    fewer = measure(few)
    return measure(many).sel(seed=fewer["seed"]), fewer


def bounds(figure, factor=ALIKE):
    """The bounds of a figure that is alike."""
    return figure / factor, figure * factor
