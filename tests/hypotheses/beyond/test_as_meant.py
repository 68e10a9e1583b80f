"""Beyond: 2.2 as it was meant, without the accident of its sheet."""

import pytest
from cases import each
from red_interventions import INTERVENTIONS, collateral, edited, interventions_published
from suppression_predictions import (
    WORST,
    RedIsSuppressed,
    raises_only_the_error_near_red,
    restated_collateral,
)

from excolor import error_of, fraction, median, ratio, worst_error
from excolor.experiments import EX_2_2, EX_2_2_AS_MEANT
from excolor.judging.thresholds import ALIKE
from excolor.measures import off_plane
from excolor.verdicts import control, disconfirmed, fails_under, primary, undecided

EXPERIMENT = EX_2_2_AS_MEANT

CONDITIONS = (EX_2_2, EX_2_2_AS_MEANT)

SEEDS = 192
"""Whether a repulsion is as strong with the accident is a close call."""


@pytest.fixture(scope="module")
def as_published(trained, seeds):
    return trained(EX_2_2, seeds)


@primary("test_only_the_error_near_red_rises")
@fails_under("unregularized")
class TestAsMeant(RedIsSuppressed):
    """Damping or turning latents aligned with red raises the error near red with the terms weighted as meant, too.

    Published verdict, from one seed with the accident: largely confirmed. The thresholds and figures are that run's, so
    that these seeds may lie far from them.
    """

    @each("intervention", INTERVENTIONS, but={"repulsion": disconfirmed("in a quarter: red is damaged less")})
    def test_only_the_error_near_red_rises(self, intact, intervention):
        """In most seeds an intervention damages red and leaves each group of colors unlike red mostly unchanged."""
        alone = raises_only_the_error_near_red(edited(intact, intervention), intact, WORST[intervention] / 2)
        assert fraction(alone) > 1 / 2

    @interventions_published(WORST, source="Ex 2.2", but={"repulsion": disconfirmed("a fifth of the published one")})
    def test_red_is_damaged(self, intact, intervention, figure):
        """Under an intervention the error of red is more than half of the published worst error."""
        assert median(error_of(edited(intact, intervention), "red")) > figure / 2


@primary("test_worst_error_is_alike", "test_red_suffers_alike")
@fails_under("others-unregularized")
class TestAccidentDoesNotMatter:
    """With the accident of its sheet 2.2 shows what it would have shown as it was meant.

    Published verdict: none. The accident went unseen.
    """

    @disconfirmed("with the accident it is three times as high")
    def test_worst_error_is_alike(self, as_published, intact):
        """Without an intervention the worst error is as high with the accident, within a factor of two."""
        assert ratio(worst_error(as_published), worst_error(intact)).between(1 / ALIKE, ALIKE)

    @each("intervention", INTERVENTIONS, but={"repulsion": disconfirmed("higher in most seeds, by any factor")})
    def test_red_suffers_alike(self, as_published, intact, intervention):
        """Under an intervention the error of red is as high with the accident, within a factor of two."""
        both = (error_of(edited(model, intervention), "red") for model in (as_published, intact))
        assert ratio(*both).between(1 / ALIKE, ALIKE)

    @each(
        "intervention",
        INTERVENTIONS,
        but={"repulsion": undecided("two fifths of it as meant, by very different factors")},
    )
    @restated_collateral
    def test_is_as_precise(self, as_published, intact, intervention):
        """Collateral damage is as high with the accident, within a factor of two."""
        both = (collateral(model, intervention) for model in (as_published, intact))
        assert ratio(*both).between(1 / ALIKE, ALIKE)

    @control
    def test_accident_flattens_the_hues(self, as_published, intact):
        """With the accident the vibrant hues lie at most half as far off the plane of dimensions 0 and 1."""
        assert ratio(off_plane(as_published), off_plane(intact)) < 1 / ALIKE
