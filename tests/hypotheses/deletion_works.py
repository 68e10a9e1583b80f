"""Whether a deletion works, as most do: a weaker question than whether it takes red alone, which few do."""

from excolor import error_of, typical_error
from excolor.judging.thresholds import SPARED, UNREBUILT


def deletion_works(deleted):
    """Whether red cannot be rebuilt, and the typical color is spared, over `seed`."""
    return (error_of(deleted, "red") > UNREBUILT) & (typical_error(deleted) < SPARED)
