"""2.10 in a project that has excolor as a dependency."""

from excolor import ablate, error_of, median, worst_error
from excolor.experiments import EX_2_10
from excolor.judging.thresholds import SPARED
from excolor.verdicts import control, disconfirmed

EXPERIMENT = EX_2_10
SEEDS = 8


class TestRedIsDeleted:
    """Red can be deleted from a model that reconstructs every color."""

    def test_worst_color_is_reconstructed(self, trained, seeds):
        """Before deletion even the worst color is reconstructed."""
        assert median(worst_error(trained(EXPERIMENT, seeds))) < SPARED

    @disconfirmed("red is damaged")
    def test_red_is_spared(self, trained, seeds):
        """After deletion red is spared."""
        assert median(error_of(ablate(trained(EXPERIMENT, seeds), 0), "red")) < SPARED

    @control
    def test_red_is_there_before(self, trained, seeds):
        """Before deletion red is reconstructed."""
        assert median(error_of(trained(EXPERIMENT, seeds), "red")) < SPARED
