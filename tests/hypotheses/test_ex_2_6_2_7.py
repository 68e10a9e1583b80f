"""2.6, 2.7 Delete the warm-cool axis, and the plane of hues."""

import pytest
import xarray as xr

from excolor import ablate, error_of, median, prune, ratio, typical_error, worst_error
from excolor.colors import GRAYS, HUES, named_colors
from excolor.experiments import EX_2_4
from excolor.judging.thresholds import ALIKE, UNREBUILT
from excolor.measures import answered_brightness, answered_vibrancy
from excolor.verdicts import control, published, restated

EXPERIMENT = EX_2_4
"""The published model is that of 2.4."""

PRIMARIES = ("red", "green", "blue")
SECONDARIES = ("yellow", "cyan", "magenta")
TERTIARIES = tuple(hue for hue in HUES if hue not in PRIMARIES + SECONDARIES)

DAMAGED = 1 / 12
"""A vibrant hue is damaged if its error is above this: half of 1/6, what the best constant gray
scores for a tertiary one, for which it scores best. A margin decided beforehand."""


TYPICAL = 0.0031
"""Published of 2.6, from one seed: the typical error."""

LOW = 2 * TYPICAL
"""An error is low if it is below this: twice that; that of 2.7 is higher, 0.008."""

restated_low = restated(
    was="against SPARED",
    why="that is set for deletions of red alone: of ten colors seven lay about there, and one beyond",
)


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


def least_damage(ensemble):
    return xr.concat([error_of(ensemble, hue) for hue in HUES], "hue").min("hue")


class TestWarmCoolAxisIsDeleted:
    """2.6: without dimension 0 the error is high at red and cyan, and low across from them and at grays.

    Published verdict, from one seed: confirmed.
    """

    @pytest.mark.parametrize("color", ["red", "cyan"])
    def test_end_cannot_be_rebuilt(self, deleted, color):
        """After deletion a color at an end of the axis is reconstructed no better than by the best constant gray."""
        # The best constant gray scores 2/9 for cyan as for red.
        assert median(error_of(deleted, color)) > UNREBUILT

    @pytest.mark.parametrize("color", ["lime", "purple", "black", "gray", "white"])
    @restated_low
    def test_color_across_suffers_little(self, deleted, color):
        """After deletion the error of a color across from the warm-cool axis is low."""
        assert median(error_of(deleted, color)) < LOW

    @restated(was="< SPARED", why="disconfirmed on some other seeds and undecided on others")
    def test_grays_suffer_least(self, deleted):
        """After deletion the error of black, gray and white is less than half of what is low, on average."""
        assert median(error_of(deleted, "black", "gray", "white")) < LOW / 2

    def test_hues_across_suffer_a_tenth(self, deleted):
        """After deletion hues across from the axis have at most a tenth of the error of hues at its ends."""
        # A margin decided beforehand.
        assert ratio(error_of(deleted, "lime", "purple"), error_of(deleted, "red", "cyan")) < 1 / 10

    @published(0.27, source="Ex 2.6")
    def test_worst_error(self, deleted, figure):
        """After deletion the worst error is as published, within a factor of two."""
        assert median(worst_error(deleted)).between(figure / ALIKE, figure * ALIKE)

    @published(TYPICAL, source="Ex 2.6")
    def test_typical_error(self, deleted, figure):
        """After deletion the typical error is as published, within a factor of two."""
        assert median(typical_error(deleted)).between(figure / ALIKE, figure * ALIKE)

    @published(TYPICAL / TYPICAL, source="Ex 2.6")
    def test_pruning_is_the_same(self, intact, deleted):
        """Removing dimension 0 gives the typical error that deleting it does, within a hundredth."""
        assert ratio(typical_error(prune(intact, 0)), typical_error(deleted)).between(0.99, 1.01)

    @control
    @pytest.mark.parametrize("color", ["red", "cyan"])
    def test_intact_model_rebuilds_the_end(self, intact, color):
        """Before deletion a color at an end of the axis is reconstructed better than by the best constant gray."""
        assert median(error_of(intact, color)) < UNREBUILT

    @control
    @restated_low
    def test_other_axis_damages_the_hues_across(self, intact):
        """Deleting dimension 1 makes the error of hues across from the warm-cool axis high."""
        assert median(error_of(ablate(intact, 1), "lime", "purple")) > LOW

    @control
    @restated_low
    def test_other_dimensions_damage_grays(self, intact):
        """Deleting dimension 2 or 3, whichever is worse, makes the error of grays high."""
        errors = [error_of(ablate(intact, dim), "black", "gray", "white") for dim in (2, 3)]
        assert median(xr.concat(errors, "dim").max("dim")) > LOW

    @control
    def test_pruning_another_is_another(self, intact, deleted):
        """Removing dimension 2 gives a higher typical error than deleting dimension 0 does."""
        assert ratio(typical_error(prune(intact, 2)), typical_error(deleted)) > 1.01


class TestPlaneOfHuesIsDeleted:
    """2.7: without dimensions 0 and 1 the error is high at all vibrant colors, and low at unsaturated ones.

    Published verdict, from one seed: confirmed, reconstructions become gray; primaries nearly black, secondaries nearly
    white, and those between them a medium gray.
    """

    def test_every_hue_is_damaged(self, without_plane):
        """After deletion even the least damaged of the twelve hues is damaged."""
        assert median(least_damage(without_plane)) > DAMAGED

    @pytest.mark.parametrize("color", GRAYS)
    @restated_low
    def test_gray_suffers_little(self, without_plane, color):
        """After deletion the error of a gray is low."""
        assert median(error_of(without_plane, color)) < LOW

    @restated(was="< SPARED", why="disconfirmed on some other seeds and undecided on others")
    def test_grays_suffer_least(self, without_plane):
        """After deletion the error of grays is less than half of what is low, on average."""
        assert median(error_of(without_plane, *GRAYS)) < LOW / 2

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
    def test_worst_error(self, without_plane, figure):
        """After deletion the worst error is as published, within a factor of two."""
        assert median(worst_error(without_plane)).between(figure / ALIKE, figure * ALIKE)

    @published(0.008, source="Ex 2.7")
    def test_typical_error(self, without_plane, figure):
        """After deletion the typical error is as published, within a factor of two."""
        assert median(typical_error(without_plane)).between(figure / ALIKE, figure * ALIKE)

    @control
    @restated_low
    def test_other_plane_damages_grays(self, without_rest):
        """Deleting dimensions 2 and 3 makes the error of grays high."""
        assert median(error_of(without_rest, *GRAYS)) > LOW

    @control
    def test_other_plane_leaves_hues(self, without_rest):
        """Deleting dimensions 2 and 3 does not damage the least damaged hue."""
        assert median(least_damage(without_rest)) < DAMAGED

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
