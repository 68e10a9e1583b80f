"""Beyond: fewer labels, more of them, and wrong ones."""

import dataclasses

import pytest
import xarray as xr
from cases import each
from deletion_works import deletion_works

from excolor import ablate, error_of, fraction, median, ratio, typical_error
from excolor.conditions.labels import NoisyLabel
from excolor.experiments import EX_2_10_1
from excolor.experiments.rerun_terms import RED
from excolor.judging.thresholds import ALIKE, ANCHORED, UNREBUILT
from excolor.measures import alignment_of_red, red_collateral
from excolor.verdicts import control, disconfirmed, fails_under, primary, undecided

SEEDS = 96

EXPERIMENT = EX_2_10_1

RATE = float(RED.probability(EX_2_10_1.data()["color"]).mean())
"""The probability that a row bears the published label: its cube is drawn uniformly."""

ROWS = 64
"""Of each batch."""

PUBLISHED = RATE * ROWS * len(EX_2_10_1.dopesheet)
"""The labels that are expected in a run of as many rows, 86."""

BUDGETS = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8)
"""Numbers of labels, from 5 to 691, as parts of the published one, each twice the one before."""

WRONG = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2)
"""Shares of the labels that are wrong, each twice the one before."""

HALF_OF_THEM = PUBLISHED / 2
"""Of the published number of labels: a margin decided beforehand."""

AN_EIGHTH = 1 / 8

OUTCOMES = {
    "to anchor red": lambda intact: alignment_of_red(intact) > ANCHORED,
    "to lose red": lambda intact: error_of(ablate(intact, 0), "red") > UNREBUILT,
    "to lose red and spare the typical color": lambda intact: deletion_works(ablate(intact, 0)),
}
outcomes = each("outcome", OUTCOMES)


def labeled(words, label):
    """2.10.1 with another label for red. It keeps its name, by which seeds draw: all budgets draw the same numbers."""
    terms = (dataclasses.replace(term, label=label) if term.label else term for term in EX_2_10_1.terms)
    return EX_2_10_1.replace(name=f"2.10.1 with {words}", terms=tuple(terms))


def with_budget(part):
    """With a part of the published labels, or several times as many; all of a smaller budget are in a larger one."""
    return labeled(f"{part:g} times the labels", dataclasses.replace(RED, scale=part * RED.scale))


def with_wrong(share):
    """With as many labels in all as published, and a share of them on rows of any color."""
    right = (1 - share) * RED.scale
    label = NoisyLabel(RED.name, scale=right, concept=RED.concept, power=RED.power, mistaken=share * RATE)
    return labeled(f"{share:.0%} of the labels wrong", label)


@pytest.fixture(scope="module")
def models(trained, seeds, intact):
    """Experiment -> its models; those of the published one come first."""
    return lambda experiment: trained(experiment, seeds)


@pytest.fixture(scope="module")
def unlabeled(trained, seeds):
    """2.10.1 without any label, and so without an anchor."""
    return trained(EX_2_10_1.without("reg-anchor"), seeds)


def half_dose(happens, least):
    """least 2^n, n being how many of a series of doubled doses, from the least on, lack an outcome, over `seed`.

    If a dose has the outcome wherever a lower one has, this is the first that has it. Else it is without bias, which
    the first one would not be (Spearman and Karber).
    """
    return least * 2.0 ** (~xr.concat(happens, "dose")).sum("dose")


class LabelsMatter:
    """The controls of what labels are claimed to do, or to make no difference to."""

    @control
    @outcomes
    def test_published_labels_do_it(self, intact, outcome):
        """In most seeds the published labels are enough."""
        assert fraction(OUTCOMES[outcome](intact)) > 1 / 2

    @control
    @outcomes
    def test_no_labels_do_not(self, unlabeled, outcome):
        """In fewer than half of the seeds no label is needed."""
        assert fraction(OUTCOMES[outcome](unlabeled)) < 1 / 2


@primary("test_half_of_the_labels_are_enough")
@fails_under("unregularized")
class TestHalfOfTheLabelsAreEnough(LabelsMatter):
    """H1: half of the published number of labels, 43 in a run, are enough to delete red and spare others.

    Published verdict, from no seeds: none. How few suffice was the question of 2.11, which was dropped; 2.10.1 has 86.
    """

    @each(
        "outcome",
        OUTCOMES,
        but={"to lose red and spare the typical color": undecided("about half of the seeds do both")},
    )
    def test_half_of_the_labels_are_enough(self, models, outcome):
        """In most seeds half of the labels are enough."""
        assert fraction(OUTCOMES[outcome](models(with_budget(1 / 2)))) > 1 / 2

    @each(
        "outcome",
        OUTCOMES,
        but={
            "to lose red": undecided("about half of them"),
            "to lose red and spare the typical color": disconfirmed("all of them, or more"),
        },
    )
    def test_median_seed_needs_no_more(self, models, outcome):
        """The median seed needs at most half of the labels."""
        happens = [OUTCOMES[outcome](models(with_budget(part))) for part in BUDGETS]
        assert median(half_dose(happens, BUDGETS[0] * PUBLISHED)) <= HALF_OF_THEM


@primary("test_red_suffers_alike", "test_is_as_precise")
@fails_under("others-unregularized")
class TestMoreLabelsAreOfNoUse(LabelsMatter):
    """H2: eight times the published number of labels make no difference to deletion.

    Published verdict, from no seeds: none. That few labels do is a claim of the paper, which never had more.
    """

    def test_red_suffers_alike(self, models, deleted):
        """With eight times the labels the error of red after deletion is as published, within a factor of two."""
        many = ablate(models(with_budget(BUDGETS[-1])), 0)
        assert ratio(error_of(many, "red"), error_of(deleted, "red")).between(1 / ALIKE, ALIKE)

    def test_is_as_precise(self, models, deleted):
        """With eight times the labels collateral damage is as published, within a factor of two."""
        many = ablate(models(with_budget(BUDGETS[-1])), 0)
        assert ratio(red_collateral(many), red_collateral(deleted)).between(1 / ALIKE, ALIKE)

    @undecided("it falls, by less than half or more")
    def test_typical_color_fares_alike(self, models, deleted):
        """With eight times the labels the typical error after deletion is as published, within a factor of two."""
        many = ablate(models(with_budget(BUDGETS[-1])), 0)
        assert ratio(typical_error(many), typical_error(deleted)).between(1 / ALIKE, ALIKE)


@primary("test_an_eighth_does_no_harm")
@fails_under("unregularized")
class TestWrongLabelsDoNoHarm(LabelsMatter):
    """H3: an eighth of the labels may be wrong: red is still deleted, and others are spared.

    Published verdict, from no seeds: none. The published labels are noisy in that few of the reds have them; those that
    are wrong here are on rows of any color, and the number of labels stays that of 2.10.1.
    """

    @each(
        "outcome",
        OUTCOMES,
        but={"to lose red and spare the typical color": disconfirmed("the typical color is damaged")},
    )
    def test_an_eighth_does_no_harm(self, models, outcome):
        """In most seeds the labels are enough with an eighth of them wrong."""
        assert fraction(OUTCOMES[outcome](models(with_wrong(AN_EIGHTH)))) > 1 / 2

    @each(
        "outcome",
        OUTCOMES,
        but={"to lose red and spare the typical color": disconfirmed("a sixteenth is too much for the typical color")},
    )
    def test_median_seed_bears_more(self, models, outcome):
        """Only with more than an eighth of wrong labels does the median seed have too few."""
        fails = [~OUTCOMES[outcome](models(with_wrong(share))) for share in WRONG]
        assert median(half_dose(fails, WRONG[0])) > AN_EIGHTH
