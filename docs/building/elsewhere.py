"""Pages that stand elsewhere in the project are copied into the site, and links to them follow."""

import os.path
import re
from pathlib import Path
from typing import TYPE_CHECKING

from written import write_pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx

COPIES = {
    "benchmarks/README.md": "docs/project/benchmarks.md",
    "CHANGELOG.md": "docs/project/changelog.md",
    "CONTRIBUTING.md": "docs/project/contributing.md",
}
LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#)([^)#\s]+)")


def setup(app: "Sphinx") -> dict[str, bool]:
    app.connect("builder-inited", _copy)
    app.connect("source-read", _follow)
    return {"parallel_read_safe": True}


def _copy(app: "Sphinx") -> None:
    root = app.srcdir.parent
    texts = {place: relinked(Path(root, of).read_text("utf-8"), of, place) for of, place in COPIES.items()}
    write_pages(app.srcdir / "project", {Path(place).name: text for place, text in texts.items()})


def _follow(app: "Sphinx", page: str, source: list[str]) -> None:
    place = f"docs/{page}.md"
    if place not in COPIES.values():
        source[0] = relinked(source[0], place, place)


def relinked(text: str, was: str, now: str) -> str:
    """A page that stood in one place and stands in another: its links lead where they led, or to the copy of that."""

    def followed(link: re.Match[str]) -> str:
        target = os.path.normpath(os.path.join(os.path.dirname(was), link[0]))
        return os.path.relpath(COPIES.get(target, target), os.path.dirname(now))

    return LINK.sub(followed, text)
