"""The directory of a report: its page, its short text, its JSON and its figures, written in single moves."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from excolor.report import history, markdown, page, stored
from excolor.report.addresses import addresses
from excolor.report.against import changes
from excolor.report.pictures import overview, verdict_plots
from excolor.report.run import Run, merged

INDEX = "index.html"
HISTORY = "history.html"
SHORT = "report.md"
_OURS = '<meta name="generator" content="excolor report">'
_EXAMPLE = "for example --report report"


class DirectoryError(ValueError):
    """A directory that no report can be written into."""


def check(given: Path) -> Path:
    """Make the directory if need be, and see that it can be written to and holds nothing that would be lost.

    Raises:
        DirectoryError: it cannot be written to, or has a page or a stored run of another kind.
    """
    directory = given.absolute()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
        index = directory / INDEX
        foreign = index.exists() and _OURS not in index.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise DirectoryError(
            f"cannot write to {str(given)!r} ({error.strerror}): give a directory, which is made if need be, {_EXAMPLE}"
        ) from None
    if foreign:
        raise DirectoryError(
            f"{str(given)!r} has an {INDEX} of another kind, which would be lost: give a directory for the report "
            f"alone, {_EXAMPLE}"
        )
    if (directory / stored.NAME).exists():
        stored.read(directory / stored.NAME)  # which says what is wrong with it
    return directory


def put(run: Run, directory: Path, against: Run | None = None) -> str:
    """Put a run into the directory, among what stands there from earlier ones; returns the short text."""
    path = directory / stored.NAME
    whole = merged(stored.read(path), run) if path.exists() else run
    _write(path, stored.as_text(whole))
    return draw(whole, directory, against)


def draw(run: Run, directory: Path, against: Run | None = None) -> str:
    """Write the page and the short text of a run as it is; returns the latter."""
    since = None if against is None else changes(against, run)
    short = markdown.text(run, since)
    figures = verdict_plots(run, directory, addresses(run))
    _write(directory / INDEX, page.text(run, since, figures, overview(run, directory)))
    _write(directory / SHORT, short)
    return short


def brought(run: Run, source: Path, directory: Path) -> Run:
    """The run with the pictures of what was trained copied from beside it, without those that are not there."""
    there = [picture for picture in run.pictures if all(_is_below(source, place) for place in picture.places)]
    for place in (place for picture in there for place in picture.places):
        (directory / place).parent.mkdir(exist_ok=True)
        if not (directory / place).exists() or not (directory / place).samefile(source / place):
            shutil.copyfile(source / place, directory / place)
    return replace(run, pictures=tuple(there))


def _is_below(directory: Path, place: str) -> bool:
    """Whether a picture stands where its place says, in the directory or below."""
    path = PurePosixPath(place)
    return not path.is_absolute() and ".." not in path.parts and (directory / place).is_file()


def write_history(runs: Sequence[Run], directory: Path) -> None:
    """Write the page of several runs, given from the earliest to the latest."""
    _write(directory / HISTORY, history.text(runs))


def _write(path: Path, text: str) -> None:
    """Write a file in one move, so that nobody reads half of it."""
    half_written = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        half_written.write_text(text, encoding="utf-8")
        os.replace(half_written, path)
    finally:
        half_written.unlink(missing_ok=True)
