"""A hypothesis outside of the places of hypotheses is an ordinary test, without a verdict: whoever runs one is told.

It shows by a mark of ours, which does nothing there, or by what few but hypotheses do: asking for trained models, or
comparing an Estimate. A test that does so and is none is told how to have nothing said of it. One in its place, but
in a file that pytest passes by for its name, is told of too.
"""

import os
import re
import sys
from collections.abc import Generator, Iterator
from contextlib import nullcontext
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

from excolor.verdicts.assertions import code_of
from excolor.verdicts.marks import is_record, written_above
from excolor.verdicts.outcomes import MisplacedHypothesisWarning
from excolor.verdicts.places import FOLDER, PLACES, is_hypothesis_file, places

_FIXTURES = ("trained", "trained_together")
IGNORED = "ignore:.*is no hypothesis file"
"""By its words: had pytest's configuration to name its class, pytest would import us before it loads us as a plugin."""
_SAY_NOTHING = f'have pytest say nothing of it: filterwarnings = ["{IGNORED}"]'
_TOLD = pytest.StashKey[set[Path]]()
"""The files that were warned of."""


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Generator[None, list[object], list[object]]:
    """Warn of a file in a place of hypotheses that looks like one and is not collected."""
    collected = yield
    if not collected and file_path.suffix == ".py" and is_hypothesis_file(file_path, parent.config):
        source = file_path.read_text(encoding="utf-8", errors="replace")
        if re.search(r"^class Test\w*.*?^    def test_", source, re.MULTILINE | re.DOTALL):
            parent.warn(MisplacedHypothesisWarning(_passed_by(file_path, parent.config)))
    return collected


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Warn of a file once, at the first of its tests that shows it."""
    __tracebackhide__ = True  # where warnings are errors, this is not where it went wrong
    told = pyfuncitem.config.stash.setdefault(_TOLD, set())
    if pyfuncitem.path in told or is_hypothesis_file(pyfuncitem.path, pyfuncitem.config):
        return (yield)
    estimates = sys.modules.get("excolor.judging.estimates")  # loaded by whoever compares one
    with estimates.listening() if estimates else nullcontext(()) as asked:
        try:
            return (yield)
        finally:
            compares = any(question.frame.f_code is code_of(pyfuncitem.obj) for question in asked)
            sign = next(_signs(pyfuncitem, compares), "")
            if sign:
                told.add(pyfuncitem.path)
                pyfuncitem.warn(MisplacedHypothesisWarning(_in_words(pyfuncitem, sign)))


def _signs(item: pytest.Function, compares: bool) -> Iterator[str]:
    """By what a test shows that it is meant as a hypothesis, in words."""
    for mark in item.iter_markers():
        if written_above(mark) and (is_record(mark) or _uses_excolor(item.module)):
            yield f"is marked {written_above(mark)}"
    for name in _FIXTURES:
        if getattr(item.funcargs.get(name), "__module__", "") == "excolor.verdicts.store":
            yield f"asks for {name}"
    if compares:
        yield "compares an Estimate"


def _uses_excolor(module: ModuleType) -> bool:
    """Whether a module has taken a name from excolor, so that its marks are not somebody else's of the same name."""
    homes = (
        value.__name__ if isinstance(value, ModuleType) else str(value.__module__)
        for value in vars(module).values()
        if isinstance(value, FunctionType | ModuleType | type)
    )
    return any(home.partition(".")[0] == "excolor" for home in homes)


def _passed_by(path: Path, config: pytest.Config) -> str:
    file, names = os.path.relpath(path, config.rootpath), " or ".join(config.getini("python_files"))
    return (
        f"{file} has predictions and is no hypothesis file, since pytest passes it by: its name is not {names}. "
        f"Call it test_{path.name}. If it is not meant to be one, {_SAY_NOTHING}."
    )


def _in_words(item: pytest.Function, sign: str) -> str:
    root, named = item.config.rootpath, places(item.config)
    file = os.path.relpath(item.path, root)
    home = f"into a directory called {FOLDER}" if named is None else "to where hypotheses lie"
    listed = ", ".join(f'"{place}"' for place in [*(os.path.relpath(place, root) for place in named or ()), file])
    return (
        f"{item.originalname} {sign}, but {file} is no hypothesis file: it is an ordinary test, without a verdict. "
        f"Move the file {home}, or name it in pytest's configuration, beside any other place of hypotheses: "
        f"{PLACES} = [{listed}]. If it is not meant to be one, {_SAY_NOTHING}."
    )
