"""2.9.1 Delete only red, with two repulsions."""

import pytest
from deletion_controls import DeletionControls
from deletion_predictions import RedAloneIsDeleted, typical_error_in_rgb
from rerun_controls import AnchorControl, OppositeSideControl, ScoreControls
from rerun_predictions import suffers_as_published
from rerun_scores import (
    HALF_GRAY,
    HELD_OUT_MARGIN,
    LAST_DIGIT,
    NEARLY_ALL,
    R_SQUARED_MARGIN,
    RANDOM_ANSWER,
    each_unlike_red_is_spared,
    fit_held_out_and_trained,
    published_cases,
)

from excolor import ablate, error_of, fraction, median, ratio, typical_error
from excolor.colors import FAR_FROM_RED, GRAYS, rgb_training_cube
from excolor.edits import suppressed
from excolor.experiments import EX_2_9_1, EX_2_9_1_HALF_RATE, EX_2_9_1_TEN_UNITS
from excolor.judging.thresholds import ALIKE, ANCHORED, EMPTY, SPARED, UNREBUILT
from excolor.measures import (
    alignment_of_red,
    at_least_half_a_step,
    collateral_of_similarity,
    error_growth,
    mean_error,
    most_opposed,
    red_collateral,
    similarity_fit,
)
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, restated, undecided

EXPERIMENT = EX_2_9_1

SEEDS = 128
"""To be confirmed of more than 95 %, a published "all 60" takes 72 seeds without exception, or 110 with one."""

SCORE = 0.8570
"""Published: the mean R^2 of deletion over the 60 seeds."""

EARLIER_SCORE = 0.9151
"""Published: the mean R^2 of suppression over 100 earlier seeds."""
EARLIER_SCORE_OF_DELETION = 0.8685
"""Published: that of deletion."""

# What "none fails" shows of the share that does not, as `NEARLY_ALL` has it of all 60: were it lower, all would be
# well in fewer than one of twenty sweeps.
SHOWN_BY_32 = 0.91
SHOWN_BY_100 = 0.97

SCORES = "Ex 2.9.1, scores of the 60 seeds"
PICTURE = "Ex 2.9.1, figure"
TABLE = "Ex 2.9.1, table of named colors"
EARLIER = "Ex 2.9.1, scores of an earlier 100 seeds"
LOSSES = "Ex 2.9.1, validation losses of the 60 seeds"
FOLLOW_UP = "the author's follow-up"

# The damage to the named colors in the published seed, the best of 60.
DELETION = {
    "red": 0.34318,
    "orange": 0.14343,
    "yellow": 0.02440,
    "lime": 0.00043,
    "green": 0.00051,
    "teal": 0.00017,
    "cyan": -0.00003,
    "azure": 0.00008,
    "blue": 0.00005,
    "purple": 0.000006,
    "magenta": 0.00927,
    "pink": 0.12415,
    "black": 0.00054,
    "dark gray": 0.00048,
    "gray": 0.00075,
    "light gray": 0.00249,
    "white": 0.00062,
}
SUPPRESSION = {"red": 0.21317, "orange": 0.12790, "yellow": 0.03619, "magenta": 0.01070, "pink": 0.10309}


HALF = undecided("spared in half of the seeds")


@pytest.fixture(scope="module")
def at_half_rate(trained, seeds):
    return trained(EX_2_9_1_HALF_RATE, seeds)


@pytest.fixture(scope="module")
def of_ten_units(trained, seeds):
    return trained(EX_2_9_1_TEN_UNITS, seeds)


def is_no_catastrophe(ensemble, leak=-0.3):
    """By the thresholds of the author's follow-up, over `seed`: red is anchored at all, colors are rebuilt, no leak."""
    anchored, rebuilt = alignment_of_red(ensemble) > 0.7, mean_error(ensemble, rgb_training_cube()) < 0.01
    return anchored & rebuilt & (most_opposed(ensemble) > leak)


def is_healthy(ensemble):
    """By them, over `seed`: no catastrophe, and nothing that they call degraded either."""
    return is_no_catastrophe(ensemble, EMPTY)


def deletion_works(ensemble):
    """Whether R^2 of deletion is more than 1/2, over `seed`: twice what a lost red channel scores, 0.26."""
    return similarity_fit(ablate(ensemble, 0), 3) > 1 / 2


def is_sound(ensemble):
    return is_healthy(ensemble) & deletion_works(ensemble)


@suffers_as_published("deleted", DELETION, TABLE)
@primary("test_error_goes_with_similarity", "test_cube_fits_better_than_square", "test_unlike_red_is_spared_besides")
@fails_under("unregularized")
class TestDeletionGoesWithSimilarity(RedAloneIsDeleted, DeletionControls, ScoreControls):
    """H1: deleting the dimension of red damages colors in proportion to their similarity to red, cubed.

    Published verdict, from 60 seeds: confirmed, R^2 is 0.86 +- 0.15 on the training colors. The figure and the table
    show the best of the 60, with an R^2 of 0.99, which nearly all seeds must be below; its red has an error of 0.343,
    above a "bound" of 1/3.
    """

    @published(SCORE, source=SCORES)
    def test_error_goes_with_similarity(self, deleted, figure):
        """On held-out colors R^2 of deletion is the published mean, or less by a margin at most."""
        assert median(similarity_fit(deleted, 3)) > figure - R_SQUARED_MARGIN

    @disconfirmed("in nine of ten seeds")
    def test_error_goes_with_similarity_in_nearly_all(self, deleted):
        """In nearly all seeds R^2 of deletion is more than 1/2."""
        # Published is 0.06 in the worst seed. 1/2 is twice what a lost red channel scores, 0.26.
        assert fraction(similarity_fit(deleted, 3) > 1 / 2) > NEARLY_ALL

    @published(0.99, source=PICTURE)
    @disconfirmed("0.9: the seed that was shown is one of few")
    def test_shown_seed_is_ordinary(self, deleted, figure):
        """The median seed has the R^2 of the best of 60, which was shown."""
        assert median(similarity_fit(deleted, 3)) > figure - LAST_DIGIT

    @published(0.99 / 0.9848, source=f"{PICTURE} and scores")
    def test_held_out_colors_score_alike(self, deleted):
        """R^2 of deletion on held-out colors is that on the training colors, within a tenth."""
        assert ratio(*fit_held_out_and_trained(deleted, 3)).between(1 - HELD_OUT_MARGIN, 1 + HELD_OUT_MARGIN)

    def test_cube_fits_better_than_square(self, deleted):
        """Similarity cubed fits the error after deletion better than similarity squared."""
        assert ratio(similarity_fit(deleted, 3), similarity_fit(deleted, 2)) > 1

    @disconfirmed("in most some color unlike red is damaged")
    def test_unlike_red_is_spared_besides(self, deleted, intact):
        """In most seeds R^2 is about the published mean or above, and each hue far from red and each gray is spared."""
        fits = similarity_fit(deleted, 3) > SCORE - R_SQUARED_MARGIN
        assert fraction(fits & each_unlike_red_is_spared(deleted, intact)) > 1 / 2

    def test_collateral_damage(self, deleted):
        """Collateral damage of deletion is at most twice that of an error of similarity cubed."""
        assert median(red_collateral(deleted)) < ALIKE * collateral_of_similarity(3)

    @undecided("spared in most seeds, damaged in too many")
    def test_typical_color_is_spared(self, deleted):
        """After deletion the typical color is spared."""
        assert median(typical_error(deleted)) < SPARED

    @undecided("spared in most seeds, damaged in too many")
    def test_typical_color_in_rgb_is_spared(self, deleted):
        """After deletion the typical color of an RGB grid is spared."""
        assert median(typical_error_in_rgb(deleted)) < SPARED

    @published(0.343, source="arXiv 2512.12469")
    def test_red_cannot_be_rebuilt(self, deleted):
        """After deletion red is reconstructed no better than by the best constant gray."""
        assert median(error_of(deleted, "red")) > UNREBUILT

    @published(0.343, source="arXiv 2512.12469")
    @undecided("about a third in the median seed")
    @restated(
        was="> 1 / 3, to the last digit", why="an answer of black is just that, and rounding puts it on either side"
    )
    def test_red_is_beyond_random(self, deleted):
        """After deletion red is reconstructed worse than by a random answer."""
        assert median(error_of(deleted, "red")) > RANDOM_ANSWER

    @disconfirmed("in about half of them")
    @restated(
        was="> 1 / 3, to the last digit", why="an answer of black is just that, and rounding puts it on either side"
    )
    def test_red_is_beyond_random_in_nearly_all(self, deleted):
        """In nearly all seeds red after deletion is reconstructed worse than by a random answer."""
        assert fraction(error_of(deleted, "red") > RANDOM_ANSWER) > NEARLY_ALL

    @published_cases(
        DELETION,
        *FAR_FROM_RED,
        *GRAYS,
        source=TABLE,
        but={
            "lime": HALF,
            "purple": disconfirmed("damaged in most seeds"),
            "dark gray": HALF,
            "black": disconfirmed("twice what would be spared"),
        },
    )
    def test_color_is_spared(self, deleted, intact, color):
        """Deletion spares a color unlike red."""
        assert median(error_growth(deleted, intact, color)) < SPARED


@suffers_as_published("without_red", SUPPRESSION, TABLE)
@primary("test_error_goes_with_similarity", "test_square_fits_better_than_cube", "test_unlike_red_is_spared_besides")
@fails_under("unregularized")
class TestSuppressionGoesWithSimilarity:
    """H2: suppressing red in the same model damages colors in proportion to their similarity to red, squared.

    Published verdict, from the best of 60 seeds for deletion: confirmed, with an R^2 of 0.98. Of 100 seeds with 10
    hidden units the mean was 0.92 on the colors that are held out here, and 0.87 for deletion.
    """

    @published(EARLIER_SCORE, source=EARLIER)
    def test_error_goes_with_similarity(self, without_red, figure):
        """On held-out colors R^2 of suppression is the published mean, or less by a margin at most."""
        assert median(similarity_fit(without_red, 2)) > figure - R_SQUARED_MARGIN

    @disconfirmed("in most some color unlike red is damaged")
    def test_unlike_red_is_spared_besides(self, without_red, intact):
        """In most seeds R^2 is about the published mean or above, and each hue far from red and each gray is spared."""
        fits = similarity_fit(without_red, 2) > EARLIER_SCORE - R_SQUARED_MARGIN
        assert fraction(fits & each_unlike_red_is_spared(without_red, intact)) > 1 / 2

    @disconfirmed("worse, by a few percent")
    def test_square_fits_better_than_cube(self, without_red):
        """Similarity squared fits the error under suppression better than similarity cubed."""
        assert ratio(similarity_fit(without_red, 2), similarity_fit(without_red, 3)) > 1

    def test_collateral_damage(self, without_red):
        """Collateral damage of suppression is at most twice that of an error of similarity squared."""
        assert median(red_collateral(without_red)) < ALIKE * collateral_of_similarity(2)

    @published(EARLIER_SCORE / EARLIER_SCORE_OF_DELETION, source=EARLIER)
    def test_fits_better_than_deletion(self, without_red, deleted):
        """R^2 of suppression is higher than that of deletion, each with its own power."""
        assert ratio(similarity_fit(without_red, 2), similarity_fit(deleted, 3)) > 1

    @published(SUPPRESSION["red"], source=TABLE)
    @undecided("about as badly")
    def test_red_is_beyond_gray(self, without_red):
        """Under suppression red is reconstructed worse than by a constant mid-gray."""
        assert median(error_of(without_red, "red")) > HALF_GRAY

    @published(0.213 / 0.343, source=TABLE)
    def test_red_suffers_less(self, without_red, deleted):
        """The error of red is lower under suppression than after deletion."""
        assert ratio(error_of(without_red, "red"), at_least_half_a_step(error_of(deleted, "red"))) < 1


@primary("test_red_is_anchored", "test_opposite_side_is_empty", "test_red_is_anchored_and_nothing_opposite")
@fails_under("unregularized")
class TestEverySeedHasTheGeometry(AnchorControl, OppositeSideControl):
    """H3: in all 60 seeds training puts red at its anchor, and nothing opposite.

    Published verdict, of all 60 seeds: confirmed, though by validation losses that count batches without a labeled
    color as 0. Counted without them, the farthest red lies 49 degrees from its anchor.
    """

    @published(1, source=LOSSES)
    @undecided("in all but a few")
    def test_red_is_anchored(self, intact):
        """In nearly all seeds red lies at the anchor."""
        assert fraction(alignment_of_red(intact) > ANCHORED) > NEARLY_ALL

    @published(1, source=LOSSES)
    @undecided("in all but a few")
    def test_opposite_side_is_empty(self, intact):
        """In nearly all seeds no color lies on the side opposite red."""
        assert fraction(most_opposed(intact) > EMPTY) > NEARLY_ALL

    @published(1, source=LOSSES)
    @undecided("in all but a few")
    def test_red_is_anchored_and_nothing_opposite(self, intact):
        """In nearly all seeds red lies at the anchor, and no color on the side opposite it."""
        assert fraction((alignment_of_red(intact) > ANCHORED) & (most_opposed(intact) > EMPTY)) > NEARLY_ALL


@primary("test_none_fails")
@fails_under("unregularized")
class TestNoneFailsAtHalfRate:
    """H4: with half of the peak learning rate, 0.05, no seed fails.

    Published verdict, from 32 seeds of the author's follow-up: confirmed, none is unhealthy, where of 224 at the
    published rate 7 were catastrophes. Unhealthy is there a cosine of red with its anchor below 0.7, an error of
    reconstruction above 0.01, or a leak of 0.1; a catastrophe has a leak of 0.3. The leak is taken here to be that of
    the color farthest to the other side. A seed that fails is one that is unhealthy, or has an R^2 of deletion of no
    more than 1/2. The follow-up is written in another framework, so that its seeds are others.
    """

    def test_none_fails(self, at_half_rate):
        """Of models at half of the rate, as large a share as 32 of 32 show are healthy, with deletion that works."""
        assert fraction(is_sound(at_half_rate)) > SHOWN_BY_32

    def test_more_fail_at_the_published_rate(self, intact, at_half_rate):
        """Where a seed fails at one of the two rates alone, it is in most at the published one."""
        sound, sound_at_half = is_sound(intact), is_sound(at_half_rate)
        assert fraction(sound_at_half[sound != sound_at_half]) > 1 / 2

    @published(1, source=f"{FOLLOW_UP}, 32 runs")
    def test_none_is_unhealthy(self, at_half_rate):
        """Of models at half of the rate, as large a share as 32 of 32 show are healthy."""
        assert fraction(is_healthy(at_half_rate)) > SHOWN_BY_32

    @published(1 - 7 / 224, source=f"{FOLLOW_UP}, 224 runs")
    @undecided("about as many as are published")
    def test_few_are_catastrophes_at_the_published_rate(self, intact):
        """At the published rate nearly all seeds are no catastrophe."""
        assert fraction(is_no_catastrophe(intact)) > NEARLY_ALL

    def test_colors_are_rebuilt_as_well(self, intact, at_half_rate):
        """At half of the rate the mean error of the training colors is at most twice that at the published one."""
        assert ratio(*(mean_error(each, rgb_training_cube()) for each in (at_half_rate, intact))) < ALIKE

    def test_error_goes_with_similarity_as_much(self, deleted, at_half_rate):
        """At half of the rate R^2 of deletion is at most a tenth lower than at the published one."""
        assert ratio(similarity_fit(ablate(at_half_rate, 0), 3), similarity_fit(deleted, 3)) > 1 - HELD_OUT_MARGIN

    @control
    def test_unregularized_models_fail(self, unregularized):
        """Fewer than half of unregularized models are healthy, with deletion that works."""
        assert fraction(is_sound(unregularized)) < 1 / 2


@primary("test_deletion_works_in_all", "test_error_goes_with_similarity")
@fails_under("unregularized")
class TestTenUnitsDoNotFail:
    """H5: a network of 10 hidden units, which the paper's text has, has no seed in which deletion fails.

    Published verdict, from 100 seeds: observed, R^2 of deletion is 0.87 +- 0.06, and 0.67 in the worst seed; with 16
    units it is 0.06 in the worst of 60, though on the training colors. Those of the 100 are the colors held out here.
    """

    @published(1, source=EARLIER)
    def test_deletion_works_in_all(self, of_ten_units):
        """Of models with 10 hidden units, as large a share as 100 of 100 show have an R^2 of deletion above 1/2."""
        assert fraction(deletion_works(of_ten_units)) > SHOWN_BY_100

    @published(EARLIER_SCORE_OF_DELETION, source=EARLIER)
    def test_error_goes_with_similarity(self, of_ten_units, figure):
        """With 10 hidden units R^2 of deletion is the published mean, or less by a margin at most."""
        assert median(similarity_fit(ablate(of_ten_units, 0), 3)) > figure - R_SQUARED_MARGIN

    @published(EARLIER_SCORE, source=EARLIER)
    def test_error_under_suppression_goes_with_similarity(self, of_ten_units, figure):
        """With 10 hidden units R^2 of suppression is the published mean, or less by a margin at most."""
        assert median(similarity_fit(suppressed(of_ten_units), 2)) > figure - R_SQUARED_MARGIN

    def test_more_fail_with_sixteen(self, intact, of_ten_units):
        """Where deletion works with 10 or with 16 hidden units alone, it is in most seeds with 10."""
        works, works_with_ten = deletion_works(intact), deletion_works(of_ten_units)
        assert fraction(works_with_ten[works != works_with_ten]) > 1 / 2

    @control
    def test_deletion_fails_in_unregularized_models(self, unregularized):
        """Fewer than half of unregularized models have an R^2 of deletion above 1/2."""
        assert fraction(deletion_works(unregularized)) < 1 / 2
