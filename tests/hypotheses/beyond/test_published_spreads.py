"""Beyond: how much an edit varies from seed to seed."""

import numpy as np
import pytest
import xarray as xr
from cases import each
from rerun_scores import NEARLY_ALL

from excolor import ablate, error_of, fraction, median, named_color, ratio, reconstruct, rgb_cube
from excolor.colors import GRAYS, named_colors, rgb_training_cube
from excolor.edits import suppressed
from excolor.experiments import EX_2_4_1, EX_2_9_1, EX_2_10_1
from excolor.judging.thresholds import ALIKE, SPARED
from excolor.measures import similarity_fit
from excolor.verdicts import control, disconfirmed, fails_under, primary, undecided

SEEDS = 384
"""Whether ablation varies as published is a close call, and answers are compared two by two."""

SUPPRESSION, SPREAD_OF_SUPPRESSION = 0.9515, 0.0236
ABLATION, SPREAD_OF_ABLATION = 0.8570, 0.1541
"""Published: the mean of R^2 over 60 seeds, on the training colors, and its standard deviation."""

OF_A_NORMAL = 0.6745
"""How far the median member of a normal distribution lies from its mean, in standard deviations."""


def typical_distance(colors):
    """The median, over all pairs of colors, of the mean squared difference over channels."""
    return float(np.median(np.square(colors[:, np.newaxis] - colors).mean(-1)))


MIDDLES = np.arange(0.05, 1, 0.1)
OF_RANDOM_COLORS = typical_distance(rgb_cube(MIDDLES, MIDDLES, MIDDLES)["color"].values.reshape(-1, 3))
"""The median squared distance of two colors at random, 0.15; the mean would be 1/6."""


@pytest.fixture(scope="module")
def anchored(trained, seeds):
    """2.4.1, the paper's model for suppression."""
    return trained(EX_2_4_1, seeds)


@pytest.fixture(scope="module")
def isolated(trained, seeds):
    """2.9.1, the paper's model for ablation."""
    return trained(EX_2_9_1, seeds)


@pytest.fixture(scope="module")
def without_dimension_0(trained, seeds):
    """Name -> the models of that re-run without red's dimension."""
    return lambda name: ablate(trained({"2.9.1": EX_2_9_1, "2.10.1": EX_2_10_1}[name], seeds), 0)


def of_suppression(ensemble):
    """R^2, with similarity squared, over `seed`."""
    return similarity_fit(suppressed(ensemble), 2, rgb_training_cube())


def of_ablation(ensemble):
    """R^2, with similarity cubed, over `seed`."""
    return similarity_fit(ablate(ensemble, 0), 3, rgb_training_cube())


def off_its_median(samples):
    return abs(samples - float(samples.median()))


def answers(ensemble):
    """What is answered to red, over `seed` and `channel`."""
    found = reconstruct(ensemble, named_color("red")).numpy()
    return xr.DataArray(found, dims=("seed", "channel"), coords={"seed": list(ensemble.seeds)})


def apart(ensemble):
    """The mean squared difference over channels of the answers of two seeds to red, for each two that are neighbors."""
    given = answers(ensemble).values
    return np.square(given[0::2] - given[1::2]).mean(1)


def nearest_name(ensemble):
    """Which of the twelve hues and five grays is nearest to the answer to red, over `seed`."""
    distance = np.square(answers(ensemble) - named_colors()["color"].drop_vars("channel")).mean("channel")
    return distance.idxmin("name")


@primary("test_suppression_varies_as_published", "test_ablation_varies_as_published", "test_ablation_varies_more")
@fails_under("unregularized")
class TestAblationVariesMore:
    """H1: from seed to seed suppression varies little, and ablation much.

    Published verdict, from 60 seeds: confirmed, R^2 is 0.95 +- 0.02 for suppression and 0.86 +- 0.15 for ablation, so
    that one is called robust and the other sensitive. Their models are different ones, 2.4.1 and 2.9.1.
    """

    def test_suppression_varies_as_published(self, anchored):
        """R^2 of suppression lies as far from the published mean as its spread says, within a factor of two."""
        expected = OF_A_NORMAL * SPREAD_OF_SUPPRESSION
        assert median(abs(of_suppression(anchored) - SUPPRESSION)).between(expected / ALIKE, expected * ALIKE)

    def test_ablation_varies_as_published(self, isolated):
        """R^2 of ablation lies as far from the published mean as its spread says, within a factor of two."""
        expected = OF_A_NORMAL * SPREAD_OF_ABLATION
        assert median(abs(of_ablation(isolated) - ABLATION)).between(expected / ALIKE, expected * ALIKE)

    def test_ablation_varies_more(self, anchored, isolated):
        """R^2 of ablation lies farther from its published mean than R^2 of suppression."""
        assert ratio(abs(of_ablation(isolated) - ABLATION), abs(of_suppression(anchored) - SUPPRESSION)) > 1

    def test_ablation_varies_more_in_the_same_models(self, isolated):
        """R^2 of ablation lies farther from its median than R^2 of suppression in the models of 2.9.1."""
        assert ratio(off_its_median(of_ablation(isolated)), off_its_median(of_suppression(isolated))) > 1

    def test_suppression_varies_more_in_the_model_for_ablation(self, anchored, isolated):
        """R^2 of suppression lies farther from its median in 2.9.1 than in 2.4.1."""
        assert ratio(off_its_median(of_suppression(isolated)), off_its_median(of_suppression(anchored))) > 1

    def test_suppression_works_in_nearly_all(self, anchored):
        """In nearly all seeds R^2 of suppression is more than 1/2."""
        assert fraction(of_suppression(anchored) > 1 / 2) > NEARLY_ALL


@primary("test_dark_gray_is_nearest", "test_a_gray_is_nearest")
@fails_under("unedited")
class TestSuppressedRedIsDarkGray:
    """H2: red that is suppressed comes out as dark gray.

    Published verdict, from the best of 60 seeds: observed. In numbers only the error of red is published, 0.284 in
    2.4.1; dark gray, a quarter of white, would have 0.23.
    """

    @undecided("in somewhat more than half of the seeds")
    def test_dark_gray_is_nearest(self, anchored):
        """In most seeds the named color that is nearest to the answer to suppressed red is dark gray."""
        assert fraction(nearest_name(suppressed(anchored)) == "dark gray") > 1 / 2

    def test_a_gray_is_nearest(self, anchored):
        """In most seeds the named color that is nearest to the answer to suppressed red is a gray."""
        assert fraction(nearest_name(suppressed(anchored)).isin(list(GRAYS))) > 1 / 2

    @disconfirmed("mid-gray is")
    def test_is_dark_gray_in_the_other_model(self, isolated):
        """In most seeds of 2.9.1 the named color that is nearest to the answer to suppressed red is dark gray."""
        assert fraction(nearest_name(suppressed(isolated)) == "dark gray") > 1 / 2

    @control
    def test_intact_model_answers_red(self, anchored):
        """Without an edit the named color that is nearest to the answer to red is red, in most seeds."""
        assert fraction(nearest_name(anchored) == "red") > 1 / 2


@primary("test_answers_are_as_far_apart_as_random_colors", "test_answers_are_farther_apart")
@fails_under("unedited")
class TestAblatedRedIsAnyColor:
    """H3: red that is ablated goes into a random direction, and comes out as any color.

    Published verdict, from no seeds: taken for granted. What deleted concepts fall back to is named as a limitation.
    """

    @each("name", ("2.9.1", "2.10.1"))
    def test_answers_are_as_far_apart_as_random_colors(self, without_dimension_0, name):
        """The answers of two seeds to ablated red are as far apart as two random colors, within a factor of two."""
        scattered = median(apart(without_dimension_0(name)))
        assert scattered.between(OF_RANDOM_COLORS / ALIKE, OF_RANDOM_COLORS * ALIKE)

    def test_answers_are_farther_apart(self, isolated, anchored):
        """The answers of two seeds to ablated red are more than twice as far apart as those to suppressed red."""
        assert ratio(apart(ablate(isolated, 0)), apart(suppressed(anchored))) > ALIKE

    def test_answers_are_farther_apart_in_the_same_models(self, isolated):
        """In 2.9.1 answers of two seeds to ablated red are more than twice as far apart as those to suppressed red."""
        assert ratio(apart(ablate(isolated, 0)), apart(suppressed(isolated))) > ALIKE

    @disconfirmed("many answers are dark, and black counts as a gray")
    def test_a_gray_is_seldom_nearest(self, isolated):
        """In fewer than half of the seeds the named color that is nearest to the answer to ablated red is a gray."""
        assert fraction(nearest_name(ablate(isolated, 0)).isin(list(GRAYS))) < 1 / 2

    @control
    def test_intact_answers_are_close(self, isolated):
        """Without an edit the answers of two seeds to red are as close as the error of a spared color."""
        assert median(apart(isolated)) < SPARED

    @control
    def test_intact_model_rebuilds_red(self, isolated):
        """Without an edit red is reconstructed."""
        assert median(error_of(isolated, "red")) < SPARED
