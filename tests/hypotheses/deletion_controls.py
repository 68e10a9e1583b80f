"""The controls of claims that deleting dimension 0 deletes only red.

Positive ones, of what must show before it can be deleted, and negative ones, of what must fail: the deletion of other
dimensions, unregularized models, and a constant model, which answers mid-gray to every color.
"""

import xarray as xr
from cases import unlike_red
from deletion_predictions import typical_error_in_rgb

from excolor import ablate, answering, error_of, fraction, median, named_color, typical_error
from excolor.judging.thresholds import EMPTY, SPARED, UNREBUILT
from excolor.measures import falls_with_hue_distance, most_opposed
from excolor.verdicts import control


class DeletionControls:
    """To be mixed into a hypothesis."""

    @control
    def test_intact_model_rebuilds_red(self, intact):
        """Before deletion red is reconstructed."""
        assert median(error_of(intact, "red")) < SPARED

    @control
    def test_other_dimensions_do_damage(self, few):
        """Deleting any other dimension damages the typical color."""
        others = [typical_error(ablate(few, dim)) for dim in range(1, few.bottleneck)]
        assert median(xr.concat(others, "dim").min("dim")) > SPARED

    @control
    def test_red_is_rebuilt_without_other_dimensions(self, few):
        """Deleting any other dimension leaves red reconstructed better than by the best constant gray."""
        others = [error_of(ablate(few, dim), "red") for dim in range(1, few.bottleneck)]
        assert median(xr.concat(others, "dim").max("dim")) < UNREBUILT

    @control
    @unlike_red
    def test_unregularized_model_is_damaged(self, unregularized, group):
        """Deletion in an unregularized model damages the typical color of a group."""
        # Not color by color: which ones a deletion hits is chance where no regularizer has arranged them.
        errors = [error_of(ablate(unregularized, 0), color) for color in group]
        assert median(xr.concat(errors, "color").median("color")) > SPARED

    @control
    def test_unregularized_model_rebuilds_red(self, unregularized):
        """After deletion an unregularized model reconstructs red better than the best constant gray."""
        assert median(error_of(ablate(unregularized, 0), "red")) < UNREBUILT

    @control
    def test_unregularized_model_fills_the_opposite_side(self, unregularized):
        """In an unregularized model colors lie on the opposite side."""
        assert median(most_opposed(unregularized)) < EMPTY

    @control
    def test_unregularized_model_errs_in_another_order(self, unregularized):
        """After deletion an unregularized model has no error that falls with every 30 degrees from red."""
        assert fraction(falls_with_hue_distance(ablate(unregularized, 0))) < 1 / 2

    @control
    def test_gray_answer_rebuilds_no_red(self, few):
        """A constant mid-gray model does not reconstruct red."""
        assert median(error_of(answering(few, named_color("gray")), "red")) > UNREBUILT

    @control
    def test_gray_answer_spares_nothing(self, few):
        """A constant mid-gray model does not spare the typical color."""
        assert median(typical_error(answering(few, named_color("gray")))) > SPARED

    @control
    def test_gray_answer_spares_nothing_in_rgb(self, few):
        """A constant mid-gray model does not spare the typical color of an RGB grid."""
        assert median(typical_error_in_rgb(answering(few, named_color("gray")))) > SPARED
