"""The pages of the documentation, and what stands in them between fences."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def blocks(page, heading, language):
    """The fenced blocks of a language in the section below a heading, of whatever level."""
    _, _, rest = (ROOT / page).read_text(encoding="utf-8").partition(f"# {heading}\n")
    section = rest.partition("\n## ")[0]
    return re.findall(rf"^```{language}\n(.*?)^```$", section, flags=re.MULTILINE | re.DOTALL)
