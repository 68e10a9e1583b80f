"""1.6 A smooth schedule against a stepped one.

The terms and the curriculum come from experiment 1.5.
"""

import numpy as np
import pytest
import xarray as xr
from cases import each
from hue_wheel import IN_ORDER

from excolor import Dopesheet, answering, fraction, median, ratio
from excolor.colors import rgb_training_cube
from excolor.experiments import EX_1_6_SMOOTH, EX_1_6_STEPPED
from excolor.judging.thresholds import ALIKE
from excolor.measures import hue_order, largest_jump, loss_noise, mean_error, root_mean_loss
from excolor.verdicts import control, disconfirmed, fails_under, primary, undecided

SEEDS = 64

CHANGES = {"all hues": 500, "full space": 5000}
"""Where the later two phases begin."""

TO_SETTLE = 2000
"""Steps after such a change within which either run has all its new data, and 500 steps of them."""

QUIET = 2500
"""From here on there are as many steps in which nothing jumps, in either run."""

SPAN = 10
"""Steps over which a loss is averaged, before and after a step, to see it jump: about the batch noise of 300 colors."""

PHASES = {"all hues": slice(500, 5000), "full space": slice(5000, None)}
"""Those that begin there."""

MIDDLE = slice(1500, 5000)
"""The first of the phases, once either run has had all hues for 500 steps."""

NEIGHBORHOOD = 101
"""Steps of the running median."""

changes = each("change", CHANGES)


@pytest.fixture(scope="module")
def smooth(trained, seeds):
    return trained(EX_1_6_SMOOTH, seeds)


@pytest.fixture(scope="module")
def stepped(trained, seeds):
    return trained(EX_1_6_STEPPED, seeds)


@pytest.fixture(scope="module")
def untrained(trained, seeds):
    sheet = "STEP,ACTION,lr,data-hues,data-vibrancies\n0,anchor,0,0,0"
    return trained(
        EX_1_6_SMOOTH.unregularized().replace(name="1.6, untrained", dopesheet=Dopesheet.parse(sheet)), seeds
    )


def jump(history, start):
    """The largest factor by which the loss, as a geometric mean over ten steps, exceeds that over the ten before."""
    return largest_jump(history, start, TO_SETTLE, SPAN)


def noise(history):
    """That of the loss about its running median, in the middle phase."""
    return loss_noise(history, MIDDLE, NEIGHBORHOOD)


def spikes(history):
    """After how many of the two changes of phase the loss jumps at least twice as much as in quiet steps."""
    # Twice: the margin by which conditions differ that are not alike.
    quiet = jump(history, QUIET)
    return sum((jump(history, start) > ALIKE * quiet).astype(int) for start in CHANGES.values())


def drift(history, steps):
    """The root mean square distance, in a dimension, of the six held colors from where they were captured."""
    return root_mean_loss(history, "reg-anchor", steps)


def end_error(ensemble):
    """That of the published validation colors."""
    return mean_error(ensemble, rgb_training_cube())


def both_end_the_same(one, other):
    """Whether both of two runs have their hues in order, and one has less than twice the error of the other."""
    alike = (end_error(one) < ALIKE * end_error(other)) & (end_error(other) < ALIKE * end_error(one))
    return alike & (hue_order(one) > IN_ORDER) & (hue_order(other) > IN_ORDER)


@primary("test_fewer_spikes", "test_jumps_less")
@fails_under("one-condition")
class TestSmallerSpikes:
    """A: a smooth schedule has fewer and smaller spikes of the loss where phases change.

    Published verdict, from one seed and by eye: wrong, since spikes do no harm, though they occur in the stepped run
    alone. A spike is measured here by the largest jump of the loss after a change of phase, and
    its null by the largest jump in as many quiet steps of the middle phase.
    """

    @disconfirmed("in a quarter of the seeds")
    def test_fewer_spikes(self, smooth, stepped):
        """In most seeds fewer changes of phase let the loss spike in the smooth run than in the stepped one."""
        assert fraction(spikes(smooth.history) < spikes(stepped.history)) > 1 / 2

    @changes
    def test_jumps_less(self, smooth, stepped, change):
        """After a change of phase the loss jumps less in the smooth run than in the stepped one."""
        assert ratio(*(jump(run.history, CHANGES[change]) for run in (smooth, stepped))) < 1

    @changes
    def test_stepped_run_spikes(self, stepped, change):
        """After a change of phase the loss of the stepped run jumps at least twice as much as in quiet steps."""
        # Twice: the margin by which conditions differ that are not alike.
        assert ratio(jump(stepped.history, CHANGES[change]), jump(stepped.history, QUIET)) > ALIKE

    @each(
        "change",
        CHANGES,
        but={
            "all hues": disconfirmed("7 times as much, a third of the stepped run's jump"),
            "full space": disconfirmed("2.5 times as much, a fiftieth of the stepped run's jump"),
        },
    )
    def test_smooth_run_does_not(self, smooth, change):
        """After a change of phase the loss of the smooth run jumps less than twice as much as in quiet steps."""
        assert ratio(jump(smooth.history, CHANGES[change]), jump(smooth.history, QUIET)) < ALIKE

    @control
    @changes
    def test_spike_would_show(self, smooth, change):
        """Ten steps with ten times the loss, put into the smooth run after a change of phase, make a jump."""
        steps = np.arange(smooth.history.sizes["step"]) - CHANGES[change] - 500
        spiked = smooth.history * xr.DataArray(np.where((steps >= 0) & (steps < SPAN), 10, 1), dims="step")
        assert ratio(jump(spiked, CHANGES[change]), jump(spiked, QUIET)) > ALIKE


@primary("test_end_errors_are_alike", "test_both_end_the_same_in_most_seeds")
@fails_under("others-unregularized")
class TestSpikesDoNoHarm:
    """The spikes of the stepped run do no harm: both runs end nearly the same.

    Published verdict, from one seed: confirmed.
    """

    def test_end_errors_are_alike(self, smooth, stepped):
        """The mean error of the validation colors is alike in both runs, within a factor of two."""
        assert ratio(end_error(stepped), end_error(smooth)).between(1 / ALIKE, ALIKE)

    @pytest.mark.parametrize("run", ["smooth", "stepped"])
    def test_both_end_with_a_wheel(self, run, request):
        """In the plane of dimensions 0 and 1 the vibrant hues are in hue order."""
        assert median(hue_order(request.getfixturevalue(run))) > IN_ORDER

    def test_both_end_the_same_in_most_seeds(self, smooth, stepped):
        """In most seeds the mean errors of both runs are alike, and both have the vibrant hues in hue order."""
        assert fraction(both_end_the_same(smooth, stepped)) > 1 / 2

    @control
    def test_untrained_model_does_not_end_the_same(self, untrained, smooth):
        """In fewer than half of the seeds an untrained model ends the same as the smooth run."""
        assert fraction(both_end_the_same(untrained, smooth)) < 1 / 2

    @control
    def test_gray_answers_are_not_alike(self, smooth):
        """The mean error of a constant mid-gray model is more than twice that of the smooth run."""
        assert ratio(end_error(answering(smooth, (0.5, 0.5, 0.5))), end_error(smooth)) > ALIKE

    @control
    def test_untrained_hues_make_no_wheel(self, untrained):
        """Before training the vibrant hues are not in hue order in the plane of dimensions 0 and 1."""
        assert median(hue_order(untrained)) < IN_ORDER


@primary("test_loss_is_less_noisy", "test_held_colors_drift_less")
@fails_under("one-condition")
class TestCalmerEvolution:
    """B: a smooth schedule makes the latents evolve more calmly.

    Published verdict, from one seed and by eye: wrong, in the middle phase the smooth run is the noisier one. The
    variance of the loss had been promised as a measure; it is taken here. Of the latents themselves the history has the
    distance of the six held colors from their places, from step 500 on; how other colors move, and which ways, is not
    kept.
    """

    @undecided("it varies alike in both, within a fifth, and so not more either, as was published")
    def test_loss_is_less_noisy(self, smooth, stepped):
        """In the middle phase the loss varies less, from step to step, in the smooth run."""
        assert ratio(noise(smooth.history), noise(stepped.history)) < 1

    @each("phase", PHASES, but={"all hues": disconfirmed("a little farther off than in the stepped run")})
    def test_held_colors_drift_less(self, smooth, stepped, phase):
        """In a phase after the capture the six held colors stay nearer to their places in the smooth run."""
        assert ratio(drift(smooth.history, PHASES[phase]), drift(stepped.history, PHASES[phase])) < 1

    @control
    def test_held_colors_were_nearer(self, smooth):
        """In the last phase the six held colors are more than twice as far from their places as just after capture."""
        at_first = slice(CHANGES["all hues"] + 1, CHANGES["all hues"] + 11)
        assert ratio(drift(smooth.history, PHASES["full space"]), drift(smooth.history, at_first)) > ALIKE
