"""2.8 to 2.9 Which of four changes spares other colors."""

from functools import cache

import pytest
import xarray as xr
from cases import each
from deletion_predictions import deletes_red_alone, typical_error_in_rgb

from excolor import ablate, error_of, fraction, median, ratio, typical_error
from excolor.colors import GRAYS
from excolor.experiments import EX_2_8, EX_2_9
from excolor.experiments.single_changes import ADDED_TO_2_8, TAKEN_FROM_2_9
from excolor.judging.thresholds import ALIKE, REBUILT, SPARED, UNREBUILT
from excolor.verdicts import control, disconfirmed, fails_under, primary, undecided

SEEDS = 64
"""To count how many models of the larger architecture lose red alone."""
OF_ALL_ELSE = 32
"""Seeds for medians, and for all other conditions."""

REWEIGHTED = TAKEN_FROM_2_9["weight"]

EVERY = (EX_2_8, EX_2_9, *ADDED_TO_2_8.values(), TAKEN_FROM_2_9["width"], TAKEN_FROM_2_9["depth"], REWEIGHTED)
"""2.9 without the subspace term is judged in 2.9 to 2.10, over more seeds."""

TENFOLD = disconfirmed("ten times what would be spared")

LARGER = ADDED_TO_2_8["width and depth"]
"""2.8 with the architecture of 2.9."""

PARTS = ("width", "depth")
"""Of the architecture."""
CONSTRAINTS = ("term", "weight")
part = each("change", PARTS)
constrained = each("change", CONSTRAINTS)
every_condition = pytest.mark.parametrize("condition", EVERY, ids=lambda condition: condition.name)


@pytest.fixture(scope="module")
def before(trained, seeds):
    """Condition -> its models."""
    return lambda condition: trained(condition, seeds[:OF_ALL_ELSE])


@pytest.fixture(scope="module")
def after(before):
    """Condition -> its models without dimension 0, red's."""
    return cache(lambda condition: ablate(before(condition), 0))


@pytest.fixture(scope="module")
def larger_without_red(trained, seeds):
    """2.8 enlarged in width and depth, without dimension 0."""
    return ablate(trained(LARGER, seeds), 0)


class FourChanges:
    """The controls: positive of what all four changes do together, negative of the deletion of another dimension."""

    @control
    def test_all_changes_lower_the_typical_error(self, after):
        """All four changes together lower the typical error to less than half."""
        assert ratio(typical_error(after(EX_2_9)), typical_error(after(EX_2_8))) < 1 / ALIKE

    @control
    def test_typical_color_is_damaged_in_2_8(self, after):
        """Deletion in 2.8 damages the typical color."""
        assert median(typical_error(after(EX_2_8))) > SPARED

    @control
    def test_grays_are_damaged_in_2_8(self, after):
        """Deletion in 2.8 damages grays, on average."""
        assert median(error_of(after(EX_2_8), *GRAYS)) > SPARED

    @control
    def test_typical_color_is_spared_in_2_9(self, after):
        """Deletion in 2.9 spares the typical color."""
        assert median(typical_error(after(EX_2_9))) < SPARED

    @control
    def test_grays_are_spared_in_2_9(self, after):
        """Deletion in 2.9 spares grays, on average."""
        assert median(error_of(after(EX_2_9), *GRAYS)) < SPARED

    @control
    def test_red_alone_is_not_deleted_in_2_8(self, after):
        """Deletion in 2.8 deletes red alone in fewer than half of the seeds."""
        assert fraction(deletes_red_alone(after(EX_2_8))) < 1 / 2

    @control
    @every_condition
    def test_intact_typical_color(self, before, condition):
        """Before deletion the typical color is reconstructed."""
        assert median(typical_error(before(condition))) < REBUILT

    @control
    @every_condition
    def test_red_is_rebuilt_without_other_dimensions(self, before, condition):
        """Deleting any other dimension leaves red reconstructed better than by the best constant gray."""
        others = [error_of(ablate(before(condition), dim), "red") for dim in range(1, condition.bottleneck)]
        assert median(xr.concat(others, "dim").max("dim")) < UNREBUILT


def of_the_better(error, after):
    """An error of 2.8 with one or the other constraint of 2.9, whichever is lower, over `seed`."""
    return xr.concat([error(after(ADDED_TO_2_8[change])) for change in CONSTRAINTS], "change").min("change")


@primary(
    "test_larger_architecture_spares_the_typical_color",
    "test_larger_architecture_spares_the_typical_color_in_rgb",
    "test_larger_architecture_deletes_red_alone_in_most_seeds",
)
@fails_under("unregularized")
class TestArchitectureIsTheCause(FourChanges):
    """H1: 2.8 has too many constraints for its architecture; a larger one lets it spare other colors.

    Published verdict, from one seed each: a guess, made after 2.8, which 2.9 seemed to bear out, though it changed the
    constraints too.
    """

    def test_larger_architecture_halves_the_typical_error(self, after):
        """Enlarging 2.8 in width and depth lowers its typical error to less than half."""
        assert ratio(typical_error(after(LARGER)), typical_error(after(EX_2_8))) < 1 / ALIKE

    def test_larger_architecture_spares_the_typical_color(self, after):
        """Deletion in 2.8 enlarged in width and depth spares the typical color."""
        assert median(typical_error(after(LARGER))) < SPARED

    def test_larger_architecture_spares_the_typical_color_in_rgb(self, after):
        """Deletion in 2.8 enlarged in width and depth spares the typical color of an RGB grid."""
        assert median(typical_error_in_rgb(after(LARGER))) < SPARED

    @disconfirmed("in a quarter of the seeds; of all that is to be spared, most models damage something")
    def test_larger_architecture_deletes_red_alone_in_most_seeds(self, larger_without_red):
        """In most seeds 2.8 enlarged in width and depth loses red and spares typical, far and gray colors."""
        assert fraction(deletes_red_alone(larger_without_red)) > 1 / 2

    def test_larger_architecture_spares_grays(self, after):
        """Deletion in 2.8 enlarged in width and depth spares grays, on average."""
        assert median(error_of(after(LARGER), *GRAYS)) < SPARED

    def test_larger_architecture_cannot_rebuild_red(self, after):
        """Deletion in 2.8 enlarged in width and depth leaves red reconstructed no better than by the best gray."""
        assert median(error_of(after(LARGER), "red")) > UNREBUILT

    @each(
        "change",
        PARTS,
        but={"width": undecided("by two thirds, less in many"), "depth": disconfirmed("it falls by a quarter")},
    )
    def test_typical_error_halves(self, after, change):
        """Enlarging 2.8 in a single way lowers its typical error to less than half."""
        assert ratio(typical_error(after(ADDED_TO_2_8[change])), typical_error(after(EX_2_8))) < 1 / ALIKE

    @each("change", PARTS, but={"width": TENFOLD, "depth": disconfirmed("thirty times what would be spared")})
    def test_typical_color_is_spared(self, after, change):
        """Deletion in 2.8 enlarged in a single way spares the typical color."""
        assert median(typical_error(after(ADDED_TO_2_8[change]))) < SPARED

    @each("change", PARTS, but={"width": TENFOLD, "depth": disconfirmed("fifty times what would be spared")})
    def test_grays_are_spared(self, after, change):
        """Deletion in 2.8 enlarged in a single way spares grays, on average."""
        assert median(error_of(after(ADDED_TO_2_8[change]), *GRAYS)) < SPARED

    @each("change", PARTS)
    def test_red_cannot_be_rebuilt(self, after, change):
        """Deletion in 2.8 enlarged in a single way leaves red reconstructed no better than by the best gray."""
        assert median(error_of(after(ADDED_TO_2_8[change]), "red")) > UNREBUILT

    @part
    def test_typical_error_grows(self, after, change):
        """Shrinking 2.9 raises its typical error to more than twice."""
        assert ratio(typical_error(after(TAKEN_FROM_2_9[change])), typical_error(after(EX_2_9))) > ALIKE

    @each("change", PARTS, but={"depth": undecided("about as much as would be spared")})
    def test_typical_color_is_damaged(self, after, change):
        """Deletion in 2.9 shrunk damages the typical color."""
        assert median(typical_error(after(TAKEN_FROM_2_9[change]))) > SPARED

    @each("change", PARTS, but={"depth": undecided("about as much as would be spared")})
    def test_grays_are_damaged(self, after, change):
        """Deletion in 2.9 shrunk damages grays, on average."""
        assert median(error_of(after(TAKEN_FROM_2_9[change]), *GRAYS)) > SPARED


@primary(
    "test_either_spares_the_typical_color",
    "test_either_spares_the_typical_color_in_rgb",
    "test_either_deletes_red_alone_in_most_seeds",
)
@fails_under("unregularized")
class TestConstraintsAreTheCause(FourChanges):
    """H2: it is the changed constraints that spare other colors, the subspace term or the anti-anchor's lower weight.

    Published verdict, from one seed: none; it is what 2.9 changed beside the architecture. 2.9 without the term is
    judged in 2.9 to 2.10.
    """

    @disconfirmed("by two fifths")
    def test_either_halves_the_typical_error(self, after):
        """Constraining 2.8 as 2.9, in whichever way is better, lowers its typical error to less than half."""
        assert ratio(of_the_better(typical_error, after), typical_error(after(EX_2_8))) < 1 / ALIKE

    @disconfirmed("twenty times what would be spared, and more")
    def test_either_spares_the_typical_color(self, after):
        """Deletion in 2.8 constrained as 2.9, in whichever way is better, spares the typical color."""
        assert median(of_the_better(typical_error, after)) < SPARED

    @disconfirmed("thirty times what would be spared, and more")
    def test_either_spares_the_typical_color_in_rgb(self, after):
        """Deletion in 2.8 constrained as 2.9, in whichever way is better, spares the typical color of an RGB grid."""
        assert median(of_the_better(typical_error_in_rgb, after)) < SPARED

    @disconfirmed("in none")
    def test_either_deletes_red_alone_in_most_seeds(self, after):
        """In most seeds 2.8 with either constraint of 2.9 loses red and spares typical, far and gray colors."""
        term, weight = (deletes_red_alone(after(ADDED_TO_2_8[change])) for change in CONSTRAINTS)
        assert fraction(term | weight) > 1 / 2

    @each("change", CONSTRAINTS, but={"term": disconfirmed("no difference"), "weight": disconfirmed("by two fifths")})
    def test_typical_error_halves(self, after, change):
        """Constraining 2.8 as 2.9 lowers its typical error to less than half."""
        assert ratio(typical_error(after(ADDED_TO_2_8[change])), typical_error(after(EX_2_8))) < 1 / ALIKE

    @disconfirmed("twenty times what would be spared, and more")
    @constrained
    def test_typical_color_is_spared(self, after, change):
        """Deletion in 2.8 constrained as 2.9 spares the typical color."""
        assert median(typical_error(after(ADDED_TO_2_8[change]))) < SPARED

    @disconfirmed("thirty times what would be spared, and more")
    @constrained
    def test_grays_are_spared(self, after, change):
        """Deletion in 2.8 constrained as 2.9 spares grays, on average."""
        assert median(error_of(after(ADDED_TO_2_8[change]), *GRAYS)) < SPARED

    @constrained
    def test_red_cannot_be_rebuilt(self, after, change):
        """Deletion in 2.8 constrained as 2.9 leaves red reconstructed no better than by the best constant gray."""
        assert median(error_of(after(ADDED_TO_2_8[change]), "red")) > UNREBUILT

    @disconfirmed("no difference")
    def test_typical_error_grows(self, after):
        """Giving 2.9 the anti-anchor's weight of 2.8 raises its typical error to more than twice."""
        assert ratio(typical_error(after(REWEIGHTED)), typical_error(after(EX_2_9))) > ALIKE

    @disconfirmed("spared")
    def test_typical_color_is_damaged(self, after):
        """Deletion in 2.9 with 2.8's weight of the anti-anchor damages the typical color."""
        assert median(typical_error(after(REWEIGHTED))) > SPARED

    @disconfirmed("spared")
    def test_grays_are_damaged(self, after):
        """Deletion in 2.9 with 2.8's weight of the anti-anchor damages grays, on average."""
        assert median(error_of(after(REWEIGHTED), *GRAYS)) > SPARED
