"""2.3 Normalize latents, and drop the sigmoid (its first hypothesis stands with 2.2)."""

import pytest
from red_interventions import InterventionControls, RedAloneIsDamaged, edited, interventions, interventions_published
from restatements import restated_with_its_claim

from excolor import answering, error_of, median, named_color, ratio, typical_error, worst_error
from excolor.experiments import EX_2_3, EX_2_3_SIGMOID
from excolor.judging.thresholds import ALIKE, ANCHORED, GROWN
from excolor.measures import alignment_of_red, mean_loss
from excolor.verdicts import control, published, restated

EXPERIMENT = EX_2_3

# Published, from one seed: the worst error without an intervention, and under one, which is about red's.
INTACT = 0.0017
WORST = {"suppression": 0.19, "repulsion": 0.12}

LAST_EPOCH = slice(-57, None)
"""The steps of the last epoch, in which as many colors are drawn as the cube has."""


@pytest.fixture(scope="module")
def sigmoid(trained, seeds):
    return trained(EX_2_3_SIGMOID, seeds)


def training_loss(ensemble):
    """The loss of reconstruction, a mean over batches, in the last epoch."""
    return mean_loss(ensemble.history, "reconstruction", LAST_EPOCH)


class TestLinearOutput:
    """H2: a linear output gives lower errors than a sigmoid.

    Published verdict, from one seed: confirmed, the typical error falls by a factor of six in the text, and of 3.9 in
    its figures.
    """

    @published(1.6e-5 / 6.3e-5, source="Ex 2.3")
    def test_typical_error_falls(self, intact, sigmoid):
        """The typical error is lower than with a sigmoid."""
        assert ratio(typical_error(intact), typical_error(sigmoid)) < 1

    @published(1.6e-5 / 6.3e-5, source="Ex 2.3")
    def test_typical_error_falls_as_published(self, intact, sigmoid, figure):
        """The ratio of the typical error to that with a sigmoid is as published, within a factor of two."""
        assert ratio(typical_error(intact), typical_error(sigmoid)).between(figure / ALIKE, ALIKE * figure)

    @published(2e-5 / 1.9e-4, source="Ex 2.3, last losses")
    def test_training_loss_falls(self, intact, sigmoid):
        """The loss of reconstruction in the last epoch is lower than with a sigmoid."""
        # Published for one batch, the last.
        assert ratio(training_loss(intact), training_loss(sigmoid)) < 1

    @published(0.0017 / 0.0016, source="Ex 2.3")
    @restated(was="alike, within a factor of two", why="undecided on some other seeds, where it fell")
    def test_worst_error_is_no_larger(self, intact, sigmoid):
        """The worst error is at most a quarter higher than with a sigmoid."""
        assert ratio(worst_error(intact), worst_error(sigmoid)) < GROWN

    @control
    @restated(was="> ALIKE", why=restated_with_its_claim)
    def test_worst_error_of_gray_answer_is_larger(self, intact, sigmoid):
        """The worst error of a constant mid-gray model is more than a quarter higher than with a sigmoid."""
        assert ratio(worst_error(answering(intact, named_color("gray"))), worst_error(sigmoid)) > GROWN


class TestBothOutputsReconstruct:
    """With either output normalized latents are enough to reconstruct colors, and red lies at the anchor.

    Published verdict, from one seed: confirmed. Twice its figures are allowed for the scatter of seeds.
    """

    @published(INTACT, source="Ex 2.3")
    def test_worst_color(self, intact, figure):
        """With a linear output even the worst color is reconstructed."""
        assert median(worst_error(intact)) < 2 * figure

    @published(1.6e-5, source="Ex 2.3")
    def test_typical_color(self, intact, figure):
        """With a linear output the typical color is reconstructed."""
        assert median(typical_error(intact)) < 2 * figure

    @published(0.0016, source="Ex 2.3")
    def test_worst_color_of_sigmoid(self, sigmoid, figure):
        """With a sigmoid even the worst color is reconstructed."""
        assert median(worst_error(sigmoid)) < 2 * figure

    @published(6.3e-5, source="Ex 2.3")
    def test_typical_color_of_sigmoid(self, sigmoid, figure):
        """With a sigmoid the typical color is reconstructed."""
        assert median(typical_error(sigmoid)) < 2 * figure

    def test_red_is_anchored(self, intact):
        """With a linear output red lies at the anchor."""
        assert median(alignment_of_red(intact)) > ANCHORED

    def test_red_is_anchored_with_sigmoid(self, sigmoid):
        """With a sigmoid red lies at the anchor."""
        assert median(alignment_of_red(sigmoid)) > ANCHORED


class TestInterventionsHitRed(RedAloneIsDamaged, InterventionControls):
    """With a linear output suppressing red, or repelling from it, damages red and leaves other colors as they are.

    Published verdict, from one seed: confirmed, though repulsion hardly improved. Its median under repulsion is a line
    printed twice, and no measurement. What is published of red is the error of the worst color.
    """

    @control
    @restated(was="< SPARED", why="no margin: the upper bound was 0.0011 on other seeds")
    def test_intact_model_rebuilds_red(self, intact):
        """Without an intervention red is reconstructed as well as the worst color is to be."""
        assert median(error_of(intact, "red")) < 2 * INTACT

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
