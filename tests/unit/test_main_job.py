"""The main job is the published claims; questions of our own run if somebody names them."""

import importlib.util
from pathlib import Path
from types import SimpleNamespace

import pytest

HYPOTHESES = Path(__file__).parents[1] / "hypotheses"


@pytest.fixture(scope="module")
def ignores():
    """A function: whether a folder of hypotheses is left out of a run with these arguments."""
    spec = importlib.util.spec_from_file_location("conftest_of_hypotheses", HYPOTHESES / "conftest.py")
    conftest = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conftest)

    def ignores(folder, *arguments):
        here = SimpleNamespace(dir=HYPOTHESES.parents[1])
        return conftest.pytest_ignore_collect(folder, SimpleNamespace(invocation_params=here, args=list(arguments)))

    return ignores


@pytest.mark.parametrize(
    ("arguments", "left_out"),
    [
        (["tests"], True),
        (["tests/hypotheses"], True),
        (["tests/hypotheses/test_ex_2_9.py"], True),
        (["tests/hypotheses/beyond"], None),
        (["tests/hypotheses", "tests/hypotheses/beyond/"], None),
        (["tests/hypotheses/beyond/test_recovery.py::TestRedComesBackWithoutReds"], None),
    ],
    ids=str,
)
def test_questions_of_our_own_run_if_they_are_named(ignores, arguments, left_out):
    assert ignores(HYPOTHESES / "beyond", *arguments) is left_out


def test_all_else_is_left_to_pytest(ignores):
    assert ignores(HYPOTHESES / "record", "tests/hypotheses") is None
    assert ignores(HYPOTHESES / "test_ex_2_9.py", "tests/hypotheses") is None
