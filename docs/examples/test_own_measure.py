"""Found after training: a direction against the anchor of 2.10.1."""

import pytest

from excolor import ablate, error_of, fraction, latents, median, named_color, reconstruction_error
from excolor.colors import rgb_fine_cube
from excolor.edits import reoriented
from excolor.experiments import EX_2_10_1
from excolor.judging.thresholds import SPARED, UNREBUILT
from excolor.numerics.reductions import mean
from excolor.verdicts import control, fails_under, primary


def spared_share(ensemble):
    """The share of the colors of the fine cube that are spared, over `seed`."""
    spared = reconstruction_error(ensemble, rgb_fine_cube()) < SPARED
    return spared.reduce(mean, ["r", "g", "b"])


def latent_of_red(ensemble):
    """Where each model has put red, over `seed` and `dimension`: a direction that needs no anchor."""
    return latents(ensemble, named_color("red"))


@pytest.fixture(scope="module")
def deleted(trained, seeds):
    return ablate(trained(EX_2_10_1, seeds), 0)


@pytest.fixture(scope="module")
def baseline(trained, seeds):
    """Unregularized models without the direction of red's latent, each without its own."""
    return ablate(reoriented(trained(EX_2_10_1.unregularized(), seeds), latent_of_red), 0)


@primary("test_twice_as_many_are_spared")
@fails_under("unregularized")
class TestAnAnchorSparesMore:
    """Deleting the dimension to which red was anchored spares more colors than deleting where red happens to lie."""

    def test_twice_as_many_are_spared(self, deleted, baseline):
        """In most seeds more than twice as many colors are spared without the anchor as without red's latent."""
        assert fraction(spared_share(deleted) > 2 * spared_share(baseline)) > 1 / 2

    @control
    def test_baseline_takes_red(self, baseline):
        """Unregularized models cannot rebuild red without the direction of its latent."""
        assert median(error_of(baseline, "red")) > UNREBUILT
