"""2.5 Only red is anchored."""

import pytest
import xarray as xr
from cases import unlike_red
from deletion_predictions import typical_error_in_rgb
from red_interventions import (
    INTERVENTIONS,
    InterventionControls,
    collateral,
    edited,
    interventions,
    interventions_published,
)

from excolor import answering, error_of, fraction, median, named_color, ratio, typical_error, worst_error
from excolor.experiments import EX_2_4, EX_2_5
from excolor.judging.thresholds import ALIKE, ANCHORED, SPARED
from excolor.measures import alignment_of_red, at_least_half_a_step, off_plane
from excolor.verdicts import control, fails_under, primary, published, undecided

EXPERIMENT = EX_2_5

CONDITIONS = (EX_2_5, EX_2_4)

NEAR_THE_PLANE = 1 / 4
"""The vibrant hues make a wheel in the plane if their `off_plane` is below this: half of what random directions have.

A margin decided beforehand.
"""


@pytest.fixture(scope="module")
def planar(trained, seeds):
    """2.4, with planarity."""
    return trained(EX_2_4, seeds)


def is_as_good(intact, planar):
    """Whether no error, worst or typical, is more than twice as high as with planarity, over `seed`."""
    measures = worst_error, typical_error, typical_error_in_rgb
    return xr.concat([measure(intact) < ALIKE * measure(planar) for measure in measures], "measure").all("measure")


def acts_as_well(intact, planar, intervention):
    """Whether it damages red at least half as much, and others at most twice as much beside it, over `seed`."""
    red, red_of_planar = (error_of(edited(model, intervention), "red") for model in (intact, planar))
    precise = collateral(intact, intervention) < ALIKE * collateral(planar, intervention)
    return (ALIKE * red > red_of_planar) & precise


@primary("test_model_is_as_good", "test_interventions_are_as_good", "test_wheel_disappears_and_red_stays")
@fails_under("first-unregularized", "others-unregularized")
class TestPlanarityIsNotNeeded(InterventionControls):
    """Without planarity the model and the interventions are as good; the wheel disappears, and red stays at the anchor.

    Published verdict, from one seed: partially confirmed; the worst error is lower, and interventions are a bit less
    precise, which may be chance. What is published of red is the error of the worst color.
    """

    def test_model_is_as_good(self, intact, planar):
        """In most seeds neither the worst nor the typical error is more than twice as high as with planarity."""
        assert fraction(is_as_good(intact, planar)) > 1 / 2

    def test_interventions_are_as_good(self, intact, planar):
        """In most seeds either intervention damages red, and red alone, as well as with planarity."""
        both = [acts_as_well(intact, planar, intervention) for intervention in INTERVENTIONS]
        assert fraction(xr.concat(both, "intervention").all("intervention")) > 1 / 2

    def test_wheel_disappears_and_red_stays(self, intact):
        """In most seeds the vibrant hues lie off the plane of dimensions 0 and 1, and red lies at the anchor."""
        assert fraction((off_plane(intact) > NEAR_THE_PLANE) & (alignment_of_red(intact) > ANCHORED)) > 1 / 2

    @published(0.00028 / 0.0011, source="Ex 2.5 and 2.4")
    @undecided("it falls, by how much is open")
    def test_worst_error_falls(self, intact, planar, figure):
        """The ratio of the worst error to that with planarity is less than twice the published one."""
        assert ratio(worst_error(intact), worst_error(planar)) < 2 * figure

    @published(1.4e-5 / 1.5e-5, source="Ex 2.5 and 2.4")
    def test_typical_error_is_alike(self, intact, planar):
        """The typical error is as with planarity, within a factor of two."""
        assert ratio(typical_error(intact), typical_error(planar)).between(1 / ALIKE, ALIKE)

    def test_typical_error_in_rgb_is_alike(self, intact, planar):
        """The typical error of the RGB cube is as with planarity, within a factor of two."""
        assert ratio(typical_error_in_rgb(intact), typical_error_in_rgb(planar)).between(1 / ALIKE, ALIKE)

    def test_red_is_anchored(self, intact):
        """Without planarity red lies at the anchor."""
        assert median(alignment_of_red(intact)) > ANCHORED

    def test_wheel_disappears(self, intact):
        """The vibrant hues lie off the plane of dimensions 0 and 1."""
        assert median(off_plane(intact)) > NEAR_THE_PLANE

    @interventions_published({"suppression": 2.2e-5 / 2.0e-5, "repulsion": 2.7e-5 / 2.5e-5}, source="Ex 2.5 and 2.4")
    def test_typical_color_is_alike(self, intact, planar, intervention):
        """Under an intervention the typical error is as with planarity, within a factor of two."""
        both = (typical_error(edited(model, intervention)) for model in (intact, planar))
        assert ratio(*both).between(1 / ALIKE, ALIKE)

    @interventions_published({"suppression": 0.23 / 0.16, "repulsion": 0.14 / 0.094}, source="Ex 2.5 and 2.4")
    def test_red_suffers_alike(self, intact, planar, intervention):
        """Under an intervention the error of red is as with planarity, within a factor of two."""
        both = (at_least_half_a_step(error_of(edited(model, intervention), "red")) for model in (intact, planar))
        assert ratio(*both).between(1 / ALIKE, ALIKE)

    @interventions
    def test_is_as_precise(self, intact, planar, intervention):
        """Under an intervention collateral damage is as with planarity, within a factor of two."""
        both = (collateral(model, intervention) for model in (intact, planar))
        assert ratio(*both).between(1 / ALIKE, ALIKE)

    @interventions
    @unlike_red
    def test_bystanders_are_spared(self, intact, intervention, group):
        """Under an intervention a group of colors unlike red is spared, on average."""
        assert median(error_of(edited(intact, intervention), *group)) < SPARED

    @control
    def test_wheel_is_there_with_planarity(self, planar):
        """With planarity the vibrant hues lie near the plane of dimensions 0 and 1."""
        assert median(off_plane(planar)) < NEAR_THE_PLANE

    @control
    def test_red_is_elsewhere_without_its_anchor(self, unregularized):
        """In an unregularized model red does not lie at the anchor."""
        assert median(alignment_of_red(unregularized)) < ANCHORED

    @control
    def test_gray_answer_is_not_as_good(self, intact, planar):
        """A constant mid-gray model has errors more than twice as high as with planarity in most seeds."""
        assert fraction(is_as_good(answering(intact, named_color("gray")), planar)) < 1 / 2

    @control
    def test_gray_answer_is_less_precise(self, intact, planar):
        """A constant mid-gray model has more than twice the collateral damage of suppression with planarity."""
        both = (collateral(model, "suppression") for model in (answering(intact, named_color("gray")), planar))
        assert ratio(*both) > ALIKE
