"""2.2 Suppress red in latents that nothing normalizes."""

import pytest
from cases import each
from deletion_predictions import typical_error_in_rgb
from red_interventions import INTERVENTIONS, collateral, interventions
from suppression_predictions import INTACT, RedIsSuppressed, restated_collateral

from excolor import answering, named_color, ratio, typical_error, worst_error
from excolor.experiments import EX_2_2, EX_2_3, EX_2_3_SIGMOID
from excolor.judging.thresholds import ALIKE
from excolor.verdicts import control, disconfirmed, fails_under, primary, published

EXPERIMENT = EX_2_2

CONDITIONS = (EX_2_2, EX_2_3_SIGMOID)

SEEDS = 192
"""What a repulsion does varies much from seed to seed: whether it is more precise in 2.3 is a close call.

Each of four blocks of so many exploring seeds settles it.
"""
OF_LINEAR_OUTPUT = 64
"""Seeds of 2.3 itself, which nothing primary is about."""


@pytest.fixture(scope="module")
def with_sigmoid(trained, seeds):
    """2.3 with the output of 2.2."""
    return trained(EX_2_3_SIGMOID, seeds)


@pytest.fixture(scope="module")
def with_linear_output(trained, seeds):
    return trained(EX_2_3, seeds[:OF_LINEAR_OUTPUT])


@primary("test_only_the_error_near_red_rises")
@fails_under("unregularized")
class TestAsPublished(RedIsSuppressed):
    """Damping or turning latents aligned with red raises the error near red and leaves others mostly unchanged.

    Published verdict, from one seed: largely confirmed, though saturated colors bleed and grays are not quite gray.
    Planarity had a weight of 1 by accident, and the anchor the schedule that was meant for it. A latent that a
    repulsion turns is given length 1.
    """


@primary("test_worst_error_falls", "test_is_more_precise")
@fails_under("unregularized", "others-unregularized")
class TestNormalizationHelps:
    """2.3, H1: explicit normalization with weak unitarity gives lower errors and more precise interventions.

    Published verdict, from one seed: confirmed, with 2.3 in 15 % of the steps against 2.2 with its accident; but
    repulsion hardly improved. The two differ in separation, the rate of learning and the schedule, too.
    """

    @published(0.0016 / INTACT, source="Ex 2.3 and 2.2")
    def test_worst_error_falls(self, with_sigmoid, intact, figure):
        """With a sigmoid the ratio of the worst error to that of 2.2 is less than twice the published one."""
        assert ratio(worst_error(with_sigmoid), worst_error(intact)) < 2 * figure

    def test_typical_error_falls(self, with_sigmoid, intact):
        """With a sigmoid, as in 2.2, the typical error is lower than that of 2.2."""
        assert ratio(typical_error(with_sigmoid), typical_error(intact)) < 1

    def test_typical_error_in_rgb_falls(self, with_sigmoid, intact):
        """With a sigmoid, as in 2.2, the typical error of the RGB cube is lower than that of 2.2."""
        assert ratio(typical_error_in_rgb(with_sigmoid), typical_error_in_rgb(intact)) < 1

    @interventions
    @restated_collateral
    def test_is_more_precise(self, with_sigmoid, intact, intervention):
        """With a sigmoid, as in 2.2, an intervention has less collateral damage than in 2.2."""
        both = (collateral(model, intervention) for model in (with_sigmoid, intact))
        assert ratio(*both) < 1

    @each("intervention", INTERVENTIONS, but={"repulsion": disconfirmed("half as much again")})
    @restated_collateral
    def test_is_more_precise_with_linear_output(self, with_linear_output, intact, intervention):
        """With a linear output an intervention has less collateral damage than in 2.2."""
        # Published by eye.
        both = (collateral(model, intervention) for model in (with_linear_output, intact.first(OF_LINEAR_OUTPUT)))
        assert ratio(*both) < 1

    @control
    @interventions
    def test_gray_answer_is_less_precise(self, intact, intervention):
        """A constant mid-gray model has more than twice the collateral damage of an intervention in 2.2."""
        gray = answering(intact, named_color("gray"))
        assert ratio(collateral(gray, intervention), collateral(intact, intervention)) > ALIKE
