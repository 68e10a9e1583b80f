"""2.10 Delete only red, without unitarity either."""

import pytest
from cases import dark_shades, each, far_colors, neighbors
from deletion_controls import DeletionControls
from deletion_predictions import deletes_red_alone, typical_error_in_rgb

from excolor import ablate, error_of, fraction, median, ratio, typical_error, worst_error
from excolor.colors import GRAYS
from excolor.experiments import EX_2_10
from excolor.judging.thresholds import ANCHORED, EMPTY, SPARED, UNREBUILT
from excolor.measures import alignment_of_red, most_opposed
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, undecided

SEEDS = 96

EXPERIMENT = EX_2_10.without("reg-unit")

CONDITIONS = (EXPERIMENT, EX_2_10)


@pytest.fixture(scope="module")
def deleted_with(trained, seeds):
    return ablate(trained(EX_2_10, seeds), 0)


@primary("test_isolation_fails_in_most_seeds", "test_typical_color_is_damaged", "test_typical_error_grows")
@fails_under("one-condition", but={"test_isolation_fails_in_most_seeds": "so it does with unitarity, in 2.10"})
class TestIsolationFailsWithoutUnitarity(DeletionControls):
    """H2: without the unitarity term as well, isolation fails and deleting red damages other colors.

    Published verdict, from one seed: disconfirmed, the typical error falls to a seventh. The author withdrew the first
    series of 2.10 later, for faulty behavior due to a fixed random seed. Few seeds fall as far.
    """

    def test_isolation_fails_in_most_seeds(self, deleted):
        """In fewer than half of the seeds deletion takes red and spares the typical color, every far color and gray."""
        assert fraction(deletes_red_alone(deleted)) < 1 / 2

    @undecided("hardly any difference")
    def test_isolation_fails_more_often(self, deleted, deleted_with):
        """Where deletion takes red alone only with or only without unitarity, it is with unitarity in most seeds."""
        alone, alone_with = deletes_red_alone(deleted), deletes_red_alone(deleted_with)
        assert fraction(alone_with[alone != alone_with]) > 1 / 2

    @published(6.1e-5 / 0.00043, source="Ex 2.10")
    @disconfirmed("it falls, by a quarter, where one published seed showed a factor of 7")
    def test_typical_error_grows(self, deleted, deleted_with):
        """After deletion the typical error is higher without unitarity."""
        assert ratio(typical_error(deleted), typical_error(deleted_with)) > 1

    @disconfirmed("it falls, by a quarter, as over the HSV cube")
    def test_typical_error_in_rgb_grows(self, deleted, deleted_with):
        """After deletion the typical error of the RGB cube is higher without unitarity."""
        assert ratio(typical_error_in_rgb(deleted), typical_error_in_rgb(deleted_with)) > 1

    @published(0.39 / 0.36, source="Ex 2.10")
    @undecided("hardly any difference")
    def test_worst_error_grows(self, deleted, deleted_with):
        """After deletion the worst error is higher without unitarity."""
        assert ratio(worst_error(deleted), worst_error(deleted_with)) > 1

    @neighbors
    def test_neighbor_suffers_more(self, deleted, deleted_with, color):
        """After deletion the error of a neighbor of red is higher without unitarity."""
        assert ratio(error_of(deleted, color), error_of(deleted_with, color)) > 1

    @disconfirmed("red stays at the anchor")
    def test_red_leaves_the_anchor(self, intact):
        """Red does not lie at the anchor."""
        assert median(alignment_of_red(intact)) < ANCHORED

    @disconfirmed("the opposite side is as empty as it should be")
    def test_opposite_side_fills(self, intact):
        """Some color lies on the side opposite red."""
        assert median(most_opposed(intact)) < EMPTY

    @disconfirmed("red cannot be reconstructed")
    def test_red_is_rebuilt(self, deleted):
        """After deletion red is reconstructed better than by the best constant gray."""
        assert median(error_of(deleted, "red")) < UNREBUILT

    @published(6.1e-5, source="Ex 2.10")
    @disconfirmed("the typical color is spared")
    def test_typical_color_is_damaged(self, deleted):
        """After deletion the typical color is damaged."""
        assert median(typical_error(deleted)) > SPARED

    @disconfirmed("spared")
    def test_typical_color_in_rgb_is_damaged(self, deleted):
        """After deletion the typical color of an RGB grid is damaged."""
        assert median(typical_error_in_rgb(deleted)) > SPARED

    @disconfirmed("spared")
    @far_colors
    def test_far_color_is_damaged(self, deleted, color):
        """After deletion a vibrant color far from red is damaged."""
        assert median(error_of(deleted, color)) > SPARED

    @each(
        "color",
        GRAYS,
        but={
            "black": disconfirmed("spared in most seeds"),
            "dark gray": disconfirmed("spared"),
            "gray": disconfirmed("spared"),
            "light gray": disconfirmed("spared"),
            "white": undecided("damaged in most seeds, spared in too many"),
        },
    )
    def test_gray_is_damaged(self, deleted, color):
        """After deletion a gray is damaged."""
        assert median(error_of(deleted, color)) > SPARED

    @disconfirmed("spared")
    @dark_shades
    def test_dark_shade_is_damaged(self, deleted, color):
        """After deletion a dark shade far from red is damaged."""
        assert median(error_of(deleted, color)) > SPARED

    @published(0.00031, source="Ex 2.10")
    @control
    def test_intact_worst_color(self, intact, figure):
        """Before deletion even the worst color is reconstructed."""
        # Twice what is published, for the scatter of seeds.
        assert median(worst_error(intact)) < 2 * figure

    @published(2.5e-5, source="Ex 2.10")
    @control
    def test_intact_typical_color(self, intact, figure):
        """Before deletion the typical color is reconstructed."""
        # Twice what is published, for the scatter of seeds.
        assert median(typical_error(intact)) < 2 * figure
