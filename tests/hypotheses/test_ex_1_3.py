"""1.3 A bottleneck of three dimensions, in hard phases."""

import numpy as np
import pytest
from hue_wheel import IN_ORDER

from excolor import Dopesheet, fraction, hsv_cube, median, ratio
from excolor.colors import hues
from excolor.experiments import EX_1_3
from excolor.judging.thresholds import ALIKE
from excolor.measures import explained_by_value, hue_order, length_by_value, off_plane
from excolor.verdicts import control, fails_under, primary, restated, undecided

EXPERIMENT = EX_1_3

SHADES = hsv_cube(hues(36), [1], np.linspace(0.2, 1, 5))
"""Five of the last phase's values, from its darkest to the brightest."""

HALF_AS_AT_RANDOM = 1 / 6
"""The vibrant hues lie in the plane if `off_plane` is below this: half of what random directions in three dimensions
have."""

MOSTLY = 1 / 2
"""A dimension is value's if value explains more than this proportion of its variance. A margin decided beforehand."""


@pytest.fixture(scope="module")
def unregularized(trained, seeds):
    """For controls, which are no close calls: the last phase alone, and 16 seeds, tell."""
    last_phase = Dopesheet.parse("STEP,lr,data-phase\n0,0.01,5\n2999,,")
    alone = EXPERIMENT.unregularized().replace(name="1.3, its last phase without penalties", dopesheet=last_phase)
    return trained(alone, seeds[:16])


@pytest.fixture(scope="module")
def untrained(trained, seeds):
    still = Dopesheet.parse("STEP,lr,data-phase\n0,0,1")
    return trained(EXPERIMENT.unregularized().replace(name="1.3, untrained", dopesheet=still), seeds)


def dark_shades_leave_the_plane(ensemble):
    """Whether the darkest shades lie at least twice as far from the plane of the wheel as the vibrant hues."""
    distance = length_by_value(ensemble, SHADES, 2)
    return distance.sel(v=0.2, drop=True) > ALIKE * distance.sel(v=1, drop=True)


def makes_a_wheel_and_a_dome(ensemble):
    """Whether the hues are in hue order in their plane, which dark shades leave."""
    return (
        (hue_order(ensemble) > IN_ORDER)
        & (off_plane(ensemble) < HALF_AS_AT_RANDOM)
        & dark_shades_leave_the_plane(ensemble)
    )


@primary("test_hues_make_a_wheel", "test_dark_colors_leave_the_plane", "test_wheel_and_dome_in_most_seeds")
@fails_under("unregularized", "untrained")
class TestWheelAndDome:
    """With a curriculum of hard phases and two weak penalties, the hue wheel forms in dimensions 0 and 1, and darker
    colors leave their plane along dimension 2.

    Published verdict, from one seed and by eye: looks confirmed, a dome or a cone with a bright rim and a dark apex.
    The author found that it depends very much on the weights of the penalties, and that hues drift from phase to phase.
    Neither is measured here, the first for want of a published case, the second since latents on the way are not kept.
    """

    def test_wheel_and_dome_in_most_seeds(self, intact):
        """In most seeds the hues make a wheel in the plane of dimensions 0 and 1, which the darkest shades leave."""
        assert fraction(makes_a_wheel_and_a_dome(intact)) > 1 / 2

    def test_hues_make_a_wheel(self, intact):
        """In the plane of dimensions 0 and 1 the vibrant hues are in hue order."""
        assert median(hue_order(intact)) > IN_ORDER

    def test_rim_lies_in_the_plane(self, intact):
        """The vibrant hues lie near the plane of dimensions 0 and 1."""
        assert median(off_plane(intact)) < HALF_AS_AT_RANDOM

    def test_dark_colors_leave_the_plane(self, intact):
        """The darkest shades lie at least twice as far from the plane of dimensions 0 and 1 as the vibrant hues."""
        # Published by eye. Twice: the margin by which conditions differ that are not alike.
        distance = length_by_value(intact, SHADES, 2)
        assert ratio(distance.sel(v=0.2, drop=True), distance.sel(v=1, drop=True)) > ALIKE

    def test_step_by_step(self, intact):
        """In most seeds the distance from the plane of dimensions 0 and 1 grows with every fifth that value falls."""
        # A random order of the five would do so in 1 seed of 120.
        assert fraction((length_by_value(intact, SHADES, 2).diff("v") < 0).all("v")) > 1 / 2

    def test_dimension_2_is_value(self, intact):
        """Value explains more than half of the variance of dimension 2."""
        assert median(explained_by_value(intact, SHADES, 2)) > MOSTLY

    @undecided("to half of it, by little more or less")
    def test_apex_is_dark(self, intact):
        """The darkest shades lie at most half as far from the axis of the wheel as the vibrant hues."""
        # Published by eye; half, as twice above.
        radius = length_by_value(intact, SHADES, 0, 1)
        assert ratio(radius.sel(v=0.2, drop=True), radius.sel(v=1, drop=True)) < 1 / ALIKE

    @control
    @restated(was="of models without the penalties", why="the source does not say that order needs penalties")
    def test_untrained_hues_make_no_wheel(self, untrained):
        """Before training the vibrant hues are not in hue order in the plane of dimensions 0 and 1."""
        assert median(hue_order(untrained)) < IN_ORDER

    @control
    def test_unregularized_models_make_no_wheel_and_dome(self, unregularized):
        """In fewer than half of the seeds an unregularized model has a wheel in the plane, and shades that leave it."""
        assert fraction(makes_a_wheel_and_a_dome(unregularized)) < 1 / 2

    @control
    def test_unregularized_rim_leaves_the_plane(self, unregularized):
        """In an unregularized model the vibrant hues lie off the plane of dimensions 0 and 1."""
        assert median(off_plane(unregularized)) > HALF_AS_AT_RANDOM

    @control
    def test_unregularized_dimension_2_is_not_value(self, unregularized):
        """In an unregularized model value explains less than half of the variance of dimension 2."""
        assert median(explained_by_value(unregularized, SHADES, 2)) < MOSTLY
