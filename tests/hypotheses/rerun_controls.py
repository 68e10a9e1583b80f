"""The controls of what the re-runs claim, negative but for the intact model's; to be mixed into a hypothesis."""

import pytest
import xarray as xr
from rerun_scores import FIT_OF_A_LOST_CHANNEL

from excolor import ablate, answering, error_of, fraction, median, named_color
from excolor.colors import FAR_FROM_RED, GRAYS
from excolor.edits import other_directions, suppressed
from excolor.judging.thresholds import ALIKE, ANCHORED, EMPTY, SPARED, UNREBUILT
from excolor.measures import alignment_of_red, collateral_of_similarity, most_opposed, red_collateral, similarity_fit
from excolor.verdicts import control, restated


class SuppressionControls:
    """Of claims that suppressing red damages colors in proportion to their similarity to it."""

    @control
    def test_intact_model_rebuilds_red(self, intact):
        """Without an intervention red is reconstructed."""
        assert median(error_of(intact, "red")) < SPARED

    @control
    @pytest.mark.parametrize("group", [FAR_FROM_RED, GRAYS], ids=["far colors", "grays"])
    def test_other_directions_damage_bystanders(self, intact, group):
        """Suppressing the worst of the other directions damages a group of colors unlike red."""
        errors = [error_of(suppressed(intact, direction), *group) for direction in other_directions(intact)]
        assert median(xr.concat(errors, "direction").max("direction")) > SPARED

    @control
    def test_other_directions_leave_red(self, intact):
        """Suppressing the worst other direction leaves red reconstructed better than by the best constant gray."""
        errors = [error_of(suppressed(intact, direction), "red") for direction in other_directions(intact)]
        assert median(xr.concat(errors, "direction").max("direction")) < UNREBUILT

    @control
    def test_other_directions_fit_worse(self, intact):
        """Suppressing the best of the other directions has an R^2 with similarity below that of a lost red channel."""
        fits = [similarity_fit(suppressed(intact, direction), 2) for direction in other_directions(intact)]
        assert median(xr.concat(fits, "direction").max("direction")) < FIT_OF_A_LOST_CHANNEL

    @control
    def test_gray_answer_fits_worse(self, intact):
        """A constant mid-gray model has an R^2 with similarity below that of a lost red channel."""
        assert median(similarity_fit(answering(intact, named_color("gray")), 2)) < FIT_OF_A_LOST_CHANNEL

    @control
    @restated(was="of deletion of the dimension", why="how much that damages is a hypothesis of its own, no control")
    def test_gray_answer_has_collateral_damage(self, intact):
        """A constant mid-gray model has more collateral damage than is claimed of suppression."""
        assert median(red_collateral(answering(intact, named_color("gray")))) > ALIKE * collateral_of_similarity(2)


class CollateralControl:
    """Of claims that deletion has no more collateral damage than an error of similarity cubed."""

    @control
    def test_gray_answer_has_collateral_damage(self, intact):
        """A constant mid-gray model has more collateral damage than is claimed of deletion."""
        assert median(red_collateral(answering(intact, named_color("gray")))) > ALIKE * collateral_of_similarity(3)


class ScoreControls(CollateralControl):
    """Of claims besides, that after deletion the error goes with similarity."""

    @control
    def test_other_dimensions_fit_worse(self, intact):
        """Deleting dimension 1 has an R^2 with similarity below that of a lost red channel."""
        assert median(similarity_fit(ablate(intact, 1), 2)) < FIT_OF_A_LOST_CHANNEL


class AnchorControl:
    """Of claims that red lies at its anchor in most seeds."""

    @control
    def test_unregularized_red_is_elsewhere(self, unregularized):
        """Unregularized models have red at the anchor in fewer than half of the seeds."""
        assert fraction(alignment_of_red(unregularized) > ANCHORED) < 1 / 2


class OppositeSideControl:
    """Of claims that the opposite side is empty in most seeds."""

    @control
    def test_unregularized_opposite_side_is_filled(self, unregularized):
        """Unregularized models have an empty opposite side in fewer than half of the seeds."""
        assert fraction(most_opposed(unregularized) > EMPTY) < 1 / 2
