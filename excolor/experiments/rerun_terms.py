"""The label "red" and the two terms that the re-runs, 2.4.1 to 2.10.1, and the second version of 2.10 share.

Their training cubes are uniform in RGB, so that fewer colors near red are drawn than before. The label is rarer too:
80 rows of a run's 96 064 bear it. No re-run has unitarity, though the texts of three of them say that it has.
"""

from excolor.colors import redness
from excolor.conditions.experiment import Term
from excolor.conditions.labels import Label
from excolor.conditions.regularizers import AngularAnchor, Separate, unit_vector

RED = Label("red", scale=0.08, concept=redness, power=8)
"""The label of the reds; pure red bears it in 8 of 100 draws."""

SEPARATE = Term("reg-separate", Separate(power=100))


def anchor(width: int) -> Term:
    """The term that anchors red at the first of `width` latent dimensions."""
    return Term("reg-anchor", AngularAnchor(unit_vector(0, width)), label=RED)
