"""2.10 Delete only red, with fewer regularization terms."""

from cases import each, far_colors, neighbors, restated_share_of_red
from deletion_controls import DeletionControls
from deletion_predictions import RedAloneIsDeleted, RedIsDeleted, typical_error_in_rgb

from excolor import ablate, error_of, median, ratio, typical_error, worst_error
from excolor.colors import DARK_SHADES, GRAYS, NEIGHBORS_OF_RED
from excolor.experiments import EX_2_9, EX_2_10
from excolor.judging.thresholds import ALIKE, EMPTY, SPARED, share_of_red
from excolor.measures import most_opposed
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, undecided

SEEDS = 96
"""As many as 2.10 without unitarity needs, which trains some of these models too."""

EXPERIMENT = EX_2_10

CONDITIONS = (EX_2_10, EX_2_9)

IN_MOST = undecided("spared in most seeds, damaged in too many")


@primary(
    "test_typical_color_is_spared",
    "test_red_alone_is_deleted_in_most_seeds",
    "test_red_and_its_neighbors_fare_as_in_2_9",
)
@fails_under("first-unregularized")
class TestSubspaceTermIsNotNeeded(RedAloneIsDeleted, RedIsDeleted, DeletionControls):
    """H1: without the subspace term of 2.9, red can still be isolated in one dimension and deleted, with like curves.

    Published verdict, from one seed: partially confirmed; red is gone, but dark green, cyan and blue are disturbed. The
    comparison with 2.9 is the published one, which is no clean removal: the anchor's weight falls where it rises in
    2.9, and separation ends higher. The curves are of error over hue; away from red they are near 0.
    """

    @published(0.00023, source="Ex 2.10")
    def test_intact_worst_color(self, intact, figure):
        """Before deletion even the worst color is reconstructed."""
        # Twice what is published, for the scatter of seeds.
        assert median(worst_error(intact)) < 2 * figure

    @published(1.5e-5, source="Ex 2.10")
    def test_intact_typical_color(self, intact, figure):
        """Before deletion the typical color is reconstructed."""
        # Twice what is published, for the scatter of seeds.
        assert median(typical_error(intact)) < 2 * figure

    @undecided("in half of the seeds some color lies a little farther over than in 2.9")
    def test_opposite_side_is_empty(self, intact):
        """No color lies on the side opposite red."""
        assert median(most_opposed(intact)) > EMPTY

    @published(0.00043, source="Ex 2.10")
    def test_typical_color_is_spared(self, deleted):
        """After deletion the typical color is spared."""
        assert median(typical_error(deleted)) < SPARED

    def test_typical_color_in_rgb_is_spared(self, deleted):
        """After deletion the typical color of an RGB grid is spared."""
        assert median(typical_error_in_rgb(deleted)) < SPARED

    @far_colors
    def test_far_color_is_spared(self, deleted, color):
        """After deletion a vibrant color far from red is spared."""
        assert median(error_of(deleted, color)) < SPARED

    @each("color", GRAYS, but={"black": undecided("spared in most seeds, damaged in too many")})
    def test_gray_is_spared(self, deleted, color):
        """After deletion a gray is spared."""
        assert median(error_of(deleted, color)) < SPARED

    @each("color", DARK_SHADES, but=dict.fromkeys(("dark green", "dim blue", "dark blue"), IN_MOST))
    def test_dark_shade_is_spared(self, deleted, color):
        """After deletion a dark shade far from red is spared."""
        assert median(error_of(deleted, color)) < SPARED

    @disconfirmed("damaged more")
    @neighbors
    @restated_share_of_red
    def test_neighbor_is_damaged_less(self, deleted, color):
        """The error of a neighbor of red is at most that of red times its similarity to red, cubed."""
        assert ratio(error_of(deleted, color), error_of(deleted, "red")) < share_of_red(color)

    def test_red_and_its_neighbors_fare_as_in_2_9(self, deleted, deleted_2_9):
        """After deletion the mean error of red and its neighbors is that of 2.9, within a factor of two."""
        with_term, without = (error_of(models, "red", *NEIGHBORS_OF_RED) for models in (deleted_2_9, deleted))
        assert ratio(without, with_term).between(1 / ALIKE, ALIKE)

    @published(0.00043 / 0.00014, source="Ex 2.10 and 2.9")
    @undecided("higher, and whether by less than a factor of two is open")
    def test_typical_color_fares_as_in_2_9(self, deleted, deleted_2_9):
        """After deletion the typical error is that of 2.9, within a factor of two."""
        assert ratio(typical_error(deleted), typical_error(deleted_2_9)).between(1 / ALIKE, ALIKE)

    @each("color", ("red", *NEIGHBORS_OF_RED))
    def test_color_fares_as_in_2_9(self, deleted, deleted_2_9, color):
        """After deletion the error of a color is that of 2.9, within a factor of two."""
        assert ratio(error_of(deleted, color), error_of(deleted_2_9, color)).between(1 / ALIKE, ALIKE)

    @control
    def test_red_of_unregularized_model_fares_otherwise(self, unregularized, deleted_2_9):
        """After deletion an unregularized model has less than half of the error of red of 2.9."""
        regularized = error_of(deleted_2_9, "red")[: len(unregularized.seeds)]
        assert ratio(error_of(ablate(unregularized, 0), "red"), regularized) < 1 / ALIKE

    @control
    def test_red_and_its_neighbors_without_another_dimension_fare_otherwise(self, intact, deleted_2_9):
        """Deleting dimension 1 gives red and its neighbors less than half of their mean error after deletion in 2.9."""
        without_another = error_of(ablate(intact, 1), "red", *NEIGHBORS_OF_RED)
        assert ratio(without_another, error_of(deleted_2_9, "red", *NEIGHBORS_OF_RED)) < 1 / ALIKE

    @control
    def test_typical_color_of_unregularized_model_fares_otherwise(self, unregularized, deleted_2_9):
        """After deletion an unregularized model has more than twice the typical error of 2.9."""
        regularized = typical_error(deleted_2_9)[: len(unregularized.seeds)]
        assert ratio(typical_error(ablate(unregularized, 0)), regularized) > ALIKE
