"""1.7 Sparse noisy labels, and no data curriculum."""

import pytest
from cases import each
from hue_wheel import IN_ORDER

from excolor import fraction, median, ratio
from excolor.experiments import EX_1_7, EX_1_7_LAST, EX_1_7_MEAN
from excolor.judging.thresholds import ALIKE, GROWN
from excolor.measures import hue_order, mean_loss, off_plane, off_sphere, red_off_anchor, vibrant_off_sphere
from excolor.verdicts import control, disconfirmed, published, restated, undecided

EXPERIMENT = EX_1_7

WEIGHTS = {"mean": EX_1_7_MEAN, "last": EX_1_7_LAST}
"""Constant ones: of each its mean over time, or its last value."""

CONDITIONS = (EX_1_7, *WEIGHTS.values(), EX_1_7.unregularized())

LAST_STEPS = slice(-1000, None)
"""The losses that every batch has are the mean over so many steps, the last: of one batch alone they scatter."""

# Published, from one run without a fixed seed: the losses of its last step.
RECONSTRUCTION = 0.0004
SEPARATE = 2.72  # directions evenly over the sphere of four dimensions have 63 * 945/23040, or 2.58; in a plane, 15.5
PLANAR = 0.041
NORM_V = 0.0043
NORM = 0.0005
POLAR = 0.2136  # of the red of that batch, whichever it was
LAST = "Ex 1.7, last values"

UNTANGLED = 3 / 4
"""About a quarter of earlier runs were tangled, as published; none of this kind."""


def reconstruction(ensemble):
    return mean_loss(ensemble.history, "reconstruction", LAST_STEPS)


def separate(ensemble):
    return mean_loss(ensemble.history, "reg-separate", LAST_STEPS)


MEASURES = {
    "reconstruction": reconstruction,
    "separation": separate,
    "planarity": off_plane,
    "unitarity of vibrant hues": vibrant_off_sphere,
    "unitarity": off_sphere,
    "red at the anchor": red_off_anchor,
}


@pytest.fixture(scope="module")
def constant(trained, seeds):
    """1.7 with constant weights."""
    return lambda weights: trained(WEIGHTS[weights], seeds)


class TestNoCurriculumIsNeeded:
    """Claim A: all colors from the first step, with penalties gated by labels, are at least as good as a curriculum.

    Published verdict, from one run without a fixed seed and by eye: confirmed. Measured here is whether the losses get
    as low as published; the curricula, of experiments 1.5 and 1.6, are not here to be compared with.
    """

    @published(RECONSTRUCTION, source=LAST)
    def test_reconstruction(self, intact, figure):
        """The loss of reconstruction gets as low as published, within a factor of two."""
        assert median(reconstruction(intact)) < ALIKE * figure

    @published(SEPARATE, source=LAST)
    def test_separation(self, intact, figure):
        """The loss of separation gets as low as published, within a factor of two."""
        assert median(separate(intact)) < ALIKE * figure

    @published(NORM, source=LAST)
    def test_unitarity(self, intact, figure):
        """The loss of unitarity gets as low as published, within a factor of two."""
        assert median(off_sphere(intact)) < ALIKE * figure

    @control
    def test_unregularized_colors_leave_the_sphere(self, unregularized):
        """In an unregularized model the loss of unitarity is more than twice the published one."""
        assert median(off_sphere(unregularized)) > ALIKE * NORM


class TestBinaryLabelsAreEnough:
    """Claim B: binary labels, drawn at random for few rows, work as well as soft ones.

    Published verdict, from one run without a fixed seed and by eye: confirmed. Measured here is whether penalties gated
    by binary labels get as low as published. Soft ones are left out: with these a row would count in proportion to its
    probability, and here it bears its label or does not.
    """

    @published(PLANAR, source=LAST)
    def test_hues_lie_in_the_plane(self, intact, figure):
        """The loss of planarity gets as low as published, within a factor of two."""
        assert median(off_plane(intact)) < ALIKE * figure

    @published(NORM_V, source=LAST)
    def test_hues_lie_on_the_sphere(self, intact, figure):
        """The loss of unitarity of vibrant hues gets as low as published, within a factor of two."""
        assert median(vibrant_off_sphere(intact)) < ALIKE * figure

    @published(POLAR, source=LAST)
    def test_red_is_near_the_anchor(self, intact, figure):
        """The squared distance of red from its anchor gets as low as published, within a factor of two."""
        assert median(red_off_anchor(intact)) < ALIKE * figure

    @control
    def test_unregularized_hues_leave_the_plane(self, unregularized):
        """In an unregularized model the vibrant hues lie off the plane of dimensions 0 and 1."""
        assert median(off_plane(unregularized)) > ALIKE * PLANAR

    @control
    def test_unregularized_hues_leave_the_sphere(self, unregularized):
        """In an unregularized model the loss of unitarity of vibrant hues is more than twice the published one."""
        assert median(vibrant_off_sphere(unregularized)) > ALIKE * NORM_V

    @control
    def test_unregularized_red_is_elsewhere(self, unregularized):
        """In an unregularized model red's squared distance from its anchor is more than twice the published one."""
        assert median(red_off_anchor(unregularized)) > ALIKE * POLAR


class TestTanglesVanish:
    """Claim C: no hue is out of order.

    Published verdict, from one run without a fixed seed and by eye: confirmed; of earlier runs about a quarter were
    tangled.
    """

    def test_hues_make_a_wheel(self, intact):
        """In the plane of dimensions 0 and 1 the vibrant hues are in hue order."""
        assert median(hue_order(intact)) > IN_ORDER

    def test_fewer_runs_are_tangled_than_before(self, intact):
        """In more than three of four seeds the vibrant hues are in hue order."""
        assert fraction(hue_order(intact) > IN_ORDER) > UNTANGLED

    @control
    @restated(was="of the median seed, < IN_ORDER", why="on some other seeds nearly half are in hue order")
    def test_unregularized_hues_make_no_wheel(self, unregularized):
        """Unregularized models have the vibrant hues in hue order in fewer than three of four seeds."""
        assert fraction(hue_order(unregularized) > IN_ORDER) < UNTANGLED


class TestWeightsMustMove:
    """Claim D: a schedule of constant weights is not enough.

    Published verdict, from a few runs without a fixed seed: open, no good constant setting was found. Two are tried
    here, decided beforehand: each weight's mean over time, and its last value. The learning rate keeps its course. Ours
    is undecided, for one loss that scatters: the means cost reconstruction and unitarity and gain the rest, the last
    values cost red its anchor and some seeds their wheel, and nothing else.
    """

    @pytest.mark.parametrize(
        ("weights", "measure"),
        [
            ("mean", "reconstruction"),
            pytest.param("mean", "separation", marks=disconfirmed("colors are farther apart, by a twentieth")),
            ("mean", "unitarity"),
            pytest.param("mean", "red at the anchor", marks=disconfirmed("nearer, if anything")),
            pytest.param("last", "reconstruction", marks=disconfirmed("as low")),
            pytest.param("last", "separation", marks=disconfirmed("as far apart")),
            pytest.param("last", "unitarity", marks=disconfirmed("as near to the sphere")),
            ("last", "red at the anchor"),
        ],
    )
    @restated(was="> 1", why="seeds decided that of red")
    def test_loss_is_higher(self, intact, constant, weights, measure):
        """With constant weights a loss is more than a quarter higher."""
        assert ratio(MEASURES[measure](constant(weights)), MEASURES[measure](intact)) > GROWN

    @each(
        "weights",
        WEIGHTS,
        but={
            "mean": disconfirmed("the hues lie nearer to the plane, by a fifth"),
            "last": disconfirmed("as near to the plane"),
        },
    )
    @restated(was="> 1, then > GROWN", why="undecided on some other seeds")
    def test_planarity_is_higher(self, intact, constant, weights):
        """With constant weights the loss of planarity is more than twice as high."""
        assert ratio(MEASURES["planarity"](constant(weights)), MEASURES["planarity"](intact)) > ALIKE

    @each("weights", WEIGHTS, but={"last": undecided("as low in the typical seed, but it scatters")})
    @restated(was="> 1, then > GROWN", why="undecided on some other seeds")
    def test_unitarity_of_vibrant_hues_is_higher(self, intact, constant, weights):
        """With constant weights the loss of unitarity of vibrant hues is higher."""
        measure = MEASURES["unitarity of vibrant hues"]
        assert ratio(measure(constant(weights)), measure(intact)) > 1

    @each(
        "weights",
        WEIGHTS,
        but={
            "mean": disconfirmed("in nearly all seeds they are in hue order"),
            "last": disconfirmed("in 84 of 96 seeds they are in hue order; with the schedule, in all"),
        },
    )
    @restated(was="< UNTANGLED", why="with the last values undecided on other seeds")
    def test_runs_are_tangled(self, constant, weights):
        """With constant weights the vibrant hues are in hue order in fewer than half of the seeds."""
        assert fraction(hue_order(constant(weights)) > IN_ORDER) < 1 / 2
