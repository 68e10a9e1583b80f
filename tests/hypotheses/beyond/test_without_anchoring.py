"""Beyond: whether deletion needs anchoring at all.

Post-hoc baselines: models of the same architecture that learned reconstruction alone are edited along a direction that
is found in them after training, beside the anchored models of 2.4.1, of four latent dimensions, and of 2.9.1 and
2.10.1, of five. Pairs have a seed in common, with its batches and initial weights. Directions are found on the training
colors and scored on held-out ones.

Collateral damage is a share of the damage to red, so that it compares models at equal damage to red. The label decides
how much of both a direction takes: the mean difference of red's label, which is steep, takes less of red than that of
redness itself, and still less of all else.

What is left that anchoring alone gives: a dimension that can be deleted, from the weights, with little damage besides;
and a direction that is known before training, so that an edit needs no label of any color. Its labels are taken in
training, about 80 of a run's 96 064 rows. With a label at the time of the edit suppression needs no anchor.
"""

import dataclasses

import pytest
import xarray as xr
from rerun_scores import HALF_GRAY, HELD_OUT_MARGIN, NEARLY_ALL

from excolor import ablate, error_of, fraction, latents, median, named_color, ratio, typical_error
from excolor.colors import CHANNELS, rgb_training_cube
from excolor.edits import axis, erased, other_directions, reoriented, suppressed
from excolor.experiments import EX_2_4_1, EX_2_9_1, EX_2_10_1
from excolor.experiments.rerun_terms import RED
from excolor.judging.thresholds import ALIKE, SPARED, UNREBUILT
from excolor.measures import (
    leace,
    mean_difference,
    principal_component,
    random_direction,
    red_collateral,
    similarity_fit,
)
from excolor.numerics.reductions import mean
from excolor.verdicts import control, fails_under, primary, undecided

EXPERIMENT = EX_2_10_1

UNANCHORED_OF_FOUR, UNANCHORED_OF_FIVE = EX_2_4_1.unregularized(), EX_2_10_1.unregularized()
"""Without terms 2.9.1 and 2.10.1 are one condition."""

CONDITIONS = (EX_2_10_1, UNANCHORED_OF_FIVE, EX_2_9_1, EX_2_4_1, UNANCHORED_OF_FOUR)

SEEDS = 96
"""What never happens is confirmed to happen in fewer than 5 % of seeds by 72 of them."""

HALF_LOST = HALF_GRAY / 2
"""Red suffers if its error is above this: half of what it is when it is answered by mid-gray."""


def mean_difference_of_red(models):
    return mean_difference(models, rgb_training_cube(), RED)


def mean_difference_of_redness(models):
    return mean_difference(models, rgb_training_cube(), dataclasses.replace(RED, power=1))


def first_principal_component(models):
    return principal_component(models, rgb_training_cube())


def first_principal_component_turned_over(models):
    return -first_principal_component(models)


def way_to_red(models):
    """From the mean latent of the training colors to that of red: one color is labeled, and no other."""
    return latents(models, named_color("red")) - latents(models, rgb_training_cube()).reduce(mean, CHANNELS)


def leace_of_red(models):
    return leace(models, rgb_training_cube(), RED)


FOUND = (mean_difference_of_red, mean_difference_of_redness, way_to_red, first_principal_component, random_direction)


def red_found(models):
    """Models with the mean difference of red on dimension 0, where anchoring puts red."""
    return reoriented(models, mean_difference_of_red)


def linear_deletions(models):
    """Models without each direction that was found, without each axis, and after LEACE."""
    without = [ablate(reoriented(models, find), 0) for find in FOUND]
    return [*without, *(ablate(models, dim) for dim in range(models.bottleneck)), erased(models, leace_of_red)]


def suppressions_without_labels(models):
    """Models suppressed along what takes no label to find: either side of the first principal component, at random."""
    found = (first_principal_component, first_principal_component_turned_over, random_direction)
    return [suppressed(reoriented(models, find)) for find in found]


def suppressions_along_axes(models):
    """Models suppressed along each axis, of either sign."""
    return [suppressed(models, along) for along in (axis(models), axis(models, 0, -1), *other_directions(models))]


def suffers_alone(edited):
    """Whether red suffers and the typical color is spared, over `seed`."""
    return (error_of(edited, "red") > HALF_LOST) & (typical_error(edited) < SPARED)


def is_lost_alone(edited):
    """Whether red cannot be rebuilt, and the typical color is spared, over `seed`."""
    return (error_of(edited, "red") > UNREBUILT) & (typical_error(edited) < SPARED)


def under_some(succeeds, edits):
    """Whether a model succeeds under at least one of several edits, over `seed`."""
    return xr.concat([succeeds(edited) for edited in edits], "edit").any("edit")


@pytest.fixture(scope="module")
def deleted_2_9_1(trained, seeds):
    """2.9.1 without dimension 0."""
    return ablate(trained(EX_2_9_1, seeds), 0)


@pytest.fixture(scope="module")
def without_red_2_4_1(trained, seeds):
    """2.4.1 with red suppressed."""
    return suppressed(trained(EX_2_4_1, seeds))


@pytest.fixture(scope="module")
def of_four(trained, seeds):
    return trained(UNANCHORED_OF_FOUR, seeds)


@pytest.fixture(scope="module")
def of_five(trained, seeds):
    return trained(UNANCHORED_OF_FIVE, seeds)


class SuppressesAsAnchored:
    """To be mixed into a hypothesis with the fixtures `unanchored`, intact, and `of_anchored`, with red suppressed."""

    @pytest.fixture
    def found(self, unanchored):
        return red_found(unanchored)

    def test_error_goes_with_similarity_as_much_by_redness(self, unanchored, of_anchored):
        """Along the mean difference of redness itself R^2 is at most a tenth lower than in the anchored models."""
        by_redness = suppressed(reoriented(unanchored, mean_difference_of_redness))
        assert ratio(similarity_fit(by_redness, 2), similarity_fit(of_anchored, 2)) > 1 - HELD_OUT_MARGIN

    def test_collateral_damage(self, found, of_anchored):
        """Collateral damage of suppression, a share of that to red, is at most twice that in the anchored models."""
        assert ratio(red_collateral(suppressed(found)), red_collateral(of_anchored)) < ALIKE

    def test_red_suffers_alone_in_most_seeds(self, found, of_anchored):
        """In most seeds red alone suffers, with at most twice the collateral damage of the anchored model."""
        little = red_collateral(suppressed(found)) < ALIKE * red_collateral(of_anchored)
        assert fraction(suffers_alone(suppressed(found)) & little) > 1 / 2

    @control
    def test_typical_color_is_rebuilt(self, found):
        """Before the edit the typical color is spared."""
        assert median(typical_error(found)) < SPARED

    @control
    def test_red_is_rebuilt(self, found):
        """Before the edit red is spared."""
        assert median(error_of(found, "red")) < SPARED


@primary("test_error_goes_with_similarity_as_much", "test_red_suffers_alone_in_most_seeds")
@fails_under("another-dimension", "unedited")
class TestSuppressionOfFourDimensionsNeedsNoAnchor(SuppressesAsAnchored):
    """H1: of four dimensions, suppression along the mean difference of red does without an anchor what 2.4.1 does.

    Published verdict: none. Red alone suffers if its error is more than half of that of a mid-gray answer, and the
    typical color is spared.
    """

    @pytest.fixture
    def unanchored(self, of_four):
        return of_four

    @pytest.fixture
    def of_anchored(self, without_red_2_4_1):
        return without_red_2_4_1

    @undecided("a tenth lower")
    def test_error_goes_with_similarity_as_much(self, found, of_anchored):
        """R^2 of suppression with similarity squared is at most a tenth lower than in the anchored models."""
        assert ratio(similarity_fit(suppressed(found), 2), similarity_fit(of_anchored, 2)) > 1 - HELD_OUT_MARGIN


@primary("test_error_goes_with_similarity_as_much", "test_red_suffers_alone_in_most_seeds")
@fails_under("another-dimension", "unedited")
class TestSuppressionOfFiveDimensionsNeedsNoAnchor(SuppressesAsAnchored):
    """H2: of five dimensions, suppression along the mean difference of red does without an anchor what 2.10.1 does.

    Published verdict: none. Red alone suffers if its error is more than half of that of a mid-gray answer, and the
    typical color is spared.
    """

    @pytest.fixture
    def unanchored(self, of_five):
        return of_five

    @pytest.fixture
    def of_anchored(self, without_red):
        return without_red

    def test_error_goes_with_similarity_as_much(self, found, of_anchored):
        """R^2 of suppression with similarity squared is at most a tenth lower than in the anchored models."""
        assert ratio(similarity_fit(suppressed(found), 2), similarity_fit(of_anchored, 2)) > 1 - HELD_OUT_MARGIN


@primary(
    "test_typical_color_is_damaged_more",
    "test_collateral_damage_is_higher",
    "test_red_alone_is_lost_in_hardly_any_seed",
)
@fails_under(
    "unregularized",
    but={"test_red_alone_is_lost_in_hardly_any_seed": "it is claimed of unregularized models"},
)
class TestDeletionNeedsAnAnchor:
    """H3: no linear deletion that is found after training does to red alone what deleting the anchor's dimension does.

    Published verdict: none. LEACE is the least change that leaves nothing linear of red's label in the latents.
    """

    def test_typical_color_is_damaged_more(self, of_five, deleted):
        """After LEACE the typical error is more than twice that of 2.10.1 without dimension 0."""
        assert ratio(typical_error(erased(of_five, leace_of_red)), typical_error(deleted)) > ALIKE

    def test_typical_color_is_damaged_more_than_in_2_9_1(self, of_five, deleted_2_9_1):
        """After LEACE the typical error is more than twice that of 2.9.1 without dimension 0."""
        assert ratio(typical_error(erased(of_five, leace_of_red)), typical_error(deleted_2_9_1)) > ALIKE

    def test_typical_color_is_damaged_more_without_the_mean_difference(self, of_five, deleted):
        """Without the mean difference the typical error is more than twice that of 2.10.1 without dimension 0."""
        assert ratio(typical_error(ablate(red_found(of_five), 0)), typical_error(deleted)) > ALIKE

    def test_collateral_damage_is_higher(self, of_five, deleted):
        """Collateral damage of LEACE, a share of that to red, is higher than that of deletion in 2.10.1."""
        assert ratio(red_collateral(erased(of_five, leace_of_red)), red_collateral(deleted)) > 1

    def test_red_alone_is_lost_in_hardly_any_seed(self, of_four, of_five):
        """In hardly any seed some linear deletion, of either width, takes red and spares the typical color."""
        edits = (*linear_deletions(of_four), *linear_deletions(of_five))
        assert fraction(under_some(is_lost_alone, edits)) < 1 - NEARLY_ALL

    def test_red_alone_is_lost_in_most_anchored_models(self, deleted):
        """In most seeds deletion of dimension 0 in 2.10.1 takes red and spares the typical color."""
        assert fraction(is_lost_alone(deleted)) > 1 / 2

    @control
    def test_leace_takes_red(self, of_five):
        """After LEACE red is reconstructed no better than by the best constant gray."""
        assert median(error_of(erased(of_five, leace_of_red), "red")) > UNREBUILT


@primary("test_red_suffers_alone_along_the_anchor", "test_red_suffers_alone_in_fewer_than_half")
@fails_under(
    "unregularized", but={"test_red_suffers_alone_in_fewer_than_half": "it is claimed of unregularized models"}
)
class TestAnchorNeedsNoLabels:
    """H4: without labels at the time of the edit, only an anchor is a direction whose suppression costs red alone.

    Published verdict: none. Red alone suffers if its error is more than half of that of a mid-gray answer, and the
    typical color is spared.
    """

    def test_red_suffers_alone_along_the_anchor(self, without_red):
        """In most seeds of 2.10.1 red alone suffers from suppression of dimension 0."""
        assert fraction(suffers_alone(without_red)) > 1 / 2

    def test_red_suffers_alone_in_fewer_than_half(self, of_four, of_five):
        """In fewer than half of the seeds red alone suffers along a direction found without labels, of either width."""
        edits = (*suppressions_without_labels(of_four), *suppressions_without_labels(of_five))
        assert fraction(under_some(suffers_alone, edits)) < 1 / 2

    def test_red_suffers_alone_along_any_axis_in_fewer_than_half(self, of_four, of_five):
        """In fewer than half of the seeds red alone suffers along an axis of un-anchored models, of either width."""
        edits = (*suppressions_along_axes(of_four), *suppressions_along_axes(of_five))
        assert fraction(under_some(suffers_alone, edits)) < 1 / 2

    def test_one_labeled_color_is_enough(self, of_five):
        """In most un-anchored models red alone suffers along the way from the mean latent to that of red."""
        assert fraction(suffers_alone(suppressed(reoriented(of_five, way_to_red)))) > 1 / 2

    def test_labels_help_where_there_is_an_anchor(self, intact, without_red):
        """In 2.10.1 collateral damage is lower along the mean difference of red than along dimension 0."""
        along = suppressed(red_found(intact))
        assert ratio(red_collateral(along), red_collateral(without_red)) < 1

    @control
    def test_labels_find_one(self, of_five):
        """In most un-anchored models red alone suffers along its mean difference."""
        assert fraction(suffers_alone(suppressed(red_found(of_five)))) > 1 / 2
