"""The positive controls of claims that suppressing red hits red in proportion: what would show if it were not so."""

import pytest
import xarray as xr
from rerun_scores import FIT_OF_A_LOST_CHANNEL

from excolor import answering, error_of, median, named_color
from excolor.colors import FAR_FROM_RED, GRAYS
from excolor.edits import other_directions, suppressed
from excolor.judging.thresholds import ALIKE, SPARED, UNREBUILT
from excolor.measures import collateral_of_similarity, red_collateral, similarity_fit
from excolor.verdicts import control, restated


class SuppressionControls:
    """To be mixed into a hypothesis."""

    @control
    def test_intact_model_rebuilds_red(self, intact):
        """Without an intervention red is rebuilt."""
        assert median(error_of(intact, "red")) < SPARED

    @control
    @pytest.mark.parametrize("group", [FAR_FROM_RED, GRAYS], ids=["far colors", "grays"])
    def test_other_directions_damage_bystanders(self, intact, group):
        """Suppressing the worst of the other directions damages a group of colors unlike red."""
        errors = [error_of(suppressed(intact, direction), *group) for direction in other_directions(intact)]
        assert median(xr.concat(errors, "direction").max("direction")) > SPARED

    @control
    def test_other_directions_leave_red(self, intact):
        """Suppressing the worst of the other directions leaves red to be rebuilt."""
        errors = [error_of(suppressed(intact, direction), "red") for direction in other_directions(intact)]
        assert median(xr.concat(errors, "direction").max("direction")) < UNREBUILT

    @control
    def test_other_directions_fit_worse(self, intact):
        """Suppressing the best of the other directions fits similarity no better than loss of the red channel does."""
        fits = [similarity_fit(suppressed(intact, direction), 2) for direction in other_directions(intact)]
        assert median(xr.concat(fits, "direction").max("direction")) < FIT_OF_A_LOST_CHANNEL

    @control
    def test_gray_answer_fits_worse(self, intact):
        """A model that answers mid-gray fits similarity no better than loss of the red channel does."""
        assert median(similarity_fit(answering(intact, named_color("gray")), 2)) < FIT_OF_A_LOST_CHANNEL

    @control
    @restated(was="of deletion of the dimension", why="that has just short of twice as much")
    def test_gray_answer_has_collateral_damage(self, intact):
        """A model that answers mid-gray has more collateral damage than is claimed of suppression."""
        assert median(red_collateral(answering(intact, named_color("gray")))) > ALIKE * collateral_of_similarity(2)
