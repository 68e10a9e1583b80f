"""1.5 A smooth schedule, with six colors held where they were."""

import dataclasses

import pytest
from hue_wheel import IN_ORDER

from excolor import Dopesheet, fraction, median, ratio
from excolor.experiments import EX_1_3, EX_1_5
from excolor.experiments.changed_courses import with_weights
from excolor.judging.thresholds import ALIKE
from excolor.measures import hue_order, mean_loss, off_plane_share, root_mean_loss
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, undecided

EXPERIMENT = EX_1_5

SEEDS = 48

SOURCE = "Ex 1.5"

FEW = 16
"""Seeds with other weights."""

LAST_STEPS = slice(-1000, None)
ALL_HUES = slice(3001, 10_000)
"""The phase that begins with the capture, from the step on in which the six colors are held."""

HALF_AS_AT_RANDOM = 1 / 4
"""The vibrant hues lie in a plane if less than this share of their squared length is off it: 1/2 at random."""

HELD = 0.1 / 2
"""The six colors are held if they are less than a tenth of the radius, which is 1, from where they were captured.

A margin decided beforehand. What is measured is the root mean square over four dimensions, half of that distance.
"""

A_QUARTER = 1 / 4
"""Published, in prose: of earlier runs so many were tangled."""

WITHOUT_TANGLES = 0.05
"""Tangles have not vanished if more seeds than this have one: that is what 1.7 claims of itself."""


def doubled(course):
    """The course of a penalty's weight, twice as high; what the curriculum reads stays."""
    if not course.name.startswith("reg-"):
        return course
    return dataclasses.replace(course, keyframes=tuple((step, 2 * weight) for step, weight in course.keyframes))


WITH_DOUBLED_WEIGHTS = {
    experiment.name: with_weights(experiment, "with doubled weights", doubled) for experiment in (EX_1_5, EX_1_3)
}


@pytest.fixture(scope="module")
def with_doubled_weights(trained, seeds):
    return lambda name: trained(WITH_DOUBLED_WEIGHTS[name], seeds[:FEW])


@pytest.fixture(scope="module")
def untrained(trained, seeds):
    sheet = "STEP,lr,data-hues,data-vibrancies\n0,0,0,0"
    return trained(EX_1_5.unregularized().replace(name="1.5, untrained", dopesheet=Dopesheet.parse(sheet)), seeds)


def in_order(ensemble):
    return hue_order(ensemble) > IN_ORDER


def planar_wheel(ensemble):
    """Whether the vibrant hues are in hue order in the plane of dimensions 0 and 1, and near it, over `seed`."""
    return in_order(ensemble) & (off_plane_share(ensemble) < HALF_AS_AT_RANDOM)


def drift(ensemble, steps):
    """The root mean square distance, in a dimension, of the six held colors from where they were captured."""
    return root_mean_loss(ensemble.history, "reg-anchor", steps)


def stays(ensemble):
    """Whether the six colors are held at the end, over `seed`."""
    return drift(ensemble, LAST_STEPS) < HELD


@primary("test_wheel_is_planar_in_most_seeds", "test_six_colors_stay_in_most_seeds", "test_both_in_most_seeds")
@fails_under("unregularized")
class TestStablePlanarWheel:
    """A smooth schedule, with six colors held where they were captured, gives a stable planar wheel.

    Published verdict, from one run without a fixed seed and by eye: a success. A wheel is stable here if at the end
    the six colors are where they were when they alone had been trained.
    """

    def test_wheel_is_planar_in_most_seeds(self, intact):
        """In most seeds the vibrant hues lie near the plane of dimensions 0 and 1, and in hue order there."""
        assert fraction(planar_wheel(intact)) > 1 / 2

    def test_six_colors_stay_in_most_seeds(self, intact):
        """In most seeds the six held colors are at the end less than a tenth of the radius from their places."""
        assert fraction(stays(intact)) > 1 / 2

    def test_both_in_most_seeds(self, intact):
        """In most seeds one model has a planar wheel, and the six held colors in their places."""
        assert fraction(planar_wheel(intact) & stays(intact)) > 1 / 2

    def test_hues_lie_in_the_plane(self, intact):
        """Less than a quarter of the squared length of the vibrant hues is off the plane of dimensions 0 and 1."""
        assert median(off_plane_share(intact)) < HALF_AS_AT_RANDOM

    @published(0.0002, source=SOURCE)
    def test_colors_are_rebuilt(self, intact, figure):
        """The loss of reconstruction ends at less than twice of what was published."""
        # Twice, for the scatter of seeds.
        assert median(mean_loss(intact.history, "reconstruction", LAST_STEPS)) < ALIKE * figure

    @control
    def test_six_colors_were_farther(self, intact):
        """As long as all hues are drawn the six held colors are more than twice as far from their places as at last."""
        assert ratio(drift(intact, ALL_HUES), drift(intact, LAST_STEPS)) > ALIKE

    @control
    def test_untrained_models_make_no_planar_wheel(self, untrained):
        """Before training the vibrant hues make a planar wheel in fewer than half of the seeds."""
        assert fraction(planar_wheel(untrained)) < 1 / 2

    @control
    def test_untrained_hues_leave_the_plane(self, untrained):
        """Before training more than a quarter of the squared length of the vibrant hues is off the plane."""
        assert median(off_plane_share(untrained)) > HALF_AS_AT_RANDOM


@primary("test_wheel_survives_doubled_weights_more_often")
@fails_under("unregularized")
class TestLessSensitive:
    """The wheel is less sensitive to the weights of penalties than in 1.3.

    Published verdict, from one run without a fixed seed and by eye: a success. No weights are published with which
    either fails: here those of all penalties are doubled, decided beforehand.
    """

    @disconfirmed("in none: it is 1.3")
    def test_wheel_survives_doubled_weights_more_often(self, with_doubled_weights):
        """Where only one of the two has its hues in order with doubled weights, it is 1.5 in most seeds."""
        ours, theirs = (in_order(with_doubled_weights(name)) for name in ("1.5", "1.3"))
        assert fraction(ours[ours != theirs]) > 1 / 2

    @control
    def test_doubled_weights_leave_order_in_1_3(self, with_doubled_weights):
        """With doubled weights 1.3 has the vibrant hues in hue order in most seeds."""
        assert fraction(in_order(with_doubled_weights("1.3"))) > 1 / 2


@primary("test_some_are_tangled")
@fails_under("untrained")
class TestEarlierCurriculaTangle:
    """Curricula earlier than 1.7 leave some runs tangled, with hues out of order.

    Published verdict, from several runs without a fixed seed and by eye: observed, about a quarter were tangled. It was
    said with 1.7, of which none was. Which curricula those were is not said; 1.5 is one of the earlier ones.
    """

    def test_some_are_tangled(self, intact):
        """In more than one seed of twenty, but fewer than half, the vibrant hues are out of order."""
        # Half: twice what is published.
        assert fraction(~in_order(intact)).between(WITHOUT_TANGLES, ALIKE * A_QUARTER)

    @published(A_QUARTER, source="Ex 1.7")
    @undecided("about that")
    def test_about_a_quarter_are_tangled(self, intact, figure):
        """The share of seeds with hues out of order is a quarter, within a factor of two."""
        assert fraction(~in_order(intact)).between(figure / ALIKE, figure * ALIKE)

    @control
    def test_untrained_models_are_tangled(self, untrained):
        """Before training the vibrant hues are out of order in more than half of the seeds."""
        assert fraction(~in_order(untrained)) > 1 / 2

    @control
    def test_hues_of_1_3_are_not(self, with_doubled_weights):
        """In 1.3, with doubled weights, the vibrant hues are out of order in fewer than half of the seeds."""
        assert fraction(~in_order(with_doubled_weights("1.3"))) < 1 / 2
