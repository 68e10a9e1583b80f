"""Beyond: how soon a deleted concept is learned again."""

import pytest
from cases import each

from excolor import Dopesheet, ablate, error_of, fraction, median, ratio, typical_error
from excolor.colors import redness, training_cube
from excolor.conditions import After
from excolor.experiments import EX_2_10
from excolor.judging.thresholds import ALIKE, REBUILT, SPARED, UNREBUILT
from excolor.verdicts import control, fails_under, primary, undecided

SEEDS = 192

FEW, SOME, MANY = 30, 100, 1000
"""Steps of further training: a hundredth, a thirtieth and a third of those of the first one."""
RATE = 0.01
"""The learning rate of further training, which is that of 2.10 at its beginning."""
EXPERIMENT = EX_2_10
UNREGULARIZED = EX_2_10.unregularized()


def delete_red(ensemble):
    return ablate(ensemble, 0)


def without_reds():
    """The training data, and no color in it of which half or more is red."""
    cube = training_cube()
    return cube.assign(bias=cube["bias"] * (redness(cube["color"].values) < 1 / 2))


def further(start, steps, data=training_cube):
    """So many steps that reduce nothing but the error; from fresh weights if there is no start."""
    sheet = Dopesheet.parse(f"STEP,lr\n0,{RATE}\n{steps - 1},")
    return UNREGULARIZED.replace(name=f"2.10, {steps} steps further", dopesheet=sheet, start=start, data=data)


DELETED, INTACT = After(EX_2_10, delete_red), After(EX_2_10)
DELETED_UNANCHORED, INTACT_UNANCHORED = After(UNREGULARIZED, delete_red), After(UNREGULARIZED)


STEPS = {f"{steps} steps": steps for steps in (10, FEW, SOME, 300, MANY)}
sooner_and_later = each("steps", (f"{FEW} steps", f"{MANY} steps"))
after_each = each("steps", STEPS)


def of_both(goes_on, steps, data, starts=(DELETED, DELETED_UNANCHORED)):
    """The errors of red where it was anchored, and in models without anchors."""
    return [error_of(goes_on(start, steps, data), "red") for start in starts]


@pytest.fixture(scope="module")
def goes_on(trained, seeds):
    """A function: the models after further training from a start."""
    return lambda start, steps, data=training_cube: trained(further(start, steps, data), seeds)


@pytest.fixture(scope="module")
def deleted_unanchored(trained, seeds):
    return ablate(trained(UNREGULARIZED, seeds), 0)


@primary("test_red_is_back", "test_sooner_than_from_scratch")
@fails_under("gray")
class TestDeletionIsUndoneByALittleTraining:
    """H1: a deleted model that is trained on, with all colors, has red back in a thirtieth of the steps it took.

    Published verdict: none.
    """

    @undecided("in about half of the seeds")
    def test_red_is_back(self, goes_on):
        """After 100 steps red is reconstructed as well as a color that deletion spares, in most seeds."""
        assert fraction(error_of(goes_on(DELETED, SOME), "red") < SPARED) > 1 / 2

    def test_sooner_than_from_scratch(self, goes_on):
        """After 100 steps the error of red is less than half of what training from fresh weights leaves."""
        # A factor of two is what counts as alike elsewhere.
        deleted, fresh = (error_of(goes_on(start, SOME), "red") for start in (DELETED, None))
        assert ratio(deleted, fresh) < 1 / ALIKE

    @undecided("about as low", case="1000 steps")
    @after_each
    def test_sooner_than_from_scratch_after_each(self, goes_on, steps):
        """After as many steps the error of red is lower than what training from fresh weights leaves."""
        deleted, fresh = (error_of(goes_on(start, STEPS[steps]), "red") for start in (DELETED, None))
        assert ratio(deleted, fresh) < 1

    @after_each
    def test_red_is_no_longer_lost(self, goes_on, steps):
        """After so many steps with all colors red is reconstructed better than by the best gray."""
        assert median(error_of(goes_on(DELETED, STEPS[steps]), "red")) < UNREBUILT

    def test_others_do_not_pay(self, goes_on, deleted):
        """After 100 steps the typical color is reconstructed no worse than right after the deletion."""
        assert ratio(typical_error(goes_on(DELETED, SOME)), typical_error(deleted)) < 1

    @control
    def test_deleted_red_is_lost(self, deleted):
        """Before further training red is reconstructed no better than by the best gray."""
        assert median(error_of(deleted, "red")) > UNREBUILT

    @control
    def test_fresh_models_reconstruct_nothing_so_soon(self, goes_on):
        """After 30 steps from fresh weights the typical color is not reconstructed."""
        assert median(typical_error(goes_on(None, FEW))) > REBUILT


@primary("test_red_comes_back_in_part", "test_red_does_not_come_back_whole")
@fails_under("gray", but={"test_red_does_not_come_back_whole": "who answers gray has no red either"})
class TestRedComesBackWithoutReds:
    """H2: trained on without a single red, a deleted model reconstructs red again in part, and never in full.

    Published verdict: none.
    """

    def test_red_comes_back_in_part(self, goes_on):
        """After 1000 steps without reds, red is reconstructed better than by the best gray, in most seeds."""
        assert fraction(error_of(goes_on(DELETED, MANY, without_reds), "red") < UNREBUILT) > 1 / 2

    def test_red_does_not_come_back_whole(self, goes_on):
        """After 1000 steps without reds, red is not reconstructed as well as a color that deletion spares."""
        assert fraction(error_of(goes_on(DELETED, MANY, without_reds), "red") > SPARED) > 1 / 2

    @after_each
    def test_red_is_no_longer_lost(self, goes_on, steps):
        """After so many steps without reds, red is reconstructed better than by the best gray."""
        assert median(error_of(goes_on(DELETED, STEPS[steps], without_reds), "red")) < UNREBUILT

    def test_reds_in_the_data_count(self, goes_on):
        """After 100 steps the error of red is more than twice as high without reds in the data as with them."""
        without, having = (error_of(goes_on(DELETED, SOME, data), "red") for data in (without_reds, training_cube))
        assert ratio(without, having) > ALIKE

    def test_it_is_not_for_being_forgotten(self, goes_on):
        """After 1000 steps without reds the error of red is more than twice as high as where nothing was deleted."""
        deleted, intact = (error_of(goes_on(start, MANY, without_reds), "red") for start in (DELETED, INTACT))
        assert ratio(deleted, intact) > ALIKE

    @control
    def test_others_are_rebuilt_without_reds(self, goes_on):
        """After 1000 steps without reds the typical color is reconstructed."""
        assert median(typical_error(goes_on(DELETED, MANY, without_reds))) < REBUILT


@primary("test_without_reds", "test_with_reds")
@fails_under("unregularized")
class TestAnchoringMakesDeletionLast:
    """H3: red comes back later where it was anchored than in a model without anchors that lost the same dimension.

    A model without anchors has red in all dimensions, and so keeps a part of it when it loses one. Without reds a part
    of the difference is no deletion's: a model forgets what it is not shown, the sooner where red was anchored.

    Published verdict: none.
    """

    def test_without_reds(self, goes_on):
        """After 100 steps without reds, the error of red is more than twice as high where red was anchored."""
        assert ratio(*of_both(goes_on, SOME, without_reds)) > ALIKE

    def test_with_reds(self, goes_on):
        """After 100 steps with reds in the data, the error of red is higher where red was anchored."""
        assert ratio(*of_both(goes_on, SOME, training_cube)) > 1

    @sooner_and_later
    def test_without_reds_sooner_and_later(self, goes_on, steps):
        """After fewer or more steps without reds, it is more than twice as high too."""
        assert ratio(*of_both(goes_on, STEPS[steps], without_reds)) > ALIKE

    @sooner_and_later
    def test_with_reds_sooner_and_later(self, goes_on, steps):
        """After fewer or more steps with reds in the data, it is higher too."""
        assert ratio(*of_both(goes_on, STEPS[steps], training_cube)) > 1

    @undecided("where red was anchored it is forgotten sooner, by about that factor")
    def test_intact_models_forget_alike(self, goes_on):
        """Where nothing was deleted, 100 steps without reds leave red's error alike, anchored or not."""
        both = of_both(goes_on, SOME, without_reds, (INTACT, INTACT_UNANCHORED))
        assert ratio(*both).between(1 / ALIKE, ALIKE)

    @control
    def test_without_anchors_deletion_takes_less_of_red(self, deleted, deleted_unanchored):
        """Right after the deletion the error of red is higher where red was anchored."""
        assert ratio(error_of(deleted, "red"), error_of(deleted_unanchored, "red")) > 1
