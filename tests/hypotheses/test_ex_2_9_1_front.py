"""2.4.1 and 2.9.1, the models of the paper: how many seeds of a sweep lie on its Pareto front."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
import xarray as xr
from cases import each

from excolor import Ensemble, Experiment, ablate, fraction
from excolor.colors import over_channels, rgb_training_cube, validation_colors
from excolor.edits import suppressed
from excolor.experiments import EX_2_4_1, EX_2_9_1
from excolor.judging.thresholds import ALIKE
from excolor.measures import mean_error, on_pareto_front, regularizer_loss, similarity_fit
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, undecided

IN_A_SWEEP = 60
"""As published: how many are on the front depends on how many there are."""

SEEDS = 2 * IN_A_SWEEP
"""Of one sweep whether as many lie on the front of 2.9.1 would often be left open."""

SOURCE = "Ex 2.4.1 and 2.9.1, scores of the 60 seeds"

BATCH = 64
"""Validation colors of which each is separated from the others."""


class Sweep(NamedTuple):
    """A sweep of 60 seeds, and by what one of them was chosen."""

    experiment: Experiment
    score: Callable[[Ensemble], xr.DataArray]
    """R^2 with similarity on the training colors, to be maximized."""
    shown: tuple[str, ...]
    """The terms whose losses are published of the 60 seeds."""
    on_front: float
    """Published: the share of seeds on the front."""


SWEEPS = {
    "Anchored": Sweep(
        EX_2_4_1, lambda models: similarity_fit(suppressed(models), 2, rgb_training_cube()), ("reg-anchor",), 4 / 60
    ),
    "Isolated": Sweep(
        EX_2_9_1,
        lambda models: similarity_fit(ablate(models, 0), 3, rgb_training_cube()),
        ("reg-anchor", "reg-anti-anchor"),
        22 / 60,
    ),
}

OF_ANCHORED, OF_ISOLATED = (published(sweep.on_front, source=SOURCE) for sweep in SWEEPS.values())


@pytest.fixture(scope="module")
def models(trained, seeds):
    """Name -> the models of that sweep."""
    return lambda name: trained(SWEEPS[name].experiment, seeds)


def validation_loss(ensemble, term):
    """The mean loss of a term over batches of the validation colors, of a labeled term over the colors that bear it."""
    colors = over_channels(validation_colors()).values
    if term.label:
        colors = colors[term.label.concept(colors) == 1]
    batches = [colors[start : start + BATCH] for start in range(0, len(colors), BATCH)]
    return sum(len(batch) * regularizer_loss(ensemble, term.regularizer, batch) for batch in batches) / len(colors)


def in_sweeps(minimized, maximized):
    """Whether a seed is on the front of its sweep of sixty, over `seed`."""
    count = maximized.sizes["seed"]
    parts = [slice(start, start + IN_A_SWEEP) for start in range(0, count, IN_A_SWEEP)]
    fronts = [on_pareto_front([each[part] for each in minimized], [maximized[part]]) for part in parts]
    return xr.concat(fronts, "seed")


def on_front(ensemble, sweep, terms):
    """Whether a seed is on the front of reconstruction, the losses of these terms, and the score, over `seed`."""
    losses = [validation_loss(ensemble, term) for term in sweep.experiment.terms if term.name in terms]
    return in_sweeps([mean_error(ensemble, validation_colors()), *losses], sweep.score(ensemble))


def by_all(ensemble, name):
    """By the losses of all terms."""
    sweep = SWEEPS[name]
    return on_front(ensemble, sweep, [term.name for term in sweep.experiment.terms])


@primary("test_as_many_are_on_the_front")
@fails_under("gray")
class TestFewAreOnTheFront:
    """Of 60 seeds 4 lie on the Pareto front of the Anchored model, 2.4.1, and 22 on that of the Isolated one, 2.9.1.

    Published verdict, from 60 seeds of each: counted, 4 and 22. The front is said to be that of the losses of
    reconstruction and of each penalty on the validation colors, which are to be low, and of R^2, which is to be high:
    five scores here and six there. Fewer would put fewer seeds on a front, and which penalties counted is not certain.
    Whether a seed is on it depends on the others of its sweep, so that intervals are a little too narrow: from sweep to
    sweep of 60 exploring seeds the number varied by 5, where it would by 4 if seeds had nothing to do with each other.
    """

    @each(
        "name",
        SWEEPS,
        but={
            "Anchored": (OF_ANCHORED, disconfirmed("seven times as many")),
            "Isolated": (OF_ISOLATED, undecided("nearly twice as many")),
        },
    )
    def test_as_many_are_on_the_front(self, models, name, figure):
        """As many seeds are on the front of a sweep as was published, within a factor of two."""
        assert fraction(by_all(models(name), name)).between(figure / ALIKE, figure * ALIKE)

    def test_more_are_on_the_front_of_isolated(self, models):
        """Of the seeds that are on one front alone, most are on that of the Isolated model."""
        isolated, anchored = (by_all(models(name), name) for name in ("Isolated", "Anchored"))
        assert fraction(isolated[isolated != anchored]) > 1 / 2

    @each(
        "name",
        SWEEPS,
        but={"Anchored": (OF_ANCHORED, undecided("half as many again")), "Isolated": OF_ISOLATED},
    )
    def test_as_many_are_on_the_front_by_what_is_published(self, models, name, figure):
        """By R^2, reconstruction and penalties with published losses, as many are on it, within a factor of two."""
        sweep = SWEEPS[name]
        assert fraction(on_front(models(name), sweep, sweep.shown)).between(figure / ALIKE, figure * ALIKE)

    @control
    @each("name", SWEEPS)
    def test_by_one_score_alone_hardly_any_is(self, models, name):
        """By R^2 alone fewer than a quarter of the seeds are on a front, one of each sweep."""
        assert fraction(in_sweeps([], SWEEPS[name].score(models(name)))) < 1 / 4
