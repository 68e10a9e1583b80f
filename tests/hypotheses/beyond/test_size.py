"""Beyond: larger networks and wider latents."""

import pytest
import xarray as xr
from cases import each
from deletion_works import deletion_works

from excolor import ablate, fraction, ratio, typical_error
from excolor.colors import rgb_training_cube
from excolor.experiments import EX_2_10
from excolor.experiments.changed_courses import at_times_the_rate
from excolor.measures import mean_error
from excolor.verdicts import control, fails_under, primary, undecided

SEEDS = 80
"""Whether latents of 64 dimensions work at half of the rate is a close call."""

UNITS_OF_ALL_SEEDS = 2560
"""The larger a network, the fewer seeds of it are trained: all together have so many hidden units in a layer, 80 seeds
of 32 units or 20 of 128. The larger ones take the most time and are the least close calls."""

EXPERIMENT = EX_2_10

PUBLISHED = EX_2_10.hidden
UNITS = (32, 64, 128)
OF_UNITS = {f"{units} units": EX_2_10.replace(name=f"2.10 with {units} hidden units", hidden=units) for units in UNITS}
OF_DIMENSIONS = {
    f"{width} dimensions": EX_2_10.replace(name=f"2.10 with {width} dimensions", bottleneck=width) for width in (16, 64)
}
LARGE = OF_UNITS | OF_DIMENSIONS

UNLEARNED = 0.01
"""The mean error of the training colors above which the author's follow-up calls a run a catastrophe."""


@pytest.fixture(scope="module")
def at_rate(trained, seeds):
    """Name and factor -> the models of that size, at the published learning rate times a factor."""

    def models(name, factor):
        chosen = seeds[: UNITS_OF_ALL_SEEDS // LARGE[name].hidden]
        return trained(at_times_the_rate(LARGE[name], factor), chosen)

    return models


def in_proportion(name):
    """The factor by which a rate is lower that goes with the reciprocal of the number of hidden units."""
    return PUBLISHED / LARGE[name].hidden


def works(intact):
    return deletion_works(ablate(intact, 0))


class SmallWorks:
    """The controls of claims that a size fails, or that it works."""

    @control
    def test_published_size_works_in_most_seeds(self, intact):
        """With 16 hidden units and five dimensions deletion takes red and spares the typical color in most seeds."""
        assert fraction(works(intact)) > 1 / 2

    @control
    def test_unregularized_models_do_not_work(self, unregularized):
        """In fewer than half of unregularized models deletion takes red and spares the typical color."""
        assert fraction(works(unregularized)) < 1 / 2


@primary("test_fails_at_the_published_rate", "test_works_in_proportion_at_every_size")
@fails_under("unregularized", but={"test_fails_at_the_published_rate": "without terms any size fails"})
class TestLargerNetworksNeedALowerRate(SmallWorks):
    """H1: larger networks fail at the published learning rate, and work at one in inverse proportion to their units.

    Published verdict: none. The paper names it a limitation that nothing larger was tried. The published
    rate rises to 0.1 for 16 units on each hidden layer; in inverse proportion, 128 units have an eighth of it.
    """

    @each("name", ("64 units", "128 units"))
    def test_fails_at_the_published_rate(self, at_rate, name):
        """At the published rate deletion takes red and spares the typical color in fewer than half of the seeds."""
        assert fraction(works(at_rate(name, 1))) < 1 / 2

    def test_works_in_proportion_at_every_size(self, at_rate):
        """In most seeds, at rates in proportion, deletion takes red and spares the typical color at each size."""
        each_size = [works(at_rate(name, in_proportion(name))) for name in OF_UNITS]
        assert fraction(xr.concat(each_size, "size", join="inner").all("size")) > 1 / 2

    @each("name", OF_UNITS)
    def test_works_in_proportion(self, at_rate, name):
        """At a rate in proportion deletion takes red and spares the typical color in most seeds."""
        assert fraction(works(at_rate(name, in_proportion(name)))) > 1 / 2

    @each("name", ("64 units", "128 units"))
    def test_colors_are_not_rebuilt_at_the_published_rate(self, at_rate, name):
        """At the published rate most seeds do not reconstruct the training colors, before anything is deleted."""
        assert fraction(mean_error(at_rate(name, 1), rgb_training_cube()) > UNLEARNED) > 1 / 2

    @each("name", OF_UNITS)
    def test_typical_error_is_lower_in_proportion(self, at_rate, deleted, name):
        """At a rate in proportion the typical error after deletion is lower than with 16 units."""
        large = typical_error(ablate(at_rate(name, in_proportion(name)), 0))
        assert ratio(large, typical_error(deleted)[: len(large)]) < 1


@primary("test_fails_at_the_published_rate", "test_works_at_half_of_it")
@fails_under("unregularized", but={"test_fails_at_the_published_rate": "without terms any size fails"})
class TestWideLatentsNeedALowerRate(SmallWorks):
    """H2: latents of 64 dimensions fail at the published learning rate, and work at half of it.

    Published verdict: none. Half is the rate at which, in the author's follow-up of 2.9.1, none of 32
    seeds failed.
    """

    def test_fails_at_the_published_rate(self, at_rate):
        """With 64 dimensions deletion takes red and spares the typical color in fewer than half of the seeds."""
        assert fraction(works(at_rate("64 dimensions", 1))) < 1 / 2

    def test_works_at_half_of_it(self, at_rate):
        """With 64 dimensions and half of the rate deletion takes red and spares the typical color in most seeds."""
        assert fraction(works(at_rate("64 dimensions", 1 / 2))) > 1 / 2

    @undecided("in about half of them")
    def test_sixteen_dimensions_work_at_the_published_rate(self, at_rate):
        """With 16 dimensions deletion takes red and spares the typical color in most seeds."""
        assert fraction(works(at_rate("16 dimensions", 1))) > 1 / 2
