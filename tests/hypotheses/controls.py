"""The positive controls of claims that deleting dimension 0 deletes only red: what would show if it were not so."""

import pytest

from excolor import ablate, answering, error_of, median, named_color, typical_error
from excolor.colors import DARK_SHADES, FAR_FROM_RED, GRAYS
from excolor.evaluation import most_opposed
from excolor.thresholds import EMPTY, SPARED, UNREBUILT
from excolor.verdicts import control


class DeletionControls:
    """To be mixed into a hypothesis."""

    @control
    def test_intact_model_rebuilds_red(self, intact):
        """Before deletion red is rebuilt."""
        assert median(error_of(intact, "red")) < SPARED

    @control
    def test_other_dimensions_do_damage(self, intact):
        """Deleting any other dimension damages the typical color."""
        for dim in range(1, intact.bottleneck):
            assert median(typical_error(ablate(intact, dim))) > SPARED

    @control
    @pytest.mark.parametrize("group", [FAR_FROM_RED, GRAYS, DARK_SHADES], ids=["far colors", "grays", "dark shades"])
    def test_unregularized_model_is_damaged(self, unregularized, group):
        """The same deletion damages a model without any regularizer."""
        assert median(error_of(ablate(unregularized, 0), *group)) > SPARED

    @control
    def test_unregularized_model_fills_the_opposite_side(self, unregularized):
        """Without regularizers, colors do lie on the opposite side."""
        assert median(most_opposed(unregularized)) < EMPTY

    @control
    def test_gray_answer_rebuilds_no_red(self, intact):
        """A model that answers mid-gray rebuilds no red, and spares nothing."""
        blind = answering(intact, named_color("gray"))
        assert median(error_of(blind, "red")) > UNREBUILT
        assert median(typical_error(blind)) > SPARED
