"""The letters of a figure: those of its font, of other fonts that the machine has, and boxes for all others; and how
wide they are."""

from functools import cache
from typing import Any

from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.ft2font import LoadFlags

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


def width(words: str, size: float, bold: bool = False) -> float:
    """The inches that words take, in letters of a size in points: the widest of their lines.

    It is the sum of what each letter takes, which needs no drawing and is true to a hundredth of it.
    """
    return max(sum(_advance(letter, bold) for letter in line) for line in words.split("\n")) * size / 72


@cache
def _advance(letter: str, bold: bool) -> float:
    """How far a letter moves the next one, in sizes of the letters; one of another font is taken to be square."""
    font = get_font(findfont(FontProperties(family=FONT, weight="bold" if bold else "normal")))
    if not font.get_char_index(ord(letter)):
        return 1.0
    return float(font.load_char(ord(letter), flags=LoadFlags.NO_SCALE).horiAdvance / font.units_per_EM)


def wrapped(words: str, inches: float, size: float, bold: bool = False) -> str:
    """Break words into lines that are no wider; a single word that is wider is cut."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if width(longer, size, bold) <= inches:
            lines[-1] = longer
            continue
        lines += [""] * bool(lines[-1])
        for letter in word:
            if lines[-1] and width(lines[-1] + letter, size, bold) > inches:
                lines.append("")
            lines[-1] += letter
    return "\n".join(lines)
