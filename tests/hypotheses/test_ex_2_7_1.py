"""2.7.1 Delete the hue plane, with a color wheel."""

import pytest
import xarray as xr
from hue_wheel import IN_ORDER
from rerun_predictions import HuesMakeAWheel
from rerun_scores import (
    HELD_OUT_MARGIN,
    LAST_DIGIT,
    NEARLY_ALL,
    R_SQUARED_MARGIN,
    TWICE_PUBLISHED_PLANARITY,
    published_cases,
)

from excolor import ablate, error_of, fraction, intervene, median, ratio
from excolor.colors import GRAYS, HUES, rgb_training_cube, vibrant_hues
from excolor.edits import AxisAlignedSuppression
from excolor.experiments import EX_2_7_1
from excolor.judging.thresholds import ALIKE, SPARED
from excolor.measures import (
    answered_vibrancy,
    collateral_of_gray_answers,
    error_growth,
    hue_order,
    off_plane,
    vibrancy_collateral,
    vibrancy_fit,
)
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, restated, undecided

EXPERIMENT = EX_2_7_1

SEEDS = 128
"""Published are 60. That something holds in all is confirmed by 72 of 72, and by 127 of 128, but not by 60 of 60."""

SCORE = 0.8247
"""Published: the mean of the 60 seeds."""

PICTURE = "Ex 2.7.1, figure"
TABLE = "Ex 2.7.1, table of named colors"
LOSSES = "Ex 2.7.1, validation losses of the 60 seeds"

POWER = 2.3
"""Of vibrancy, as published, which the score takes."""

# The damage to the named colors in the published seed, the best of 60.
DELETION = {
    "red": 0.33254,
    "orange": 0.15559,
    "yellow": 0.31716,
    "lime": 0.15976,
    "green": 0.31258,
    "teal": 0.17371,
    "cyan": 0.31447,
    "azure": 0.18112,
    "blue": 0.33280,
    "purple": 0.18925,
    "magenta": 0.25269,
    "pink": 0.18685,
    "black": 0.00046,
    "dark gray": 0.00023,
    "gray": 0.00024,
    "light gray": 0.00023,
    "white": 0.00095,
}
SUPPRESSION = {"black": 0.00050, "dark gray": 0.00023, "gray": 0.00024, "light gray": 0.00023, "white": 0.00103}


@pytest.fixture(scope="module")
def without_hue(intact):
    return ablate(intact, (0, 1))


def flattened(ensemble):
    """With the latents' parts in the hue plane taken away, and not normalized again."""
    return intervene(ensemble, AxisAlignedSuppression((0, 1)))


def vibrancy_left(ensemble):
    """The vibrancy of what is answered to the vibrant hues."""
    return answered_vibrancy(ensemble, vibrant_hues())


def every_gray(edited, intact):
    """The growth of the error of whichever gray an edit damages most, over `seed`."""
    return xr.concat([error_growth(edited, intact, color) for color in GRAYS], "color").max("color")


def takes_hue_alone(edited, intact):
    """Whether the error goes with vibrancy as published, within the margin, and every gray is spared, over `seed`."""
    return (vibrancy_fit(edited, POWER) > SCORE - R_SQUARED_MARGIN) & (every_gray(edited, intact) < SPARED)


MORE = disconfirmed("one to two thousandths")
ABOUT_THERE = undecided("about as much as would be spared")


@primary("test_error_goes_with_vibrancy", "test_every_gray_is_spared", "test_hue_alone_is_taken_in_most_seeds")
@fails_under("unregularized")
class TestDeletionTakesHueAlone:
    """H1: deleting the plane of the color wheel damages colors in proportion to their vibrancy, and spares grays.

    Published verdict, from 60 seeds: confirmed, R^2 with vibrancy to the power of 2.3 is 0.82 +- 0.05 on the training
    colors. The figure and the table show the best of the 60, with an R^2 of 0.93, which nearly all seeds must be below.
    Answering each color with its best gray scores 0.97.
    """

    @published(SCORE, source="Ex 2.7.1, scores of the 60 seeds")
    def test_error_goes_with_vibrancy(self, without_hue, figure):
        """On held-out colors R^2 of deletion is the published mean, or less by a margin at most."""
        assert median(vibrancy_fit(without_hue, POWER)) > figure - R_SQUARED_MARGIN

    @disconfirmed("one or another is damaged, by four times what would be spared")
    def test_every_gray_is_spared(self, without_hue, intact):
        """Deletion spares even the gray that it damages most."""
        assert median(every_gray(without_hue, intact)) < SPARED

    @disconfirmed("in one of 25: one or another gray is damaged")
    def test_hue_alone_is_taken_in_most_seeds(self, without_hue, intact):
        """In most seeds deletion has the published mean R^2, or less by a margin at most, and spares every gray."""
        assert fraction(takes_hue_alone(without_hue, intact)) > 1 / 2

    @published(0.93, source=PICTURE)
    @disconfirmed("the published mean, 0.82, or near it: the seed that was shown is one of few")
    def test_shown_seed_is_ordinary(self, without_hue, figure):
        """The median seed has the R^2 of the best of 60, which was shown."""
        assert median(vibrancy_fit(without_hue, POWER)) > figure - LAST_DIGIT

    @published(0.93 / 0.9119, source=f"{PICTURE} and scores")
    def test_held_out_colors_score_alike(self, without_hue):
        """R^2 of deletion on held-out colors is that on the training colors, within a tenth."""
        pair = vibrancy_fit(without_hue, POWER), vibrancy_fit(without_hue, POWER, rgb_training_cube())
        assert ratio(*pair).between(1 - HELD_OUT_MARGIN, 1 + HELD_OUT_MARGIN)

    def test_collateral_damage(self, without_hue):
        """Collateral damage of deletion is at most twice that of answering each color with its best gray."""
        assert median(vibrancy_collateral(without_hue)) < ALIKE * collateral_of_gray_answers()

    def test_hue_is_gone(self, without_hue):
        """Deletion leaves the hues at most a tenth of their vibrancy."""
        assert median(vibrancy_left(without_hue)) < 1 / 10

    @published_cases(DELETION, *HUES, source=TABLE)
    def test_hue_is_damaged(self, without_hue, intact, color):
        """Deletion damages a hue: its error grows by more than would be spared."""
        assert median(error_growth(without_hue, intact, color)) > SPARED

    @published_cases(
        DELETION,
        *GRAYS,
        source=TABLE,
        but={"black": MORE, "dark gray": ABOUT_THERE, "gray": ABOUT_THERE, "light gray": MORE, "white": MORE},
    )
    def test_gray_is_spared(self, without_hue, intact, color):
        """Deletion spares a gray: its error grows by less."""
        assert median(error_growth(without_hue, intact, color)) < SPARED

    @control
    def test_other_dimensions_damage_grays(self, intact):
        """Deleting dimensions 2 and 3 does not spare grays, on average."""
        assert median(error_of(ablate(intact, (2, 3)), *GRAYS)) > SPARED

    @control
    def test_other_dimensions_do_not_take_hue_alone(self, intact):
        """Deleting dimensions 2 and 3 has such an R^2, and spares every gray, in fewer than half of the seeds."""
        assert fraction(takes_hue_alone(ablate(intact, (2, 3)), intact)) < 1 / 2

    @control
    @restated(was="< half of that of the plane", why="a control fails what is claimed, and no half is claimed anywhere")
    def test_other_dimensions_fit_worse(self, intact):
        """Deleting dimensions 2 and 3 has a lower R^2 than is claimed of deletion."""
        assert median(vibrancy_fit(ablate(intact, (2, 3)), POWER)) < SCORE - R_SQUARED_MARGIN

    @control
    def test_other_dimensions_have_collateral_damage(self, intact):
        """Deleting dimensions 2 and 3 has more collateral damage than is claimed of deletion."""
        assert median(vibrancy_collateral(ablate(intact, (2, 3)))) > ALIKE * collateral_of_gray_answers()

    @control
    def test_other_dimensions_leave_hue(self, intact):
        """Deleting dimensions 2 and 3 leaves the hues more than a tenth of their vibrancy."""
        assert median(vibrancy_left(ablate(intact, (2, 3)))) > 1 / 10

    @control
    def test_intact_model_rebuilds_hues(self, intact):
        """Before deletion the hues are reconstructed, on average."""
        assert median(error_of(intact, *HUES)) < SPARED


@primary("test_fits_as_deletion_does", "test_every_gray_is_spared")
@fails_under("unregularized")
class TestSuppressionDoesTheSame:
    """H2: setting the two dimensions to 0, without normalizing again, damages colors as deletion does.

    Published verdict, from the best of 60 seeds for deletion: confirmed, with an R^2 of 0.89 with vibrancy squared.
    """

    @published(0.89 / 0.93, source=PICTURE)
    def test_fits_as_deletion_does(self, intact, without_hue):
        """R^2 of suppression with vibrancy squared is that of deletion with its own power, within a tenth."""
        pair = vibrancy_fit(flattened(intact), 2), vibrancy_fit(without_hue, POWER)
        assert ratio(*pair).between(1 - HELD_OUT_MARGIN, 1 + HELD_OUT_MARGIN)

    @disconfirmed("one or another is damaged, by five times what would be spared")
    def test_every_gray_is_spared(self, intact):
        """Suppression spares even the gray that it damages most."""
        assert median(every_gray(flattened(intact), intact)) < SPARED

    @disconfirmed("it leaves a little more")
    def test_hue_is_gone(self, intact):
        """Suppression leaves the hues at most a tenth of their vibrancy."""
        assert median(vibrancy_left(flattened(intact))) < 1 / 10

    @published_cases(
        SUPPRESSION,
        *GRAYS,
        source=TABLE,
        but={"black": MORE, "dark gray": ABOUT_THERE, "gray": ABOUT_THERE, "light gray": MORE, "white": MORE},
    )
    def test_gray_is_spared(self, intact, color):
        """Suppression spares a gray: its error grows by less."""
        assert median(error_growth(flattened(intact), intact, color)) < SPARED

    @published(0.198 / 0.243, source=TABLE)
    def test_hues_suffer_less(self, intact, without_hue):
        """Suppression leaves the hues a lower error than deletion, on average."""
        assert ratio(error_of(flattened(intact), *HUES), error_of(without_hue, *HUES)) < 1


@primary("test_hues_are_flat", "test_hues_make_a_wheel", "test_hues_are_flat_and_make_a_wheel")
@fails_under("unregularized")
class TestEverySeedHasTheGeometry(HuesMakeAWheel):
    """H3: in all 60 seeds training lays the vibrant hues flat and in order.

    Published verdict, of all 60 seeds: confirmed, though by validation losses that count batches without a labeled
    color as 0.
    """

    @published(1, source=LOSSES)
    def test_hues_are_flat(self, intact):
        """In nearly all seeds the vibrant hues lie near the plane of dimensions 0 and 1."""
        assert fraction(off_plane(intact) < TWICE_PUBLISHED_PLANARITY) > NEARLY_ALL

    def test_hues_are_flat_and_make_a_wheel(self, intact):
        """In nearly all seeds a model has the vibrant hues near the plane of dimensions 0 and 1, and in hue order."""
        assert fraction((off_plane(intact) < TWICE_PUBLISHED_PLANARITY) & (hue_order(intact) > IN_ORDER)) > NEARLY_ALL
