"""1.8 Every subset of the penalties."""

from functools import cache

import numpy as np
import pytest
import xarray as xr
from cases import each

from excolor import fraction, median, ratio
from excolor.experiments import EX_1_8
from excolor.experiments.ex_1_8 import PENALTIES
from excolor.judging.thresholds import ALIKE
from excolor.measures import off_plane_share, off_sphere, one_sidedness, red_off_anchor, vibrant_off_sphere
from excolor.numerics.functions import exp, log
from excolor.verdicts import control, disconfirmed, fails_under, primary

CONDITIONS = tuple(EX_1_8.values())

SEEDS = 9
"""Of each of the 32 conditions. An effect rests on 16 pairs of them for every seed; 8 of 9 seeds are most seeds."""

LOWERS = {
    "reg-polar": red_off_anchor,
    "reg-separate": one_sidedness,
    "reg-planar": off_plane_share,
    "reg-norm-v": vibrant_off_sphere,
    "reg-norm": off_sphere,
}
"""What each penalty is there to lower."""

penalties = each("penalty", PENALTIES)


@pytest.fixture(scope="module")
def by_penalties(trained, seeds):
    """Every condition, by the penalties that it has."""
    return {penalties: trained(condition, seeds) for penalties, condition in EX_1_8.items()}


@pytest.fixture(scope="module")
def effect(by_penalties):
    """The factor by which a penalty changes a measure, over `seed`: the median over the 16 subsets of the others."""

    @cache
    def found(penalty, measure):
        factors = [
            measure(by_penalties[others | {penalty}]) / measure(by_penalties[others])
            for others in by_penalties
            if penalty not in others
        ]
        logs = xr.apply_ufunc(log, xr.concat(factors, "others"))
        return xr.apply_ufunc(exp, logs.median("others"))

    return found


@pytest.fixture(scope="module")
def strongest_other(effect):
    """Of the factors, either way, by which the other penalties change what a penalty is there to lower, the least."""

    def found(penalty):
        factors = [effect(other, LOWERS[penalty]) for other in PENALTIES if other != penalty]
        return xr.concat([np.minimum(factor, 1 / factor) for factor in factors], "other").min("other")

    return found


@primary("test_every_effect_can_be_seen_in_most_seeds", "test_every_effect_is_its_own_in_most_seeds")
@fails_under("unregularized")
class TestEachPenaltyHasItsOwnEffect:
    """Each penalty has an effect of its own that can be seen.

    Published verdict, from one seed and by eye: confirmed. What a penalty is there to lower is measured with it and
    without it, whichever of the others are there.
    """

    def test_every_effect_can_be_seen_in_most_seeds(self, effect):
        """In most seeds every penalty lowers what it is there to lower to less than half."""
        seen = [effect(penalty, LOWERS[penalty]) < 1 / ALIKE for penalty in PENALTIES]
        assert fraction(xr.concat(seen, "penalty").all("penalty")) > 1 / 2

    @disconfirmed("unitarity of all colors does for vibrant hues what their own term does, and more")
    def test_every_effect_is_its_own_in_most_seeds(self, effect, strongest_other):
        """In most seeds no penalty changes what another is there to lower as much as that other, either way."""
        own = [effect(penalty, LOWERS[penalty]) < strongest_other(penalty) for penalty in PENALTIES]
        assert fraction(xr.concat(own, "penalty").all("penalty")) > 1 / 2

    @penalties
    def test_effect_can_be_seen(self, effect, penalty):
        """A penalty lowers what it is there to lower to less than half."""
        assert median(effect(penalty, LOWERS[penalty])) < 1 / ALIKE

    @each("penalty", PENALTIES, but={"reg-norm-v": disconfirmed("unitarity of all colors changes it more")})
    def test_effect_is_its_own(self, effect, strongest_other, penalty):
        """No other penalty changes what a penalty is there to lower as much, either way."""
        assert ratio(effect(penalty, LOWERS[penalty]), strongest_other(penalty)) < 1

    @control
    def test_another_penalty_does_not_do_its_work(self, effect):
        """In fewer than half of the seeds the anchor lowers what every other penalty is there to lower to half."""
        seen = [effect("reg-polar", LOWERS[penalty]) < 1 / ALIKE for penalty in PENALTIES if penalty != "reg-polar"]
        assert fraction(xr.concat(seen, "penalty").all("penalty")) < 1 / 2
