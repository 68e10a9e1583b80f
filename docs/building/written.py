"""Pages that are made, not written by hand, in a folder of their own beside the others."""

from collections.abc import Mapping
from pathlib import Path


def write_pages(folder: Path, texts: Mapping[str, str]) -> None:
    """Let a folder have these pages and no other; a page that stays as it is keeps its date, and is not built anew."""
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        if file.name not in texts:
            file.unlink()
    for name, text in texts.items():
        file = folder / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
