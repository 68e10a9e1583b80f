"""2.2 Suppress red in latents that nothing normalizes."""

import pytest
from cases import each, unlike_red
from red_interventions import (
    INTERVENTIONS,
    along_others,
    edited,
    imprecision,
    interventions,
    interventions_published,
)
from restatements import restated_with_its_claim

from excolor import (
    answering,
    error_of,
    fraction,
    median,
    named_color,
    ratio,
    typical_error,
    worst_error,
)
from excolor.edits import axis
from excolor.experiments import EX_2_2, EX_2_2_AS_MEANT, EX_2_3, EX_2_3_SIGMOID
from excolor.judging.thresholds import ALIKE, GROWN, SPARED
from excolor.measures import error_growth, off_plane, worst_hue_is_near_red
from excolor.verdicts import control, disconfirmed, published, restated, undecided

# Published, from one seed: the worst error without an intervention, and under one.
INTACT = 0.014
WORST = {"suppression": 0.28, "repulsion": 0.29}

CONDITIONS = (EX_2_2, EX_2_2_AS_MEANT)

NORMALIZED = {"linear": EX_2_3, "sigmoid": EX_2_3_SIGMOID}

restated_share = restated(
    was="of what errors grow by",
    why="under repulsion the error of red does not grow in every seed, so that there is no share",
)

outputs = pytest.mark.parametrize("output", NORMALIZED)


@pytest.fixture(scope="module")
def as_published(trained, seeds):
    return trained(EX_2_2, seeds)


@pytest.fixture(scope="module")
def as_meant(trained, seeds):
    return trained(EX_2_2_AS_MEANT, seeds)


@pytest.fixture(scope="module")
def normalized(trained, seeds):
    """2.3, by its output."""
    return {output: trained(experiment, seeds) for output, experiment in NORMALIZED.items()}


class RedIsSuppressed:
    """The predictions for either condition, and their controls."""

    @published(INTACT, source="Ex 2.2")
    def test_worst_color(self, intact, figure):
        """Without an intervention even the worst color is reconstructed."""
        # Twice the published figure, for the scatter of seeds.
        assert median(worst_error(intact)) < 2 * figure

    @interventions_published(WORST, source="Ex 2.2")
    @restated(was="half as much", why="by repulsion undecided on some other seeds")
    def test_red_is_damaged(self, intact, intervention, figure):
        """Red is damaged, a third as much as the worst color of the published run or more."""
        assert median(error_of(edited(intact, intervention), "red")) > figure / 3

    @interventions
    def test_worst_hue_is_near_red(self, intact, intervention):
        """In most seeds the hue that suffers the most is red or one 30 degrees from it."""
        # Of twelve hues at random, it would be in 1 seed of 4.
        assert fraction(worst_hue_is_near_red(edited(intact, intervention))) > 1 / 2

    @interventions
    def test_typical_color_is_alike(self, intact, intervention):
        """The error of the typical color is as without the intervention."""
        # A weak claim: that color is dark or gray, and hardly suffers along dimension 1 either, the wheel's other one.
        assert ratio(typical_error(edited(intact, intervention)), typical_error(intact)).between(1 / ALIKE, ALIKE)

    @interventions
    @unlike_red
    def test_bystanders_are_mostly_unchanged(self, intact, intervention, group):
        """The error of colors unlike red hardly grows, on average over a group."""
        # What it grows by, since without normalization the intact models have one of their own.
        assert median(error_growth(edited(intact, intervention), intact, *group)) < SPARED

    @control
    def test_intact_model_rebuilds_red(self, intact):
        """Without an intervention red is rebuilt, as well as the worst color is to be."""
        assert median(error_of(intact, "red")) < 2 * INTACT

    @control
    @interventions
    def test_other_directions_do_damage(self, intact, intervention):
        """The same intervention along the worst of the other dimensions damages the typical color."""
        assert ratio(along_others(intact, intervention, typical_error), typical_error(intact)) > ALIKE

    @control
    @interventions
    @unlike_red
    def test_other_directions_damage_bystanders(self, intact, intervention, group):
        """The same intervention along the worst of the other dimensions damages a group of colors unlike red."""
        growth = along_others(intact, intervention, lambda models: error_growth(models, intact, *group))
        assert median(growth) > SPARED

    @control
    @interventions
    @restated(was="half as much", why=restated_with_its_claim)
    def test_other_directions_leave_red(self, intact, intervention):
        """The same intervention along the worst of the other dimensions leaves red to be rebuilt."""
        errors = along_others(intact, intervention, lambda models: error_of(models, "red"))
        assert median(errors) < WORST[intervention] / 3

    @control
    @interventions
    def test_other_direction_damages_another_hue(self, intact, intervention):
        """The same intervention along dimension 1 damages a hue that is not near red the most."""
        assert fraction(worst_hue_is_near_red(edited(intact, intervention, axis(intact, 1)))) < 1 / 2


class TestAsPublished(RedIsSuppressed):
    """Damping or turning latents aligned with red raises the error near red and leaves others mostly unchanged.

    Published verdict, from one seed: largely confirmed, though saturated colors bleed and grays are not quite gray.
    Planarity had a weight of 1 by accident, and the anchor the schedule that was meant for it. A latent that a
    repulsion turns is given length 1.
    """

    @pytest.fixture
    def intact(self, as_published):
        return as_published


class TestAsMeant(RedIsSuppressed):
    """The same holds with planarity and the anchor weighted as they were meant to be.

    Published verdict, from one seed with the accident: largely confirmed. The thresholds and figures are that run's.
    Ours is undecided: a repulsion damages red less, where it is not pinned down, and by amounts that scatter.
    """

    @pytest.fixture
    def intact(self, as_meant):
        return as_meant

    @interventions_published(WORST, source="Ex 2.2", but={"repulsion": undecided("in most seeds it is less")})
    @restated(was="half as much", why="by repulsion undecided on some other seeds")
    def test_red_is_damaged(self, intact, intervention, figure):
        """Red is damaged, a third as much as the worst color of the published run or more."""
        assert median(error_of(edited(intact, intervention), "red")) > figure / 3


class TestAccidentDoesNotMatter:
    """With the accident of its sheet 2.2 shows what it would have shown as it was meant.

    Published verdict, from one seed: none; the accident went unseen. Ours is undecided as a whole: the accident makes
    the worst error three times as high.
    """

    @disconfirmed("with the accident it is three times as high")
    @restated(was="alike, within a factor of two", why="undecided on some other seeds")
    def test_worst_error_is_no_larger(self, as_published, as_meant):
        """Without an intervention the error of the worst color is no larger by a quarter."""
        assert ratio(worst_error(as_published), worst_error(as_meant)) < GROWN

    def test_red_suffers_alike(self, as_published, as_meant):
        """Under suppression red suffers alike."""
        both = (error_of(edited(model, "suppression"), "red") for model in (as_published, as_meant))
        assert ratio(*both).between(1 / ALIKE, ALIKE)

    @disconfirmed("with the accident it suffers more in most seeds, by any factor")
    @restated(was="alike, within a factor of two", why="disconfirmed on some other seeds")
    def test_red_suffers_no_more(self, as_published, as_meant):
        """Under repulsion red suffers no more with the accident."""
        both = (error_of(edited(model, "repulsion"), "red") for model in (as_published, as_meant))
        assert ratio(*both) < 1

    @each("intervention", INTERVENTIONS, but={"repulsion": undecided("more precise in most seeds")})
    @restated_share
    def test_is_as_precise(self, as_published, as_meant, intervention):
        """Colors unlike red suffer the same share of what red does."""
        both = (imprecision(model, intervention) for model in (as_published, as_meant))
        assert ratio(*both).between(1 / ALIKE, ALIKE)

    @control
    def test_accident_flattens_the_hues(self, as_published, as_meant):
        """With the accident the vibrant hues lie nearer to the plane of dimensions 0 and 1, twice or more."""
        assert ratio(off_plane(as_published), off_plane(as_meant)) < 1 / ALIKE


class TestNormalizationHelps:
    """2.3, H1: explicit normalization with weak unitarity gives lower errors and more precise interventions.

    Published verdict, from one seed: confirmed, with 2.3 in 15 % of the steps against 2.2 with its accident; but
    repulsion hardly improved. The two differ in separation, the rate of learning and the schedule, too. Ours is
    confirmed, in what can be told: errors fall and suppression is more precise; repulsion is no less so.
    """

    @published(0.0016 / INTACT, source="Ex 2.3 and 2.2")
    @restated(was="< twice the published ratio", why="undecided on some other seeds")
    def test_worst_error_falls(self, normalized, as_published):
        """With a sigmoid, as in 2.2, the error of the worst color is less than half."""
        assert ratio(worst_error(normalized["sigmoid"]), worst_error(as_published)) < 1 / ALIKE

    def test_typical_error_falls(self, normalized, as_published):
        """With a sigmoid, as in 2.2, the error of the typical color is smaller."""
        assert ratio(typical_error(normalized["sigmoid"]), typical_error(as_published)) < 1

    # What follows is published by eye, with a linear output.

    @restated_share
    def test_is_more_precise(self, normalized, as_published):
        """With a sigmoid colors unlike red suffer a smaller share of what red does, under suppression."""
        both = (imprecision(model, "suppression") for model in (normalized["sigmoid"], as_published))
        assert ratio(*both) < 1

    @pytest.mark.parametrize(
        ("intervention", "output"), [("suppression", "linear"), ("repulsion", "linear"), ("repulsion", "sigmoid")]
    )
    @restated(
        was="< 1, of what errors grow by",
        why="there is no share in every seed, and whether it is smaller is undecided on others",
    )
    def test_is_no_less_precise(self, normalized, as_published, intervention, output):
        """Colors unlike red suffer no more than twice the share of what red does."""
        both = (imprecision(model, intervention) for model in (normalized[output], as_published))
        assert ratio(*both) < ALIKE

    @control
    @interventions
    def test_gray_answer_is_less_precise(self, as_published, intervention):
        """Of a model that answers mid-gray colors unlike red suffer more than twice the share."""
        gray = answering(as_published, named_color("gray"))
        assert ratio(imprecision(gray, intervention), imprecision(as_published, intervention)) > ALIKE
