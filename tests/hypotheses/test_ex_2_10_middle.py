"""2.10, middle version: delete only red, anchored against two repulsions throughout."""

import pytest
from cases import each, neighbors
from deletion_controls import DeletionControls
from deletion_predictions import OthersAreSpared, RedAloneIsDeleted, typical_error_in_rgb
from rerun_scores import NEARLY_ALL

from excolor import ablate, error_of, fraction, median, ratio, typical_error, worst_error
from excolor.colors import GRAYS, NEIGHBORS_OF_RED
from excolor.experiments import EX_2_10_MIDDLE, EX_2_10_SECOND
from excolor.judging.thresholds import ALIKE, ANCHORED, SPARED, share_of_red
from excolor.measures import alignment_of_red, at_least_half_a_step, falls_with_hue_distance
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, undecided

EXPERIMENT = EX_2_10_MIDDLE

CONDITIONS = (EX_2_10_MIDDLE, EX_2_10_SECOND)

SEEDS = 64

MIDDLE = "Ex 2.10"
BOTH = "Ex 2.10, its middle and its second version"


@pytest.fixture(scope="module")
def second(trained, seeds):
    return trained(EX_2_10_SECOND, seeds)


@pytest.fixture(scope="module")
def deleted_second(second):
    """The second version without dimension 0."""
    return ablate(second, 0)


def warm_colors_are_spared(deleted):
    """Whether orange and yellow, the other warm colors that have a name, are both spared, over `seed`."""
    return (error_of(deleted, "orange") < SPARED) & (error_of(deleted, "yellow") < SPARED)


@primary("test_red_suffers_little", "test_warm_colors_are_spared_in_most_seeds", "test_typical_color_is_spared")
@fails_under("unregularized")
class TestOnlyRedSuffersAndLittle(RedAloneIsDeleted, OthersAreSpared, DeletionControls):
    """With the anchor in conflict with two repulsions throughout, deletion damages red little and nothing else.

    Published verdict, from one seed: too sharp, no color has an error above 0.048, and other warm colors are untouched.
    The author went on to the second version for that.
    """

    @published(0.00027, source=MIDDLE)
    def test_intact_worst_color(self, intact, figure):
        """Before deletion even the worst color is reconstructed."""
        # Twice what is published, for the scatter of seeds.
        assert median(worst_error(intact)) < 2 * figure

    @published(1.3e-5, source=MIDDLE)
    def test_intact_typical_color(self, intact, figure):
        """Before deletion the typical color is reconstructed."""
        # Twice what is published, for the scatter of seeds.
        assert median(typical_error(intact)) < 2 * figure

    @undecided("in nine of ten seeds")
    def test_red_is_anchored(self, intact):
        """In nearly all seeds red lies at the anchor, in spite of the repulsions."""
        assert fraction(alignment_of_red(intact) > ANCHORED) > NEARLY_ALL

    @published(0.048, source=MIDDLE)
    @disconfirmed("a quarter in the median seed: the published one is one of few")
    def test_red_suffers_little(self, deleted, figure):
        """After deletion even the worst color has less than twice the error that was published."""
        # Twice, for the scatter of seeds; red's error cannot exceed the worst.
        assert median(worst_error(deleted)) < 2 * figure

    @disconfirmed("in none: orange is damaged in each")
    def test_warm_colors_are_spared_in_most_seeds(self, deleted):
        """In most seeds deletion spares orange and yellow."""
        assert fraction(warm_colors_are_spared(deleted)) > 1 / 2

    @published(3.8e-5, source=MIDDLE)
    def test_typical_color_is_spared(self, deleted):
        """After deletion the typical color is spared."""
        assert median(typical_error(deleted)) < SPARED

    @published(3.8e-5, source=MIDDLE)
    def test_typical_color_is_hardly_damaged(self, deleted, figure):
        """After deletion the typical error is less than twice what was published."""
        # Twice, for the scatter of seeds.
        assert median(typical_error(deleted)) < 2 * figure

    def test_typical_color_in_rgb_is_spared(self, deleted):
        """After deletion the typical color of an RGB grid is spared."""
        assert median(typical_error_in_rgb(deleted)) < SPARED

    @each("color", GRAYS, but={"black": undecided("spared in half of the seeds")})
    def test_gray_is_spared(self, deleted, color):
        """After deletion a gray is spared."""
        assert median(error_of(deleted, color)) < SPARED

    @neighbors
    def test_neighbor_is_damaged_less(self, deleted, color):
        """The error of a neighbor of red is at most that of red times its similarity to red, cubed."""
        assert ratio(error_of(deleted, color), error_of(deleted, "red")) < share_of_red(color)

    def test_error_falls_with_hue_distance(self, deleted):
        """In most seeds the error after deletion falls with every 30 degrees from red, until 90."""
        # A random order of the four would do so in 1 seed of 24.
        assert fraction(falls_with_hue_distance(deleted)) > 1 / 2

    @control
    def test_without_another_dimension_warm_colors_are_damaged(self, intact):
        """Deleting dimension 1 spares orange and yellow in fewer than half of the seeds."""
        assert fraction(warm_colors_are_spared(ablate(intact, 1))) < 1 / 2


@primary("test_worst_color_suffers_more", "test_neighbors_suffer_more")
@fails_under("one-condition")
class TestClearingFirstDeletesMore:
    """Red and its neighbors suffer more if red's dimension is cleared first and red is drawn into it then.

    Published verdict, from one seed of each: confirmed, the highest error is 0.073 in the second version, where it was
    0.048. The second version has no repulsion from red's opposite besides, and a weaker separation.
    """

    @published(0.073 / 0.048, source=BOTH)
    def test_worst_color_suffers_more(self, deleted, deleted_second):
        """After deletion the worst color has a higher error in the second version."""
        assert ratio(worst_error(deleted_second), worst_error(deleted)) > 1

    def test_red_suffers_more(self, deleted, deleted_second):
        """After deletion red has a higher error in the second version."""
        assert ratio(error_of(deleted_second, "red"), error_of(deleted, "red")) > 1

    def test_neighbors_suffer_more(self, deleted, deleted_second):
        """After deletion the mean error of red's four neighbors is higher in the second version."""
        after = (error_of(each, *NEIGHBORS_OF_RED) for each in (deleted_second, deleted))
        assert ratio(*after) > 1

    @published(6e-5 / 3.8e-5, source=BOTH)
    @undecided("about twice")
    def test_typical_color_suffers_no_more(self, deleted, deleted_second):
        """After deletion the typical error of the second version is less than twice that of the middle one."""
        assert ratio(typical_error(deleted_second), typical_error(deleted)) < ALIKE

    @published(2.2e-5 / 1.3e-5, source=BOTH)
    def test_colors_are_rebuilt_as_well(self, intact, second):
        """Before deletion the typical error of the second version is less than twice that of the middle one."""
        assert ratio(typical_error(second), typical_error(intact)) < ALIKE

    @control
    def test_without_another_dimension_red_suffers_less(self, deleted, second):
        """Deleting dimension 1 of the second version gives red a lower error than deletion in the middle one."""
        without_another = at_least_half_a_step(error_of(ablate(second, 1), "red"))
        assert ratio(without_another, at_least_half_a_step(error_of(deleted, "red"))) < 1
