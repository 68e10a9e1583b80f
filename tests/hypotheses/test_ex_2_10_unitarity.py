"""2.10 Delete only red, without unitarity either."""

import pytest

from excolor import ablate, error_of, latents, median, named_color, ratio, typical_error, worst_error
from excolor.colors import DARK_SHADES, FAR_FROM_RED, NEIGHBORS_OF_RED
from excolor.evaluation import most_opposed
from excolor.experiments import EX_2_10
from excolor.thresholds import ANCHORED, EMPTY, SPARED, UNREBUILT
from excolor.verdicts import control, disconfirmed, undecided

SEEDS = 96
"""The typical error's ratio was about 0.6 [0.45, 0.95] over 32 seeds of a first look: to tell 0.6 from 1 in 99 of 100
samples takes a standard error of ln(1/0.6) / 4.3 = 0.12, where 32 seeds give 0.19: 32 (0.19 / 0.12)^2 = 82 seeds."""


@pytest.fixture(scope="module")
def with_unitarity(trained, seeds):
    return trained(EX_2_10, seeds)


@pytest.fixture(scope="module")
def without_unitarity(trained, seeds):
    return trained(EX_2_10.without("reg-unit"), seeds)


@pytest.fixture(scope="module")
def deleted_with(with_unitarity):
    return ablate(with_unitarity, 0)


@pytest.fixture(scope="module")
def deleted_without(without_unitarity):
    return ablate(without_unitarity, 0)


class TestIsolationFailsWithoutUnitarity:
    """H2: without the unitarity term as well, isolation fails and deleting red damages other colors.

    Published verdict, from one seed: disconfirmed, the typical error falls to a seventh. The author withdrew the first
    series of 2.10 later, as resting on one seed's behavior.
    """

    @disconfirmed("it falls, by a factor of 1.6 where one published seed showed one of 7")
    def test_typical_error_grows(self, deleted_without, deleted_with):
        """The error of the typical color after deletion is larger without unitarity."""
        assert ratio(typical_error(deleted_without), typical_error(deleted_with)) > 1

    @undecided("no difference to be seen")
    def test_worst_error_grows(self, deleted_without, deleted_with):
        """The error of the worst color after deletion is larger without unitarity."""
        assert ratio(worst_error(deleted_without), worst_error(deleted_with)) > 1

    @pytest.mark.parametrize("color", NEIGHBORS_OF_RED)
    def test_neighbor_suffers_more(self, deleted_without, deleted_with, color):
        """A neighbor of red is damaged more without unitarity."""
        assert ratio(error_of(deleted_without, color), error_of(deleted_with, color)) > 1

    @disconfirmed("red stays at the anchor")
    def test_red_leaves_the_anchor(self, without_unitarity):
        """Red does not lie at the anchor."""
        assert median(latents(without_unitarity, named_color("red"))[:, 0]) < ANCHORED

    @disconfirmed("the opposite side is as empty as it should be")
    def test_opposite_side_fills(self, without_unitarity):
        """Some color lies opposite to red."""
        assert median(most_opposed(without_unitarity)) < EMPTY

    @disconfirmed("red cannot be rebuilt")
    def test_red_is_rebuilt(self, deleted_without):
        """After deletion red is rebuilt better than by the best gray answer."""
        assert median(error_of(deleted_without, "red")) < UNREBUILT

    @disconfirmed("the typical color is spared")
    def test_typical_color_is_damaged(self, deleted_without):
        """After deletion the typical color is damaged."""
        assert median(typical_error(deleted_without)) > SPARED

    @disconfirmed("spared")
    @pytest.mark.parametrize("color", FAR_FROM_RED)
    def test_far_color_is_damaged(self, deleted_without, color):
        """A vibrant color far from red is damaged."""
        assert median(error_of(deleted_without, color)) > SPARED

    @pytest.mark.parametrize(
        "color",
        [
            pytest.param("black", marks=undecided("spared in most seeds, damaged in too many")),
            pytest.param("dark gray", marks=disconfirmed("spared")),
            pytest.param("gray", marks=disconfirmed("spared")),
            pytest.param("light gray", marks=disconfirmed("spared")),
            pytest.param("white", marks=undecided("damaged in most seeds, spared in too many")),
        ],
    )
    def test_gray_is_damaged(self, deleted_without, color):
        """A gray is damaged."""
        assert median(error_of(deleted_without, color)) > SPARED

    @disconfirmed("spared")
    @pytest.mark.parametrize("color", DARK_SHADES)
    def test_dark_shade_is_damaged(self, deleted_without, color):
        """A dark shade far from red is damaged."""
        assert median(error_of(deleted_without, color)) > SPARED

    @control
    def test_intact_worst_color(self, without_unitarity):
        """Before deletion even the worst color is reconstructed."""
        # Published: 0.00031; twice that, for the scatter of seeds.
        assert median(worst_error(without_unitarity)) < 2 * 0.00031

    @control
    def test_intact_typical_color(self, without_unitarity):
        """Before deletion the typical color is reconstructed."""
        # Published: 2.5e-5; twice that, for the scatter of seeds.
        assert median(typical_error(without_unitarity)) < 2 * 2.5e-5

    @control
    def test_other_dimensions_do_damage(self, without_unitarity):
        """Deleting any other dimension damages the typical color."""
        for dim in range(1, without_unitarity.bottleneck):
            assert median(typical_error(ablate(without_unitarity, dim))) > SPARED
