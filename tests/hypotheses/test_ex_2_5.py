"""2.5 Only red is anchored."""

import pytest
from cases import unlike_red
from red_interventions import (
    InterventionControls,
    collateral,
    edited,
    interventions,
    interventions_published,
)

from excolor import answering, error_of, median, named_color, ratio, typical_error, worst_error
from excolor.experiments import EX_2_4, EX_2_5
from excolor.judging.thresholds import ALIKE, ANCHORED, SPARED
from excolor.measures import alignment_of_red, at_least_half_a_step, off_plane
from excolor.verdicts import control, published, restated

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


class TestPlanarityIsNotNeeded(InterventionControls):
    """Without planarity the model and the interventions are as good; the wheel disappears, and red stays at the anchor.

    Published verdict, from one seed: partially confirmed; the worst error is lower, and interventions are a bit less
    precise, which may be chance. What is published of red is the error of the worst color. Ours is confirmed: over 32
    seeds interventions are as precise as with planarity, within a factor of two.
    """

    @published(0.00028 / 0.0011, source="Ex 2.5 and 2.4")
    @restated(was="< twice the published ratio", why="it is about a half: undecided on other seeds")
    def test_worst_error_falls(self, intact, planar):
        """The worst error is lower than with planarity."""
        assert ratio(worst_error(intact), worst_error(planar)) < 1

    @published(1.4e-5 / 1.5e-5, source="Ex 2.5 and 2.4")
    def test_typical_error_is_alike(self, intact, planar):
        """The typical error is as with planarity, within a factor of two."""
        assert ratio(typical_error(intact), typical_error(planar)).between(1 / ALIKE, ALIKE)

    def test_red_is_anchored(self, intact):
        """Without planarity red lies at the anchor."""
        assert median(alignment_of_red(intact)) > ANCHORED

    @restated(was="that they lie off the plane, > 1 / 4", why="undecided on other seeds")
    def test_wheel_disappears(self, intact, planar):
        """The vibrant hues lie at least twice as far off the plane of dimensions 0 and 1 as with planarity."""
        assert ratio(off_plane(intact), off_plane(planar)) > ALIKE

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
    def test_gray_answer_is_less_precise(self, intact, planar):
        """A constant mid-gray model has more than twice the collateral damage of suppression with planarity."""
        both = (collateral(model, "suppression") for model in (answering(intact, named_color("gray")), planar))
        assert ratio(*both) > ALIKE
