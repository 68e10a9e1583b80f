"""2.3 Normalize latents, and drop the sigmoid (its first hypothesis stands with 2.2)."""

import pytest
from deletion_predictions import typical_error_in_rgb
from red_interventions import (
    InterventionControls,
    RedAloneIsDamaged,
    damages_red_alone,
    edited,
    interventions,
    interventions_published,
)

from excolor import answering, error_of, fraction, median, named_color, ratio, typical_error, worst_error
from excolor.experiments import EX_2_3, EX_2_3_SIGMOID
from excolor.judging.thresholds import ALIKE, ANCHORED
from excolor.measures import alignment_of_red, mean_loss
from excolor.verdicts import control, fails_under, primary, published

EXPERIMENT = EX_2_3

# Published, from one seed, without an intervention.
WORST_INTACT = {"linear": 0.0017, "sigmoid": 0.0016}
TYPICAL_INTACT = {"linear": 1.6e-5, "sigmoid": 6.3e-5}

# Published, from one seed: the worst error under an intervention, which is about red's.
WORST = {"suppression": 0.19, "repulsion": 0.12}

SEEDS = 64

LAST_EPOCH = slice(-57, None)
"""The steps of the last epoch, in which as many colors are drawn as the cube has."""


@pytest.fixture(scope="module")
def sigmoid(trained, seeds):
    return trained(EX_2_3_SIGMOID, seeds)


def training_loss(ensemble):
    """The loss of reconstruction, a mean over batches, in the last epoch."""
    return mean_loss(ensemble.history, "reconstruction", LAST_EPOCH)


def reconstructs_and_is_anchored(ensemble, output):
    """Whether worst and typical error are below twice the published ones, and red lies at the anchor, over `seed`."""
    worst = worst_error(ensemble) < 2 * WORST_INTACT[output]
    typical = typical_error(ensemble) < 2 * TYPICAL_INTACT[output]
    return worst & typical & (alignment_of_red(ensemble) > ANCHORED)


@primary("test_typical_error_falls", "test_typical_error_in_rgb_falls")
@fails_under("untrained")
class TestLinearOutput:
    """H2: a linear output gives lower errors than a sigmoid.

    Published verdict, from one seed: confirmed, the typical error falls by a factor of six in the text, and of 3.9 in
    its figures. Its losses are those of one batch, the last, and 2e-5 has one digit: they may lie at the edge of a mean
    over an epoch, or beyond.
    """

    @published(TYPICAL_INTACT["linear"] / TYPICAL_INTACT["sigmoid"], source="Ex 2.3")
    def test_typical_error_falls(self, intact, sigmoid):
        """The typical error is lower than with a sigmoid."""
        assert ratio(typical_error(intact), typical_error(sigmoid)) < 1

    def test_typical_error_in_rgb_falls(self, intact, sigmoid):
        """The typical error of the RGB cube is lower than with a sigmoid."""
        assert ratio(typical_error_in_rgb(intact), typical_error_in_rgb(sigmoid)) < 1

    @published(2e-5 / 1.9e-4, source="Ex 2.3, last losses")
    def test_training_loss_falls(self, intact, sigmoid):
        """The loss of reconstruction in the last epoch is lower than with a sigmoid."""
        # Published for one batch, the last.
        assert ratio(training_loss(intact), training_loss(sigmoid)) < 1

    @published(WORST_INTACT["linear"] / WORST_INTACT["sigmoid"], source="Ex 2.3")
    def test_worst_error_is_alike(self, intact, sigmoid):
        """The worst error is as with a sigmoid, within a factor of two."""
        assert ratio(worst_error(intact), worst_error(sigmoid)).between(1 / ALIKE, ALIKE)

    @control
    def test_worst_error_of_gray_answer_is_larger(self, intact, sigmoid):
        """The worst error of a constant mid-gray model is more than twice that with a sigmoid."""
        assert ratio(worst_error(answering(intact, named_color("gray"))), worst_error(sigmoid)) > ALIKE


@primary("test_reconstructs_and_is_anchored", "test_reconstructs_and_is_anchored_with_sigmoid")
@fails_under("unregularized")
class TestBothOutputsReconstruct:
    """With either output normalized latents are enough to reconstruct colors, and red lies at the anchor.

    Published verdict, from one seed: confirmed. Twice its figures are allowed for the scatter of seeds.
    """

    def test_reconstructs_and_is_anchored(self, intact):
        """In most seeds a linear model reconstructs the worst and the typical color, and has red at the anchor."""
        assert fraction(reconstructs_and_is_anchored(intact, "linear")) > 1 / 2

    def test_reconstructs_and_is_anchored_with_sigmoid(self, sigmoid):
        """In most seeds a sigmoid model reconstructs the worst and the typical color, and has red at the anchor."""
        assert fraction(reconstructs_and_is_anchored(sigmoid, "sigmoid")) > 1 / 2

    @published(WORST_INTACT["linear"], source="Ex 2.3")
    def test_worst_color(self, intact, figure):
        """With a linear output even the worst color is reconstructed."""
        assert median(worst_error(intact)) < 2 * figure

    @published(TYPICAL_INTACT["linear"], source="Ex 2.3")
    def test_typical_color(self, intact, figure):
        """With a linear output the typical color is reconstructed."""
        assert median(typical_error(intact)) < 2 * figure

    def test_typical_color_in_rgb(self, intact):
        """With a linear output the typical color of an RGB grid is reconstructed."""
        # Within the published bounds for the HSV grid, which has more of dark colors, and of grays.
        assert median(typical_error_in_rgb(intact)) < 2 * TYPICAL_INTACT["linear"]

    @published(WORST_INTACT["sigmoid"], source="Ex 2.3")
    def test_worst_color_of_sigmoid(self, sigmoid, figure):
        """With a sigmoid even the worst color is reconstructed."""
        assert median(worst_error(sigmoid)) < 2 * figure

    @published(TYPICAL_INTACT["sigmoid"], source="Ex 2.3")
    def test_typical_color_of_sigmoid(self, sigmoid, figure):
        """With a sigmoid the typical color is reconstructed."""
        assert median(typical_error(sigmoid)) < 2 * figure

    def test_typical_color_in_rgb_of_sigmoid(self, sigmoid):
        """With a sigmoid the typical color of an RGB grid is reconstructed."""
        assert median(typical_error_in_rgb(sigmoid)) < 2 * TYPICAL_INTACT["sigmoid"]

    def test_red_is_anchored(self, intact):
        """With a linear output red lies at the anchor."""
        assert median(alignment_of_red(intact)) > ANCHORED

    def test_red_is_anchored_with_sigmoid(self, sigmoid):
        """With a sigmoid red lies at the anchor."""
        assert median(alignment_of_red(sigmoid)) > ANCHORED


@primary("test_red_alone_is_damaged")
@fails_under("unregularized")
class TestInterventionsHitRed(RedAloneIsDamaged, InterventionControls):
    """With a linear output suppressing red, or repelling from it, damages red and leaves other colors as they are.

    Published verdict, from one seed: confirmed, though repulsion hardly improved. Its median under repulsion is a line
    printed twice, and no measurement. What is published of red is the error of the worst color.
    """

    @interventions
    def test_red_alone_is_damaged(self, intact, intervention):
        """In most seeds an intervention damages red, and leaves each color unlike red and the typical one unchanged."""
        alone = damages_red_alone(edited(intact, intervention), intact, WORST[intervention] / 2)
        assert fraction(alone) > 1 / 2

    @interventions_published(WORST, source="Ex 2.3")
    def test_red_is_damaged(self, intact, intervention, figure):
        """Under an intervention the error of red is more than half of the published worst error."""
        assert median(error_of(edited(intact, intervention), "red")) > figure / 2

    @published(1.9e-5, source="Ex 2.3")
    def test_typical_color_is_spared(self, intact, figure):
        """Under suppression the typical error is less than twice the published one."""
        assert median(typical_error(edited(intact, "suppression"))) < 2 * figure

    @interventions
    def test_typical_color_is_alike(self, intact, intervention):
        """Under an intervention the typical error is as without it, within a factor of two."""
        # Published for suppression: 1.9e-5 / 1.6e-5, a ratio of 1.2.
        assert ratio(typical_error(edited(intact, intervention)), typical_error(intact)).between(1 / ALIKE, ALIKE)
