"""Beyond: what the author's follow-up reports of 2.9.1.

A fall-back is a term that lets the decoder answer gray at the point opposite red's anchor, where no color lies. Its
weight is 0.05 throughout.

That half of the peak learning rate heals what fails is a hypothesis of 2.9.1 itself. The follow-up is written in
another framework, so that its seeds are others.
"""

import dataclasses

import pytest
import xarray as xr
from rerun_scores import HALF_GRAY, RANDOM_ANSWER

from excolor import ablate, error_of, fraction, intervene, median, ratio, typical_error
from excolor.colors import rgb_training_cube
from excolor.conditions import Decoding
from excolor.edits import Reflection, axis
from excolor.experiments import EX_2_9_1, EX_2_9_1_HALF_RATE
from excolor.judging.thresholds import ALIKE, ANCHORED, SPARED, UNREBUILT
from excolor.measures import alignment_of_red, mean_error, most_opposed
from excolor.schedule.dopesheet import LEARNING_RATE
from excolor.schedule.timeline import Timeline
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, restated, undecided

SEEDS = 512
"""One in fifty ends as a catastrophe. So what is claimed of catastrophes takes as many seeds again."""

FEW = 64
"""Seeds enough for what is no matter of single ones."""

FOLLOW_UP = "the author's follow-up"

SHOWN_BY_448 = 0.993
"""What "none of 448" shows of the share that is well, as `NEARLY_ALL` has it of all 60: 0.993^448 is 0.043."""

ALL_BUT_FEW = 0.95
"""Every run that fails does so if more than this share do. That none ever does otherwise, no number can show."""

TENFOLD = 10

GRAY, OPPOSITE = (0.5, 0.5, 0.5), (-1.0, 0.0, 0.0, 0.0, 0.0)
FALL_BACK = "fall-back"

of_every_run = restated(was="> 1 / 2", why="the source says every run that fails; most is less than it claims")


def at_rates(experiment, keyframes):
    """An experiment with another course of its learning rate."""
    others = [timeline for timeline in experiment.dopesheet.timelines if timeline.name != LEARNING_RATE]
    timelines = (Timeline(LEARNING_RATE, keyframes), *others)
    return experiment.replace(dopesheet=dataclasses.replace(experiment.dopesheet, timelines=timelines))


def until(experiment, steps):
    """The first steps of an experiment's training."""
    first = dataclasses.replace(experiment.dopesheet, length=steps)
    return experiment.replace(name=f"{experiment.name}, {steps} steps", dopesheet=first)


EXPERIMENT = EX_2_9_1
WITH_FALL_BACK = EX_2_9_1.replace(
    name="2.9.1 with a fall-back",
    terms=(*EX_2_9_1.terms, Decoding(FALL_BACK, (OPPOSITE,), GRAY)),
    dopesheet=dataclasses.replace(
        EX_2_9_1.dopesheet, timelines=(*EX_2_9_1.dopesheet.timelines, Timeline(FALL_BACK, ((0, 0.05),)))
    ),
)
CONDITIONS = (EX_2_9_1, WITH_FALL_BACK)

RISE, PLATEAU, END = 750, 1425, 1500
"""The steps at which the learning rate of 2.9.1 has reached its peak, begins to fall from it, and ends."""
UP = ((0, 1e-8), (10, 0.01), (RISE, 0.05))
KEPT = at_rates(EX_2_9_1, UP).replace(name="2.9.1 at half of the peak learning rate, kept to the end")
DEEP = at_rates(EX_2_9_1, (*UP, (PLATEAU, 0.05), (END, 0.0005))).replace(
    name="2.9.1 at half of the peak learning rate, a hundredth of that at the end"
)


def is_catastrophe(ensemble):
    """By the thresholds of the follow-up, over `seed`: red is not anchored, colors are not rebuilt, or there is a leak.

    The leak is taken here to be that of the color farthest to the side opposite the anchor.
    """
    off, unrebuilt = alignment_of_red(ensemble) < 0.7, mean_error(ensemble, rgb_training_cube()) > 0.01
    return off | unrebuilt | (most_opposed(ensemble) < -0.3)


def redirected(ensemble):
    """With all on the side of red's anchor mirrored to the opposite side."""
    return intervene(ensemble, Reflection(axis(ensemble)))


def off_mid_gray(ensemble):
    """How far the error of red is from that of a mid-gray answer, over `seed`."""
    return abs(error_of(ensemble, "red") - HALF_GRAY)


def is_just_below_mid_gray(ensemble):
    """Whether the error of red is that of mid-gray at the most, and above that of the best gray, over `seed`."""
    error = error_of(ensemble, "red")
    return (error > UNREBUILT) & (error <= HALF_GRAY)


@pytest.fixture(scope="module")
def with_fall_back(trained, seeds):
    return trained(WITH_FALL_BACK, seeds)


@pytest.fixture(scope="module")
def fates(trained, seeds):
    """Whether each seed, of twice as many, ends as a catastrophe: without a fall-back, and with one."""
    halves = seeds, [seed + SEEDS for seed in seeds]
    return [xr.concat([is_catastrophe(trained(each, half)) for half in halves], "seed") for each in CONDITIONS]


@pytest.fixture(scope="module")
def of_failing(trained, fates):
    """A function: a measure, after so many steps, of the runs that end as a catastrophe; of one where both do."""
    without, with_it = fates

    def of_failing(measure, steps):
        runs = {EX_2_9_1: without, WITH_FALL_BACK: with_it & ~without}
        failing = {condition: fails["seed"][fails].values.tolist() for condition, fails in runs.items()}
        models = [trained(until(condition, steps), chosen) for condition, chosen in failing.items() if chosen]
        return xr.concat(map(measure, models), "seed")

    return of_failing


@pytest.fixture(scope="module")
def others(trained, fates):
    """A function: the models of a few seeds that end well, after so many steps."""
    well = ~fates[0]
    return lambda steps: trained(until(EX_2_9_1, steps), well["seed"][well].values.tolist()[:FEW])


@pytest.fixture(scope="module")
def errors_at_rates(trained, seeds):
    """A function: the mean error of the training colors, after training at the rates of another experiment."""
    return lambda experiment: mean_error(trained(experiment, seeds[:FEW]), rgb_training_cube())


@primary("test_red_is_just_below_mid_gray", "test_red_is_pinned")
@fails_under("unregularized", "unedited")
class TestFallBackPinsRedirectedRed:
    """H1: with a fall-back, red that is redirected to the opposite of its anchor has an error just under 1/4.

    Published verdict, from 32 seeds of the author's follow-up: confirmed. Just under is taken here as above 2/9, the
    error of the best gray.
    """

    @published(1 / 4, source=f"{FOLLOW_UP}, 32 seeds")
    def test_red_is_just_below_mid_gray(self, with_fall_back):
        """Redirected red is reconstructed no better than by the best gray, and no worse than by mid-gray."""
        assert median(error_of(redirected(with_fall_back), "red")).between(UNREBUILT, HALF_GRAY)

    def test_red_is_pinned(self, intact, with_fall_back):
        """With a fall-back the error of redirected red is less than half as far from 1/4 as without."""
        assert ratio(*(off_mid_gray(redirected(each)) for each in (with_fall_back, intact))) < 1 / ALIKE

    def test_red_is_just_below_mid_gray_in_most_seeds(self, with_fall_back):
        """In most seeds the error of redirected red is between that of the best gray and that of mid-gray."""
        assert fraction(is_just_below_mid_gray(redirected(with_fall_back))) > 1 / 2

    def test_others_pay_no_more_than_for_deletion(self, with_fall_back, deleted):
        """The typical error with red redirected is at most twice that of deletion without a fall-back."""
        assert ratio(typical_error(redirected(with_fall_back)), typical_error(deleted)) < ALIKE

    def test_colors_are_rebuilt_as_well(self, intact, with_fall_back):
        """Before any edit the mean error of the training colors is alike with and without a fall-back."""
        both = (mean_error(each, rgb_training_cube()) for each in (with_fall_back, intact))
        assert ratio(*both).between(1 / ALIKE, ALIKE)

    @control
    def test_without_it_red_is_beyond_random(self, intact):
        """Without a fall-back redirected red is reconstructed worse than by a random answer."""
        assert median(error_of(redirected(intact), "red")) > RANDOM_ANSWER

    @control
    def test_decoder_answers_gray(self, with_fall_back):
        """At the end of the training the decoder answers gray opposite the anchor, as well as a color is spared."""
        assert median(with_fall_back.history.sel(term=FALL_BACK).isel(step=-1)) < SPARED


@primary("test_red_is_just_below_mid_gray", "test_red_is_pinned")
@fails_under("unedited")
class TestFallBackPinsDeletedRed:
    """H2: with a fall-back, red that is deleted has an error just under 1/4 as well.

    Published verdict: none. The author's follow-up says that without a fall-back its error scatters widely between
    healthy seeds. A deletion sends red nowhere: what is left of its latent is stretched to unit length again.
    """

    @disconfirmed("better than by the best gray")
    def test_red_is_just_below_mid_gray(self, with_fall_back):
        """Deleted red is reconstructed no better than by the best gray, and no worse than by mid-gray."""
        assert median(error_of(ablate(with_fall_back, 0), "red")).between(UNREBUILT, HALF_GRAY)

    @disconfirmed("it scatters as widely")
    def test_red_is_pinned(self, deleted, with_fall_back):
        """With a fall-back the error of deleted red is less than half as far from 1/4 as without."""
        assert ratio(off_mid_gray(ablate(with_fall_back, 0)), off_mid_gray(deleted)) < 1 / ALIKE

    def test_deletion_takes_less(self, deleted, with_fall_back):
        """The error of deleted red is lower with a fall-back than without."""
        assert ratio(error_of(ablate(with_fall_back, 0), "red"), error_of(deleted, "red")) < 1


@primary("test_red_is_anchored_first", "test_it_breaks_on_the_plateau")
@fails_under("unregularized")
class TestFailuresBreakOnThePlateau:
    """H3: a training that ends as a catastrophe first anchors red, and breaks while its learning rate is at the peak.

    Published verdict, from 16 initial weights times 8 streams of data of the author's follow-up: confirmed, in every
    run that fails. A catastrophe is there a cosine of red with its anchor below 0.7, an error of reconstruction above
    0.01, or a leak of 0.3. How many failed is not known. Here it may be with or without a fall-back, since few fail.
    """

    @of_every_run
    @disconfirmed("three of five have")
    def test_red_is_anchored_first(self, of_failing):
        """Of the runs that end as a catastrophe, all but a few have red at its anchor after 750 steps."""
        assert fraction(of_failing(alignment_of_red, RISE) > ANCHORED) > ALL_BUT_FEW

    @of_every_run
    @disconfirmed("three of five are")
    def test_it_breaks_on_the_plateau(self, of_failing):
        """Of the runs that end as a catastrophe, all but a few are none after 750 steps, and one after 1425."""
        early, late = (of_failing(is_catastrophe, steps) for steps in (RISE, PLATEAU))
        assert fraction(~early & late) > ALL_BUT_FEW

    @control
    def test_others_are_well_on_the_plateau(self, others):
        """Of the runs that end well fewer than half are a catastrophe after 1425 steps."""
        assert fraction(is_catastrophe(others(PLATEAU))) < 1 / 2


@primary("test_tenfold_error")
@fails_under("one-condition")
class TestNoAnnealingCostsReconstruction:
    """H4: without a fall of the learning rate at its end, training at half of the peak leaves ten times the error.

    Published verdict, from 32 seeds of the author's follow-up: confirmed, about tenfold. How the rate falls there is
    not known.
    """

    @published(TENFOLD, source=FOLLOW_UP)
    @disconfirmed("about twice")
    def test_tenfold_error(self, errors_at_rates):
        """Kept at 0.05, the rate leaves ten times the error, within a factor of two, of one that falls as in 2.9.1."""
        both = ratio(errors_at_rates(KEPT), errors_at_rates(EX_2_9_1_HALF_RATE))
        assert both.between(TENFOLD / ALIKE, TENFOLD * ALIKE)

    @published(TENFOLD, source=FOLLOW_UP)
    @disconfirmed("less than three times: nearly all of the gain is that of a rate that halves")
    def test_tenfold_error_of_a_deep_fall(self, errors_at_rates):
        """Kept at 0.05, the rate leaves ten times the error, within a factor of two, of a fall to a hundredth of it."""
        both = ratio(errors_at_rates(KEPT), errors_at_rates(DEEP))
        assert both.between(TENFOLD / ALIKE, TENFOLD * ALIKE)

    def test_higher_error(self, errors_at_rates):
        """Kept at 0.05, the rate leaves a higher error than one that falls as in 2.9.1."""
        assert ratio(errors_at_rates(KEPT), errors_at_rates(EX_2_9_1_HALF_RATE)) > 1


@primary("test_hardly_any_is_a_catastrophe")
@fails_under("unregularized")
class TestFallBackPreventsCatastrophes:
    """H5: with a fall-back no training ends as a catastrophe.

    Published verdict, from 448 runs of the author's follow-up: confirmed, none is, where 7 of 224 without a fall-back
    are. At which peak of the learning rate is not known; here it is that of 2.9.1.
    """

    @published(1, source=f"{FOLLOW_UP}, 448 runs")
    @disconfirmed("one in fifty is")
    def test_hardly_any_is_a_catastrophe(self, fates):
        """With a fall-back, as large a share as none of 448 shows are no catastrophe."""
        _, with_it = fates
        assert fraction(~with_it) > SHOWN_BY_448

    @undecided("about as many fail with it")
    def test_more_fail_without(self, fates):
        """Where a seed is a catastrophe either with or without a fall-back, it is in most without."""
        without, with_it = fates
        assert fraction(without[without != with_it]) > 1 / 2

    @control
    def test_some_fail_without(self, fates):
        """Without a fall-back, a smaller share than none of 448 shows are no catastrophe."""
        without, _ = fates
        assert fraction(~without) < SHOWN_BY_448
