"""The catalogue of faults fits the project as it is; whether each is caught is asked of tests/faults alone."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from catalogue import CATALOGUE
from each_control_can_fail import NEVER
from fault import Fault, FaultError

from excolor.verdicts.record import recorded_rows

ROOT = Path(__file__).parents[2]


def unfit(fault):
    """Why a fault is none that could be tried."""
    path = ROOT / fault.file
    if not path.is_file():
        return f"there is no file {fault.file}"
    try:
        wrong = fault.made_in(path.read_text(encoding="utf-8"))
        if path.suffix == ".py":
            ast.parse(wrong)
    except (FaultError, SyntaxError) as problem:
        return str(problem)
    if "\n" in fault.line + fault.wrong:
        return "it is longer than a line"
    return None if fault.line != fault.wrong else "it changes nothing"


@pytest.mark.parametrize("room", sorted({fault.file.rpartition("/")[0] for fault in CATALOGUE}))
def test_every_line_stands_there_once_and_its_fault_is_python(room):
    faults = [fault for fault in CATALOGUE if fault.file.rpartition("/")[0] == room]
    assert {str(fault): why for fault in faults if (why := unfit(fault))} == {}


def found_in(node, path):
    """The node ids of the tests in a file or a class."""
    for each in node.body:
        if isinstance(each, ast.ClassDef):
            yield from found_in(each, f"{path}::{each.name}")
        elif isinstance(each, ast.FunctionDef):
            yield f"{path}::{each.name}"


def test_every_named_test_exists():
    files = {fault.test.partition("::")[0] for fault in CATALOGUE}
    known = {test for file in files for test in found_in(ast.parse((ROOT / file).read_text(encoding="utf-8")), file)}
    assert {fault.test for fault in CATALOGUE} - known == set()


def test_a_fault_is_caught_by_a_test_of_its_own_kind():
    """By one of units, not by a snapshot or a verdict, which do not say what is wrong."""
    assert {fault.test for fault in CATALOGUE if not fault.test.startswith("tests/unit/")} == set()


def test_the_controls_that_no_null_moves_are_on_record():
    for name in NEVER:
        file, _, control = name.partition(".")
        rows = recorded_rows(ROOT / "tests" / "hypotheses" / f"{file}.py").values()
        assert {row["role"] for row in rows if row["test"].partition("[")[0] == control} == {"control"}, name


def test_none_stands_there_twice():
    assert {fault: many for fault, many in Counter(map(str, CATALOGUE)).items() if many > 1} == {}


@pytest.mark.parametrize(
    ("line", "count"), [("x = 3", 0), ("x = 1", 2), ("", 12)], ids=["nowhere", "twice", "everywhere"]
)
def test_a_line_that_is_not_there_once_is_refused(line, count, tmp_path):
    tmp_path.joinpath("small.py").write_text("x = 1\nx = 1")
    with pytest.raises(FaultError) as refused:
        Fault("small.py", line, "x = 2", "").put_into(tmp_path)
    assert str(refused.value) == (
        f"small.py has {line!r} {count} times: a fault names what stands there exactly once, for example the whole "
        "line; if the line has changed, so must the fault"
    )
    assert tmp_path.joinpath("small.py").read_text() == "x = 1\nx = 1"


def test_one_that_is_there_once_is_changed(tmp_path):
    tmp_path.joinpath("small.py").write_text("x = 1\ny = x\n")
    Fault("small.py", "y = x", "y = -x", "").put_into(tmp_path)
    assert tmp_path.joinpath("small.py").read_text() == "x = 1\ny = -x\n"
