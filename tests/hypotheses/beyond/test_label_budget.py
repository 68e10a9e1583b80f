"""Beyond: fewer labels, more of them, and wrong ones."""

import dataclasses

import pytest
from cases import each
from deletion_works import deletion_works

from excolor import ablate, error_of, fraction, ratio, typical_error
from excolor.conditions.labels import NoisyLabel
from excolor.experiments import EX_2_10_1
from excolor.experiments.rerun_terms import RED
from excolor.judging.thresholds import ALIKE, ANCHORED, UNREBUILT
from excolor.measures import alignment_of_red, red_collateral
from excolor.verdicts import control, disconfirmed, fails_under, primary, undecided

SEEDS = 256
"""Whether half of the labels are enough, and many as precise, are close calls."""

SOME = 64
"""Seeds for what is no close call."""

EXPERIMENT = EX_2_10_1

RATE = float(RED.probability(EX_2_10_1.data()["color"]).mean())
"""The probability that a row bears the published label: its cube is drawn uniformly."""

ROWS = 64
"""Of each batch."""

PUBLISHED = RATE * ROWS * len(EX_2_10_1.dopesheet)
"""The labels that are expected in a run of as many rows, 86."""

FEWER = {f"{part * PUBLISHED:.0f} labels": part for part in (1 / 16, 1 / 8, 1 / 4)}
"""Numbers of labels, each twice the one before, as parts of the published one."""
MANY = 8
"""Times the published number: with 12.5 times as many every pure red would bear one."""

SMALL_SHARES = {f"{share:.0%} wrong": share for share in (1 / 32, 1 / 16)}
"""Shares of the labels that are wrong, beside an eighth and a half."""

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


CLOSE_CALLS = with_budget(1 / 2), with_budget(MANY)


@pytest.fixture(scope="module")
def models(trained, seeds, intact):
    """Experiment -> its models; those of the published one come first."""
    return lambda experiment: trained(experiment, seeds if experiment in CLOSE_CALLS else seeds[:SOME])


@pytest.fixture(scope="module")
def unlabeled(trained, seeds):
    """2.10.1 without any label, and so without an anchor."""
    return trained(EX_2_10_1.without("reg-anchor"), seeds[:SOME])


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

    Published verdict: none. How few suffice was the question of 2.11, which was dropped; 2.10.1 has 86.
    """

    @each(
        "outcome",
        OUTCOMES,
        but={"to lose red and spare the typical color": disconfirmed("two of five seeds do both")},
    )
    def test_half_of_the_labels_are_enough(self, models, outcome):
        """In most seeds half of the labels are enough."""
        assert fraction(OUTCOMES[outcome](models(with_budget(1 / 2)))) > 1 / 2

    @each("budget", FEWER)
    def test_fewer_leave_red(self, models, budget):
        """In fewer than half of the seeds a smaller number of labels is enough to lose red."""
        assert fraction(OUTCOMES["to lose red"](models(with_budget(FEWER[budget])))) < 1 / 2


@primary("test_red_suffers_alike", "test_is_as_precise")
@fails_under("others-unregularized")
class TestMoreLabelsAreOfNoUse(LabelsMatter):
    """H2: eight times the published number of labels make no difference to deletion.

    Published verdict: none. That few labels do is a claim of the paper, which never had more.
    """

    def test_red_suffers_alike(self, models, deleted):
        """With eight times the labels the error of red after deletion is as published, within a factor of two."""
        many = ablate(models(with_budget(MANY)), 0)
        assert ratio(error_of(many, "red"), error_of(deleted, "red")).between(1 / ALIKE, ALIKE)

    def test_is_as_precise(self, models, deleted):
        """With eight times the labels collateral damage is as published, within a factor of two."""
        many = ablate(models(with_budget(MANY)), 0)
        assert ratio(red_collateral(many), red_collateral(deleted)).between(1 / ALIKE, ALIKE)

    @undecided("it falls, by less than half or more")
    def test_typical_color_fares_alike(self, models, deleted):
        """With eight times the labels the typical error after deletion is as published, within a factor of two."""
        many = ablate(models(with_budget(MANY)), 0)
        assert ratio(typical_error(many), typical_error(deleted)).between(1 / ALIKE, ALIKE)


@primary("test_an_eighth_does_no_harm")
@fails_under("unregularized")
class TestWrongLabelsDoNoHarm(LabelsMatter):
    """H3: an eighth of the labels may be wrong: red is still deleted, and others are spared.

    Published verdict: none. The published labels are noisy in that few of the reds have them; those that
    are wrong here are on rows of any color, and the number of labels stays that of 2.10.1.
    """

    @each(
        "outcome",
        OUTCOMES,
        but={"to lose red and spare the typical color": disconfirmed("the typical color is damaged")},
    )
    def test_an_eighth_does_no_harm(self, models, outcome):
        """In most seeds the labels are enough with an eighth of them wrong."""
        assert fraction(OUTCOMES[outcome](models(with_wrong(1 / 8)))) > 1 / 2

    @each("share", SMALL_SHARES, but={"6% wrong": undecided("in about half of them")})
    def test_fewer_wrong_ones_do_no_harm(self, models, share):
        """In most seeds red is lost and the typical color is spared with a smaller share of wrong labels."""
        assert fraction(deletion_works(ablate(models(with_wrong(SMALL_SHARES[share])), 0))) > 1 / 2

    @undecided("in somewhat fewer than half")
    def test_half_of_them_wrong_leave_red(self, models):
        """In fewer than half of the seeds the labels are enough to lose red with half of them wrong."""
        assert fraction(OUTCOMES["to lose red"](models(with_wrong(1 / 2)))) < 1 / 2
