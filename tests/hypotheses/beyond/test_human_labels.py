"""Beyond: names that people gave, in place of the formula.

In the XKCD survey people typed whatever they would call the colors that they saw. A color bears the concept red if the
nearest of the survey's 949 colors has a name that ends with that word: "red", "dark red", "brick red". So there is a
boundary where redness has a slope: scarlet, cherry and crimson lie beyond it. In 2.10.1 these labels take the place of
the formula's, as many in a run, on every color within the boundary alike.

A concept is lost if nobody would call the answer to its color by its name, and deleted alone if besides the typical
color is spared of those that are not called so.
"""

import pytest
from concept_predictions import is_deleted_alone, is_lost

from excolor import ablate, fraction, median, ratio
from excolor.colors import redness
from excolor.conditions import Called, Concept, survey, with_concepts
from excolor.experiments import EX_2_10_1
from excolor.judging.thresholds import ALIKE, SPARED
from excolor.measures import mean_error
from excolor.verdicts import control, disconfirmed, fails_under, primary

SEEDS = 256
"""Whether red as people named it is lost alone is a close call."""

SOME = 64
"""Seeds for what is none."""

EXPERIMENT = EX_2_10_1


def called(name):
    """The concept of the colors that people called so."""
    return Concept(f"called {name}", survey()[name], Called(name))


def near(name):
    """The concept of the same color, which others bear by their nearness to it, whatever they are called."""
    return Concept.of(f"{name} by nearness", survey()[name])


RED, YELLOW = called("red"), called("yellow")
WITHIN_THE_CUBE = ("purple", "brown")
"""What people call so lies between corners."""

REDS = [name for name, color in survey().items() if redness(color) > 1 / 2]
"""What is red by the formula: 160 of the survey's colors, of which people called 35 red."""
CALLED_RED = [survey()[name] for name in REDS if Called("red")(survey()[name])]
BY_OTHER_NAMES = [survey()[name] for name in REDS if not Called("red")(survey()[name])]

OF_RED = (RED, near("red"))
CONCEPTS = (*OF_RED, YELLOW, *(concept(name) for concept in (called, near) for name in WITHIN_THE_CUBE))
CONDITIONS = (EX_2_10_1, *(with_concepts(EX_2_10_1, concept) for concept in CONCEPTS))

within_the_cube = pytest.mark.parametrize("name", WITHIN_THE_CUBE)


@pytest.fixture(scope="module", autouse=True)
def conditions(trained_together, seeds):
    """Some seeds of each condition, in place of all."""
    trained_together(CONDITIONS, seeds[:SOME])


@pytest.fixture(scope="module")
def anchoring(trained, seeds):
    """A function: the models in which a concept is anchored in red's place."""
    return lambda concept: trained(with_concepts(EX_2_10_1, concept), seeds if concept in OF_RED else seeds[:SOME])


@pytest.fixture(scope="module")
def without_called_red(anchoring):
    """The models that learned red from people, without its dimension."""
    return ablate(anchoring(RED), 0)


@pytest.fixture(scope="module")
def of_the_formula(trained, seeds):
    """2.10.1 without dimension 0."""
    return ablate(trained(EX_2_10_1, seeds), 0)


def beyond_the_name(deleted):
    """The mean error of reds by other names as a share of that of the reds that are called so, over `seed`."""
    return mean_error(deleted, BY_OTHER_NAMES) / mean_error(deleted, CALLED_RED)


@primary("test_red_is_lost", "test_red_is_deleted_alone")
@fails_under("unedited")
class TestRedIsDeletedAsPeopleNamedIt:
    """H1: red as people named it is deleted alone, as red by the formula is.

    Published verdict: none.
    """

    def test_red_is_lost(self, without_called_red):
        """In most seeds nobody would call the answer to red a red."""
        assert fraction(is_lost(without_called_red, RED)) > 1 / 2

    def test_red_is_deleted_alone(self, anchoring):
        """In most seeds deletion takes what people called red, and spares the typical color that they did not."""
        assert fraction(is_deleted_alone(anchoring(RED), RED)) > 1 / 2

    def test_nearness_takes_it_alone_more_often(self, anchoring):
        """Where it is deleted alone by one of two labels, by name and by nearness, it is by nearness in most seeds."""
        by_name, by_nearness = (is_deleted_alone(anchoring(label), RED) for label in (RED, near("red")))
        assert fraction(by_nearness[by_nearness != by_name]) > 1 / 2

    @control
    def test_unregularized_models_do_not_lose_red_alone(self, unregularized):
        """Deletion in unregularized models takes red as people named it alone in fewer than half of the seeds."""
        assert fraction(is_deleted_alone(unregularized, RED)) < 1 / 2


@primary("test_concept_is_deleted_alone")
@fails_under("unregularized")
class TestOthersAreDeletedAsPeopleNamedThem:
    """H2: purple and brown as people named them, no corner of the cube either of them, are deleted alone too.

    Published verdict: none.
    """

    @disconfirmed("in no seed: it is lost, and others are damaged")
    @within_the_cube
    def test_concept_is_deleted_alone(self, anchoring, name):
        """In most seeds deletion takes what people called so, and spares the typical color that they did not."""
        assert fraction(is_deleted_alone(anchoring(called(name)), called(name))) > 1 / 2

    @within_the_cube
    def test_concept_is_lost(self, anchoring, name):
        """In most seeds nobody would call the answer by its name."""
        assert fraction(is_lost(ablate(anchoring(called(name)), 0), called(name))) > 1 / 2

    @within_the_cube
    def test_nearness_does_not_take_it_alone_either(self, anchoring, name):
        """In fewer than half of the seeds deletion takes it alone if colors are labeled by nearness to the same one."""
        assert fraction(is_deleted_alone(anchoring(near(name)), called(name))) < 1 / 2

    def test_yellow_is_deleted_alone(self, anchoring):
        """In most seeds deletion takes what people called yellow alone, which lies at a corner."""
        assert fraction(is_deleted_alone(anchoring(YELLOW), YELLOW)) > 1 / 2


@primary("test_reds_by_other_names_are_spared", "test_fewer_suffer_than_by_the_formula")
@fails_under("gray")
class TestDeletionEndsWhereTheNameDoes:
    """H3: with people's labels deletion ends where the name does, and spares reds that nobody called red.

    Published verdict: none.
    """

    @disconfirmed("in hardly any: all are damaged, by a color's likeness and not by its name")
    def test_reds_by_other_names_are_spared(self, without_called_red):
        """In most seeds the mean error of reds by other names is that of spared colors."""
        assert fraction(mean_error(without_called_red, BY_OTHER_NAMES) < SPARED) > 1 / 2

    @disconfirmed("about as much")
    def test_fewer_suffer_than_by_the_formula(self, without_called_red, of_the_formula):
        """The error of reds by other names, as a share of that of called ones, is half of the formula's or less."""
        assert ratio(beyond_the_name(without_called_red), beyond_the_name(of_the_formula)) < 1 / ALIKE

    @disconfirmed("damaged")
    @pytest.mark.parametrize("name", ["scarlet", "maroon", "rust", "pink"])
    def test_color_is_spared(self, without_called_red, name):
        """A color that nobody called red is spared."""
        assert median(mean_error(without_called_red, survey()[name])) < SPARED

    def test_reds_by_other_names_suffer_less(self, without_called_red):
        """The mean error of reds by other names is lower than that of the reds that are called so."""
        assert median(beyond_the_name(without_called_red)) < 1

    @control
    def test_reds_by_other_names_are_rebuilt(self, anchoring):
        """Before the deletion reds by other names are spared."""
        assert median(mean_error(anchoring(RED), BY_OTHER_NAMES)) < SPARED
