"""2.5.1 Suppress red, with only red anchored."""

import pytest
from rerun_controls import AnchorControl, SuppressionControls
from rerun_predictions import DamageGoesWithSimilarity, suffers_as_published
from rerun_scores import (
    HELD_OUT_MARGIN,
    LAST_DIGIT,
    NEARLY_ALL,
    R_SQUARED_MARGIN,
    each_is_damaged,
    each_unlike_red_is_spared,
    fit_held_out_and_trained,
    paired,
    published_cases,
)

from excolor import error_of, fraction, median, ratio
from excolor.colors import FAR_FROM_RED, GRAYS
from excolor.edits import suppressed
from excolor.experiments import EX_2_4_1, EX_2_5_1
from excolor.judging.thresholds import ALIKE, ANCHORED, SPARED
from excolor.measures import alignment_of_red, error_growth, red_collateral, similarity_fit
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, undecided

EXPERIMENT = EX_2_5_1

SEEDS = 96
"""Of fewer, all would not show that nearly all do something."""

SCORE = 0.9231
"""Published: the mean of the 60 seeds."""

SCORES = "Ex 2.5.1, scores of the 60 seeds"
PICTURE = "Ex 2.5.1, figure"
TABLE = "Ex 2.5.1, table of named colors"
LOSSES = "Ex 2.5.1, validation losses of the 60 seeds"

# The damage to the named colors in the published seed, the best of 60.
SUPPRESSION = {
    "red": 0.23323,
    "orange": 0.11969,
    "yellow": 0.04029,
    "lime": 0,
    "green": 0,
    "teal": 0,
    "cyan": 0,
    "azure": 0,
    "blue": 0,
    "purple": 0.00017,
    "magenta": 0.04115,
    "pink": 0.12068,
    "black": 0.00411,
    "dark gray": 0.00125,
    "gray": 0.000024,
    "light gray": 0,
    "white": 0,
}
DELETION = {"teal": 0.13511, "cyan": 0.24785, "azure": 0.13205}


@pytest.fixture(scope="module")
def with_wheel(trained, seeds):
    """2.4.1, suppressed. 32 seeds tell whether two conditions are alike."""
    return suppressed(trained(EX_2_4_1, seeds[:32]))


@suffers_as_published("without_red", SUPPRESSION, TABLE)
@primary("test_error_goes_with_similarity", "test_square_fits_better_than_cube", "test_unlike_red_is_spared_besides")
@fails_under("another-dimension")
class TestSuppressionGoesWithSimilarity(DamageGoesWithSimilarity, SuppressionControls, AnchorControl):
    """H1: with only red anchored, suppressing it damages colors in proportion to their similarity to red, squared.

    Published verdict, from 60 seeds: confirmed, R^2 is 0.92 +- 0.03 on the training colors. The figure and the table
    show the best of the 60, with an R^2 of 0.98, which nearly all seeds must be below. Red is said to be anchored in
    all 60.
    """

    @published(SCORE, source=SCORES)
    def test_error_goes_with_similarity(self, without_red, figure):
        """On held-out colors R^2 of suppression is the published mean, or less by a margin at most."""
        assert median(similarity_fit(without_red, 2)) > figure - R_SQUARED_MARGIN

    @published(0.98, source=PICTURE)
    @disconfirmed("the published mean, 0.92, or near it: the seed that was shown is one of few")
    def test_shown_seed_is_ordinary(self, without_red, figure):
        """The median seed has the R^2 of the best of 60, which was shown."""
        assert median(similarity_fit(without_red, 2)) > figure - LAST_DIGIT

    @published(0.98 / 0.9762, source=f"{PICTURE} and scores")
    def test_held_out_colors_score_alike(self, without_red):
        """R^2 of suppression on held-out colors is that on the training colors, within a tenth."""
        assert ratio(*fit_held_out_and_trained(without_red, 2)).between(1 - HELD_OUT_MARGIN, 1 + HELD_OUT_MARGIN)

    @disconfirmed("in none: black is damaged in all")
    def test_unlike_red_is_spared_besides(self, without_red, intact):
        """In most seeds R^2 is the published mean, or less by a margin, and each color unlike red is spared."""
        fits = similarity_fit(without_red, 2) > SCORE - R_SQUARED_MARGIN
        assert fraction(fits & each_unlike_red_is_spared(without_red, intact)) > 1 / 2

    @published_cases(
        SUPPRESSION,
        *FAR_FROM_RED,
        *GRAYS,
        source=TABLE,
        but={
            "black": disconfirmed("0.016, four times as much as in the published seed"),
            "dark gray": undecided("in about half of the seeds"),
        },
    )
    def test_color_is_spared(self, without_red, intact, color):
        """Suppression spares a color unlike red."""
        assert median(error_growth(without_red, intact, color)) < SPARED

    @published(1, source=LOSSES)
    def test_red_is_anchored(self, intact):
        """In nearly all seeds red lies at the anchor."""
        assert fraction(alignment_of_red(intact) > ANCHORED) > NEARLY_ALL


@primary("test_error_goes_with_similarity_as_much", "test_collateral_damage", "test_red")
@fails_under("others-unregularized")
class TestWheelIsNotNeeded:
    """H2: without the color wheel of 2.4.1, suppressing red is as good.

    Published verdict, from 60 seeds of each: confirmed, R^2 is 0.92 where it was 0.95. What is published of red is the
    error in the best seed of each.
    """

    @published(0.9231 / 0.9515, source="Ex 2.5.1 and 2.4.1, scores of the 60 seeds")
    def test_error_goes_with_similarity_as_much(self, without_red, with_wheel):
        """R^2 of suppression is that of 2.4.1, within a tenth."""
        pair = paired(without_red, with_wheel, lambda model: similarity_fit(model, 2))
        assert ratio(*pair).between(1 - HELD_OUT_MARGIN, 1 + HELD_OUT_MARGIN)

    @published(0.9231 / 0.9515, source="Ex 2.5.1 and 2.4.1, scores of the 60 seeds")
    def test_error_goes_with_similarity_less(self, without_red, with_wheel):
        """R^2 of suppression is lower than that of 2.4.1."""
        assert ratio(*paired(without_red, with_wheel, lambda model: similarity_fit(model, 2))) < 1

    def test_collateral_damage(self, without_red, with_wheel):
        """Collateral damage of suppression is that of 2.4.1, within a factor of two."""
        assert ratio(*paired(without_red, with_wheel, red_collateral)).between(1 / ALIKE, ALIKE)

    @published(0.234 / 0.284, source="Ex 2.5.1 and 2.4.1, tables of named colors")
    def test_red(self, without_red, with_wheel):
        """The error of red under suppression is that of 2.4.1, within a factor of two."""
        pair = paired(without_red, with_wheel, lambda model: error_of(model, "red"))
        assert ratio(*pair).between(1 / ALIKE, ALIKE)


@primary("test_red_and_its_opposite_are_damaged")
@fails_under("unedited")
class TestAblationIsNoSubstitute:
    """H3: deleting the dimension of red in this model damages the colors opposite red as well.

    Published verdict, from the best of 60 seeds for suppression: confirmed, with an R^2 of 0.47.
    """

    def test_red_and_its_opposite_are_damaged(self, deleted, intact):
        """In most seeds deletion damages red and each of the three hues around its opposite."""
        assert fraction(each_is_damaged(deleted, intact, "red", *DELETION)) > 1 / 2

    @published(0.47 / 0.98, source=PICTURE)
    def test_fits_less_well(self, deleted, without_red):
        """R^2 of deletion with similarity cubed is below half of that of suppression with similarity squared."""
        # The margin is that of 2.4.1.
        assert ratio(similarity_fit(deleted, 3), similarity_fit(without_red, 2)) < 1 / 2

    @published_cases(DELETION, *DELETION, source=TABLE)
    def test_opposite_color_suffers(self, deleted, intact, color, figure):
        """The damage of deletion to a color opposite red is more than half of that in the published seed."""
        assert median(error_growth(deleted, intact, color)) > figure / ALIKE

    @control
    def test_suppression_spares_cyan(self, without_red, intact):
        """Suppression of red spares cyan."""
        assert median(error_growth(without_red, intact, "cyan")) < SPARED
