"""The index page of figures, which shows each with its alt text, light or dark as the reader's system is."""

from collections.abc import Iterator
from contextlib import suppress
from html import escape
from itertools import groupby
from pathlib import Path

from PIL import Image

INDEX = "index.html"
HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="generator" content="excolor">
<meta name="color-scheme" content="light dark">
<title>Figures</title>
<style>
body { font: 16px/1.5 sans-serif; max-width: 75em; margin: 2em auto; padding: 0 1em; }
figure { margin: 0 0 2em; }
img { max-width: 100%; }
code { overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { background: #16181d; color: #ededed; } }
</style>
<h1>Figures</h1>
"""
"""The top of the page; its dark colors are those of the figures."""
LIGHT, DARK = "-light.png", "-dark.png"


def page(directory: Path) -> str:
    """Make the page of all figures below a directory, of this run and earlier ones, with one heading per subject."""
    parts = [HEAD]
    for subject, figures in groupby(_figures(directory), key=lambda figure: figure[0].parent.name):
        parts.append(f"<h2>{escape(subject)}</h2>\n")
        parts += [_shown(subject, path, alt) for path, alt in figures]
    return "".join(parts)


def _shown(subject: str, light: Path, alt: str) -> str:
    """Make the HTML of a figure in the style that the reader prefers, with its alt text and links to both styles."""
    name, words = escape(f"{subject}/{light.name.removesuffix(LIGHT)}"), escape(alt)
    image = f'<img src="{name}{LIGHT}" alt="{words}">'
    links = f'<a href="{name}{LIGHT}">light</a>'
    if light.with_name(light.name.removesuffix(LIGHT) + DARK).exists():  # it is missing if it could not be drawn
        image = f'<source srcset="{name}{DARK}" media="(prefers-color-scheme: dark)">{image}'
        links += f', <a href="{name}{DARK}">dark</a>'
    caption = f"<figcaption><code>{name}</code> ({links})<br>{words}</figcaption>"
    return f"<figure><picture>{image}</picture>{caption}</figure>\n"


def _figures(directory: Path) -> Iterator[tuple[Path, str]]:
    """Find the light picture of every figure, and its alt text, which the dark picture shares."""
    for path in sorted(directory.glob(f"*/[!.]*{LIGHT}")):
        alt = None
        with suppress(OSError), Image.open(path) as image:  # it may be no picture, whoever put it there
            alt = image.info.get("Description")
        if alt:
            yield path, alt


def is_ours(index: Path) -> bool:
    """Whether an index page was made by excolor, and so may be overwritten."""
    return '<meta name="generator" content="excolor">' in index.read_text(encoding="utf-8", errors="replace")
