"""Figures without text, for comparing pictures: letters differ between versions of fonts, shapes do not."""

from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text

from excolor.numerics.given import shown
from excolor.plots.picture import PlotError


def hide_text(figure: Figure) -> None:
    """Hide every title, label, tick label, annotation and legend of the figure, in place; no panel moves."""
    if not isinstance(figure, Figure):
        raise PlotError(f"{shown(figure)} is no figure: give one, for example color_slices(coarse_cube()).figure")
    for axis in figure.findobj(Axis):
        axis.set_tick_params(which="both", label1On=False, label2On=False)  # also of ticks that are made later
    for artist in figure.findobj(lambda artist: isinstance(artist, Text | Legend)):
        artist.set_visible(False)
