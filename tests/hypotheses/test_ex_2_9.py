"""2.9 Delete only red, from five dimensions, with desaturated colors kept out of the way."""

from cases import dark_shades, far_colors, grays, neighbors
from deletion_controls import DeletionControls
from restatements import restated_rebuilt, restated_share_of_red

from excolor import error_of, fraction, median, ratio, typical_error, worst_error
from excolor.experiments import EX_2_9
from excolor.judging.thresholds import ANCHORED, EMPTY, REBUILT, SPARED, UNREBUILT, share_of_red
from excolor.measures import alignment_of_red, falls_with_hue_distance, most_opposed
from excolor.verdicts import disconfirmed, published

SEEDS = 96
"""With 32, one verdict in ten moved to undecided or from it on other seeds."""

EXPERIMENT = EX_2_9


class TestRedAloneIsDeleted(DeletionControls):
    """With one more latent dimension and one more layer on each side, red alone can be deleted.

    Published verdict, from one seed: confirmed, though the error is highest at an orange red. Ours is partially
    confirmed: red's neighbors suffer more than their similarity to red, cubed, allows; all else that we ask holds.
    """

    @published(0.00019, source="Ex 2.9")
    def test_intact_worst_color(self, intact, figure):
        """The intact model reconstructs even its worst color."""
        # Twice what is published, for the scatter of seeds.
        assert median(worst_error(intact)) < 2 * figure

    @published(8.1e-6, source="Ex 2.9")
    @restated_rebuilt
    def test_intact_typical_color(self, intact):
        """The intact model reconstructs the typical color."""
        assert median(typical_error(intact)) < REBUILT

    def test_red_is_anchored(self, intact):
        """Red lies at the anchor."""
        assert median(alignment_of_red(intact)) > ANCHORED

    def test_opposite_side_is_empty(self, intact):
        """No color lies opposite to red."""
        assert median(most_opposed(intact)) > EMPTY

    def test_red_cannot_be_rebuilt(self, deleted):
        """Red is rebuilt no better than by the best gray answer."""
        assert median(error_of(deleted, "red")) > UNREBUILT

    @published(0.00014, source="Ex 2.9")
    def test_typical_color_is_spared(self, deleted):
        """The typical color is spared."""
        assert median(typical_error(deleted)) < SPARED

    @far_colors
    def test_far_color_is_spared(self, deleted, color):
        """A vibrant color far from red is spared."""
        assert median(error_of(deleted, color)) < SPARED

    @grays
    def test_gray_is_spared(self, deleted, color):
        """A gray is spared."""
        assert median(error_of(deleted, color)) < SPARED

    @dark_shades
    def test_dark_shade_is_spared(self, deleted, color):
        """A dark shade far from red is spared."""
        assert median(error_of(deleted, color)) < SPARED

    @disconfirmed("damaged more")
    @neighbors
    @restated_share_of_red
    def test_neighbor_is_damaged_less(self, deleted, color):
        """A neighbor suffers at most its similarity to red, cubed, of what red does."""
        assert ratio(error_of(deleted, color), error_of(deleted, "red")) < share_of_red(color)

    def test_error_falls_with_hue_distance(self, deleted):
        """In most seeds the error falls with every 30 degrees from red, until 90."""
        # A random order of the four would do so in 1 seed of 24.
        assert fraction(falls_with_hue_distance(deleted)) > 1 / 2
