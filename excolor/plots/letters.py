"""The letters of a figure: those of its font, of other fonts that the machine has, and boxes for all others."""

from functools import cache
from typing import Any

from matplotlib.font_manager import fontManager, get_font

FONT = "DejaVu Sans"
"""Comes with matplotlib, so that every machine has it."""
OTHERS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "Source Han Sans JP", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "IPAexGothic", "IPAGothic", "TakaoGothic", "PingFang SC", "Hiragino Sans",
    "Arial Unicode MS",
)  # fmt: skip
"""Fonts with letters that it has not, Chinese and Japanese above all, in the order in which they are looked for."""
BOX = "\N{WHITE SQUARE}"
"""Stands for a letter of no font: a figure does not fail for a name that is written in it."""


@cache
def fonts() -> list[str]:
    """List the font of figures, and after it those of the others that are installed."""
    installed = {entry.name for entry in fontManager.ttflist}
    return [FONT, *(name for name in OTHERS if name in installed)]


@cache
def _known() -> frozenset[int]:
    """The letters that one of the fonts has."""
    paths = [entry.fname for entry in fontManager.ttflist if entry.name in fonts()]
    return frozenset(code for path in paths for code in get_font(path).get_charmap())


def drawable(data: Any) -> Any:
    """Put a box in the place of every letter that no font has, in all texts of a figure's data."""
    if isinstance(data, str):
        if data.isascii() and data.isprintable():
            return data
        return "".join(letter if letter == "\n" or ord(letter) in _known() else BOX for letter in data)
    if isinstance(data, dict):
        return {key: drawable(part) for key, part in data.items()}
    if isinstance(data, list) and not (data and isinstance(data[0], int | float)):
        return [drawable(part) for part in data]
    return data
