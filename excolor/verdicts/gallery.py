"""The page beside the figures that shows each with its alt text."""

from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from PIL import Image

INDEX = "index.html"
HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="generator" content="excolor">
<title>Figures</title>
<style>
body { font: 16px/1.5 sans-serif; max-width: 75em; margin: 2em auto; padding: 0 1em; }
figure { margin: 0 0 2em; }
img { max-width: 100%; }
</style>
<h1>Figures</h1>
"""


def page(directory: Path) -> str:
    """The figures below a directory, of this run and of earlier ones, by what they are of, with their alt texts."""
    parts = [HEAD]
    for subject, figures in groupby(_figures(directory), key=lambda figure: figure[0].parent.name):
        parts.append(f"<h2>{escape(subject)}</h2>\n")
        for path, alt in figures:
            source, words = escape(f"{subject}/{path.name}"), escape(alt)
            caption = f"<figcaption><code>{source}</code><br>{words}</figcaption>"
            parts.append(f'<figure><img src="{source}" alt="{words}">{caption}</figure>\n')
    return "".join(parts)


def _figures(directory: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(directory.glob("*/[!.]*.png")):
        with Image.open(path) as image:
            alt = image.info.get("Description")
        if alt:
            yield path, alt


def is_ours(index: Path) -> bool:
    """Whether a page was made here, and may be made anew."""
    return '<meta name="generator" content="excolor">' in index.read_text(encoding="utf-8", errors="replace")
