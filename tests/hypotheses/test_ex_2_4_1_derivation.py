"""2.4.1 Suppress red: why the error should go with similarity squared."""

import pytest
import xarray as xr
from cases import each

from excolor import ablate, fraction, intervene, latents, median, named_color, ratio, reconstruction_error
from excolor.colors import CHANNELS, NEIGHBORS_OF_RED, hsv_similarity, hue_distance, rgb_fine_cube, rgb_to_hsv
from excolor.edits import BoundedFalloff, Suppression, axis
from excolor.experiments import EX_2_4_1
from excolor.measures import (
    alignment,
    answer_change,
    mean_error,
    off_half_way,
    r_squared,
    similarity_over,
    to_power,
)
from excolor.numerics.functions import cos_of_turns, sqrt
from excolor.numerics.reductions import mean
from excolor.verdicts import control, disconfirmed, fails_under, primary, undecided

EXPERIMENT = EX_2_4_1

SEEDS = 32

NEAR = 1.4
"""Two displacements are about the same within this factor: its square is the two within which errors are alike.

And an error is nearer to the square of what is removed than to that itself, or to its cube, if by removing half it
falls to a quarter, within this factor.
"""

OF_A_PARABOLA = 1 / 2
"""How far answers are off half of the way, as a share of the whole way, if they go with the square of what is removed;
0 of a linear decoder."""

WHOLE, HALF, QUARTER = 1, 1 / 2, 1 / 4


@pytest.fixture(scope="module")
def without_part(intact):
    """With a share of the positive part along the anchor taken away: suppression of red, if it is the whole."""
    return lambda share: intervene(intact, Suppression(axis(intact), BoundedFalloff(0, share, 0)))


def removed(ensemble):
    """What suppression takes from the latent of each held-out color: |z . v|, where z . v is positive."""
    return latents(ensemble, rgb_fine_cube()).isel(dimension=0).clip(min=0).astype(float)


def removed_from(ensemble, color):
    return alignment(ensemble, named_color(color)).clip(min=0)


def similarity_of(color):
    return float(hsv_similarity(rgb_to_hsv(named_color(color))))


def cosine_of_hue(color):
    """The cosine of a color's distance in hue from red."""
    return float(cos_of_turns(hue_distance(rgb_to_hsv(named_color(color))[0], 0)))


def is_about_similarity(ensemble, color):
    share = removed_from(ensemble, color) / similarity_of(color)
    return (share > 1 / NEAR) & (share < NEAR)


def similarity_to(exponent):
    """Similarity to red of the held-out colors, to a power, which may be one half."""
    similarity = similarity_over(rgb_fine_cube())
    return similarity.copy(data=sqrt(similarity)) if exponent == 1 / 2 else to_power(similarity, exponent)


def mean_square(x):
    """Over the held-out colors."""
    return (x**2).reduce(mean, CHANNELS)


def off_similarity(ensemble, exponent):
    """The mean square difference of what is removed from similarity to a power, over `seed`."""
    return mean_square(removed(ensemble) - similarity_to(exponent))


def goes_with_similarity_itself(ensemble):
    """Whether what is removed is nearer to similarity than to its square and its square root, over `seed`."""
    itself, *others = (off_similarity(ensemble, exponent) for exponent in (1, 2, 1 / 2))
    return (itself < others[0]) & (itself < others[1])


def variance(x):
    return mean_square(x - x.reduce(mean, CHANNELS))


def off_neighbors(ensemble, expected):
    """The mean distance of what is removed of red's four neighbors from what is expected of each, over `seed`."""
    return sum(abs(removed_from(ensemble, color) - expected(color)) for color in NEIGHBORS_OF_RED) / 4


def fit_of_what_is_removed(edited, intact, exponent):
    """R^2 of the error, with what suppression removes from each color's latent, to a power, over `seed`."""
    errors, power = reconstruction_error(edited, rgb_fine_cube()), to_power(removed(intact).clip(max=1), exponent)
    each = [r_squared(errors.sel(seed=[seed]), power.sel(seed=seed, drop=True)) for seed in intact.seeds]
    return xr.concat(each, "seed")


def growth(edited, intact):
    """By how much the mean error of the held-out colors grows, over `seed`."""
    return mean_error(edited, rgb_fine_cube()) - mean_error(intact, rgb_fine_cube())


def off_and_way(half, whole, intact):
    """How far answers are off half of the way, and the whole way."""
    return off_half_way(half, whole, intact, rgb_fine_cube()), answer_change(whole, intact, rgb_fine_cube())


def goes_half_of_the_way(without_part, intact):
    """Whether answers do so where half is removed, rather than as on a parabola, over `seed`."""
    off, way = off_and_way(without_part(HALF), without_part(WHOLE), intact)
    return off < way * OF_A_PARABOLA / 2


def costs_a_quarter(without_part, intact):
    """Whether the error grows by that where half is removed, within a factor, over `seed`."""
    half, whole = (growth(without_part(share), intact) for share in (HALF, WHOLE))
    return (half > whole / 4 / NEAR) & (half < whole / 4 * NEAR)


@primary(
    "test_half_of_it_goes_half_of_the_way_in_most_seeds",
    "test_half_of_it_costs_a_quarter_in_most_seeds",
    "test_square_fits_better_than_the_cube",
)
@fails_under("unedited")
class TestDecoderIsLocallyLinear:
    """About the suppression the decoder is locally linear, so that the error goes with the square of what is removed.

    Published verdict, from no seeds: taken for granted, as the first step to the square of similarity. What suppression
    removes from a latent z is its positive part along the anchor v, |z . v|.
    """

    def test_half_of_it_goes_half_of_the_way_in_most_seeds(self, without_part, intact):
        """In most seeds, where half is removed, answers are nearer to half of the way on a line than on a parabola."""
        assert fraction(goes_half_of_the_way(without_part, intact)) > 1 / 2

    def test_half_of_it_costs_a_quarter_in_most_seeds(self, without_part, intact):
        """In most seeds, where half is removed, the error grows by a quarter as much, within a factor of 1.4."""
        assert fraction(costs_a_quarter(without_part, intact)) > 1 / 2

    @disconfirmed("the cube fits better")
    def test_square_fits_better_than_the_cube(self, without_part, intact):
        """From color to color R^2 of the error is higher with the square of what is removed than with its cube."""
        fits = (fit_of_what_is_removed(without_part(WHOLE), intact, exponent) for exponent in (2, 3))
        assert ratio(*fits) > 1

    def test_both_in_most_seeds(self, without_part, intact):
        """In most seeds answers go half of the way, and the error grows by a quarter, where half is removed."""
        both = goes_half_of_the_way(without_part, intact) & costs_a_quarter(without_part, intact)
        assert fraction(both) > 1 / 2

    def test_half_of_it_goes_half_of_the_way(self, without_part, intact):
        """Where half is removed, answers are nearer to half of the way on a line than on a parabola."""
        assert ratio(*off_and_way(without_part(HALF), without_part(WHOLE), intact)) < OF_A_PARABOLA / 2

    def test_half_of_it_costs_a_quarter(self, without_part, intact):
        """Where half is removed, the error grows by a quarter of what it grows by the whole, within a factor of 1.4."""
        grown = (growth(without_part(share), intact) for share in (HALF, WHOLE))
        assert ratio(*grown).between(1 / 4 / NEAR, NEAR / 4)

    def test_square_fits_better_than_what_is_removed(self, without_part, intact):
        """From color to color R^2 of the error is higher with the square of what is removed than with that itself."""
        fits = (fit_of_what_is_removed(without_part(WHOLE), intact, exponent) for exponent in (2, 1))
        assert ratio(*fits) > 1

    @control
    def test_deletion_is_off_the_way(self, without_part, intact):
        """Half of a suppression is not half of a deletion: nearer to the way of a parabola, or farther off."""
        assert ratio(*off_and_way(without_part(HALF), ablate(intact, 0), intact)) > OF_A_PARABOLA / 2

    @control
    def test_quarter_of_it_costs_less(self, without_part, intact):
        """Where a quarter is removed, the error grows by less of the whole than is claimed of half."""
        grown = (growth(without_part(share), intact) for share in (QUARTER, WHOLE))
        assert ratio(*grown) < 1 / 4 / NEAR


@primary(
    "test_similarity_itself_is_nearest_in_most_seeds",
    "test_similarity_leaves_less_than_half",
    "test_every_neighbor_loses_its_similarity_in_most_seeds",
)
@fails_under("unregularized")
class TestRemovedIsAboutSimilarity:
    """What suppression removes of a color is about its similarity to red.

    Published verdict, from no seeds: taken for granted, as the second step to the square of similarity. How near is not
    said. Similarity falls evenly with the distance in hue; the cosine of that distance does not.
    """

    def test_similarity_itself_is_nearest_in_most_seeds(self, intact):
        """In most seeds what is removed is nearer to similarity than to its square or its square root."""
        assert fraction(goes_with_similarity_itself(intact)) > 1 / 2

    def test_similarity_leaves_less_than_half(self, intact):
        """Similarity, as it is, leaves less than half of the variance of what is removed from color to color."""
        assert ratio(off_similarity(intact, 1), variance(removed(intact))) < 1 / 2

    @disconfirmed("in hardly any: of yellow and magenta half as much again is removed")
    def test_every_neighbor_loses_its_similarity_in_most_seeds(self, intact):
        """In most seeds what is removed of each neighbor of red is its similarity, within a factor of 1.4."""
        each_is = [is_about_similarity(intact, color) for color in NEIGHBORS_OF_RED]
        assert fraction(xr.concat(each_is, "color").all("color")) > 1 / 2

    @each(
        "color",
        NEIGHBORS_OF_RED,
        but={"yellow": disconfirmed("more than half as much again"), "magenta": undecided("half as much again")},
    )
    def test_neighbor_loses_its_similarity(self, intact, color):
        """What is removed of a neighbor of red is its similarity, within a factor of 1.4."""
        assert median(removed_from(intact, color) / similarity_of(color)).between(1 / NEAR, NEAR)

    @disconfirmed("to the cosine: orange and pink lose 0.87, yellow and magenta 0.5")
    def test_similarity_is_nearer_than_the_cosine(self, intact):
        """What is removed of red's neighbors is nearer to their similarity than to the cosine of their hue from it."""
        assert ratio(off_neighbors(intact, similarity_of), off_neighbors(intact, cosine_of_hue)) < 1

    @control
    def test_unregularized_latents_do_not_go_with_similarity(self, unregularized):
        """In fewer than half of the seeds of unregularized models similarity itself is nearest."""
        assert fraction(goes_with_similarity_itself(unregularized)) < 1 / 2

    @control
    def test_similarity_leaves_more_of_unregularized_latents(self, unregularized):
        """In unregularized models similarity leaves more than half of the variance of what is removed."""
        # In some nothing has a positive part, and there is no variance.
        assert fraction(off_similarity(unregularized, 1) < variance(removed(unregularized)) / 2) < 1 / 2
