"""2.10.1 Delete only red, with one label and one repulsion."""

import pytest
from deletion_controls import DeletionControls
from rerun_controls import AnchorControl, OppositeSideControl, ScoreControls
from rerun_predictions import suffers_as_published
from rerun_scores import (
    HELD_OUT_MARGIN,
    LAST_DIGIT,
    NEARLY_ALL,
    NEARLY_SPARED,
    R_SQUARED_MARGIN,
    RANDOM_ANSWER,
    THREE_OF_FOUR,
    fit_held_out_and_trained,
    paired,
    published_cases,
)
from restatements import restated_nearly_spared, restated_random, restated_three_of_four

from excolor import ablate, answering, error_of, fraction, median, named_color, ratio, typical_error
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
from excolor.verdicts import control, disconfirmed, published, restated, undecided

EXPERIMENT = EX_2_10_1

SEEDS = 60
"""As published."""

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


@pytest.fixture(scope="module")
def deleted_2_9_1(trained, seeds):
    """2.9.1 without dimension 0. As a rule 32 seeds tell whether two conditions are alike."""
    return ablate(trained(EX_2_9_1, seeds[:32]), 0)


@suffers_as_published("deleted", DELETION, TABLE)
class TestDeletionGoesWithSimilarity(DeletionControls, ScoreControls):
    """H1: deleting the dimension of red damages colors in proportion to their similarity to red, cubed.

    Published verdict, from 60 seeds: confirmed, R^2 is 0.85 +- 0.14 on the training colors. The figure and the table
    show the best of the 60, with an R^2 of 0.95; its red has an error of 0.385, above a "bound" of 1/3. Ours is
    undecided: the mean holds, but the seed that was shown is one of few, and the error of red is about the bound in the
    median seed.
    """

    @published(0.8503, source="Ex 2.10.1, scores of the 60 seeds")
    def test_error_goes_with_similarity(self, deleted, figure):
        """On held-out colors R^2 of deletion is the published mean, or less by a margin at most."""
        assert median(similarity_fit(deleted, 3)) > figure - R_SQUARED_MARGIN

    @restated_three_of_four
    def test_error_goes_with_similarity_in_most(self, deleted):
        """In three of four seeds R^2 of deletion is more than 1/2."""
        # Published is 0.04 in the worst seed. 1/2 is twice what a lost red channel scores, 0.26.
        assert fraction(similarity_fit(deleted, 3) > 1 / 2) > THREE_OF_FOUR

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

    def test_collateral_damage(self, deleted):
        """Collateral damage of deletion is at most twice that of an error of similarity cubed."""
        assert median(red_collateral(deleted)) < ALIKE * collateral_of_similarity(3)

    def test_typical_color_is_spared(self, deleted):
        """After deletion the typical color is spared."""
        assert median(typical_error(deleted)) < SPARED

    @published(0.385, source=TABLE)
    def test_red_cannot_be_rebuilt(self, deleted):
        """After deletion red is reconstructed no better than by the best constant gray."""
        assert median(error_of(deleted, "red")) > UNREBUILT

    @published(0.385, source=TABLE)
    @undecided("about a third in the median seed")
    @restated_random
    def test_red_is_beyond_random(self, deleted):
        """After deletion red is reconstructed worse than by a random answer."""
        assert median(error_of(deleted, "red")) > RANDOM_ANSWER

    @disconfirmed("in about half of them")
    @restated_random
    def test_red_is_beyond_random_in_nearly_all(self, deleted):
        """In nearly all seeds red after deletion is reconstructed worse than by a random answer."""
        assert fraction(error_of(deleted, "red") > RANDOM_ANSWER) > NEARLY_ALL

    @published_cases(DELETION, "blue", "gray", source=TABLE)
    def test_color_is_spared(self, deleted, intact, color):
        """Deletion spares a color unlike red."""
        assert median(error_growth(deleted, intact, color)) < SPARED

    @published_cases(
        DELETION,
        "lime",
        "green",
        "teal",
        "cyan",
        "azure",
        "purple",
        "black",
        "dark gray",
        "light gray",
        "white",
        source=TABLE,
    )
    @restated_nearly_spared
    def test_color_is_nearly_spared(self, deleted, intact, color):
        """Deletion nearly spares a color unlike red."""
        assert median(error_growth(deleted, intact, color)) < NEARLY_SPARED


@suffers_as_published("without_red", SUPPRESSION, TABLE)
class TestSuppressionGoesWithSimilarity:
    """H2: suppressing red in the same model damages colors in proportion to their similarity to red, squared.

    Published verdict, from the best of 60 seeds for deletion: confirmed, with an R^2 of 0.97. Ours is partially
    confirmed: the median seed has an R^2 of 0.9, the seed that was shown is one of few.
    """

    @published(0.97, source=PICTURE)
    @disconfirmed("0.9: the seed that was shown is one of few")
    def test_shown_seed_is_ordinary(self, without_red, figure):
        """Under suppression the median seed has the R^2 of the seed that was shown."""
        assert median(similarity_fit(without_red, 2)) > figure - LAST_DIGIT

    @published(0.97 / 0.95, source=PICTURE)
    def test_fits_better_than_deletion(self, without_red, deleted):
        """R^2 of suppression is higher than that of deletion, each with its own power."""
        assert ratio(similarity_fit(without_red, 2), similarity_fit(deleted, 3)) > 1

    @restated(was="of the median seed", why="where red is not damaged, it is infinite, as on other seeds")
    def test_collateral_damage(self, without_red):
        """In three of four seeds suppression has at most twice the collateral damage of similarity squared."""
        assert fraction(red_collateral(without_red) < ALIKE * collateral_of_similarity(2)) > THREE_OF_FOUR

    @published(0.169 / 0.385, source=TABLE)
    def test_red_suffers_less(self, without_red, deleted):
        """The error of red is lower under suppression than after deletion."""
        assert ratio(error_of(without_red, "red"), at_least_half_a_step(error_of(deleted, "red"))) < 1


class TestEverySeedHasTheGeometry(AnchorControl, OppositeSideControl):
    """H3: in all 60 seeds training puts red at its anchor, and though nothing repels colors from there, none opposite.

    Published verdict, of all 60 seeds: confirmed, though by validation losses that count batches without a labeled
    color as 0. Counted without them, the farthest red lies 62 degrees from its anchor. Ours is partially confirmed:
    only in a quarter of the seeds is the opposite side empty, in the others some color lies there, a little way over.
    """

    @published(1, source=LOSSES)
    @restated_three_of_four
    def test_red_is_anchored(self, intact):
        """In three of four seeds red lies at the anchor."""
        assert fraction(alignment_of_red(intact) > ANCHORED) > THREE_OF_FOUR

    @disconfirmed("in a quarter of them: what nothing repels does lie there, a little way over")
    @restated_three_of_four
    def test_opposite_side_is_empty(self, intact):
        """In three of four seeds no color lies on the side opposite red."""
        assert fraction(most_opposed(intact) > EMPTY) > THREE_OF_FOUR


class TestAntiAnchorIsNotNeeded:
    """H4: without the repulsion from red's opposite that 2.9.1 has, deletion is as good.

    Published verdict, from 60 seeds of each: confirmed, R^2 is 0.85 where it was 0.86. No clean removal: the anchor
    weighs a little more, and the repulsion that remains does too. What is published of red is the error in the best
    seed of each. Ours is undecided: the typical error is lower than in 2.9.1, and whether by more than a factor of
    two is open.
    """

    @published(0.8503 / 0.8570, source="Ex 2.10.1 and 2.9.1, scores of the 60 seeds")
    def test_error_goes_with_similarity_as_much(self, deleted, deleted_2_9_1):
        """R^2 of deletion is that of 2.9.1, within a tenth."""
        pair = paired(deleted, deleted_2_9_1, lambda model: similarity_fit(model, 3))
        assert ratio(*pair).between(1 - HELD_OUT_MARGIN, 1 + HELD_OUT_MARGIN)

    @restated(
        was="within a factor of two, either way", why="whether it is less than half is undecided on some other seeds"
    )
    def test_collateral_damage(self, deleted, deleted_2_9_1):
        """Collateral damage of deletion is at most twice that of 2.9.1."""
        assert ratio(*paired(deleted, deleted_2_9_1, red_collateral)) < ALIKE

    @undecided("it is lower, whether by more than a factor of two is open")
    def test_typical_color(self, deleted, deleted_2_9_1):
        """After deletion the typical error is that of 2.9.1, within a factor of two."""
        assert ratio(*paired(deleted, deleted_2_9_1, typical_error)).between(1 / ALIKE, ALIKE)

    @published(0.385 / 0.343, source="Ex 2.10.1 and 2.9.1, tables of named colors")
    def test_red(self, deleted, deleted_2_9_1):
        """After deletion the error of red is that of 2.9.1, within a factor of two."""
        assert ratio(*paired(deleted, deleted_2_9_1, lambda model: error_of(model, "red"))).between(1 / ALIKE, ALIKE)

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
