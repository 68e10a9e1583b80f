"""An absolute value in place of a square in 2.10.1."""

from dataclasses import dataclass

import pytest

from excolor import Term, ablate, error_of, fraction, median, typical_error
from excolor.conditions import Regularizer
from excolor.experiments import EX_2_10_1
from excolor.judging.thresholds import SPARED, UNREBUILT
from excolor.verdicts import control, fails_under, primary


@dataclass(frozen=True)
class Absolute(Regularizer):
    """|z_dim|: latents clear of one dimension, and those near it drawn as hard as those far away."""

    dim: int

    def penalty(self, z):
        return z[..., self.dim].abs()


WITHOUT = EX_2_10_1.without("reg-anti-subspace")
WEIGHT = EX_2_10_1.dopesheet.values("reg-anti-subspace")
ABSOLUTE = WITHOUT.with_term(Term("reg-absolute", Absolute(dim=0)), WEIGHT)


@pytest.fixture(scope="module")
def deleted(trained, seeds):
    return ablate(trained(ABSOLUTE, seeds), 0)


@primary("test_red_is_lost", "test_typical_color_is_spared")
@fails_under("unregularized")
class TestAnAbsoluteValueIsEnough:
    """Other colors can be kept out of red's dimension by an absolute value, as 2.10.1 keeps them out by a square."""

    def test_red_is_lost(self, deleted):
        """After deletion red cannot be rebuilt."""
        assert median(error_of(deleted, "red")) > UNREBUILT

    def test_typical_color_is_spared(self, deleted):
        """After deletion the typical color is spared in most seeds."""
        assert fraction(typical_error(deleted) < SPARED) > 1 / 2

    @control
    def test_without_the_term_it_is_not(self, trained, seeds):
        """Where nothing keeps other colors out, the typical color is spared in fewer than half of the seeds."""
        assert fraction(typical_error(ablate(trained(WITHOUT, seeds), 0)) < SPARED) < 1 / 2
