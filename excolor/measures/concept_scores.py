"""Scores of how errors go with a concept, as similarity to red or vibrancy, on colors that are held out.

The held-out colors are the 20 x 20 x 20 of the RGB fine cube; the re-runs train on none of them but its corners. A
score that is given `colors` is over these instead: an RGB cube or the validation colors.
"""

from __future__ import annotations

import numpy as np
import xarray as xr

from excolor.colors import rgb_fine_cube
from excolor.conditions.concepts import Concept, ConceptError, check_concept
from excolor.ensemble import Ensemble
from excolor.measures.errors import reconstruction_error
from excolor.measures.evaluation import over_seeds
from excolor.measures.memory import remembered
from excolor.measures.scores import collateral, r_squared, similarity_over, to_power, vibrancy_over
from excolor.numerics.reductions import mean


def similarity_fit(
    ensemble: Ensemble, exponent: float, colors: xr.Dataset | None = None, concept: Concept | None = None
) -> xr.DataArray:
    """R^2 of the error and similarity to a concept to a power, over `seed`; red's, unless another one is given."""
    return r_squared(_errors(ensemble, colors), to_power(similarity_over(_or_held_out(colors), concept), exponent))


def vibrancy_fit(ensemble: Ensemble, exponent: float, colors: xr.Dataset | None = None) -> xr.DataArray:
    """R^2 of the error and vibrancy to a power, over `seed`."""
    return r_squared(_errors(ensemble, colors), to_power(vibrancy_over(_or_held_out(colors)), exponent))


def concept_collateral(ensemble: Ensemble, concept: Concept | None, colors: xr.Dataset | None = None) -> xr.DataArray:
    """The `collateral` damage of a concept: the error of colors unlike it, as a share of the error of its own color.

    Args:
        concept: such as `concept_of(experiment)`, and red for None. Its own color must be among the colors: the fine
            cube has the corners of the color cube, and `validation_colors()` mid-gray besides.

    Returns:
        float64 over `seed`.
    """
    return collateral(_errors(ensemble, colors), similarity_over(_or_held_out(colors), concept))


def red_collateral(ensemble: Ensemble, colors: xr.Dataset | None = None) -> xr.DataArray:
    """`concept_collateral` of red: the error of colors unlike red, as a share of red's error.

    Returns:
        float64 over `seed`.
    """
    return concept_collateral(ensemble, None, colors)


def vibrancy_collateral(ensemble: Ensemble, colors: xr.Dataset | None = None) -> xr.DataArray:
    """The `collateral` damage of vibrancy: the error of dull colors, as a share of that of the most vibrant ones.

    Returns:
        float64 over `seed`.
    """
    return collateral(_errors(ensemble, colors), vibrancy_over(_or_held_out(colors)))


def typical_error_of_others(ensemble: Ensemble, *concepts: Concept) -> xr.DataArray:
    """The error of the median color that bears less than half of each of the concepts, over `seed`.

    Raises:
        ConceptError: something that is no Concept, or no color is left.
    """
    rgb = rgb_fine_cube()["color"].values
    others = np.ones(rgb.shape[:-1], bool)
    for concept in concepts:
        check_concept(concept)
        others &= concept.likeness(rgb) < 1 / 2
    if not others.any():
        raise ConceptError(
            f"every color bears half or more of {' or '.join(x.name for x in concepts)}: there are no others, give a "
            "narrower concept, for example Concept.named('cyan')"
        )
    typical = np.median(_of_held_out(ensemble).values[:, others], axis=1)
    return over_seeds(ensemble, typical, "error")


def collateral_of_similarity(exponent: float, concept: Concept | None = None) -> float:
    """The `concept_collateral` of an error that equals similarity to the concept, by default red, to a power."""
    similarity = similarity_over(rgb_fine_cube(), concept)
    return float(collateral(to_power(similarity, exponent).expand_dims(seed=[0]), similarity)[0])


def collateral_of_gray_answers() -> float:
    """The `vibrancy_collateral` of a model that answers every color by its best gray: hue deleted, and nothing else."""
    rgb = rgb_fine_cube()["color"]
    error = ((rgb - rgb.reduce(mean, "channel")) ** 2).reduce(mean, "channel")
    return float(collateral(error.expand_dims(seed=[0]), vibrancy_over(rgb_fine_cube()))[0])


def _errors(ensemble: Ensemble, colors: xr.Dataset | None) -> xr.DataArray:
    return _of_held_out(ensemble) if colors is None else reconstruction_error(ensemble, colors)


@remembered
def _of_held_out(ensemble: Ensemble) -> xr.DataArray:
    return reconstruction_error(ensemble, rgb_fine_cube())


def _or_held_out(colors: xr.Dataset | None) -> xr.Dataset:
    return rgb_fine_cube() if colors is None else colors
