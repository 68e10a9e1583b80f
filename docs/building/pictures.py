"""A picture that is light or dark, as HTML has it, follows the switch of this site's theme.

Where a repository shows it, it goes by the reader's system alone.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PICTURE = re.compile(
    r'<picture>\s*<source [^>]*srcset="(?P<dark>[^"]+)">\s*<img src="(?P<light>[^"]+)"(?P<rest>[^>]*)>\s*</picture>'
)
BOTH = '<img src="{light}" class="only-light"{rest}>\n\n<img src="{dark}" class="only-dark"{rest}>'


def setup(app: "Sphinx") -> dict[str, bool]:
    app.connect("source-read", _in_both)
    return {"parallel_read_safe": True}


def _in_both(app: "Sphinx", page: str, source: list[str]) -> None:
    source[0] = in_both(source[0])


def in_both(text: str) -> str:
    """A text with each such picture as two, of which the theme shows one."""
    return PICTURE.sub(lambda found: BOTH.format(**found.groupdict()), text)
