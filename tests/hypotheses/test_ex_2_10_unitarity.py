"""2.10 Delete only red, without unitarity either."""

import pytest
from cases import dark_shades, far_colors
from deletion_controls import DeletionControls
from restatements import restated_rebuilt

from excolor import ablate, error_of, median, ratio, typical_error, worst_error
from excolor.experiments import EX_2_10
from excolor.judging.thresholds import ANCHORED, EMPTY, GROWN, REBUILT, SPARED, UNREBUILT
from excolor.measures import alignment_of_red, at_least_half_a_step, most_opposed
from excolor.verdicts import control, disconfirmed, published, restated

SEEDS = 96
"""As many as of 2.10. Over 32 the logarithm of the typical error's ratio has a standard error of about 0.22, and
verdicts moved with the seeds, as a look at seeds 0, 1000 and 2000 showed."""

EXPERIMENT = EX_2_10.without("reg-unit")

CONDITIONS = (EXPERIMENT, EX_2_10)


@pytest.fixture(scope="module")
def deleted_with(trained, seeds):
    return ablate(trained(EX_2_10, seeds), 0)


class TestIsolationFailsWithoutUnitarity(DeletionControls):
    """H2: without the unitarity term as well, isolation fails and deleting red damages other colors.

    Published verdict, from one seed: disconfirmed, the typical error falls to a seventh. The author withdrew the first
    series of 2.10 later, as resting on one seed's behavior. Ours is partially confirmed: red is isolated and the
    typical error falls, by a third, but red's neighbors and white are damaged more than with unitarity.
    """

    @published(6.1e-5 / 0.00043, source="Ex 2.10")
    @disconfirmed("it falls, by a third, where one published seed showed a factor of 7")
    @restated(was="> 1", why="no margin: which seeds were drawn decided")
    def test_typical_error_grows(self, deleted, deleted_with):
        """After deletion the typical error is more than a quarter higher without unitarity."""
        assert ratio(typical_error(deleted), typical_error(deleted_with)) > GROWN

    @published(0.39 / 0.36, source="Ex 2.10")
    @disconfirmed("hardly any difference")
    @restated(was="> 1", why="no margin: its ratio is near 0.95, and which seeds were drawn decided")
    def test_worst_error_grows(self, deleted, deleted_with):
        """After deletion the worst error is more than a quarter higher without unitarity."""
        assert ratio(worst_error(deleted), worst_error(deleted_with)) > GROWN

    @pytest.mark.parametrize("colors", [("orange", "pink"), ("yellow", "magenta")], ids=" and ".join)
    @restated(was="of each of the four", why="of orange alone undecided on some other seeds")
    def test_neighbors_suffer_more(self, deleted, deleted_with, colors):
        """After deletion the error of neighbors of red is higher without unitarity."""
        assert ratio(error_of(deleted, *colors), error_of(deleted_with, *colors)) > 1

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
    @far_colors
    def test_far_color_is_damaged(self, deleted, color):
        """After deletion a vibrant color far from red is damaged."""
        assert median(error_of(deleted, color)) > SPARED

    @disconfirmed("spared")
    @pytest.mark.parametrize("colors", [("black", "dark gray"), ("gray", "light gray")], ids=" and ".join)
    @restated(was="of each of the four", why="of black alone undecided on some other seeds")
    def test_grays_are_damaged(self, deleted, colors):
        """After deletion grays are damaged, on average."""
        assert median(error_of(deleted, *colors)) > SPARED

    @restated(was="that it is damaged, > SPARED", why="confirmed on some seeds and undecided on others")
    def test_white_suffers_more(self, deleted, deleted_with):
        """After deletion the error of white is higher without unitarity."""
        without, with_it = (at_least_half_a_step(error_of(each, "white")) for each in (deleted, deleted_with))
        assert ratio(without, with_it) > 1

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
    @restated_rebuilt
    def test_intact_typical_color(self, intact):
        """Before deletion the typical color is reconstructed."""
        assert median(typical_error(intact)) < REBUILT
