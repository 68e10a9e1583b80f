"""2.9 to 2.10 Which of two changes disturbs other colors."""

import pytest
from cases import each
from deletion_controls import DeletionControls
from deletion_predictions import RedIsDeleted
from restatements import restated_opposite, restated_with_its_claim

from excolor import ablate, error_of, median, ratio, typical_error
from excolor.colors import DARK_SHADES, FAR_FROM_RED, GRAYS
from excolor.experiments import EX_2_9, EX_2_10
from excolor.experiments.single_changes import EX_2_9_WEIGHTED_AS_2_10, TAKEN_FROM_2_9
from excolor.judging.thresholds import ALIKE, EMPTY, GROWN, SPARED
from excolor.measures import most_opposed
from excolor.verdicts import control, disconfirmed, restated, undecided

SEEDS = 64
"""Over 32 seeds too many predictions were decided on some seeds and undecided on others."""

EXPERIMENT = TAKEN_FROM_2_9["term"]

CONDITIONS = (EXPERIMENT, EX_2_9, EX_2_9_WEIGHTED_AS_2_10, EX_2_10)

MEASURES = {
    "typical color": typical_error,
    "red": lambda ensemble: error_of(ensemble, "red"),
    "far colors": lambda ensemble: error_of(ensemble, *FAR_FROM_RED),
    "grays": lambda ensemble: error_of(ensemble, *GRAYS),
    "dark shades": lambda ensemble: error_of(ensemble, *DARK_SHADES),
}
"""Of groups the mean error."""

GROUPS = ("far colors", "grays", "dark shades")


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
    @restated(was="of an unregularized model", why="not on record; moved with what other seeds left open")
    def test_red_without_another_dimension(self, intact, deleted_2_9):
        """Deleting dimension 1 gives red less than half of its error after deletion in 2.9."""
        assert ratio(error_of(ablate(intact, 1), "red"), error_of(deleted_2_9, "red")) < 1 / ALIKE

    @control
    @each("what", ("typical color", *GROUPS))
    @restated(was="> ALIKE", why=restated_with_its_claim)
    def test_others_of_unregularized_model(self, unregularized, deleted_2_9, what):
        """After deletion an unregularized model has more than three times the error of 2.9."""
        regularized = MEASURES[what](deleted_2_9)[: len(unregularized.seeds)]
        assert ratio(MEASURES[what](ablate(unregularized, 0)), regularized) > 3


class TestSubspaceTermCanBeDropped(RedIsDeleted, DeletionControls, FaresOtherwise):
    """H1: the subspace term of 2.9 can be dropped: nothing else being changed, red alone is deleted as in 2.9.

    Published verdict, from one seed, of 2.10, which changes two weights with it: partially confirmed; red is gone, but
    dark green, cyan and blue are disturbed. Ours is undecided as a whole: red is deleted and other colors stay below
    twice the threshold, but the typical error and that of grays are three times those of 2.9 or more.
    """

    @restated_opposite
    def test_opposite_side_is_empty(self, intact):
        """No color lies on the side opposite red, by twice the margin."""
        assert median(most_opposed(intact)) > ALIKE * EMPTY

    def test_typical_color_is_spared(self, deleted):
        """After deletion the typical color is spared."""
        assert median(typical_error(deleted)) < SPARED

    @each("what", GROUPS)
    @restated(was="< SPARED", why="two of them were undecided on some other seeds")
    def test_group_is_spared(self, deleted, what):
        """The error of a group of colors unlike red is less than twice what would be spared, on average."""
        assert median(MEASURES[what](deleted)) < ALIKE * SPARED

    @control
    @each("what", GROUPS)
    def test_group_is_damaged_without_regularizers(self, unregularized, what):
        """After deletion an unregularized model has more than twice the error that would be spared, on average."""
        assert median(MEASURES[what](ablate(unregularized, 0))) > ALIKE * SPARED

    # The one figure that was known beforehand, from a look at this condition: of the typical color, 3.9 [2.3, 5.6].
    @each(
        "what",
        ["typical color", "red", "grays"],
        but={"typical color": disconfirmed("threefold"), "grays": disconfirmed("threefold and more")},
    )
    @restated(was="within a factor of two, either way", why="disconfirmed on some other seeds and undecided on others")
    def test_error_does_not_grow(self, deleted, deleted_2_9, what):
        """Without the subspace term the error is at most a quarter higher than in 2.9."""
        assert ratio(MEASURES[what](deleted), MEASURES[what](deleted_2_9)) < GROWN

    @each(
        "what",
        ["far colors", "dark shades"],
        but={"dark shades": undecided("in most seeds, by very different factors")},
    )
    @restated(was="within a factor of two, either way, then < GROWN", why="undecided on some other seeds")
    def test_error_does_not_double(self, deleted, deleted_2_9, what):
        """Without the subspace term the error is at most twice that of 2.9."""
        assert ratio(MEASURES[what](deleted), MEASURES[what](deleted_2_9)) < ALIKE

    @each(
        "what",
        MEASURES,
        but={
            "typical color": disconfirmed("more than twofold"),
            "far colors": undecided("much in some seeds"),
            "grays": disconfirmed("fivefold and more"),
            "dark shades": disconfirmed("threefold and more"),
        },
    )
    @restated(
        was="within a factor of two, either way",
        why="as of 2.9 without the term: disconfirmed on some other seeds and undecided on others",
    )
    def test_error_does_not_grow_in_2_10(self, deleted_2_10, deleted_reweighted, what):
        """The error of 2.10 is at most a quarter higher than that of 2.10 with the subspace term."""
        assert ratio(MEASURES[what](deleted_2_10), MEASURES[what](deleted_reweighted)) < GROWN


class TestWeightsDoNoHarm(FaresOtherwise):
    """H2: the weights of the anchor and of separation, which 2.10 changes along with the term, do no harm.

    Published verdict, from one seed: taken for granted, in that 2.10 is compared with 2.9.
    """

    @each("what", ["typical color", "red", "far colors"])
    @restated(was="within a factor of two, either way", why="confirmed on some seeds and undecided on others")
    def test_error_does_not_grow(self, deleted_reweighted, deleted_2_9, what):
        """With 2.10's weights and the subspace term the error is at most a quarter higher than in 2.9."""
        assert ratio(MEASURES[what](deleted_reweighted), MEASURES[what](deleted_2_9)) < GROWN

    @restated(was="within a factor of two, either way", why="confirmed on some seeds and undecided on others")
    def test_error_of_red_does_not_grow_without_the_term(self, deleted_2_10, deleted):
        """Without the subspace term 2.10's weights give red at most a quarter more error than 2.9's."""
        assert ratio(error_of(deleted_2_10, "red"), error_of(deleted, "red")) < GROWN

    @each("what", ["grays", "dark shades"])
    @restated(
        was="within a factor of two, either way, then < GROWN", why="confirmed on some seeds and undecided on others"
    )
    def test_error_does_not_double(self, deleted_reweighted, deleted_2_9, what):
        """With 2.10's weights and the subspace term the error is at most twice that of 2.9."""
        assert ratio(MEASURES[what](deleted_reweighted), MEASURES[what](deleted_2_9)) < ALIKE

    @each(
        "what",
        ["typical color", "far colors", "dark shades"],
        but={"dark shades": undecided("more in most seeds, by very different factors")},
    )
    @restated(
        was="within a factor of two, either way, then < GROWN", why="confirmed on some seeds and undecided on others"
    )
    def test_error_does_not_double_without_the_term(self, deleted_2_10, deleted, what):
        """Without the subspace term the error with 2.10's weights is at most twice that with 2.9's."""
        assert ratio(MEASURES[what](deleted_2_10), MEASURES[what](deleted)) < ALIKE

    @restated(
        was="within a factor of two, either way, then < GROWN", why="confirmed on some seeds and undecided on others"
    )
    def test_error_of_grays_does_not_triple_without_the_term(self, deleted_2_10, deleted):
        """Without the subspace term 2.10's weights give grays at most three times their error with 2.9's."""
        assert ratio(MEASURES["grays"](deleted_2_10), MEASURES["grays"](deleted)) < 3
