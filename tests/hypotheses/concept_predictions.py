"""What it means that deletion takes a concept alone, whatever the concept: predictions that several files share."""

from excolor import ablate
from excolor.judging.thresholds import SPARED
from excolor.measures import answered_likeness, typical_error_of_others


def is_lost(edited, concept):
    """Whether the answer to the concept's color bears less than half of the concept, over `seed`.

    So it is whatever gray is answered to a pure hue. An error would not do for all: gray and white are grays.
    """
    return answered_likeness(edited, concept) < 1 / 2


def others_are_spared(edited, *concepts):
    """Whether the typical color is spared of those that bear less than half of each concept, over `seed`."""
    return typical_error_of_others(edited, *concepts) < SPARED


def is_deleted_alone(intact, concept, dim=0):
    """Whether a model without the concept's dimension has lost the concept and spares other colors, over `seed`."""
    deleted = ablate(intact, dim)
    return is_lost(deleted, concept) & others_are_spared(deleted, concept)
