"""What 2.8 to 2.10 claim in the same words of a deletion of dimension 0: predictions to be mixed into a hypothesis."""

import xarray as xr
from cases import far_colors, grays

from excolor import ablate, error_of, fraction, median, reconstruction_error, typical_error
from excolor.colors import CHANNELS, FAR_FROM_RED, GRAYS, rgb_fine_cube
from excolor.judging.thresholds import ANCHORED, SPARED, UNREBUILT
from excolor.measures import alignment_of_red, falls_with_hue_distance
from excolor.verdicts import control, disconfirmed


def deletes_red_alone(deleted):
    """Whether a model has lost red and spares every far color, every gray and the typical color, over `seed`."""
    bystanders = [error_of(deleted, color) for color in (*FAR_FROM_RED, *GRAYS)]
    spared = (xr.concat([typical_error(deleted), *bystanders], "bystander") < SPARED).all("bystander")
    return (error_of(deleted, "red") > UNREBUILT) & spared


def typical_error_in_rgb(ensemble):
    """The error of the median color of an RGB grid, over `seed`: HSV grids have more of dark colors, and of grays."""
    return reconstruction_error(ensemble, rgb_fine_cube()).median(CHANNELS, skipna=False)


class RedAloneIsDeleted:
    """All at once, in one and the same model: medians of many models, each color's its own, do not tell that."""

    @disconfirmed("of all that is to be spared, most models damage something")
    def test_red_alone_is_deleted_in_most_seeds(self, deleted):
        """In most seeds a model has lost red and spares the typical color, every far color and every gray."""
        assert fraction(deletes_red_alone(deleted)) > 1 / 2

    @control
    def test_unregularized_models_do_not_lose_red_alone(self, unregularized):
        """Deletion in unregularized models deletes red alone in fewer than half of the seeds."""
        assert fraction(deletes_red_alone(ablate(unregularized, 0))) < 1 / 2


class RedIsDeleted:
    """Red lies where the deletion is, and is gone with it, its neighbors by how near to it they are."""

    def test_red_is_anchored(self, intact):
        """Red lies at the anchor."""
        assert median(alignment_of_red(intact)) > ANCHORED

    def test_red_cannot_be_rebuilt(self, deleted):
        """After deletion red is reconstructed no better than by the best constant gray."""
        assert median(error_of(deleted, "red")) > UNREBUILT

    def test_error_falls_with_hue_distance(self, deleted):
        """In most seeds the error after deletion falls with every 30 degrees from red, until 90."""
        # A random order of the four would do so in 1 seed of 24.
        assert fraction(falls_with_hue_distance(deleted)) > 1 / 2


class OthersAreSpared:
    """Vibrant colors far from red and grays are spared, each of them."""

    @far_colors
    def test_far_color_is_spared(self, deleted, color):
        """After deletion a vibrant color far from red is spared."""
        assert median(error_of(deleted, color)) < SPARED

    @grays
    def test_gray_is_spared(self, deleted, color):
        """After deletion a gray is spared."""
        assert median(error_of(deleted, color)) < SPARED
