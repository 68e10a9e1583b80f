"""2.9 to 2.10 Which of two changes disturbs other colors."""

import pytest
from cases import each
from deletion_controls import DeletionControls
from deletion_predictions import RedAloneIsDeleted, RedIsDeleted, typical_error_in_rgb

from excolor import ablate, error_of, median, ratio, typical_error
from excolor.colors import DARK_SHADES, FAR_FROM_RED, GRAYS
from excolor.experiments import EX_2_9, EX_2_10
from excolor.experiments.single_changes import EX_2_9_WEIGHTED_AS_2_10, TAKEN_FROM_2_9
from excolor.judging.thresholds import ALIKE, EMPTY, SPARED
from excolor.measures import most_opposed
from excolor.verdicts import control, disconfirmed, fails_under, primary, undecided

SEEDS = 384
"""Whether typical errors are alike is a close call, with the subspace term and without."""

EXPERIMENT = TAKEN_FROM_2_9["term"]

CONDITIONS = (EXPERIMENT, EX_2_9, EX_2_9_WEIGHTED_AS_2_10, EX_2_10)

MEASURES = {
    "typical color": typical_error,
    "typical color of an RGB grid": typical_error_in_rgb,
    "red": lambda ensemble: error_of(ensemble, "red"),
    "far colors": lambda ensemble: error_of(ensemble, *FAR_FROM_RED),
    "grays": lambda ensemble: error_of(ensemble, *GRAYS),
    "dark shades": lambda ensemble: error_of(ensemble, *DARK_SHADES),
}
"""Of groups the mean error."""

GROUPS = ("far colors", "grays", "dark shades")
BESIDES = ("typical color of an RGB grid", "red", *GROUPS)
"""What is measured beside the typical color."""


@pytest.fixture(scope="module")
def deleted_2_10(trained, seeds):
    return ablate(trained(EX_2_10, seeds), 0)


@pytest.fixture(scope="module")
def deleted_reweighted(trained, seeds):
    """2.9 with the weights of 2.10, which is 2.10 with the subspace term."""
    return ablate(trained(EX_2_9_WEIGHTED_AS_2_10, seeds), 0)


class FaresOtherwise:
    """The negative controls of claims that errors are alike."""

    @control
    def test_red_of_unregularized_model(self, unregularized, deleted_2_9):
        """After deletion an unregularized model has less than half of the error of red of 2.9."""
        regularized = error_of(deleted_2_9, "red")[: len(unregularized.seeds)]
        assert ratio(error_of(ablate(unregularized, 0), "red"), regularized) < 1 / ALIKE

    @control
    @each("what", ("typical color", "typical color of an RGB grid", *GROUPS))
    def test_others_of_unregularized_model(self, unregularized, deleted_2_9, what):
        """After deletion an unregularized model has more than twice the error of 2.9."""
        regularized = MEASURES[what](deleted_2_9)[: len(unregularized.seeds)]
        assert ratio(MEASURES[what](ablate(unregularized, 0)), regularized) > ALIKE


@primary(
    "test_typical_color_is_spared",
    "test_red_alone_is_deleted_in_most_seeds",
    "test_typical_color_fares_as_in_2_9",
)
@fails_under("unregularized")
class TestSubspaceTermCanBeDropped(RedAloneIsDeleted, RedIsDeleted, DeletionControls, FaresOtherwise):
    """H1: the subspace term of 2.9 can be dropped: nothing else being changed, red alone is deleted as in 2.9.

    Published verdict, from one seed, of 2.10, which changes two weights with it: partially confirmed; red is gone, but
    dark green, cyan and blue are disturbed.
    """

    def test_opposite_side_is_empty(self, intact):
        """No color lies on the side opposite red."""
        assert median(most_opposed(intact)) > EMPTY

    def test_typical_color_is_spared(self, deleted):
        """After deletion the typical color is spared."""
        assert median(typical_error(deleted)) < SPARED

    def test_typical_color_in_rgb_is_spared(self, deleted):
        """After deletion the typical color of an RGB grid is spared."""
        assert median(typical_error_in_rgb(deleted)) < SPARED

    @each("what", GROUPS)
    def test_group_is_spared(self, deleted, what):
        """After deletion a group of colors unlike red is spared, on average."""
        assert median(MEASURES[what](deleted)) < SPARED

    # The one figure that was known beforehand, from a look at this condition: 3.9 [2.3, 5.6].
    @disconfirmed("threefold")
    def test_typical_color_fares_as_in_2_9(self, deleted, deleted_2_9):
        """Without the subspace term the typical error is that of 2.9, within a factor of two."""
        assert ratio(typical_error(deleted), typical_error(deleted_2_9)).between(1 / ALIKE, ALIKE)

    @each(
        "what",
        BESIDES,
        but={
            "grays": disconfirmed("nearly fourfold"),
            "dark shades": undecided("about twice, by very different factors"),
        },
    )
    def test_fares_as_in_2_9(self, deleted, deleted_2_9, what):
        """Without the subspace term the error is that of 2.9, within a factor of two."""
        assert ratio(MEASURES[what](deleted), MEASURES[what](deleted_2_9)).between(1 / ALIKE, ALIKE)

    @each(
        "what",
        MEASURES,
        but={
            "typical color": disconfirmed("threefold"),
            "grays": disconfirmed("more than fivefold"),
            "dark shades": disconfirmed("threefold and more"),
        },
    )
    def test_fares_as_with_the_term_in_2_10(self, deleted_2_10, deleted_reweighted, what):
        """The error of 2.10 is that of 2.10 with the subspace term, within a factor of two."""
        assert ratio(MEASURES[what](deleted_2_10), MEASURES[what](deleted_reweighted)).between(1 / ALIKE, ALIKE)


@primary("test_typical_color_fares_as_in_2_9", "test_typical_color_fares_as_with_the_weights_of_2_9")
@fails_under("second-unregularized")
class TestWeightsMakeNoDifference(FaresOtherwise):
    """H2: the weights of the anchor and of separation, which 2.10 changes along with the term, make no difference.

    Published verdict, from one seed: taken for granted, in that 2.10 is compared with 2.9.
    """

    def test_typical_color_fares_as_in_2_9(self, deleted_reweighted, deleted_2_9):
        """With 2.10's weights and the subspace term the typical error is that of 2.9, within a factor of two."""
        assert ratio(typical_error(deleted_reweighted), typical_error(deleted_2_9)).between(1 / ALIKE, ALIKE)

    def test_typical_color_fares_as_with_the_weights_of_2_9(self, deleted_2_10, deleted):
        """Without the subspace term 2.10's weights give the typical error of 2.9's, within a factor of two."""
        assert ratio(typical_error(deleted_2_10), typical_error(deleted)).between(1 / ALIKE, ALIKE)

    @each("what", BESIDES)
    def test_fares_as_in_2_9(self, deleted_reweighted, deleted_2_9, what):
        """With 2.10's weights and the subspace term the error is that of 2.9, within a factor of two."""
        assert ratio(MEASURES[what](deleted_reweighted), MEASURES[what](deleted_2_9)).between(1 / ALIKE, ALIKE)

    @each("what", BESIDES, but={"dark shades": undecided("nearly twice, by very different factors")})
    def test_fares_as_with_the_weights_of_2_9(self, deleted_2_10, deleted, what):
        """Without the subspace term the error with 2.10's weights is that with 2.9's, within a factor of two."""
        assert ratio(MEASURES[what](deleted_2_10), MEASURES[what](deleted)).between(1 / ALIKE, ALIKE)
