"""Figures without text, for comparing pictures: letters differ between versions of fonts, shapes do not."""

from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text

from excolor.numerics.given import shown
from excolor.plots.picture import PlotError


def hide_text(figure: Figure) -> None:
    """Hide every title, label, tick label, annotation and legend of the figure, in place.

    The panels, which were laid out around the text, move to the places of a plain grid.
    """
    if not isinstance(figure, Figure):
        raise PlotError(f"{shown(figure)} is no figure: give one, for example color_slices(coarse_cube()).figure")
    figure.set_layout_engine("none")
    for axes in figure.axes:
        place = axes.get_subplotspec()
        if place is not None:
            axes.set_position(place.get_position(figure))
    for axis in figure.findobj(Axis):
        axis.set_tick_params(which="both", label1On=False, label2On=False)  # also of ticks that are made later
    for artist in figure.findobj(lambda artist: isinstance(artist, Text | Legend)):
        artist.set_visible(False)
