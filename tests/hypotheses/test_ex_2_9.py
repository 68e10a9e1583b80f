"""2.9 Delete only red, from five dimensions, with desaturated colors kept out of the way."""

from cases import dark_shades, neighbors
from deletion_controls import DeletionControls
from deletion_predictions import OthersAreSpared, RedAloneIsDeleted, RedIsDeleted
from restatements import restated_rebuilt, restated_share_of_red

from excolor import error_of, median, ratio, typical_error, worst_error
from excolor.experiments import EX_2_9
from excolor.judging.thresholds import EMPTY, REBUILT, SPARED, share_of_red
from excolor.measures import most_opposed
from excolor.verdicts import disconfirmed, published

SEEDS = 96
"""With 32, one verdict in ten moved to undecided or from it on other seeds."""

EXPERIMENT = EX_2_9


class TestRedAloneIsDeleted(RedAloneIsDeleted, RedIsDeleted, OthersAreSpared, DeletionControls):
    """With one more latent dimension and one more layer on each side, red alone can be deleted.

    Published verdict, from one seed: confirmed, though the error is highest at an orange red. Ours is partially
    confirmed: red's neighbors are damaged more than their similarity to red, cubed, allows; all else that we ask holds.
    """

    @published(0.00019, source="Ex 2.9")
    def test_intact_worst_color(self, intact, figure):
        """Before deletion even the worst color is reconstructed."""
        # Twice what is published, for the scatter of seeds.
        assert median(worst_error(intact)) < 2 * figure

    @published(8.1e-6, source="Ex 2.9")
    @restated_rebuilt
    def test_intact_typical_color(self, intact):
        """Before deletion the typical color is reconstructed."""
        assert median(typical_error(intact)) < REBUILT

    def test_opposite_side_is_empty(self, intact):
        """No color lies on the side opposite red."""
        assert median(most_opposed(intact)) > EMPTY

    @published(0.00014, source="Ex 2.9")
    def test_typical_color_is_spared(self, deleted):
        """After deletion the typical color is spared."""
        assert median(typical_error(deleted)) < SPARED

    @dark_shades
    def test_dark_shade_is_spared(self, deleted, color):
        """After deletion a dark shade far from red is spared."""
        assert median(error_of(deleted, color)) < SPARED

    @disconfirmed("damaged more")
    @neighbors
    @restated_share_of_red
    def test_neighbor_is_damaged_less(self, deleted, color):
        """The error of a neighbor of red is at most that of red times its similarity to red, cubed."""
        assert ratio(error_of(deleted, color), error_of(deleted, "red")) < share_of_red(color)
