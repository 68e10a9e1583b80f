"""A page an experiment, made from the record, below the page of findings that it belongs to."""

from pathlib import Path
from typing import TYPE_CHECKING

from contents import toctree
from written import write_pages

from excolor.judging.predictions import Prediction
from excolor.plots import Picture, Standing, all_hypotheses
from excolor.report.pictures import as_svg
from excolor.verdicts.experiment_page import escaped, experiment_page
from excolor.verdicts.findings import PAGES
from excolor.verdicts.on_record import RecordedFile, compared, recorded_files
from excolor.verdicts.record import Row
from excolor.verdicts.wording import first_line, first_sentence, published_verdict

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
        texts: dict[str, str] = {}
        for file in recorded_files(Path(app.srcdir.parent, folder)):
            figure = drawn(file)
            name = f"{_name(file)}.svg"
            texts[name] = as_svg(figure)
            texts[f"{_name(file)}.md"] = with_figure(experiment_page(file, folder), name, figure.alt)
        write_pages(app.srcdir / page, texts)


def with_figure(text: str, name: str, alt: str) -> str:
    """A page with a figure above its first hypothesis."""
    return text.replace("\n\n## ", f"\n\n![{escaped(alt)}]({name})\n\n## ", 1)


def drawn(file: RecordedFile) -> Picture:
    """The hypotheses of a file, each in a row with its predictions by their distance from the threshold."""
    title = first_line(file.docstring)
    rows = [
        Standing(
            title,
            first_sentence(each.docstring),
            each.standing,
            [_prediction(row) for row in (*each.primary, *each.beside)],
            published_verdict(each.docstring)[0],
        )
        for each in file.hypotheses
    ]
    return all_hypotheses(rows, title="Each hypothesis and its predictions")


def _prediction(row: Row) -> Prediction:
    return Prediction(row["statement"], compared(row), primary=bool(row["primary"]))


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
