"""Green in the place of red in 2.10.1."""

import pytest

from excolor import ablate, fraction
from excolor.conditions import Concept, with_concepts
from excolor.experiments import EX_2_10_1
from excolor.judging.thresholds import SPARED
from excolor.measures import answered_likeness, typical_error_of_others
from excolor.verdicts import control, fails_under, primary

GREEN = Concept.named("green")
ANCHORED = with_concepts(EX_2_10_1, GREEN)


@pytest.fixture(scope="module")
def deleted(trained, seeds):
    """Without dimension 0, which is green's now."""
    return ablate(trained(ANCHORED, seeds), 0)


@primary("test_green_is_lost", "test_others_are_spared")
@fails_under("unregularized")
class TestGreenIsDeletedAlone:
    """Green is deleted as red is: it is lost, and other colors stay."""

    def test_green_is_lost(self, deleted):
        """In most seeds the answer to green bears less than half of green after deletion."""
        assert fraction(answered_likeness(deleted, GREEN) < 1 / 2) > 1 / 2

    def test_others_are_spared(self, deleted):
        """In most seeds deletion spares the typical color of those that bear less than half of green."""
        assert fraction(typical_error_of_others(deleted, GREEN) < SPARED) > 1 / 2

    @control
    def test_unregularized_models_keep_green(self, trained, seeds):
        """Deletion of a dimension of unregularized models takes green in fewer than half of the seeds."""
        models = ablate(trained(ANCHORED.unregularized(), seeds), 0)
        assert fraction(answered_likeness(models, GREEN) < 1 / 2) < 1 / 2
