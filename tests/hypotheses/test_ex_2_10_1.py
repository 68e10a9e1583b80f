"""2.10.1 Delete only red, with one label and one repulsion."""

import pytest
from deletion_controls import DeletionControls
from deletion_predictions import RedAloneIsDeleted, typical_error_in_rgb
from rerun_controls import AnchorControl, OppositeSideControl, ScoreControls
from rerun_predictions import suffers_as_published
from rerun_scores import (
    HELD_OUT_MARGIN,
    LAST_DIGIT,
    NEARLY_ALL,
    R_SQUARED_MARGIN,
    RANDOM_ANSWER,
    each_unlike_red_is_spared,
    fit_held_out_and_trained,
    paired,
    published_cases,
)

from excolor import ablate, answering, error_of, fraction, median, named_color, ratio, typical_error
from excolor.colors import FAR_FROM_RED, GRAYS
from excolor.experiments import EX_2_9_1, EX_2_10_1
from excolor.judging.thresholds import ALIKE, ANCHORED, EMPTY, SPARED, UNREBUILT
from excolor.measures import (
    alignment_of_red,
    at_least_half_a_step,
    collateral_of_similarity,
    error_growth,
    most_opposed,
    red_collateral,
    similarity_fit,
)
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, restated, undecided

EXPERIMENT = EX_2_10_1

SEEDS = 128
"""To be confirmed of more than 95 %, a published "all 60" takes 72 seeds without exception, or 110 with one."""

SCORE = 0.8503
"""Published: the mean R^2 of deletion over the 60 seeds."""

SHOWN = 0.97
"""Published: the R^2 of suppression in the best of the 60 seeds for deletion; of suppression there is no mean."""

SCORES = "Ex 2.10.1, scores of the 60 seeds"
PICTURE = "Ex 2.10.1, figure"
TABLE = "Ex 2.10.1, table of named colors"
LOSSES = "Ex 2.10.1, validation losses of the 60 seeds"

# The damage to the named colors in the published seed, the best of 60.
DELETION = {
    "red": 0.38472,
    "orange": 0.11345,
    "yellow": 0.01692,
    "lime": 0.00049,
    "green": 0.00047,
    "teal": 0.00020,
    "cyan": 0.00071,
    "azure": 0.00003,
    "blue": 0.00008,
    "purple": -0.00001,
    "magenta": 0.01462,
    "pink": 0.11730,
    "black": 0.00015,
    "dark gray": 0.00015,
    "gray": 0.00038,
    "light gray": 0.00001,
    "white": 0.00030,
}
SUPPRESSION = {"red": 0.16852, "orange": 0.08326, "yellow": 0.02089, "magenta": 0.02840, "pink": 0.10365}


one_sided = restated(was="alike, either way", why="as good is no worse; what is better does not speak against it")


@pytest.fixture(scope="module")
def deleted_2_9_1(trained, seeds):
    """2.9.1 without dimension 0. As a rule 32 seeds tell whether two conditions are alike."""
    return ablate(trained(EX_2_9_1, seeds[:32]), 0)


@suffers_as_published("deleted", DELETION, TABLE)
@primary("test_error_goes_with_similarity", "test_cube_fits_better_than_square", "test_unlike_red_is_spared_besides")
@fails_under("unregularized")
class TestDeletionGoesWithSimilarity(RedAloneIsDeleted, DeletionControls, ScoreControls):
    """H1: deleting the dimension of red damages colors in proportion to their similarity to red, cubed.

    Published verdict, from 60 seeds: confirmed, R^2 is 0.85 +- 0.14 on the training colors. The figure and the table
    show the best of the 60, with an R^2 of 0.95; its red has an error of 0.385, above a "bound" of 1/3. Why its purple
    gains from deletion, by next to nothing, where it loses in nearly all seeds, is not known beyond that choice.
    """

    @published(SCORE, source=SCORES)
    def test_error_goes_with_similarity(self, deleted, figure):
        """On held-out colors R^2 of deletion is the published mean, or less by a margin at most."""
        assert median(similarity_fit(deleted, 3)) > figure - R_SQUARED_MARGIN

    @undecided("about as many")
    def test_error_goes_with_similarity_in_nearly_all(self, deleted):
        """In nearly all seeds R^2 of deletion is more than 1/2."""
        # Published is 0.04 in the worst seed. 1/2 is twice what a lost red channel scores, 0.26.
        assert fraction(similarity_fit(deleted, 3) > 1 / 2) > NEARLY_ALL

    @published(0.95, source=PICTURE)
    @disconfirmed("0.9: the seed that was shown is one of few")
    def test_shown_seed_is_ordinary(self, deleted, figure):
        """The median seed has the R^2 of the best of 60, which was shown."""
        assert median(similarity_fit(deleted, 3)) > figure - LAST_DIGIT

    @published(0.95 / 0.9769, source=f"{PICTURE} and scores")
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

    def test_typical_color_is_spared(self, deleted):
        """After deletion the typical color is spared."""
        assert median(typical_error(deleted)) < SPARED

    def test_typical_color_in_rgb_is_spared(self, deleted):
        """After deletion the typical color of an RGB grid is spared."""
        assert median(typical_error_in_rgb(deleted)) < SPARED

    @published(0.385, source=TABLE)
    def test_red_cannot_be_rebuilt(self, deleted):
        """After deletion red is reconstructed no better than by the best constant gray."""
        assert median(error_of(deleted, "red")) > UNREBUILT

    @published(0.385, source=TABLE)
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
            "cyan": undecided("spared in half of the seeds"),
            "black": undecided("spared in most, damaged in too many"),
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

    Published verdict, from the best of 60 seeds for deletion: confirmed, with an R^2 of 0.97. That is higher than in
    nearly all seeds, as that choice lets expect: the two R^2 rise and fall together.
    """

    @published(SHOWN, source=PICTURE)
    @disconfirmed("0.9: the seed that was shown is one of few")
    def test_shown_seed_is_ordinary(self, without_red, figure):
        """Under suppression the median seed has the R^2 of the seed that was shown."""
        assert median(similarity_fit(without_red, 2)) > figure - LAST_DIGIT

    @published(SHOWN, source=PICTURE)
    @disconfirmed("0.9: the seed that was shown is one of few")
    def test_error_goes_with_similarity(self, without_red, figure):
        """On held-out colors R^2 of suppression is that of the seed that was shown, or less by a margin at most."""
        assert median(similarity_fit(without_red, 2)) > figure - R_SQUARED_MARGIN

    @disconfirmed("in most some color unlike red is damaged")
    def test_unlike_red_is_spared_besides(self, without_red, intact):
        """In most seeds R^2 is about that shown or above, and each hue far from red and each gray is spared."""
        fits = similarity_fit(without_red, 2) > SHOWN - R_SQUARED_MARGIN
        assert fraction(fits & each_unlike_red_is_spared(without_red, intact)) > 1 / 2

    @disconfirmed("worse, by a few percent")
    def test_square_fits_better_than_cube(self, without_red):
        """Similarity squared fits the error under suppression better than similarity cubed."""
        assert ratio(similarity_fit(without_red, 2), similarity_fit(without_red, 3)) > 1

    def test_collateral_damage(self, without_red):
        """Collateral damage of suppression is at most twice that of an error of similarity squared."""
        assert median(red_collateral(without_red)) < ALIKE * collateral_of_similarity(2)

    @published(SHOWN / 0.95, source=PICTURE)
    def test_fits_better_than_deletion(self, without_red, deleted):
        """R^2 of suppression is higher than that of deletion, each with its own power."""
        assert ratio(similarity_fit(without_red, 2), similarity_fit(deleted, 3)) > 1

    @published(0.169 / 0.385, source=TABLE)
    def test_red_suffers_less(self, without_red, deleted):
        """The error of red is lower under suppression than after deletion."""
        assert ratio(error_of(without_red, "red"), at_least_half_a_step(error_of(deleted, "red"))) < 1


@primary("test_red_is_anchored", "test_opposite_side_is_empty", "test_red_is_anchored_and_nothing_opposite")
@fails_under("unregularized")
class TestEverySeedHasTheGeometry(AnchorControl, OppositeSideControl):
    """H3: in all 60 seeds training puts red at its anchor, and though nothing repels colors from there, none opposite.

    Published verdict, of all 60 seeds: confirmed, though by validation losses that count batches without a labeled
    color as 0. Counted without them, the farthest red lies 62 degrees from its anchor.
    """

    @published(1, source=LOSSES)
    @undecided("in all but a few")
    def test_red_is_anchored(self, intact):
        """In nearly all seeds red lies at the anchor."""
        assert fraction(alignment_of_red(intact) > ANCHORED) > NEARLY_ALL

    @disconfirmed("in a quarter of them: what nothing repels does lie there, a little way over")
    def test_opposite_side_is_empty(self, intact):
        """In nearly all seeds no color lies on the side opposite red."""
        assert fraction(most_opposed(intact) > EMPTY) > NEARLY_ALL

    @published(1, source=LOSSES)
    @disconfirmed("in few of them: the opposite side is not empty")
    def test_red_is_anchored_and_nothing_opposite(self, intact):
        """In nearly all seeds red lies at the anchor, and no color on the side opposite it."""
        assert fraction((alignment_of_red(intact) > ANCHORED) & (most_opposed(intact) > EMPTY)) > NEARLY_ALL


@primary("test_error_goes_with_similarity_as_much", "test_collateral_damage", "test_red")
@fails_under("first-unregularized")
class TestAntiAnchorIsNotNeeded:
    """H4: without the repulsion from red's opposite that 2.9.1 has, deletion is as good.

    Published verdict, from 60 seeds of each: confirmed, R^2 is 0.85 where it was 0.86. No clean removal: the anchor
    weighs a little more, and the repulsion that remains does too. What is published of red is the error in the best
    seed of each.
    """

    @published(0.8503 / 0.8570, source="Ex 2.10.1 and 2.9.1, scores of the 60 seeds")
    @one_sided
    def test_error_goes_with_similarity_as_much(self, deleted, deleted_2_9_1):
        """R^2 of deletion is at most a tenth lower than that of 2.9.1."""
        pair = paired(deleted, deleted_2_9_1, lambda model: similarity_fit(model, 3))
        assert ratio(*pair) > 1 - HELD_OUT_MARGIN

    @one_sided
    def test_collateral_damage(self, deleted, deleted_2_9_1):
        """Collateral damage of deletion is at most twice that of 2.9.1."""
        assert ratio(*paired(deleted, deleted_2_9_1, red_collateral)) < ALIKE

    @one_sided
    def test_typical_color(self, deleted, deleted_2_9_1):
        """After deletion the typical error is at most twice that of 2.9.1."""
        assert ratio(*paired(deleted, deleted_2_9_1, typical_error)) < ALIKE

    @published(0.385 / 0.343, source="Ex 2.10.1 and 2.9.1, tables of named colors")
    @one_sided
    def test_red(self, deleted, deleted_2_9_1):
        """After deletion the error of red is at least half of that of 2.9.1."""
        assert ratio(*paired(deleted, deleted_2_9_1, lambda model: error_of(model, "red"))) > 1 / ALIKE

    @control
    def test_unregularized_error_goes_with_similarity_less(self, unregularized, deleted_2_9_1):
        """After deletion an unregularized model has less than half of the R^2 of 2.9.1."""
        pair = paired(ablate(unregularized, 0), deleted_2_9_1, lambda model: similarity_fit(model, 3))
        assert ratio(*pair) < 1 / ALIKE

    @control
    def test_gray_answer_has_collateral_damage(self, deleted, deleted_2_9_1):
        """A constant mid-gray model has more than twice the collateral damage of 2.9.1."""
        gray = answering(deleted, named_color("gray"))
        assert ratio(*paired(gray, deleted_2_9_1, red_collateral)) > ALIKE
