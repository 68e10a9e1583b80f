"""A figure without its text, to be compared as a picture: letters move between versions of fonts, shapes do not."""

from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text


def hide_text(figure: Figure) -> None:
    """Hide every title, label, tick label, annotation and legend of the figure, in place.

    The layout, too, is then made without them.
    """
    for axes in figure.axes:
        for axis in (
            axes.xaxis,
            axes.yaxis,
            *(child for inset in axes.child_axes for child in inset._axis_map.values()),
        ):
            axis.set_tick_params(which="both", label1On=False, label2On=False)
    for kind in (Text, Legend):
        for artist in figure.findobj(kind):
            artist.set_visible(False)
            artist.set_in_layout(False)
