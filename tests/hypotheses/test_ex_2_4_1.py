"""2.4.1 Suppress red, with a color wheel."""

import pytest
import xarray as xr
from rerun_controls import AnchorControl, SuppressionControls
from rerun_predictions import DamageGoesWithSimilarity, HuesMakeAWheel, suffers_as_published
from rerun_scores import (
    COLLATERAL_OF_A_LOST_CHANNEL,
    FIT_OF_A_LOST_CHANNEL,
    HALF_GRAY,
    HELD_OUT_MARGIN,
    LAST_DIGIT,
    NEARLY_ALL,
    R_SQUARED_MARGIN,
    TWICE_PUBLISHED_PLANARITY,
    bounds,
    each_is_damaged,
    each_unlike_red_is_spared,
    fit_held_out_and_trained,
    published_cases,
    repelled,
)

from excolor import error_of, fraction, latents, median, ratio, reconstruction_error
from excolor.colors import FAR_FROM_RED, GRAYS, NEIGHBORS_OF_RED, rgb_fine_cube
from excolor.edits import axis, suppressed
from excolor.experiments import EX_2_4_1
from excolor.judging.thresholds import ALIKE, ANCHORED, SPARED
from excolor.measures import (
    alignment_of_red,
    collateral_of_similarity,
    error_growth,
    off_plane,
    r_squared,
    red_collateral,
    similarity_fit,
    similarity_over,
    to_power,
)
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, undecided

EXPERIMENT = EX_2_4_1

SEEDS = 96
"""Of fewer, all would not show that nearly all do something."""

SCORE = 0.9515
"""Published: the mean of the 60 seeds."""

SCORES = "Ex 2.4.1, scores of the 60 seeds"
PICTURE = "Ex 2.4.1, figure"
TABLE = "Ex 2.4.1, table of named colors"
LOSSES = "Ex 2.4.1, validation losses of the 60 seeds"

# The damage to the named colors in the published seed, the best of 60.
SUPPRESSION = {
    "red": 0.28357,
    "orange": 0.15366,
    "yellow": 0.04581,
    "lime": 0,
    "green": 0,
    "teal": 0,
    "cyan": 0,
    "azure": 0,
    "blue": 0,
    "purple": 0,
    "magenta": 0.04839,
    "pink": 0.15789,
    "black": 0.0000099,
    "dark gray": 0.000156,
    "gray": -0.000057,
    "light gray": -0.000007,
    "white": -0.000093,
}
REPULSION = {"red": 0.33269, "orange": 0.13524, "yellow": 0.02982, "magenta": 0.03312, "pink": 0.14388}
DELETION = {
    "green": 0.03468,
    "teal": 0.14024,
    "cyan": 0.34110,
    "azure": 0.15260,
    "blue": 0.03414,
}


@pytest.fixture(scope="module")
def away_from_red(intact):
    return repelled(intact)


def along_the_anchor(ensemble):
    """The positive part of z_0 of the held-out colors: by how much suppression moves each."""
    return latents(ensemble, rgb_fine_cube()).isel(dimension=0).clip(min=0)


def fit_of_latents(ensemble, exponent):
    """R^2 of that with similarity to red, to a power, over `seed`."""
    return r_squared(along_the_anchor(ensemble), to_power(similarity_over(rgb_fine_cube()), exponent))


def fit_of_what_is_removed(edited, intact, exponent):
    """R^2 of the error, with what suppression removes from each color's latent, to a power, over `seed`."""
    errors, removed = reconstruction_error(edited, rgb_fine_cube()), to_power(along_the_anchor(intact), exponent)
    each = [r_squared(errors.sel(seed=[seed]), removed.sel(seed=seed, drop=True)) for seed in intact.seeds]
    return xr.concat(each, "seed")


@suffers_as_published("without_red", SUPPRESSION, TABLE)
@primary("test_error_goes_with_similarity", "test_square_fits_better_than_cube", "test_unlike_red_is_spared_besides")
@fails_under("another-dimension")
class TestSuppressionGoesWithSimilarity(DamageGoesWithSimilarity, SuppressionControls):
    """H1: suppressing the direction of red damages colors in proportion to their similarity to red, squared.

    Published verdict, from 60 seeds: confirmed, R^2 is 0.95 +- 0.02 on the training colors. The figure and the table
    show the best of the 60, with an R^2 of 0.99; its red has an error of 0.284, above a "bound" of 1/4. Chosen for its
    R^2, it lies above nearly all seeds with that. Why its gray, light gray and white gain from suppression, if by less
    than a tenth of what is spared, where nearly all seeds leave them as they are, is not known.
    """

    @published(SCORE, source=SCORES)
    def test_error_goes_with_similarity(self, without_red, figure):
        """On held-out colors R^2 of suppression is the published mean, or less by a margin at most."""
        assert median(similarity_fit(without_red, 2)) > figure - R_SQUARED_MARGIN

    @published(0.99, source=PICTURE)
    @disconfirmed("a little above the published mean, 0.95; the seed that was shown is one of few")
    def test_shown_seed_is_ordinary(self, without_red, figure):
        """The median seed has the R^2 of the best of 60, which was shown."""
        assert median(similarity_fit(without_red, 2)) > figure - LAST_DIGIT

    @published(0.99 / 0.9910, source=f"{PICTURE} and scores")
    def test_held_out_colors_score_alike(self, without_red):
        """R^2 of suppression on held-out colors is that on the training colors, within a tenth."""
        assert ratio(*fit_held_out_and_trained(without_red, 2)).between(1 - HELD_OUT_MARGIN, 1 + HELD_OUT_MARGIN)

    @disconfirmed("in a fifth: in most some color at a right angle from red, or black, is damaged")
    def test_unlike_red_is_spared_besides(self, without_red, intact):
        """In most seeds R^2 is the published mean, or less by a margin, and each color unlike red is spared."""
        fits = similarity_fit(without_red, 2) > SCORE - R_SQUARED_MARGIN
        assert fraction(fits & each_unlike_red_is_spared(without_red, intact)) > 1 / 2

    @published(0.284, source="arXiv 2512.12469")
    @undecided("about a quarter in the median seed")
    def test_red_is_beyond_gray(self, without_red):
        """Under suppression red is reconstructed worse than by a constant mid-gray."""
        assert median(error_of(without_red, "red")) > HALF_GRAY

    @disconfirmed("in about half of them")
    def test_red_is_beyond_gray_in_nearly_all(self, without_red):
        """In nearly all seeds red under suppression is reconstructed worse than by a constant mid-gray."""
        assert fraction(error_of(without_red, "red") > HALF_GRAY) > NEARLY_ALL

    @published_cases(
        SUPPRESSION,
        *FAR_FROM_RED,
        *GRAYS,
        source=TABLE,
    )
    def test_color_is_spared(self, without_red, intact, color):
        """Suppression spares a color unlike red."""
        assert median(error_growth(without_red, intact, color)) < SPARED


@primary("test_latents_go_with_similarity_itself", "test_error_goes_with_the_square_of_what_is_removed")
@fails_under("unedited", but={"test_latents_go_with_similarity_itself": "the square fits worse in any model"})
class TestSquareHasAReason:
    """The error goes with the square since latents lie along the anchor by similarity, and the decoder is smooth.

    Published verdict, from no seeds: taken for granted. What suppression removes from a latent is its positive part
    along the anchor, which is said to be close to similarity; a decoder is nearly linear, so that the error goes with
    the square of what is removed.
    """

    def test_latents_go_with_similarity_itself(self, intact):
        """R^2 of the latents' positive part along the anchor is higher with similarity than with its square."""
        assert ratio(fit_of_latents(intact, 1), fit_of_latents(intact, 2)) > 1

    def test_error_goes_with_the_square_of_what_is_removed(self, without_red, intact):
        """R^2 of the error under suppression is higher with the square of what is removed than with that itself."""
        fits = (fit_of_what_is_removed(without_red, intact, exponent) for exponent in (2, 1))
        assert ratio(*fits) > 1

    @undecided("about that")
    def test_latents_are_close_to_similarity(self, intact):
        """R^2 of the latents' positive part with similarity is as high as that of the error with its square."""
        assert median(fit_of_latents(intact, 1)) > SCORE - R_SQUARED_MARGIN

    @undecided("about as close")
    def test_error_is_close_to_the_square_of_what_is_removed(self, without_red, intact):
        """R^2 of the error with the square of what is removed is as high as with the square of similarity."""
        assert median(fit_of_what_is_removed(without_red, intact, 2)) > SCORE - R_SQUARED_MARGIN

    @control
    def test_unregularized_latents_are_not(self, unregularized):
        """Unregularized models have as high an R^2 of latents with similarity in fewer than half of the seeds."""
        # In some nothing has a positive part, and there is no R^2.
        assert fraction(fit_of_latents(unregularized, 1) > SCORE - R_SQUARED_MARGIN) < 1 / 2

    @control
    def test_error_along_another_direction_does_not(self, intact):
        """Suppressing dimension 1 has an R^2 with what red's suppression removes below that of a lost red channel."""
        along_another = suppressed(intact, axis(intact, 1))
        assert median(fit_of_what_is_removed(along_another, intact, 2)) < FIT_OF_A_LOST_CHANNEL


@suffers_as_published("away_from_red", REPULSION, TABLE)
@primary("test_fits_as_suppression_does", "test_spares_as_suppression_does")
@fails_under("unregularized", but={"test_fits_as_suppression_does": "both act alike on any latents"})
class TestRepulsionGoesWithSimilarity:
    """H2: repelling from red damages colors as suppression does.

    Published verdict, from the best of 60 seeds for suppression: confirmed, with an R^2 of 0.98. That is higher than in
    nearly all seeds, as that choice lets expect: the two R^2 rise and fall together.
    """

    @published(0.98, source=PICTURE)
    @disconfirmed("0.95: the seed that was shown is one of few")
    def test_shown_seed_is_ordinary(self, away_from_red, figure):
        """Under repulsion the median seed has the R^2 of the seed that was shown."""
        assert median(similarity_fit(away_from_red, 2)) > figure - LAST_DIGIT

    @published(0.98 / 0.99, source=PICTURE)
    def test_fits_as_suppression_does(self, away_from_red, without_red):
        """R^2 of repulsion is that of suppression, within a tenth."""
        assert ratio(similarity_fit(away_from_red, 2), similarity_fit(without_red, 2)).between(
            1 - HELD_OUT_MARGIN, 1 + HELD_OUT_MARGIN
        )

    @disconfirmed("in a quarter, as under suppression")
    def test_spares_as_suppression_does(self, away_from_red, intact):
        """In most seeds repulsion damages red and its neighbors, and spares each hue far from red and each gray."""
        damaged = each_is_damaged(away_from_red, intact, "red", *NEIGHBORS_OF_RED)
        assert fraction(damaged & each_unlike_red_is_spared(away_from_red, intact)) > 1 / 2

    def test_collateral_damage(self, away_from_red):
        """Collateral damage of repulsion is at most twice that of an error of similarity squared."""
        assert median(red_collateral(away_from_red)) < ALIKE * collateral_of_similarity(2)

    @published(0.333 / 0.284, source=TABLE)
    def test_red_suffers_more(self, away_from_red, without_red):
        """The error of red is higher under repulsion than under suppression."""
        assert ratio(error_of(away_from_red, "red"), error_of(without_red, "red")) > 1


@primary("test_red_and_its_opposite_are_damaged", "test_cyan_suffers_as_red_does")
@fails_under("another-dimension")
class TestAblationIsNoSubstitute:
    """H3: deleting the dimension of red in this model damages the colors opposite red as well.

    Published verdict, from the best of 60 seeds for suppression: confirmed, with an R^2 of 0.37 where suppression has
    0.99. 0.37 is also what a lost red channel scores.
    """

    def test_red_and_its_opposite_are_damaged(self, deleted, intact):
        """In most seeds deletion damages red and each of the five hues around its opposite."""
        assert fraction(each_is_damaged(deleted, intact, "red", *DELETION)) > 1 / 2

    @published(0.37 / 0.99, source=PICTURE)
    def test_fits_less_well(self, deleted, without_red):
        """R^2 of deletion with similarity squared is less than half of that of suppression."""
        assert ratio(similarity_fit(deleted, 2), similarity_fit(without_red, 2)) < 1 / 2

    @published(0.341 / 0.333, source=TABLE)
    def test_cyan_suffers_as_red_does(self, deleted):
        """After deletion the error of cyan is that of red, within a factor of two."""
        assert ratio(error_of(deleted, "cyan"), error_of(deleted, "red")).between(1 / ALIKE, ALIKE)

    @published_cases(DELETION, *DELETION, source=TABLE)
    def test_opposite_color_suffers(self, deleted, intact, color, figure):
        """The damage of deletion to a color opposite red is more than half of that in the published seed."""
        assert median(error_growth(deleted, intact, color)) > figure / ALIKE

    @disconfirmed("just short of twice")
    def test_collateral_damage(self, deleted):
        """Collateral damage of deletion is more than twice that of an error of similarity squared."""
        assert median(red_collateral(deleted)) > ALIKE * collateral_of_similarity(2)

    @disconfirmed("a third of it: only red and its opposite are damaged, which R^2 does not tell from a lost channel")
    def test_collateral_damage_of_a_lost_channel(self, deleted):
        """Collateral damage of deletion is that of a lost red channel, within a factor of two."""
        assert median(red_collateral(deleted)).between(*bounds(COLLATERAL_OF_A_LOST_CHANNEL))


@primary("test_red_is_anchored_and_hues_are_flat")
@fails_under("unregularized")
class TestEverySeedHasTheGeometry(HuesMakeAWheel, AnchorControl):
    """H4: in all 60 seeds training puts red at its anchor and the vibrant hues in a plane.

    Published verdict, of all 60 seeds: confirmed, though by validation losses that count batches without a labeled
    color as 0. Counted without them, the farthest red lies 23 degrees from its anchor.
    """

    @published(1, source=LOSSES)
    def test_red_is_anchored_and_hues_are_flat(self, intact):
        """In nearly all seeds red lies at the anchor and the vibrant hues near the plane of dimensions 0 and 1."""
        flat = off_plane(intact) < TWICE_PUBLISHED_PLANARITY
        assert fraction((alignment_of_red(intact) > ANCHORED) & flat) > NEARLY_ALL

    @published(1, source=LOSSES)
    def test_red_is_anchored(self, intact):
        """In nearly all seeds red lies at the anchor."""
        assert fraction(alignment_of_red(intact) > ANCHORED) > NEARLY_ALL

    @published(1, source=LOSSES)
    def test_hues_are_flat(self, intact):
        """In nearly all seeds the vibrant hues lie near the plane of dimensions 0 and 1."""
        assert fraction(off_plane(intact) < TWICE_PUBLISHED_PLANARITY) > NEARLY_ALL
