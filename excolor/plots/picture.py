"""Pictures, which figure functions return: a figure, its alternative text and its numbers.

The numbers come first. Words and drawing are made from them alone, so that neither can say what the other does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

import matplotlib.style
from matplotlib import rcParams
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from excolor.numerics.given import is_word, shown
from excolor.plots.letters import drawable, fonts
from excolor.plots.margins import head
from excolor.plots.wording import LONGEST, shortened

Style = Literal["light", "dark"]
STYLES: tuple[Style, ...] = get_args(Style)
Data = dict[str, Any]
"""Data that JSON can hold, without NaN or infinity: None stands where there is no number to draw."""

DPI = 150


class PlotError(ValueError):
    """Data that cannot be drawn."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A figure with its alternative text and the numbers that it draws."""

    figure: Figure
    alt: str
    """The text for a reader who cannot see the figure, made from `data`."""
    data: Data
    """Exactly the numbers that are drawn, as `json.dumps` takes them."""
    drawing: Callable[[Figure, Data], None]
    """The function that draws the data on an empty figure, in the current style."""
    style: Style

    def in_style(self, style: Style) -> Picture:
        """Draw the same numbers and words in another style, without computing them again."""
        return self if is_word(style, (self.style,)) else draw(self.data, self.alt, self.drawing, style)

    def save(self, path: str | Path) -> None:
        """Write a PNG file that carries the alt text as its `Description`.

        The same picture gives the same bytes: no date and no version is written.

        Raises:
            PlotError: the path does not end in `.png`.
        """
        if not isinstance(path, str | Path) or Path(path).suffix.lower() != ".png":
            raise PlotError(f"cannot save to {str(path)!r}: a picture is a PNG file, for example 'curves.png'")
        with matplotlib.style.context({}, after_reset=True):  # not with the user's own settings
            self.figure.savefig(path, format="png", dpi=DPI, metadata={"Description": self.alt, "Software": None})


def titled(title: str, default: str) -> str:
    """The title of a figure: the default one where none is given."""
    if not isinstance(title, str):
        raise PlotError(f"the title {shown(title)}: it must be text, for example title='After deletion'")
    return title or default


def draw(data: Data, alt: str, drawing: Callable[[Figure, Data], None], style: Style) -> Picture:
    """Make a Picture: `drawing` draws the data on an empty figure, in a style, with the data's title."""
    alt = shortened(alt, LONGEST)  # where a title alone is longer
    with styled(style):
        figure, shown_data = Figure(), drawable(data)
        drawing(figure, shown_data)
        head(figure, shown_data["title"])
        for axes in (each for panel in figure.axes for each in (panel, *panel.child_axes)):
            for axis in (axes.xaxis, axes.yaxis):
                axis.get_major_ticks()  # makes them now, in this style
                axis.get_minor_ticks()
    return Picture(figure, alt, data, drawing, style)


def check_style(style: Style) -> Style:
    """The style, or a `PlotError` if it is none."""
    if not is_word(style, STYLES):
        raise PlotError(f"no style is named {style!r}: the styles are 'light' and 'dark', for example style='dark'")
    return style


@contextmanager
def styled(style: Style) -> Iterator[None]:
    """Set matplotlib, within the block, to one of the two style files beside this one, whatever was set before."""
    of_style = Path(__file__).with_name(f"{check_style(style)}.mplstyle")
    with matplotlib.style.context([of_style, {"font.family": fonts()}], after_reset=True):
        yield


def ink(name: str) -> str:
    """A color of the current style, by the name of its setting, or `C0`, `C1`, ... for the colors of lines."""
    return to_hex(cast("dict[str, str]", rcParams).get(name, name))
