"""2.9.1, besides: who is spared under suppression, how few rows are labeled, and that pruned models equal ablated."""

import pytest
from cases import each
from drawn_labels import labeled_rows, with_label
from rerun_scores import LAST_DIGIT, NEARLY_ALL, published_cases

from excolor import fraction, median, prune, reconstruction_error
from excolor.colors import CHANNELS, FAR_FROM_RED, GRAYS, rgb_fine_cube
from excolor.conditions.labels import RED
from excolor.edits import axis, suppressed
from excolor.experiments import EX_2_9_1
from excolor.judging.thresholds import SPARED
from excolor.measures import error_growth, similarity_fit
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, undecided

EXPERIMENT = EX_2_9_1

SEEDS = 96
"""To be confirmed of nearly all, something takes 72 seeds without exception."""

PAPER = "arXiv 2512.12469"
TABLE = "Ex 2.9.1, table of named colors"

# The damage under suppression to the colors unlike red in the published seed, the best of 60.
SUPPRESSION = {
    "lime": 0.00044,
    "green": 0.00054,
    "teal": 0.00017,
    "cyan": -0.00003,
    "azure": 0.00008,
    "blue": 0.00005,
    "purple": 0.000006,
    "black": 0.00057,
    "dark gray": 0.00048,
    "gray": 0.00076,
    "light gray": 0.00242,
    "white": 0.00063,
}

GROUPS = {"far colors": FAR_FROM_RED, "grays": GRAYS}

HALF = undecided("spared in about half of the seeds")

PRINTED = 1e-6
"""The last digit of the finest figures of the table."""

LABELED = 83
"""Published: how many rows of a run bear the label of red, the mean of 60 seeds."""
SCATTER = 8
"""Published: its standard deviation."""


def all_spared(edited, intact, *colors):
    """Whether the error of each of some colors grows by less than would damage it, over `seed`."""
    return sum(error_growth(edited, intact, color) < SPARED for color in colors) == len(colors)


@primary("test_far_colors_are_spared_in_most_seeds", "test_grays_are_spared_in_most_seeds")
@fails_under("another-dimension")
class TestBystandersAreSparedUnderSuppression:
    """Suppressing red spares the colors unlike it, the hues a right angle or more from red and the grays.

    Published verdict, from the best of 60 seeds: confirmed, all but light gray suffer less than 0.001, and cyan gains.
    """

    @disconfirmed("in a third")
    def test_far_colors_are_spared_in_most_seeds(self, without_red, intact):
        """In most seeds suppression spares every hue far from red."""
        assert fraction(all_spared(without_red, intact, *FAR_FROM_RED)) > 1 / 2

    @disconfirmed("in a fifth")
    def test_grays_are_spared_in_most_seeds(self, without_red, intact):
        """In most seeds suppression spares every gray."""
        assert fraction(all_spared(without_red, intact, *GRAYS)) > 1 / 2

    @published_cases(
        SUPPRESSION,
        *FAR_FROM_RED,
        *GRAYS,
        source=TABLE,
        but={
            "lime": HALF,
            "dark gray": HALF,
            "white": HALF,
            **dict.fromkeys(["purple", "black"], disconfirmed("twice what would be spared")),
        },
    )
    def test_color_is_spared(self, without_red, intact, color):
        """Suppression spares a color unlike red."""
        assert median(error_growth(without_red, intact, color)) < SPARED

    @control
    def test_red_is_damaged(self, without_red, intact):
        """Under suppression red is damaged."""
        assert median(error_growth(without_red, intact, "red")) > SPARED

    @control
    @each("direction", ("1", "-1"))
    @each("group", GROUPS)
    def test_another_direction_damages_some(self, intact, direction, group):
        """Suppressing dimension 1, either way, spares each color of a group in fewer than half of the seeds."""
        along_another = suppressed(intact, axis(intact, 1, int(direction)))
        assert fraction(all_spared(along_another, intact, *GROUPS[group])) < 1 / 2


@primary("test_as_few_rows_are_labeled")
@fails_under("unregularized", but={"test_as_few_rows_are_labeled": "labels are drawn, whatever is trained on them"})
class TestFewRowsAreLabeled:
    """In a run of 96,064 rows 83 +- 8 bear the label of red.

    Published verdict, from 60 seeds: counted, 83 +- 8. Of all rows of a run 86 would be expected; of the 91,136 that
    are drawn while the anchor has a weight, 82. These are counted here.
    """

    @published(LABELED, source=PAPER)
    def test_as_few_rows_are_labeled(self, seeds, figure):
        """The median seed has as many rows with the label of red as were counted, within a standard deviation."""
        assert median(labeled_rows(EXPERIMENT, seeds, "reg-anchor")).between(figure - SCATTER, figure + SCATTER)

    def test_number_varies_as_little(self, seeds):
        """In most seeds the number of rows with the label of red is within a standard deviation of the counted mean."""
        # In two thirds if the two figures hold; were the deviation twice as large, in two fifths.
        assert fraction(abs(labeled_rows(EXPERIMENT, seeds, "reg-anchor") - LABELED) <= SCATTER) > 1 / 2

    @control
    def test_label_of_the_first_series_is_on_more(self, seeds):
        """With the label of 2.2 to 2.9 more rows bear it, by more than a standard deviation."""
        first_series = with_label(EXPERIMENT, "reg-anchor", RED)
        assert median(labeled_rows(first_series, seeds, "reg-anchor")) > LABELED + SCATTER


def agree(one, other):
    """Whether the errors of every color of two edits are equal to the last printed digit, over `seed`."""
    difference = abs(reconstruction_error(one, rgb_fine_cube()) - reconstruction_error(other, rgb_fine_cube()))
    return difference.max(CHANNELS, skipna=False) < PRINTED / 2


@pytest.fixture(scope="module")
def pruned(intact):
    """With the dimension of red taken out, where `deleted` has it set to 0."""
    return prune(intact, 0)


@primary("test_every_color_suffers_alike")
@fails_under("unregularized", but={"test_every_color_suffers_alike": "the two are the same function in any model"})
class TestPrunedEqualsAblated:
    """A model from which the dimension of red is pruned answers as one in which it is ablated.

    Published verdict, from the best of 60 seeds: confirmed, both have the same figures, to the last digit.
    """

    def test_every_color_suffers_alike(self, deleted, pruned):
        """In nearly all seeds every color has the same error by pruning as by ablation, to the last printed digit."""
        assert fraction(agree(pruned, deleted)) > NEARLY_ALL

    def test_error_goes_with_similarity_as_much(self, deleted, pruned):
        """In nearly all seeds R^2 with similarity cubed is the same by pruning as by ablation, to the last digit."""
        assert fraction(abs(similarity_fit(pruned, 3) - similarity_fit(deleted, 3)) < LAST_DIGIT) > NEARLY_ALL

    @control
    def test_without_another_dimension_colors_suffer_otherwise(self, intact, deleted):
        """Pruning dimension 1 gives every color the error of ablating dimension 0 in fewer than half of the seeds."""
        assert fraction(agree(prune(intact, 1), deleted)) < 1 / 2
