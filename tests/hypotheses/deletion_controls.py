"""The positive controls of claims that deleting dimension 0 deletes only red: what would show if it were not so."""

import xarray as xr
from cases import unlike_red
from restatements import restated_with_its_claim

from excolor import ablate, answering, error_of, fraction, median, named_color, typical_error
from excolor.judging.thresholds import ALIKE, EMPTY, SPARED, UNREBUILT
from excolor.measures import falls_with_hue_distance, most_opposed
from excolor.verdicts import control, restated


class DeletionControls:
    """To be mixed into a hypothesis."""

    @control
    def test_intact_model_rebuilds_red(self, intact):
        """Before deletion red is rebuilt."""
        assert median(error_of(intact, "red")) < SPARED

    @control
    def test_other_dimensions_do_damage(self, few):
        """Deleting any other dimension, even the least, damages the typical color."""
        others = [typical_error(ablate(few, dim)) for dim in range(1, few.bottleneck)]
        assert median(xr.concat(others, "dim").min("dim")) > SPARED

    @control
    def test_red_is_rebuilt_without_other_dimensions(self, few):
        """Deleting any other dimension, even the most, leaves red to be rebuilt."""
        others = [error_of(ablate(few, dim), "red") for dim in range(1, few.bottleneck)]
        assert median(xr.concat(others, "dim").max("dim")) < UNREBUILT

    @control
    @unlike_red
    def test_unregularized_model_is_damaged(self, unregularized, group):
        """The same deletion damages the median color of a group, in a model without any regularizer."""
        # Not color by color: which ones a deletion hits is chance where no regularizer has arranged them.
        errors = [error_of(ablate(unregularized, 0), color) for color in group]
        assert median(xr.concat(errors, "color").median("color")) > SPARED

    @control
    def test_unregularized_model_rebuilds_red(self, unregularized):
        """The same deletion leaves red to be rebuilt, in a model without any regularizer."""
        assert median(error_of(ablate(unregularized, 0), "red")) < UNREBUILT

    @control
    @restated(was="< EMPTY", why=restated_with_its_claim)
    def test_unregularized_model_fills_the_opposite_side(self, unregularized):
        """Without regularizers, colors do lie on the opposite side, by more than twice the margin."""
        assert median(most_opposed(unregularized)) < ALIKE * EMPTY

    @control
    def test_unregularized_model_errs_in_another_order(self, unregularized):
        """The same deletion has no error that falls with every 30 degrees, in a model without any regularizer."""
        assert fraction(falls_with_hue_distance(ablate(unregularized, 0))) < 1 / 2

    @control
    def test_gray_answer_rebuilds_no_red(self, few):
        """A model that answers mid-gray rebuilds no red."""
        assert median(error_of(answering(few, named_color("gray")), "red")) > UNREBUILT

    @control
    def test_gray_answer_spares_nothing(self, few):
        """A model that answers mid-gray does not spare the typical color."""
        assert median(typical_error(answering(few, named_color("gray")))) > SPARED
