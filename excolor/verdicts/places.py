"""Where hypothesis files lie: below a directory called `hypotheses`, or where pytest's configuration says.

`excolor_hypotheses = ["claims", "notes/test_red.py"]` names directories, and files, as seen from pytest's root
directory. What lies anywhere else is then no hypothesis, whatever its directory is called.
"""

import os
from functools import lru_cache
from pathlib import Path

import pytest

PLACES = "excolor_hypotheses"
FOLDER = "hypotheses"
"""The name of the directory of hypothesis files where the configuration has none."""
EXAMPLE = f'{PLACES} = ["claims"]'


def declare_places(parser: pytest.Parser) -> None:
    """Tell pytest of the option."""
    parser.addini(
        PLACES,
        "the directories and files of hypotheses, as seen from the root directory "
        f"(default: whatever lies below a directory called {FOLDER})",
        type="args",
        default=None,
    )


def places(config: pytest.Config) -> tuple[Path, ...] | None:
    """The directories and files that the configuration names; None if it says nothing of them."""
    named: list[str] | None = config.getini(PLACES)
    return None if named is None else tuple(Path(os.path.normpath(config.rootpath / name)) for name in named)


def check_places(config: pytest.Config) -> None:
    """Refuse a place that is none: whatever it was meant to hold would be missed by nobody."""
    for place in places(config) or ():
        if not place.exists():
            raise pytest.UsageError(
                f"{PLACES} names {os.path.relpath(place, config.rootpath)}, and there is no such directory or file in "
                f"{config.rootpath}: name those of your hypotheses as seen from there, such as {EXAMPLE}"
            )


def is_hypothesis_file(path: Path, config: pytest.Config) -> bool:
    """Whether a file lies where hypotheses do."""
    return top_of(path, config) is not None


def top_of(path: Path, config: pytest.Config) -> Path | None:
    """The directory of all hypotheses that a file belongs to; None if it lies where none are."""
    named = places(config)
    if named is None:
        return called_so(path, config.rootpath)
    around = [place for place in named if path.is_relative_to(place)]
    nearest = max(around, key=lambda place: len(place.parts), default=None)
    return path.parent if nearest == path else nearest


def called_so(path: Path, root: Path) -> Path | None:
    """The nearest directory called `hypotheses` that a file lies below; None if there is none.

    Of a file in pytest's root directory it is that directory or lies in it: what is above has no say.
    """
    if FOLDER not in path.parts:  # as is quickly seen of nearly every file of other projects
        return None
    within = path.is_relative_to(root)
    above = (folder for folder in path.parents if not within or folder.is_relative_to(root))
    return next((folder for folder in above if folder.name == FOLDER), None)


@lru_cache(maxsize=256)
def folders_of(file: Path, top: Path | None = None) -> tuple[Path, ...]:
    """The folder of a hypothesis file, and those above it up to that of all hypotheses, the `top`.

    If that is not given, it is the nearest called `hypotheses`, or else the file's own folder.
    """
    top = top or called_so(file, Path(file.anchor)) or file.parent
    return tuple(folder for folder in file.parents if folder.is_relative_to(top))
