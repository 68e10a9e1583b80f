"""The table of contents is what the first page links to: a part for each of its sections that is a list of pages.

A repository shows a directive of Sphinx's as code, so there is none in the page.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


PAGE = re.compile(r"^- \[[^\]]*\]\(([^):#]+)\.md\)", flags=re.MULTILINE)


def setup(app: "Sphinx") -> dict[str, bool]:
    app.connect("source-read", _with_contents)
    return {"parallel_read_safe": True}


def _with_contents(app: "Sphinx", page: str, source: list[str]) -> None:
    if page == app.config.root_doc:
        source[0] += "".join(parts(source[0]))


def parts(text: str) -> Iterable[str]:
    """A table of contents for each section of a page that lists others, under the section's title."""
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        if pages := PAGE.findall(body):
            yield toctree(pages, f":caption: {title}\n")


def toctree(pages: Iterable[str], options: str = "") -> str:
    """A table of contents that the page itself does not show."""
    listed = "\n".join(pages)
    return f"\n\n```{{toctree}}\n:hidden:\n{options}\n{listed}\n```\n"
