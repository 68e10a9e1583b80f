"""2.11 Anchor red and lay the hues flat, with fewer labels."""

import math

from cases import each
from drawn_labels import labeled_rows, with_label
from hue_wheel import IN_ORDER
from rerun_controls import AnchorControl
from rerun_scores import TWICE_PUBLISHED_PLANARITY

from excolor import answering, fraction, median, named_color, typical_error, worst_error
from excolor.conditions.labels import RED, VIBRANT
from excolor.experiments import EX_2_11
from excolor.judging.thresholds import ANCHORED
from excolor.measures import alignment_of_red, hue_order, off_plane
from excolor.verdicts import control, fails_under, primary, published

EXPERIMENT = EX_2_11

SEEDS = 32

SOURCE = "Ex 2.11"

TYPICAL_ERROR = 4.3e-5
"""Published, before any intervention."""

COUNTED = 89_064
"""Rows over which the published labels were counted."""

LABELED = {"reg-anchor": 0.00049 * COUNTED, "reg-planar": 0.00113 * COUNTED}
"""Published: how many of them bore the label of each term, 44 that of red and 101 that of the vibrant hues."""

FIRST_SERIES = {"reg-anchor": RED, "reg-planar": VIBRANT}
"""The labels of 2.2 to 2.9."""


def bounds_of_a_count(rows):
    """Two standard deviations on either side: the count of a rare label varies by the square root of its mean."""
    return rows - 2 * math.sqrt(rows), rows + 2 * math.sqrt(rows)


def has_the_geometry(ensemble):
    """Whether red lies at its anchor, and the vibrant hues near the plane and in hue order, over `seed`."""
    flat = (off_plane(ensemble) < TWICE_PUBLISHED_PLANARITY) & (hue_order(ensemble) > IN_ORDER)
    return (alignment_of_red(ensemble) > ANCHORED) & flat


@primary("test_red_is_anchored_and_hues_make_a_wheel_in_most_seeds", "test_typical_color_is_rebuilt")
@fails_under("unregularized", "gray")
class TestFewLabelsSuffice(AnchorControl):
    """Labels on 0.05 % of the rows, for red, and on 0.11 %, for the vibrant hues, suffice.

    Published verdict, from one seed: open, the experiment was removed before it had a conclusion. That is half of the
    red labels of 2.4.1, and as many of the vibrant ones. Its terms and weights are not known, and are those of 2.4.1
    here; to suffice is taken to be that red is anchored, that the hues make a wheel, and that colors are reconstructed.
    """

    def test_red_is_anchored_and_hues_make_a_wheel_in_most_seeds(self, intact):
        """In most seeds red lies at the anchor, and the vibrant hues near a plane and in hue order there."""
        assert fraction(has_the_geometry(intact)) > 1 / 2

    def test_red_is_anchored(self, intact):
        """Red lies at the anchor."""
        assert median(alignment_of_red(intact)) > ANCHORED

    def test_hues_are_flat(self, intact):
        """The vibrant hues lie near the plane of dimensions 0 and 1."""
        assert median(off_plane(intact)) < TWICE_PUBLISHED_PLANARITY

    def test_hues_are_in_order(self, intact):
        """In most seeds the vibrant hues are in hue order in the plane of dimensions 0 and 1."""
        assert fraction(hue_order(intact) > IN_ORDER) > 1 / 2

    @published(TYPICAL_ERROR, source=SOURCE)
    def test_typical_color_is_rebuilt(self, intact, figure):
        """The typical color is reconstructed."""
        # Twice what is published, for the scatter of seeds.
        assert median(typical_error(intact)) < 2 * figure

    @published(0.0015, source=SOURCE)
    def test_worst_color_is_rebuilt(self, intact, figure):
        """Even the worst color is reconstructed."""
        # Twice what is published, for the scatter of seeds.
        assert median(worst_error(intact)) < 2 * figure

    @control
    def test_unregularized_models_have_another_geometry(self, unregularized):
        """Unregularized models have red at the anchor and a wheel of hues in fewer than half of the seeds."""
        assert fraction(has_the_geometry(unregularized)) < 1 / 2

    @control
    def test_gray_answer_rebuilds_nothing(self, intact):
        """A constant mid-gray model does not reconstruct the typical color."""
        assert median(typical_error(answering(intact, named_color("gray")))) > 2 * TYPICAL_ERROR


@primary("test_rows_are_labeled_as_rarely")
@fails_under("unregularized", but={"test_rows_are_labeled_as_rarely": "labels are drawn, whatever is trained on them"})
class TestLabelsAreAsRare:
    """Of 89,064 rows 0.049 % bear the label of red, and 0.113 % that of the vibrant hues.

    Published verdict, from one seed: counted, 44 and 101 rows.
    """

    @each("term", LABELED, but={term: published(rows, source=SOURCE) for term, rows in LABELED.items()})
    def test_rows_are_labeled_as_rarely(self, seeds, term, figure):
        """As many rows bear the label of a term as were counted, within two standard deviations of such a count."""
        assert median(labeled_rows(EXPERIMENT, seeds, term)).between(*bounds_of_a_count(figure))

    @control
    @each("term", LABELED)
    def test_labels_of_the_first_series_are_more(self, seeds, term):
        """With the label of 2.2 to 2.9 a term has more rows than was counted, by more than two standard deviations."""
        _, most = bounds_of_a_count(LABELED[term])
        assert median(labeled_rows(with_label(EXPERIMENT, term, FIRST_SERIES[term]), seeds, term)) > most
