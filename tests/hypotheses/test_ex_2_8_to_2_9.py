"""2.8 to 2.9 Which of four changes spares other colors."""

from functools import cache

import pytest
import xarray as xr
from cases import each
from restatements import restated_rebuilt, restated_with_its_claim

from excolor import ablate, error_of, median, ratio, typical_error
from excolor.colors import GRAYS
from excolor.experiments import EX_2_8, EX_2_9
from excolor.experiments.single_changes import ADDED_TO_2_8, TAKEN_FROM_2_9
from excolor.judging.thresholds import ALIKE, REBUILT, SPARED, UNREBUILT
from excolor.verdicts import control, disconfirmed, restated, undecided

REWEIGHTED = TAKEN_FROM_2_9["weight"]

CONDITIONS = (EX_2_8, EX_2_9, *ADDED_TO_2_8.values(), TAKEN_FROM_2_9["width"], TAKEN_FROM_2_9["depth"], REWEIGHTED)
"""2.9 without the subspace term is judged in 2.9 to 2.10, over more seeds."""

ENLARGED = ("width", "depth", "width and depth")
shrunk = each("change", ["width", "depth"])
TENFOLD = disconfirmed("ten times what would be spared")
CONSTRAINTS = ("term", "weight")
constrained = each("change", CONSTRAINTS)
every_condition = pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.name)


@pytest.fixture(scope="module")
def before(trained, seeds):
    """Condition -> its models."""
    return lambda condition: trained(condition, seeds)


@pytest.fixture(scope="module")
def after(before):
    """Condition -> its models without dimension 0, red's."""
    return cache(lambda condition: ablate(before(condition), 0))


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
    @every_condition
    @restated_rebuilt
    def test_intact_typical_color(self, before, condition):
        """Before deletion the typical color is reconstructed."""
        assert median(typical_error(before(condition))) < REBUILT

    @control
    @every_condition
    @restated(was="< UNREBUILT", why=restated_with_its_claim)
    def test_red_is_rebuilt_without_other_dimensions(self, before, condition):
        """Deleting any other dimension gives red less than half the error of the best constant gray."""
        others = [error_of(ablate(before(condition), dim), "red") for dim in range(1, condition.bottleneck)]
        assert median(xr.concat(others, "dim").max("dim")) < UNREBUILT / ALIKE


class TestArchitectureIsTheCause(FourChanges):
    """H1: 2.8 has too many constraints for its architecture; a larger one lets it spare other colors.

    Published verdict, from one seed each: a guess after 2.8, which 2.9 seemed to bear out, though it changed the
    constraints too. Ours is undecided as a whole: with width and depth together 2.8 spares other colors; with either
    alone it does not.
    """

    @each("change", ENLARGED)
    @restated(
        was="that it halves", why="for the width undecided on some other seeds; of the others that is asked besides"
    )
    def test_typical_error_falls(self, after, change):
        """Enlarging 2.8 lowers its typical error."""
        assert ratio(typical_error(after(ADDED_TO_2_8[change])), typical_error(after(EX_2_8))) < 1

    @each("change", ["depth", "width and depth"], but={"depth": disconfirmed("it falls by a quarter")})
    @restated(was="of the width too", why="undecided on some other seeds, and now asked whether it falls")
    def test_typical_error_halves(self, after, change):
        """Enlarging 2.8 lowers its typical error to less than half."""
        assert ratio(typical_error(after(ADDED_TO_2_8[change])), typical_error(after(EX_2_8))) < 1 / ALIKE

    @each("change", ENLARGED, but={"width": TENFOLD, "depth": disconfirmed("thirty times what would be spared")})
    def test_typical_color_is_spared(self, after, change):
        """Deletion in 2.8 enlarged spares the typical color."""
        assert median(typical_error(after(ADDED_TO_2_8[change]))) < SPARED

    @each("change", ENLARGED, but={"width": TENFOLD, "depth": disconfirmed("fifty times what would be spared")})
    def test_grays_are_spared(self, after, change):
        """Deletion in 2.8 enlarged spares grays, on average."""
        assert median(error_of(after(ADDED_TO_2_8[change]), *GRAYS)) < SPARED

    @each("change", ENLARGED)
    @restated(was="> UNREBUILT", why="for the width undecided on some other seeds")
    def test_red_is_hardly_rebuilt(self, after, change):
        """Deletion in 2.8 enlarged gives red at least half the error of the best constant gray."""
        assert median(error_of(after(ADDED_TO_2_8[change]), "red")) > UNREBUILT / ALIKE

    @shrunk
    def test_typical_error_grows(self, after, change):
        """Shrinking 2.9 raises its typical error to more than twice."""
        assert ratio(typical_error(after(TAKEN_FROM_2_9[change])), typical_error(after(EX_2_9))) > ALIKE

    @each("change", ["width", "depth"], but={"depth": undecided("about as much as would be spared")})
    def test_typical_color_is_damaged(self, after, change):
        """Deletion in 2.9 shrunk damages the typical color."""
        assert median(typical_error(after(TAKEN_FROM_2_9[change]))) > SPARED

    @shrunk
    @restated(
        was="that grays are damaged, > SPARED",
        why="less deep, their error is about that: higher on some other seeds, undecided on others",
    )
    def test_error_of_grays_grows(self, after, change):
        """Shrinking 2.9 raises its error of grays to more than twice, on average."""
        both = (error_of(after(condition), *GRAYS) for condition in (TAKEN_FROM_2_9[change], EX_2_9))
        assert ratio(*both) > ALIKE


class TestConstraintsAreTheCause(FourChanges):
    """H2: it is the changed constraints that spare other colors, the subspace term or the anti-anchor's lower weight.

    Published verdict, from one seed: none; it is what 2.9 changed beside the architecture. Ours is partially confirmed:
    neither spares other colors, the lower weight alone takes a little of the error away. 2.9 without the term is judged
    in 2.9 to 2.10.
    """

    @each(
        "change",
        ["term", "weight"],
        but={"term": disconfirmed("no difference"), "weight": disconfirmed("by two fifths")},
    )
    def test_typical_error_falls(self, after, change):
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
