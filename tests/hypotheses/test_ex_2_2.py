"""2.2 Suppress red in latents that nothing normalizes."""

import pytest
import xarray as xr
from cases import each, unlike_red
from deletion_predictions import typical_error_in_rgb
from red_interventions import (
    INTERVENTIONS,
    along_others,
    collateral,
    edited,
    interventions,
    interventions_published,
)

from excolor import (
    answering,
    error_of,
    fraction,
    median,
    named_color,
    ratio,
    typical_error,
    worst_error,
)
from excolor.colors import DARK_SHADES, FAR_FROM_RED, GRAYS
from excolor.edits import axis
from excolor.experiments import EX_2_2, EX_2_2_AS_MEANT, EX_2_3, EX_2_3_SIGMOID
from excolor.judging.thresholds import ALIKE, SPARED
from excolor.measures import error_growth, off_plane, worst_hue_is_near_red
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, restated, undecided

# Published, from one seed: the worst error without an intervention, and under one.
INTACT = 0.014
WORST = {"suppression": 0.28, "repulsion": 0.29}

CONDITIONS = (EX_2_2, EX_2_2_AS_MEANT)

SEEDS = 256
"""What a repulsion does varies much from seed to seed: whether it is more precise in 2.3 is a close call."""
OF_AS_MEANT = 192
"""Seeds of 2.2 as it was meant: whether a repulsion is as strong there is less of one."""
OF_LINEAR_OUTPUT = 64
"""Seeds of 2.3 itself, which nothing primary is about."""
OF_OTHERS = 64
"""Seeds whose other dimensions are edited, for controls, which are no close calls."""

restated_collateral = restated(
    was="of what errors grow by",
    why="under repulsion the error of red does not grow in every seed, so that there is no quotient",
)


def raises_only_the_error_near_red(edited, intact, damage):
    """Whether red's error is above `damage`, and that of each group unlike red grows by less than would be spared."""
    groups = FAR_FROM_RED, GRAYS, DARK_SHADES
    growths = xr.concat([error_growth(edited, intact, *group) for group in groups], "group")
    return (error_of(edited, "red") > damage) & (growths < SPARED).all("group")


@pytest.fixture(scope="module", autouse=True)
def conditions(trained_together, seeds):
    """As many seeds of both as 2.2 has as it was meant; what differs in terms alone trains side by side."""
    trained_together(CONDITIONS, seeds[:OF_AS_MEANT])


@pytest.fixture(scope="module")
def as_published(trained, seeds):
    return trained(EX_2_2, seeds)


@pytest.fixture(scope="module")
def as_meant(trained, seeds):
    return trained(EX_2_2_AS_MEANT, seeds[:OF_AS_MEANT])


@pytest.fixture(scope="module")
def with_sigmoid(trained, seeds):
    """2.3 with the output of 2.2."""
    return trained(EX_2_3_SIGMOID, seeds)


@pytest.fixture(scope="module")
def with_linear_output(trained, seeds):
    return trained(EX_2_3, seeds[:OF_LINEAR_OUTPUT])


class RedIsSuppressed:
    """The predictions for either condition, and their controls."""

    @pytest.fixture
    def few(self, intact):
        return intact.first(OF_OTHERS)

    @published(INTACT, source="Ex 2.2")
    def test_worst_color(self, intact, figure):
        """Without an intervention even the worst color is reconstructed."""
        # Twice the published figure, for the scatter of seeds.
        assert median(worst_error(intact)) < 2 * figure

    @interventions
    def test_only_the_error_near_red_rises(self, intact, intervention):
        """In most seeds an intervention damages red and leaves each group of colors unlike red mostly unchanged."""
        alone = raises_only_the_error_near_red(edited(intact, intervention), intact, WORST[intervention] / 2)
        assert fraction(alone) > 1 / 2

    @interventions_published(WORST, source="Ex 2.2")
    def test_red_is_damaged(self, intact, intervention, figure):
        """Under an intervention the error of red is more than half of the published worst error."""
        assert median(error_of(edited(intact, intervention), "red")) > figure / 2

    @interventions
    def test_worst_hue_is_near_red(self, intact, intervention):
        """In most seeds the most damaged hue is red or one 30 degrees from it."""
        # Of twelve hues at random, it would be in 1 seed of 4.
        assert fraction(worst_hue_is_near_red(edited(intact, intervention))) > 1 / 2

    @interventions
    def test_typical_color_is_alike(self, intact, intervention):
        """Under an intervention the typical error is as without it, within a factor of two."""
        # A weak claim: that color is dark or gray, and hardly damaged along dimension 1 either, the wheel's other one.
        assert ratio(typical_error(edited(intact, intervention)), typical_error(intact)).between(1 / ALIKE, ALIKE)

    @interventions
    def test_typical_color_in_rgb_is_alike(self, intact, intervention):
        """Under an intervention the typical error of the RGB cube is as without it, within a factor of two."""
        both = (typical_error_in_rgb(model) for model in (edited(intact, intervention), intact))
        assert ratio(*both).between(1 / ALIKE, ALIKE)

    @interventions
    @unlike_red
    def test_bystanders_are_mostly_unchanged(self, intact, intervention, group):
        """Under an intervention the mean error of a group of colors unlike red grows by less than would be spared."""
        # What it grows by, since without normalization the intact models have one of their own.
        assert median(error_growth(edited(intact, intervention), intact, *group)) < SPARED

    @control
    def test_intact_model_rebuilds_red(self, intact):
        """Without an intervention red is reconstructed as well as the worst color is to be."""
        assert median(error_of(intact, "red")) < 2 * INTACT

    @control
    @interventions
    def test_other_directions_do_damage(self, few, intervention):
        """An intervention along the worst of the other dimensions more than doubles the typical error."""
        assert ratio(along_others(few, intervention, typical_error), typical_error(few)) > ALIKE

    @control
    @interventions
    @unlike_red
    def test_other_directions_damage_bystanders(self, few, intervention, group):
        """An intervention along the worst of the other dimensions damages a group of colors unlike red."""
        growth = along_others(few, intervention, lambda models: error_growth(models, few, *group))
        assert median(growth) > SPARED

    @control
    @interventions
    def test_other_directions_leave_red(self, few, intervention):
        """An intervention along the worst of the other dimensions leaves red below half of the published error."""
        errors = along_others(few, intervention, lambda models: error_of(models, "red"))
        assert median(errors) < WORST[intervention] / 2

    @control
    @interventions
    def test_other_direction_damages_another_hue(self, few, intervention):
        """An intervention along dimension 1 damages most a hue that is not near red."""
        assert fraction(worst_hue_is_near_red(edited(few, intervention, axis(few, 1)))) < 1 / 2


@primary("test_only_the_error_near_red_rises")
@fails_under("unregularized")
class TestAsPublished(RedIsSuppressed):
    """Damping or turning latents aligned with red raises the error near red and leaves others mostly unchanged.

    Published verdict, from one seed: largely confirmed, though saturated colors bleed and grays are not quite gray.
    Planarity had a weight of 1 by accident, and the anchor the schedule that was meant for it. A latent that a
    repulsion turns is given length 1.
    """

    @pytest.fixture
    def intact(self, as_published):
        return as_published


@primary("test_only_the_error_near_red_rises")
@fails_under("unregularized")
class TestAsMeant(RedIsSuppressed):
    """Damping or turning latents aligned with red raises the error near red with the terms weighted as meant, too.

    Published verdict, from one seed with the accident: largely confirmed. The thresholds and figures are that run's, so
    that these seeds may lie far from them.
    """

    @pytest.fixture
    def intact(self, as_meant):
        return as_meant

    @each("intervention", INTERVENTIONS, but={"repulsion": disconfirmed("in a quarter: red is damaged less")})
    def test_only_the_error_near_red_rises(self, intact, intervention):
        """In most seeds an intervention damages red and leaves each group of colors unlike red mostly unchanged."""
        alone = raises_only_the_error_near_red(edited(intact, intervention), intact, WORST[intervention] / 2)
        assert fraction(alone) > 1 / 2

    @interventions_published(WORST, source="Ex 2.2", but={"repulsion": disconfirmed("a fifth of the published one")})
    def test_red_is_damaged(self, intact, intervention, figure):
        """Under an intervention the error of red is more than half of the published worst error."""
        assert median(error_of(edited(intact, intervention), "red")) > figure / 2


@primary("test_worst_error_is_alike", "test_red_suffers_alike")
@fails_under("others-unregularized")
class TestAccidentDoesNotMatter:
    """With the accident of its sheet 2.2 shows what it would have shown as it was meant.

    Published verdict, from one seed: none; the accident went unseen.
    """

    @pytest.fixture
    def as_published(self, as_published):
        """Of the seeds that 2.2 has as it was meant, too."""
        return as_published.first(OF_AS_MEANT)

    @disconfirmed("with the accident it is three times as high")
    def test_worst_error_is_alike(self, as_published, as_meant):
        """Without an intervention the worst error is as high with the accident, within a factor of two."""
        assert ratio(worst_error(as_published), worst_error(as_meant)).between(1 / ALIKE, ALIKE)

    @each("intervention", INTERVENTIONS, but={"repulsion": disconfirmed("higher in most seeds, by any factor")})
    def test_red_suffers_alike(self, as_published, as_meant, intervention):
        """Under an intervention the error of red is as high with the accident, within a factor of two."""
        both = (error_of(edited(model, intervention), "red") for model in (as_published, as_meant))
        assert ratio(*both).between(1 / ALIKE, ALIKE)

    @each(
        "intervention",
        INTERVENTIONS,
        but={"repulsion": undecided("two fifths of it as meant, by very different factors")},
    )
    @restated_collateral
    def test_is_as_precise(self, as_published, as_meant, intervention):
        """Collateral damage is as high with the accident, within a factor of two."""
        both = (collateral(model, intervention) for model in (as_published, as_meant))
        assert ratio(*both).between(1 / ALIKE, ALIKE)

    @control
    def test_accident_flattens_the_hues(self, as_published, as_meant):
        """With the accident the vibrant hues lie at most half as far off the plane of dimensions 0 and 1."""
        assert ratio(off_plane(as_published), off_plane(as_meant)) < 1 / ALIKE


@primary("test_worst_error_falls", "test_is_more_precise")
@fails_under("unregularized", "others-unregularized")
class TestNormalizationHelps:
    """2.3, H1: explicit normalization with weak unitarity gives lower errors and more precise interventions.

    Published verdict, from one seed: confirmed, with 2.3 in 15 % of the steps against 2.2 with its accident; but
    repulsion hardly improved. The two differ in separation, the rate of learning and the schedule, too.
    """

    @published(0.0016 / INTACT, source="Ex 2.3 and 2.2")
    def test_worst_error_falls(self, with_sigmoid, as_published, figure):
        """With a sigmoid the ratio of the worst error to that of 2.2 is less than twice the published one."""
        assert ratio(worst_error(with_sigmoid), worst_error(as_published)) < 2 * figure

    def test_typical_error_falls(self, with_sigmoid, as_published):
        """With a sigmoid, as in 2.2, the typical error is lower than that of 2.2."""
        assert ratio(typical_error(with_sigmoid), typical_error(as_published)) < 1

    def test_typical_error_in_rgb_falls(self, with_sigmoid, as_published):
        """With a sigmoid, as in 2.2, the typical error of the RGB cube is lower than that of 2.2."""
        assert ratio(typical_error_in_rgb(with_sigmoid), typical_error_in_rgb(as_published)) < 1

    @undecided("a tenth less, if at all", case="repulsion")
    @interventions
    @restated_collateral
    def test_is_more_precise(self, with_sigmoid, as_published, intervention):
        """With a sigmoid, as in 2.2, an intervention has less collateral damage than in 2.2."""
        both = (collateral(model, intervention) for model in (with_sigmoid, as_published))
        assert ratio(*both) < 1

    @each("intervention", INTERVENTIONS, but={"repulsion": disconfirmed("a fifth more")})
    @restated_collateral
    def test_is_more_precise_with_linear_output(self, with_linear_output, as_published, intervention):
        """With a linear output an intervention has less collateral damage than in 2.2."""
        # Published by eye.
        both = (collateral(model, intervention) for model in (with_linear_output, as_published.first(OF_LINEAR_OUTPUT)))
        assert ratio(*both) < 1

    @control
    @interventions
    def test_gray_answer_is_less_precise(self, as_published, intervention):
        """A constant mid-gray model has more than twice the collateral damage of an intervention in 2.2."""
        gray = answering(as_published, named_color("gray"))
        assert ratio(collateral(gray, intervention), collateral(as_published, intervention)) > ALIKE
