"""What several re-runs claim in the same words: predictions to be mixed into a hypothesis."""

from hue_wheel import IN_ORDER
from rerun_scores import NEARLY_ALL, TWICE_PUBLISHED_PLANARITY, published_cases

from excolor import fraction, median, ratio
from excolor.colors import NEIGHBORS_OF_RED
from excolor.judging.thresholds import ALIKE, SPARED
from excolor.measures import (
    collateral_of_similarity,
    error_growth,
    hue_order,
    off_plane,
    red_collateral,
    similarity_fit,
)
from excolor.verdicts import control


def suffers_as_published(edited, table, source):
    """Adds to a hypothesis that red and its neighbors are damaged, beside a table; `edited` names a fixture."""

    @published_cases(table, "red", *NEIGHBORS_OF_RED, source=source)
    def test_color_suffers(self, request, intact, color):
        """The error of red, or of a hue less than a right angle from it, grows by more than would be spared."""
        assert median(error_growth(request.getfixturevalue(edited), intact, color)) > SPARED

    def add(hypothesis):
        hypothesis.test_color_suffers = test_color_suffers
        return hypothesis

    return add


class DamageGoesWithSimilarity:
    """To the square of similarity, and none where that is 0, of a hypothesis with the fixture `without_red`."""

    def test_square_fits_better_than_cube(self, without_red):
        """Similarity squared fits the error under suppression better than similarity cubed."""
        assert ratio(similarity_fit(without_red, 2), similarity_fit(without_red, 3)) > 1

    def test_collateral_damage(self, without_red):
        """Collateral damage of suppression is at most twice that of an error of similarity squared."""
        assert median(red_collateral(without_red)) < ALIKE * collateral_of_similarity(2)


class HuesMakeAWheel:
    """In the plane of dimensions 0 and 1, with the controls of their lying there at all."""

    def test_hues_make_a_wheel(self, intact):
        """In nearly all seeds the vibrant hues are in hue order in the plane of dimensions 0 and 1."""
        assert fraction(hue_order(intact) > IN_ORDER) > NEARLY_ALL

    @control
    def test_unregularized_hues_are_not_flat(self, unregularized):
        """Unregularized models have the vibrant hues near the plane in fewer than half of the seeds."""
        assert fraction(off_plane(unregularized) < TWICE_PUBLISHED_PLANARITY) < 1 / 2

    @control
    def test_unregularized_hues_make_no_wheel(self, unregularized):
        """Unregularized models have the vibrant hues in hue order in fewer than half of the seeds."""
        assert fraction(hue_order(unregularized) > IN_ORDER) < 1 / 2
