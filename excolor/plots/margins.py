"""Margins around the panels of a figure, in inches: known beforehand, so that no text is measured for a layout."""

from matplotlib.figure import Figure

from excolor.plots.letters import wrapped

TITLE = 11
"""The size of the letters of a title, in points."""
LINE = 0.185
"""Inches from a line of it to the next."""
EDGE = 0.07
"""Inches between a figure's edge and its title."""


def head(figure: Figure, title: str, below: str = "") -> None:
    """Set the title of a figure, in as many lines as it needs, and a last line below it."""
    wide, high = figure.get_size_inches()
    lines = [_lined(title, wide), *[below] * bool(below)]
    figure.suptitle("\n".join(lines), x=EDGE / wide, y=1 - EDGE / high, ha="left", va="top", fontsize=TITLE)


def head_room(title: str, wide: float, below: int = 0) -> float:
    """Inches that a title takes at the top of a figure of a width, with some lines below it."""
    return EDGE + LINE * (_lined(title, wide).count("\n") + 1 + below) if title or below else 0.0


def _lined(title: str, wide: float) -> str:
    return wrapped(title, wide - 2 * EDGE, TITLE)


def set_margins(
    figure: Figure, *, left: float, right: float, below: float, above: float, across: float = 0.0, up: float = 0.0
) -> None:
    """Keep margins around the panels, and between them `across` to the next one beside and `up` to that above.

    To be called once the panels are there; their ratios of height stay as they are.
    """
    wide, high = figure.get_size_inches()
    rows, columns = figure.axes[0].get_gridspec().get_geometry()  # type: ignore[union-attr]  # all come from subplots
    cell_width = (wide - left - right - across * (columns - 1)) / columns
    cell_height = (high - below - above - up * (rows - 1)) / rows
    figure.subplots_adjust(
        left=left / wide, right=1 - right / wide, bottom=below / high, top=1 - above / high,
        wspace=across / cell_width, hspace=up / cell_height,
    )  # fmt: skip
