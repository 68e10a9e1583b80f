"""A page an experiment, made from the record, below the page of findings that it belongs to."""

from pathlib import Path
from typing import TYPE_CHECKING

from contents import toctree
from written import write_pages

from excolor.verdicts.experiment_page import experiment_page
from excolor.verdicts.findings import PAGES
from excolor.verdicts.on_record import RecordedFile, recorded_files
from excolor.verdicts.wording import first_line

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDERS = {name: folder for name, _, folder in PAGES.values()}
"""Of each page of findings the folder of its hypothesis files."""


def setup(app: "Sphinx") -> dict[str, bool]:
    app.connect("builder-inited", _write)
    app.connect("source-read", _with_experiments)
    return {"parallel_read_safe": True}


def _write(app: "Sphinx") -> None:
    for page, folder in FOLDERS.items():
        files = recorded_files(Path(app.srcdir.parent, folder))
        write_pages(app.srcdir / page, {f"{_name(file)}.md": experiment_page(file) for file in files})


def _with_experiments(app: "Sphinx", page: str, source: list[str]) -> None:
    if page in FOLDERS:
        files = list(recorded_files(Path(app.srcdir.parent, FOLDERS[page])))
        for file in files:
            title = f"## {first_line(file.docstring)}\n"
            more = f"\n[All its predictions and controls]({page}/{_name(file)}.md)\n"
            source[0] = source[0].replace(title, title + more)
        source[0] += toctree(f"{page}/{_name(file)}" for file in files)


def _name(file: RecordedFile) -> str:
    return file.path.stem.removeprefix("test_")
