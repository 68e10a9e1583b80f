"""2.4 Penalties after normalization: what they do to the losses."""

import pytest
import xarray as xr
from cases import each

from excolor import fraction, ratio
from excolor.experiments import EX_2_3, EX_2_4
from excolor.judging.thresholds import ALIKE
from excolor.measures import mean_loss
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, undecided

EXPERIMENT = EX_2_4

CONDITIONS = (EX_2_4, EX_2_3)

SEEDS = 32

PUBLISHED_RATIO = 3e-5 / 2e-5
"""Of the losses of reconstruction, the only ones that are published of both."""

LAST_WEIGHTED = slice(2600, 2800)
"""The last steps in which penalties have a weight: what is logged of them last."""

STEPS = {
    "reconstruction": slice(-200, None),
    **dict.fromkeys(("reg-unit", "reg-anchor", "reg-separate", "reg-planar"), LAST_WEIGHTED),
}
"""Two hundred steps of each loss, the last: of one batch alone they scatter."""


@pytest.fixture(scope="module")
def penalties_before(trained, seeds):
    """2.3, with the penalties before normalization."""
    return trained(EX_2_3, seeds)


def last(ensemble, loss):
    return mean_loss(ensemble.history, loss, STEPS[loss])


def all_are_higher(ensemble, other):
    """Whether each of the five losses is higher than another condition's, over `seed`."""
    return xr.concat([last(ensemble, loss) > last(other, loss) for loss in STEPS], "loss").all("loss")


@primary("test_all_are_higher_in_most_seeds")
@fails_under("one-condition")
class TestLossesAreSlightlyHigher:
    """With penalties after normalization all loss values are slightly higher than with penalties before it.

    Published verdict, from one seed: observed. In numbers only the losses of reconstruction are published of both, with
    one digit. Of penalties the last values are those of steps before their weights vanish.
    """

    @disconfirmed("in few")
    def test_all_are_higher_in_most_seeds(self, intact, penalties_before):
        """In most seeds each of the five losses of one model ends higher than with penalties before normalization."""
        assert fraction(all_are_higher(intact, penalties_before)) > 1 / 2

    @each(
        "loss",
        STEPS,
        but={
            "reconstruction": (
                published(PUBLISHED_RATIO, source="Ex 2.4 and 2.3, last losses"),
                disconfirmed("lower by a quarter"),
            ),
            **dict.fromkeys(("reg-anchor", "reg-separate", "reg-planar"), undecided("as high")),
        },
    )
    def test_loss_is_higher(self, intact, penalties_before, loss):
        """A loss ends higher than with penalties before normalization."""
        assert ratio(last(intact, loss), last(penalties_before, loss)) > 1

    @each("loss", STEPS)
    def test_loss_is_less_than_twice_as_high(self, intact, penalties_before, loss):
        """A loss ends less than twice as high as with penalties before normalization."""
        assert ratio(last(intact, loss), last(penalties_before, loss)) < ALIKE

    @control
    def test_losses_were_higher(self, intact):
        """Two thousand steps before its end the loss of reconstruction is more than twice as high."""
        earlier = mean_loss(intact.history, "reconstruction", slice(800, 1000))
        assert ratio(earlier, last(intact, "reconstruction")) > ALIKE
