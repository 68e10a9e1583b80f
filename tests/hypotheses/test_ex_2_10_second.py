"""2.10, second version: delete only red, with one label and everything repelled from its dimension."""

from cases import neighbors
from deletion_controls import DeletionControls
from deletion_predictions import OthersAreSpared, RedAloneIsDeleted, typical_error_in_rgb
from rerun_controls import CollateralControl
from rerun_scores import NEARLY_ALL, R_SQUARED_MARGIN

from excolor import ablate, error_of, fraction, median, ratio, typical_error, worst_error
from excolor.colors import NEIGHBORS_OF_RED
from excolor.experiments import EX_2_10_SECOND
from excolor.judging.thresholds import ALIKE, ANCHORED, SPARED, UNREBUILT, share_of_red
from excolor.measures import (
    alignment_of_red,
    collateral_of_similarity,
    falls_with_hue_distance,
    red_collateral,
    similarity_fit,
)
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, undecided

EXPERIMENT = EX_2_10_SECOND

SEEDS = 96

SECOND = "Ex 2.10, second version"


@primary(
    "test_typical_color_is_spared",
    "test_red_alone_is_deleted_in_most_seeds",
    "test_red_and_its_neighbors_fare_as_in_2_9",
)
@fails_under("first-unregularized")
class TestRepellingEverythingIsEnough(RedAloneIsDeleted, OthersAreSpared, DeletionControls, CollateralControl):
    """Repelling all latents weakly from red's dimension is enough to delete red alone, as in 2.9, with no other label.

    Published verdict, from one seed: confirmed, hardly any color but red is damaged; yet no color has an error above
    0.073, about a third of what red had before. 2.9 differs in more than the label: in its colors, steps and terms.
    What is published of R^2 is the mean of 60 seeds of 2.10.1.
    """

    @published(0.00027, source=SECOND)
    @undecided("nearly twice")
    def test_intact_worst_color(self, intact, figure):
        """Before deletion even the worst color is reconstructed."""
        # Twice what is published, for the scatter of seeds.
        assert median(worst_error(intact)) < 2 * figure

    @published(2.2e-5, source=SECOND)
    def test_intact_typical_color(self, intact, figure):
        """Before deletion the typical color is reconstructed."""
        # Twice what is published, for the scatter of seeds.
        assert median(typical_error(intact)) < 2 * figure

    def test_red_is_anchored(self, intact):
        """In nearly all seeds red lies at the anchor."""
        assert fraction(alignment_of_red(intact) > ANCHORED) > NEARLY_ALL

    @published(0.073, source=SECOND)  # the worst color's, which red's cannot exceed
    def test_red_cannot_be_rebuilt(self, deleted):
        """After deletion red is reconstructed no better than by the best constant gray."""
        assert median(error_of(deleted, "red")) > UNREBUILT

    @published(6e-5, source=SECOND)
    def test_typical_color_is_spared(self, deleted):
        """After deletion the typical color is spared."""
        assert median(typical_error(deleted)) < SPARED

    @published(6e-5, source=SECOND)
    @undecided("it is about that")
    def test_typical_color_is_hardly_damaged(self, deleted, figure):
        """After deletion the typical error is less than twice what was published."""
        # Twice, for the scatter of seeds.
        assert median(typical_error(deleted)) < 2 * figure

    def test_typical_color_in_rgb_is_spared(self, deleted):
        """After deletion the typical color of an RGB grid is spared."""
        assert median(typical_error_in_rgb(deleted)) < SPARED

    def test_red_and_its_neighbors_fare_as_in_2_9(self, deleted, deleted_2_9):
        """After deletion the mean error of red and its neighbors is that of 2.9, within a factor of two."""
        here, there = (error_of(models, "red", *NEIGHBORS_OF_RED) for models in (deleted, deleted_2_9))
        assert ratio(here, there).between(1 / ALIKE, ALIKE)

    @neighbors
    def test_neighbor_is_damaged_less(self, deleted, color):
        """The error of a neighbor of red is at most that of red times its similarity to red, cubed."""
        assert ratio(error_of(deleted, color), error_of(deleted, "red")) < share_of_red(color)

    def test_error_falls_with_hue_distance(self, deleted):
        """In most seeds the error after deletion falls with every 30 degrees from red, until 90."""
        # A random order of the four would do so in 1 seed of 24.
        assert fraction(falls_with_hue_distance(deleted)) > 1 / 2

    @published(0.8503, source="Ex 2.10.1, scores of the 60 seeds")
    @disconfirmed("less: the error of red's neighbors is lower than their similarity, which R^2 counts against it")
    def test_error_goes_with_similarity(self, deleted, figure):
        """R^2 of deletion with similarity cubed is that published of 2.10.1, or less by a margin at most."""
        assert median(similarity_fit(deleted, 3)) > figure - R_SQUARED_MARGIN

    def test_collateral_damage(self, deleted):
        """Collateral damage of deletion is at most twice that of an error of similarity cubed."""
        assert median(red_collateral(deleted)) < ALIKE * collateral_of_similarity(3)

    @control
    def test_red_and_its_neighbors_without_another_dimension_fare_otherwise(self, intact, deleted_2_9):
        """Deleting dimension 1 gives red and its neighbors less than half of their mean error after deletion in 2.9."""
        without_another = error_of(ablate(intact, 1), "red", *NEIGHBORS_OF_RED)
        assert ratio(without_another, error_of(deleted_2_9, "red", *NEIGHBORS_OF_RED)) < 1 / ALIKE
