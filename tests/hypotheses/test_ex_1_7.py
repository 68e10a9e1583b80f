"""1.7 Sparse noisy labels, and no data curriculum."""

import dataclasses

import pytest
from cases import each
from hue_wheel import IN_ORDER
from losses_of_1_7 import MEASURES, UNTANGLED, makes_a_wheel, reconstruction, separate, worse_than

from excolor import answering, fraction, median, ratio
from excolor.colors import rgb_training_cube
from excolor.experiments import EX_1_6_SMOOTH, EX_1_7, EX_1_7_SOFT
from excolor.judging.thresholds import ALIKE, SPARED
from excolor.measures import hue_order, mean_error, off_plane, off_sphere, red_off_anchor, vibrant_off_sphere
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, restated

EXPERIMENT = EX_1_7

SEEDS = 192
"""Of so many a proportion near 1/2 is settled: decided, or at the threshold. Claim B has one."""

CONDITIONS = (EX_1_7, EX_1_7_SOFT)

OF_THE_CURRICULUM = tuple(
    timeline for timeline in EX_1_6_SMOOTH.dopesheet.timelines if timeline.name in ("data-hues", "data-vibrancies")
)
WITH_CURRICULUM = EX_1_7.replace(
    name="1.7 with the curriculum of 1.6",
    curriculum=EX_1_6_SMOOTH.curriculum,
    dopesheet=dataclasses.replace(EX_1_7.dopesheet, timelines=(*EX_1_7.dopesheet.timelines, *OF_THE_CURRICULUM)),
)
"""1.7 where six hues are drawn at first, then all hues, and at last all colors; nothing else differs."""

CURRICULA = {"of 1.6 in 1.7": WITH_CURRICULUM, "1.6 itself": EX_1_6_SMOOTH}
"""The second is the published one, with penalties and rates of its own."""

measures = pytest.mark.parametrize("measure", MEASURES)

# Published, from one run without a fixed seed: the losses of its last step.
RECONSTRUCTION = 0.0004
SEPARATE = 2.72
PLANAR = 0.041
NORM_V = 0.0043
NORM = 0.0005
POLAR = 0.2136  # of the red of that batch, whichever it was
LAST = "Ex 1.7, last values"

# What the losses are held against: most are those of directions or points at random on the sphere of four dimensions.
EVENLY_APART = 63 * 945 / 23040  # separation's loss of directions evenly over the sphere; in a plane it is 15.5
HALF_AS_AT_RANDOM = 1 / 4  # planarity's loss is 1/2 at random
HALFWAY_TO_THE_ANCHOR = 1.0  # the squared distance from the anchor is 2 at random
A_QUARTER_OFF = 1 / 16  # unitarity's loss of lengths that are off by a quarter, as far as 1.8 calls a length about 1

ALL_BUT_FEW = 0.95
"""Tangles vanish if more seeds than this have none. That none ever has one, no number of seeds can show."""


def error(ensemble):
    """That of the published validation colors."""
    return mean_error(ensemble, rgb_training_cube())


def as_good_as(ensemble, other):
    """Whether a model is not worse than another in its losses nor twice as bad in its error, and has hues in order."""
    return ~worse_than(ensemble, other) & (error(ensemble) < ALIKE * error(other)) & makes_a_wheel(ensemble)


def has_hues_and_red_in_place(ensemble):
    """Whether vibrant hues lie in the plane and on the sphere, and red near its anchor."""
    return (
        (off_plane(ensemble) < HALF_AS_AT_RANDOM)
        & (vibrant_off_sphere(ensemble) < A_QUARTER_OFF)
        & (red_off_anchor(ensemble) < HALFWAY_TO_THE_ANCHOR)
    )


@pytest.fixture(scope="module")
def with_curriculum(trained, few):
    """Of as few seeds as controls have: there are no close calls."""
    return lambda which: trained(CURRICULA[which], few.seeds)


@primary("test_colors_are_rebuilt_as_well", "test_all_is_as_good_in_most_seeds")
@fails_under("others-unregularized")
class TestNoCurriculumIsNeeded:
    """Claim A: all colors from the first step, with penalties gated by labels, are at least as good as a curriculum.

    Published verdict, from one run without a fixed seed and by eye: confirmed. The curricula are 1.7's own terms on the
    course of colors of 1.6, which is as many steps long, and 1.6 itself. At least as good is what is better or alike.
    A published loss is that of one batch, the last. It lies among what single batches lose here; the mean over many of
    them, or over all colors, scatters less.
    """

    @each("curriculum", CURRICULA)
    def test_colors_are_rebuilt_as_well(self, few, with_curriculum, curriculum):
        """The mean error of the validation colors is less than twice that after a curriculum."""
        assert ratio(error(few), error(with_curriculum(curriculum))) < ALIKE

    def test_all_is_as_good_in_most_seeds(self, few, with_curriculum):
        """In most seeds no more losses are twice those after the curriculum than half of those, the error is not twice
        as large, and the vibrant hues are in hue order."""
        assert fraction(as_good_as(few, with_curriculum("of 1.6 in 1.7"))) > 1 / 2

    @measures
    def test_loss_is_as_low(self, few, with_curriculum, measure):
        """A loss is less than twice that after the curriculum."""
        assert ratio(MEASURES[measure](few), MEASURES[measure](with_curriculum("of 1.6 in 1.7"))) < ALIKE

    @published(RECONSTRUCTION, source=LAST)
    def test_reconstruction(self, intact):
        """The loss of reconstruction is below the error that a spared color may have."""
        assert median(reconstruction(intact)) < SPARED

    @published(SEPARATE, source=LAST)
    def test_separation(self, intact):
        """The loss of separation is less than twice that of directions evenly over the sphere."""
        assert median(separate(intact)) < ALIKE * EVENLY_APART

    @published(NORM, source=LAST)
    def test_unitarity(self, intact):
        """The loss of unitarity is below that of lengths a quarter off."""
        assert median(off_sphere(intact)) < A_QUARTER_OFF

    @control
    def test_unregularized_colors_leave_the_sphere(self, unregularized):
        """In an unregularized model the loss of unitarity is above that of lengths a quarter off."""
        assert median(off_sphere(unregularized)) > A_QUARTER_OFF

    @control
    def test_gray_answers_are_not_as_good(self, few, with_curriculum):
        """The mean error of a constant mid-gray model is more than twice that after the curriculum."""
        assert ratio(error(answering(few, (0.5, 0.5, 0.5))), error(with_curriculum("of 1.6 in 1.7"))) > ALIKE

    @control
    def test_gray_answers_are_as_good_in_few_seeds(self, few, with_curriculum):
        """In fewer than half of the seeds a constant mid-gray model is as good as a model after the curriculum."""
        gray = answering(few, (0.5, 0.5, 0.5))
        assert fraction(as_good_as(gray, with_curriculum("of 1.6 in 1.7"))) < 1 / 2


@pytest.fixture(scope="module")
def with_soft_labels(trained, seeds):
    return trained(EX_1_7_SOFT, seeds)


@primary("test_all_is_as_good_in_most_seeds", "test_hues_and_red_are_in_place_in_most_seeds")
@fails_under("unregularized")
class TestBinaryLabelsAreEnough:
    """Claim B: binary labels, drawn at random for few rows, work as well as soft ones.

    Published verdict, from several runs without a fixed seed and by eye: confirmed. With soft ones every row counts in
    proportion to the probability of its label, and with binary ones it bears its label or does not. As well is better
    or alike. A published loss is that of the few labeled rows of one batch, the last. It lies among what single batches
    lose here; the mean over all vibrant hues scatters less.
    """

    @disconfirmed("in two of five seeds")
    def test_all_is_as_good_in_most_seeds(self, intact, with_soft_labels):
        """In most seeds no more losses are twice those with soft labels than half of those, the error is not twice as
        large, and the vibrant hues are in hue order."""
        assert fraction(as_good_as(intact, with_soft_labels)) > 1 / 2

    @each("measure", MEASURES)
    def test_loss_is_as_low(self, intact, with_soft_labels, measure):
        """With binary labels a loss is less than twice that with soft ones."""
        assert ratio(MEASURES[measure](intact), MEASURES[measure](with_soft_labels)) < ALIKE

    @control
    def test_gray_answers_are_as_good_in_few_seeds(self, few, with_soft_labels):
        """In fewer than half of the seeds a constant mid-gray model is as good as a model with soft labels."""
        gray = answering(few, (0.5, 0.5, 0.5))
        assert fraction(as_good_as(gray, with_soft_labels.first(len(few.seeds)))) < 1 / 2

    def test_hues_and_red_are_in_place_in_most_seeds(self, intact):
        """In most seeds the vibrant hues lie in their plane and on the sphere, and red near its anchor."""
        assert fraction(has_hues_and_red_in_place(intact)) > 1 / 2

    @published(PLANAR, source=LAST)
    def test_hues_lie_in_the_plane(self, intact):
        """The loss of planarity is less than half of that at random."""
        assert median(off_plane(intact)) < HALF_AS_AT_RANDOM

    @published(NORM_V, source=LAST)
    def test_hues_lie_on_the_sphere(self, intact):
        """The loss of unitarity of vibrant hues is below that of lengths a quarter off."""
        assert median(vibrant_off_sphere(intact)) < A_QUARTER_OFF

    @published(POLAR, source=LAST)
    def test_red_is_near_the_anchor(self, intact):
        """The squared distance of red from its anchor is less than half of that at random."""
        assert median(red_off_anchor(intact)) < HALFWAY_TO_THE_ANCHOR

    @control
    def test_unregularized_hues_leave_the_plane(self, unregularized):
        """In an unregularized model the loss of planarity is more than half of that at random."""
        assert median(off_plane(unregularized)) > HALF_AS_AT_RANDOM

    @control
    def test_unregularized_hues_leave_the_sphere(self, unregularized):
        """In an unregularized model the loss of unitarity of vibrant hues is above that of lengths a quarter off."""
        assert median(vibrant_off_sphere(unregularized)) > A_QUARTER_OFF

    @control
    def test_unregularized_red_is_elsewhere(self, unregularized):
        """In an unregularized model red's squared distance from its anchor is more than half of that at random."""
        assert median(red_off_anchor(unregularized)) > HALFWAY_TO_THE_ANCHOR

    @control
    def test_unregularized_hues_and_red_are_not_in_place(self, unregularized):
        """In fewer than half of the seeds an unregularized model has vibrant hues and red in their places."""
        assert fraction(has_hues_and_red_in_place(unregularized)) < 1 / 2


@primary("test_hues_make_a_wheel", "test_tangles_vanish")
@fails_under("unregularized")
class TestTanglesVanish:
    """Claim C: no hue is out of order.

    Published verdict, from several runs without a fixed seed and by eye: confirmed; of earlier ones about a quarter
    were tangled.
    """

    def test_hues_make_a_wheel(self, intact):
        """In the plane of dimensions 0 and 1 the vibrant hues are in hue order."""
        assert median(hue_order(intact)) > IN_ORDER

    def test_tangles_vanish(self, intact):
        """In all seeds but one of twenty or fewer the vibrant hues are in hue order."""
        assert fraction(makes_a_wheel(intact)) > ALL_BUT_FEW

    def test_fewer_runs_are_tangled_than_before(self, intact):
        """In more than three of four seeds the vibrant hues are in hue order."""
        assert fraction(makes_a_wheel(intact)) > UNTANGLED

    @control
    @restated(was="of the median seed, < IN_ORDER", why="a claim about a share of runs has its control on that share")
    def test_unregularized_hues_make_no_wheel(self, unregularized):
        """Unregularized models have the vibrant hues in hue order in fewer than three of four seeds."""
        assert fraction(makes_a_wheel(unregularized)) < UNTANGLED
