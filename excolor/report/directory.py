"""The directory of a report: its page, its short text, its JSON and its figures, written in single moves."""

import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from excolor.report import history, markdown, page, stored
from excolor.report.addresses import addresses
from excolor.report.against import changes
from excolor.report.pictures import FOLDER, overview, verdict_plots
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
        DirectoryError: it cannot be written to, or has something of another kind where a report has its own.
        StoredError: its report.json is no stored run.
    """
    directory = given.absolute()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
        foreign = _foreign(directory)
    except OSError as error:
        raise DirectoryError(
            f"cannot write to {str(given)!r} ({error.strerror}): give a directory, which is made if need be, {_EXAMPLE}"
        ) from None
    if foreign:
        raise DirectoryError(
            f"{str(given)!r} has {foreign} of another kind, which would be lost: give a directory for the report "
            f"alone, {_EXAMPLE}"
        )
    return directory


def _foreign(directory: Path) -> str:
    """What stands where a report has its own and is of none: that which a page or a stored run goes with is."""
    index, run = directory / INDEX, directory / stored.NAME
    if index.exists() and not (index.is_file() and _OURS in index.read_text(encoding="utf-8", errors="replace")):
        return f"an {INDEX}"
    if run.exists():
        stored.read(run)  # which says what is wrong with it
    whole = index.exists() or run.exists()
    folder = directory / FOLDER
    names = [name for name in (SHORT, HISTORY) if (directory / name).exists()]
    strange = [name for name in names if not whole or not (directory / name).is_file()]
    if folder.exists() and not (whole and folder.is_dir()):
        strange.append(FOLDER)
    return f"a {' and a '.join(strange)}" if strange else ""


def put(run: Run, directory: Path, drawn: Mapping[str, bytes], against: Run | None = None) -> str:
    """Put a run into the directory, among what stands there from earlier ones; returns the short text.

    `drawn`: the files of its pictures, by their places.
    """
    path = directory / stored.NAME
    with _alone_in(directory):
        whole = merged(stored.read(path), run) if path.exists() else run
        shown = (picture for picture in whole.pictures if picture.date == run.latest.date)
        for place in (place for picture in shown for place in picture.places):
            _write(directory / place, drawn[place])
        _write(path, stored.as_text(whole).encode())
        return _draw(whole, directory, against)


def draw(run: Run, directory: Path, against: Run | None = None) -> str:
    """Write the page and the short text of a run as it is; returns the latter."""
    with _alone_in(directory):
        return _draw(run, directory, against)


def _draw(run: Run, directory: Path, against: Run | None) -> str:
    since = None if against is None else changes(against, run)
    short = markdown.text(run, since)
    figures = verdict_plots(run, directory, addresses(run))
    _write(directory / INDEX, page.text(run, since, figures, overview(run, directory)).encode())
    _write(directory / SHORT, short.encode())
    return short


@contextmanager
def _alone_in(directory: Path) -> Iterator[None]:
    """Wait until nobody else writes into the directory, so that what stands there is never a mix of two reports.

    The directory itself is locked, and no file is left behind; some network file systems have no such locks.
    """
    opened = os.open(directory, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)  # which unlocks it


def brought(run: Run, source: Path, directory: Path) -> Run:
    """The run with the pictures of what was trained copied from beside it, without those that are not there."""
    there = [picture for picture in run.pictures if all(_is_below(source, place) for place in picture.places)]
    for place in (place for picture in there for place in picture.places):
        if not (directory / place).exists() or not (directory / place).samefile(source / place):
            _write(directory / place, (source / place).read_bytes())
    return replace(run, pictures=tuple(there))


def _is_below(directory: Path, place: str) -> bool:
    """Whether a picture stands where its place says, in the directory or below."""
    path = PurePosixPath(place)
    return not path.is_absolute() and ".." not in path.parts and (directory / place).is_file()


def write_history(runs: Sequence[Run], directory: Path) -> None:
    """Write the page of several runs, given from the earliest to the latest."""
    _write(directory / HISTORY, history.text(runs).encode())


def _write(path: Path, content: bytes) -> None:
    """Write a file in one move, so that nobody reads half of it."""
    path.parent.mkdir(exist_ok=True)
    half_written = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        half_written.write_bytes(content)
        os.replace(half_written, path)
    finally:
        half_written.unlink(missing_ok=True)
