"""2.6, 2.7 Delete the warm-cool axis, and the plane of hues."""

import pytest
import xarray as xr
from cases import each

from excolor import ablate, error_of, fraction, median, prune, ratio, typical_error, worst_error
from excolor.colors import GRAYS, HUES, named_colors
from excolor.experiments import EX_2_4
from excolor.judging.thresholds import SPARED, UNREBUILT
from excolor.measures import answered_brightness, answered_vibrancy
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, undecided

SEEDS = 32

ABOUT_THERE = undecided("about as much as would be spared")

EXPERIMENT = EX_2_4
"""The published model is that of 2.4."""

PRIMARIES = ("red", "green", "blue")
SECONDARIES = ("yellow", "cyan", "magenta")
TERTIARIES = tuple(hue for hue in HUES if hue not in PRIMARIES + SECONDARIES)

ENDS = ("red", "cyan")
"""Of the warm-cool axis."""
ACROSS = ("lime", "purple", "black", "gray", "white")
"""What lies across from it."""

DAMAGED = 1 / 12
"""A vibrant hue is damaged if its error is above this: half of 1/6, what the best constant gray
scores for a tertiary one, for which it scores best. A margin decided beforehand."""


@pytest.fixture(scope="module")
def without_plane(intact):
    return ablate(intact, (0, 1))


@pytest.fixture(scope="module")
def without_rest(intact):
    """Without the other two dimensions, where the grays lie."""
    return ablate(intact, (2, 3))


def colorfulness(ensemble):
    """The vibrancy of what is answered to the twelve hues."""
    return answered_vibrancy(ensemble, named_colors().sel(name=list(HUES)))


def brightness(ensemble, names):
    """The brightness of what is answered to named colors."""
    return answered_brightness(ensemble, named_colors().sel(name=list(names)))


def least(ensemble, names):
    """The error of the least damaged of several colors, over `seed`."""
    return xr.concat([error_of(ensemble, name) for name in names], "name").min("name")


def most(ensemble, names):
    """The error of the most damaged of several colors, over `seed`."""
    return xr.concat([error_of(ensemble, name) for name in names], "name").max("name")


def deletes_the_axis_alone(ensemble):
    """Whether a model has lost both ends of the warm-cool axis, and spares every color across from it, over `seed`."""
    return (least(ensemble, ENDS) > UNREBUILT) & (most(ensemble, ACROSS) < SPARED)


def deletes_hue_alone(ensemble):
    """Whether a model damages every one of the twelve hues, and spares every gray, over `seed`."""
    return (least(ensemble, HUES) > DAMAGED) & (most(ensemble, GRAYS) < SPARED)


@primary(
    "test_neither_end_can_be_rebuilt",
    "test_every_color_across_is_spared",
    "test_ends_alone_are_deleted_in_most_seeds",
)
@fails_under("unregularized")
class TestWarmCoolAxisIsDeleted:
    """2.6: without dimension 0 the error is high at red and cyan, and low across from them and at grays.

    Published verdict, from one seed: confirmed. The typical error published with it, 0.0031, is above what we call
    spared.
    """

    @undecided("about as well as by the best gray")
    def test_neither_end_can_be_rebuilt(self, deleted):
        """After deletion neither red nor cyan is reconstructed better than by the best constant gray."""
        # The best constant gray scores 2/9 for cyan as for red.
        assert median(least(deleted, ENDS)) > UNREBUILT

    @disconfirmed("one or another is damaged, by four times what would be spared")
    def test_every_color_across_is_spared(self, deleted):
        """After deletion lime, purple, black, gray and white are spared, each of them."""
        assert median(most(deleted, ACROSS)) < SPARED

    @disconfirmed("in none: one or another color is damaged")
    def test_ends_alone_are_deleted_in_most_seeds(self, deleted):
        """In most seeds a model has lost red and cyan, and spares lime, purple, black, gray and white."""
        assert fraction(deletes_the_axis_alone(deleted)) > 1 / 2

    @each("color", ENDS, but={"cyan": undecided("about as well as by the best gray")})
    def test_end_cannot_be_rebuilt(self, deleted, color):
        """After deletion a color at an end of the axis is reconstructed no better than by the best constant gray."""
        assert median(error_of(deleted, color)) > UNREBUILT

    @each("color", ACROSS, but=dict.fromkeys(ACROSS, ABOUT_THERE))
    def test_color_across_is_spared(self, deleted, color):
        """After deletion a color across from the warm-cool axis is spared."""
        assert median(error_of(deleted, color)) < SPARED

    def test_hues_across_suffer_a_tenth(self, deleted):
        """After deletion hues across from the axis have at most a tenth of the error of hues at its ends."""
        # A margin decided beforehand.
        assert ratio(error_of(deleted, "lime", "purple"), error_of(deleted, *ENDS)) < 1 / 10

    @published(0.27, source="Ex 2.6")
    def test_worst_color_cannot_be_rebuilt(self, deleted):
        """After deletion the worst color is reconstructed no better than any color by its best gray."""
        assert median(worst_error(deleted)) > UNREBUILT

    @published(0.0031 / 0.27, source="Ex 2.6")
    def test_typical_color_suffers_a_tenth(self, deleted):
        """After deletion the typical color has at most a tenth of the error of the worst."""
        # The margin of hues across from the axis.
        assert ratio(typical_error(deleted), worst_error(deleted)) < 1 / 10

    @published(0.0031 / 0.0031, source="Ex 2.6")
    def test_pruning_is_the_same(self, intact, deleted):
        """Removing dimension 0 gives the typical error that deleting it does, within a hundredth."""
        # No `ratio`, which refuses the same numbers: here they are the claim.
        assert median(typical_error(prune(intact, 0)) / typical_error(deleted)).between(0.99, 1.01)

    @control
    @each("color", ENDS)
    def test_intact_model_rebuilds_the_end(self, intact, color):
        """Before deletion a color at an end of the axis is reconstructed better than by the best constant gray."""
        assert median(error_of(intact, color)) < UNREBUILT

    @control
    def test_other_axis_damages_the_hues_across(self, intact):
        """Deleting dimension 1 damages hues across from the warm-cool axis."""
        assert median(error_of(ablate(intact, 1), "lime", "purple")) > SPARED

    @control
    def test_other_dimensions_damage_grays(self, intact):
        """Deleting dimension 2 or 3, whichever is worse, damages grays."""
        errors = [error_of(ablate(intact, dim), "black", "gray", "white") for dim in (2, 3)]
        assert median(xr.concat(errors, "dim").max("dim")) > SPARED

    @control
    def test_other_axis_does_not_delete_the_ends_alone(self, intact):
        """Deleting dimension 1 loses red and cyan, and spares all across, in fewer than half of the seeds."""
        assert fraction(deletes_the_axis_alone(ablate(intact, 1))) < 1 / 2

    @control
    def test_pruning_another_is_another(self, intact, deleted):
        """Removing dimension 2 gives a higher typical error than deleting dimension 0 does."""
        assert ratio(typical_error(prune(intact, 2)), typical_error(deleted)) > 1.01


@primary(
    "test_every_hue_is_damaged",
    "test_every_gray_is_spared",
    "test_hue_alone_is_deleted_in_most_seeds",
)
@fails_under("unregularized")
class TestPlaneOfHuesIsDeleted:
    """2.7: without dimensions 0 and 1 the error is high at all vibrant colors, and low at unsaturated ones.

    Published verdict, from one seed: confirmed, reconstructions become gray; primaries nearly black, secondaries nearly
    white, and those between them a medium gray. The typical error published with it, 0.008, is above what we call
    spared.
    """

    def test_every_hue_is_damaged(self, without_plane):
        """After deletion even the least damaged of the twelve hues is damaged."""
        assert median(least(without_plane, HUES)) > DAMAGED

    @disconfirmed("one or another is damaged, by three times what would be spared")
    def test_every_gray_is_spared(self, without_plane):
        """After deletion even the most damaged of the five grays is spared."""
        assert median(most(without_plane, GRAYS)) < SPARED

    @disconfirmed("in one seed of sixteen: one or another gray is damaged")
    def test_hue_alone_is_deleted_in_most_seeds(self, without_plane):
        """In most seeds a model damages every one of the twelve hues, and spares every gray."""
        assert fraction(deletes_hue_alone(without_plane)) > 1 / 2

    @each(
        "color",
        GRAYS,
        but={
            "black": ABOUT_THERE,
            "dark gray": ABOUT_THERE,
            "gray": ABOUT_THERE,
            "light gray": ABOUT_THERE,
            "white": disconfirmed("twice as much as would be spared"),
        },
    )
    def test_gray_is_spared(self, without_plane, color):
        """After deletion a gray is spared."""
        assert median(error_of(without_plane, color)) < SPARED

    def test_reconstructions_are_gray(self, without_plane):
        """After deletion reconstructions of the twelve hues have at most a tenth of their vibrancy."""
        # A margin decided beforehand.
        assert median(colorfulness(without_plane)) < 1 / 10

    def test_primaries_turn_black(self, without_plane):
        """After deletion reconstructions of primary hues are nearer to black than to mid-gray."""
        assert median(brightness(without_plane, PRIMARIES)) < 1 / 4

    def test_secondaries_turn_white(self, without_plane):
        """After deletion reconstructions of secondary hues are nearer to white than to mid-gray."""
        assert median(brightness(without_plane, SECONDARIES)) > 3 / 4

    def test_tertiaries_turn_gray(self, without_plane):
        """After deletion reconstructions of tertiary hues are nearer to mid-gray than to black or white."""
        assert median(brightness(without_plane, TERTIARIES)).between(1 / 4, 3 / 4)

    @published(0.31, source="Ex 2.7")
    def test_worst_color_cannot_be_rebuilt(self, without_plane):
        """After deletion the worst color is reconstructed no better than any color by its best gray."""
        assert median(worst_error(without_plane)) > UNREBUILT

    @published(0.008 / 0.31, source="Ex 2.7")
    def test_typical_color_suffers_a_tenth(self, without_plane):
        """After deletion the typical color has at most a tenth of the error of the worst."""
        # The margin of 2.6.
        assert ratio(typical_error(without_plane), worst_error(without_plane)) < 1 / 10

    @control
    def test_other_plane_damages_grays(self, without_rest):
        """Deleting dimensions 2 and 3 damages grays."""
        assert median(error_of(without_rest, *GRAYS)) > SPARED

    @control
    def test_other_plane_leaves_hues(self, without_rest):
        """Deleting dimensions 2 and 3 does not damage the least damaged hue."""
        assert median(least(without_rest, HUES)) < DAMAGED

    @control
    def test_other_plane_does_not_delete_hue_alone(self, without_rest):
        """Deleting dimensions 2 and 3 damages every hue, and spares every gray, in fewer than half of the seeds."""
        assert fraction(deletes_hue_alone(without_rest)) < 1 / 2

    @control
    def test_other_plane_leaves_color(self, without_rest):
        """Deleting dimensions 2 and 3 leaves the hues more than a tenth of their vibrancy."""
        assert median(colorfulness(without_rest)) > 1 / 10

    @control
    def test_intact_primaries_are_a_third(self, intact):
        """Before deletion reconstructions of primary hues are nearer to mid-gray than to black."""
        assert median(brightness(intact, PRIMARIES)) > 1 / 4

    @control
    def test_intact_secondaries_are_two_thirds(self, intact):
        """Before deletion reconstructions of secondary hues are nearer to mid-gray than to white."""
        assert median(brightness(intact, SECONDARIES)) < 3 / 4
