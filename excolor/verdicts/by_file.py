"""Workers of xdist are handed whole files, in their order, where there are hypotheses: so no two train the same.

By default xdist deals out test by test, and whatever a file trains in its fixtures is trained by each worker that gets
one of its tests. Whoever chooses another way by `--dist` (or `-d`) gets that.
"""

import os
from collections.abc import Generator, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from excolor.verdicts.places import FOLDER, is_hypothesis_file, places


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, object, object]:
    """Choose before xdist does: a wrapper begins before any hook that is none."""
    option = config.option
    asked = getattr(option, "numprocesses", None) and option.dist == "no" and not option.distload
    if asked and _has_hypotheses(config):
        option.dist = "loadfile"
        option.loadscopereorder = False
    return (yield)


def _has_hypotheses(config: pytest.Config) -> bool:
    """Whether the configuration names hypotheses or, where it says nothing of them, what is to run may have some."""
    named = places(config)
    if named is not None:
        return bool(named)
    paths = (Path(config.invocation_params.dir, word.partition("::")[0]) for word in config.args)
    return any(is_hypothesis_file(path, config) or _leads_to_one(path, config) for path in paths)


def _leads_to_one(path: Path, config: pytest.Config) -> bool:
    """Whether a directory is called `hypotheses`, or has one of that name that pytest would look into."""
    left_out = config.getini("norecursedirs")
    return path.name == FOLDER or FOLDER in _directories(path, left_out)


def _directories(path: Path, left_out: list[str]) -> Iterator[str]:
    """The names of all directories below one, but for those of these patterns and what lies below them."""
    for _, names, _ in os.walk(path):
        names[:] = [name for name in names if not any(fnmatch(name, pattern) for pattern in left_out)]
        yield from names
