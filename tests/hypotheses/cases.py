"""The cases of predictions that several files share: the colors unlike red, its neighbors, and groups of them.

And how what is claimed of the neighbors was restated."""

from collections.abc import Collection, Iterable, Mapping

import pytest

from excolor.colors import DARK_SHADES, FAR_FROM_RED, GRAYS, NEIGHBORS_OF_RED
from excolor.verdicts import restated

Marks = pytest.MarkDecorator | Collection[pytest.MarkDecorator]


def each(argument: str, values: Iterable[str], but: Mapping[str, Marks] | None = None) -> pytest.MarkDecorator:
    """A case for each value; `but` has the marks of single ones, such as the verdict on record."""
    names, marks = list(values), but or {}
    if strangers := set(marks) - set(names):
        raise ValueError(f"{sorted(strangers)} are no cases: there are {names}")
    return pytest.mark.parametrize(argument, [pytest.param(name, marks=marks.get(name, ())) for name in names])


far_colors = each("color", FAR_FROM_RED)
grays = each("color", GRAYS)
dark_shades = each("color", DARK_SHADES)
neighbors = each("color", NEIGHBORS_OF_RED)

unlike_red = pytest.mark.parametrize(
    "group", [FAR_FROM_RED, GRAYS, DARK_SHADES], ids=["far colors", "grays", "dark shades"]
)
"""Groups of colors unlike red, each as one case."""

restated_share_of_red = restated(
    was="against similarity squared", why="that is the exponent of suppression; for deletion the paper has the cube"
)
"""Of `share_of_red`: how error goes with similarity is published for either edit, with an exponent of its own."""
