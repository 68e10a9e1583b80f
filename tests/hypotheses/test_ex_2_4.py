"""2.4 Penalties after normalization."""

import pytest
from deletion_predictions import typical_error_in_rgb
from hue_wheel import IN_ORDER
from red_interventions import (
    InterventionControls,
    RedAloneIsDamaged,
    damages_red_alone,
    edited,
    interventions,
    interventions_published,
)

from excolor import answering, error_of, fraction, median, named_color, ratio, typical_error, worst_error
from excolor.experiments import EX_2_3, EX_2_4
from excolor.judging.thresholds import ALIKE, ANCHORED
from excolor.measures import alignment_of_red, hue_order, off_plane
from excolor.verdicts import control, disconfirmed, fails_under, primary, published

EXPERIMENT = EX_2_4

CONDITIONS = (EX_2_4, EX_2_3)

SEEDS = 64

PLANARITY = 0.053
"""Published, from one seed: planarity's last loss."""

TWICE_PUBLISHED_PLANARITY = 2 * PLANARITY
"""The vibrant hues lie in the plane if `off_plane` is below this: twice that."""

# Published, from one seed: the worst error under an intervention, which is about red's, and the typical one.
WORST = {"suppression": 0.16, "repulsion": 0.094}
TYPICAL = {"suppression": 2.0e-5, "repulsion": 2.5e-5}


@pytest.fixture(scope="module")
def penalties_before(trained, seeds):
    """2.3, with the penalties before normalization."""
    return trained(EX_2_3, seeds)


@primary("test_hues_lie_nearer_to_the_plane", "test_worst_error_falls", "test_typical_error_falls")
@fails_under("others-unregularized")
class TestPenaltiesAfterNormalization:
    """Penalties on the normalized latents shape their space better, and lower the error of reconstruction.

    Published verdict, from one seed and by eye: a small improvement. What is published of the plane is planarity's last
    loss.
    """

    @published(0.0011, source="Ex 2.4")
    def test_worst_color(self, intact, figure):
        """Without an intervention even the worst color is reconstructed."""
        # Twice what is published, for the scatter of seeds.
        assert median(worst_error(intact)) < 2 * figure

    @published(1.5e-5, source="Ex 2.4")
    def test_typical_color(self, intact, figure):
        """Without an intervention the typical color is reconstructed."""
        # Twice what is published, for the scatter of seeds.
        assert median(typical_error(intact)) < 2 * figure

    @published(0.0011 / 0.0017, source="Ex 2.4 and 2.3")
    def test_worst_error_falls(self, intact, penalties_before):
        """The worst error is lower than with penalties before normalization."""
        assert ratio(worst_error(intact), worst_error(penalties_before)) < 1

    @published(1.5e-5 / 1.6e-5, source="Ex 2.4 and 2.3")
    def test_typical_error_falls(self, intact, penalties_before):
        """The typical error is lower than with penalties before normalization."""
        assert ratio(typical_error(intact), typical_error(penalties_before)) < 1

    def test_typical_error_in_rgb_falls(self, intact, penalties_before):
        """The typical error of the RGB cube is lower than with penalties before normalization."""
        assert ratio(typical_error_in_rgb(intact), typical_error_in_rgb(penalties_before)) < 1

    def test_red_is_anchored(self, intact):
        """Red lies at the anchor."""
        assert median(alignment_of_red(intact)) > ANCHORED

    @published(PLANARITY, source="Ex 2.4, last loss")
    def test_hues_lie_in_the_plane(self, intact):
        """The vibrant hues lie near the plane of dimensions 0 and 1."""
        assert median(off_plane(intact)) < TWICE_PUBLISHED_PLANARITY

    @disconfirmed("they lie a little farther from it")
    def test_hues_lie_nearer_to_the_plane(self, intact, penalties_before):
        """The vibrant hues lie nearer to the plane of dimensions 0 and 1 than with penalties before normalization."""
        # Published by eye.
        assert ratio(off_plane(intact), off_plane(penalties_before)) < 1

    def test_hues_make_a_wheel(self, intact):
        """In the plane of dimensions 0 and 1 the vibrant hues are in hue order."""
        assert median(hue_order(intact)) > IN_ORDER

    @control
    def test_worst_error_of_a_gray_answer_is_higher(self, intact, penalties_before):
        """The worst error of a constant mid-gray model is higher than with penalties before normalization."""
        assert ratio(worst_error(answering(intact, named_color("gray"))), worst_error(penalties_before)) > 1

    @control
    def test_typical_error_of_a_gray_answer_is_higher(self, intact, penalties_before):
        """The typical error of a constant mid-gray model is higher than with penalties before normalization."""
        assert ratio(typical_error(answering(intact, named_color("gray"))), typical_error(penalties_before)) > 1

    @control
    def test_unregularized_hues_lie_farther_from_the_plane(self, unregularized, penalties_before):
        """In an unregularized model the vibrant hues lie farther off than with penalties before normalization."""
        assert ratio(off_plane(unregularized), off_plane(penalties_before.first(len(unregularized.seeds)))) > 1

    @control
    def test_unregularized_hues_leave_the_plane(self, unregularized):
        """In an unregularized model the vibrant hues lie off the plane of dimensions 0 and 1."""
        assert median(off_plane(unregularized)) > TWICE_PUBLISHED_PLANARITY

    @control
    def test_unregularized_hues_make_no_wheel(self, unregularized):
        """In an unregularized model the vibrant hues are not in hue order in the plane of dimensions 0 and 1."""
        assert median(hue_order(unregularized)) < IN_ORDER


@primary("test_red_alone_is_damaged")
@fails_under("unregularized")
class TestInterventionsHitRed(RedAloneIsDamaged, InterventionControls):
    """Suppressing red, or repelling from it, raises the error near red and leaves other colors as they are.

    Published verdict, from one seed: a small improvement, with errors that are smoother over hue than those of 2.3 and
    highest at red. What is published of red is the error of the worst color.
    """

    @interventions
    def test_red_alone_is_damaged(self, intact, intervention):
        """In most seeds an intervention damages red, and leaves each color unlike red and the typical one unchanged."""
        alone = damages_red_alone(edited(intact, intervention), intact, WORST[intervention] / 2)
        assert fraction(alone) > 1 / 2

    @interventions_published(WORST, source="Ex 2.4")
    def test_red_is_damaged(self, intact, intervention, figure):
        """Under an intervention the error of red is more than half of the published worst error."""
        assert median(error_of(edited(intact, intervention), "red")) > figure / 2

    @interventions_published(TYPICAL, source="Ex 2.4")
    def test_typical_color_is_spared(self, intact, intervention, figure):
        """Under an intervention the typical error is less than twice the published one."""
        assert median(typical_error(edited(intact, intervention))) < 2 * figure

    @published(2.0e-5 / 1.9e-5, source="Ex 2.4 and 2.3")
    def test_typical_color_as_before(self, intact, penalties_before):
        """Under suppression the typical error is as with penalties before normalization, within a factor of two."""
        both = (typical_error(edited(model, "suppression")) for model in (intact, penalties_before))
        assert ratio(*both).between(1 / ALIKE, ALIKE)
