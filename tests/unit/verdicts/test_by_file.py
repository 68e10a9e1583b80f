"""Workers are handed whole files where there are hypotheses, and nowhere else."""

import pytest

from excolor.verdicts.by_file import pytest_cmdline_main as before_xdist

BY_FILE, BY_TEST = ("loadfile", False), ("load", True)


@pytest.fixture
def dealt(pytester):
    """A function: how xdist deals out the tests of a run, and whether in an order of its own."""

    def dealt(*options):
        config = pytester.parseconfig(*options)
        next(before_xdist(config))
        config.pluginmanager.get_plugin("xdist").pytest_cmdline_main(config)
        return config.option.dist, config.option.loadscopereorder

    return dealt


@pytest.mark.parametrize(
    ("options", "how"),
    [
        (["-n2"], BY_FILE),
        (["-nauto"], BY_FILE),
        (["-n2", "tests"], BY_FILE),
        (["-n2", "tests/hypotheses"], BY_FILE),
        (["-n2", "tests/hypotheses/test_a.py::TestSmall"], BY_FILE),
        (["-n2", "tests/unit", "tests/hypotheses/deep"], BY_FILE),
        (["-n2", "tests/unit"], BY_TEST),
        (["-n2", "-o", "norecursedirs=tests"], BY_TEST),
        (["-n2", "tests/unit", "-o", "excolor_hypotheses=tests/hypotheses"], BY_FILE),
        (["-n2", "-o", "excolor_hypotheses="], BY_TEST),
        (["-n2", "--dist=load"], BY_TEST),
        (["-n2", "-d"], BY_TEST),
        (["-n2", "--dist=worksteal"], ("worksteal", True)),
        (["-n2", "--dist=loadfile"], ("loadfile", True)),
        (["-n0"], ("no", True)),
        ([], ("no", True)),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else given[0],
)
def test_by_file_where_there_are_hypotheses_and_nothing_else_is_chosen(pytester, dealt, options, how):
    for directory in ("hypotheses/deep", "unit"):
        pytester.path.joinpath("tests", directory).mkdir(parents=True)
    assert dealt(*options) == how


def test_without_hypotheses_xdist_is_left_alone(pytester, dealt):
    pytester.mkdir("tests").joinpath("hypotheses.py").touch()
    assert dealt("-n2") == BY_TEST


def test_without_xdist_there_is_nothing_to_choose(pytester):
    pytester.mkdir("hypotheses")
    config = pytester.parseconfig("-p", "no:xdist")
    next(before_xdist(config))
    assert not hasattr(config.option, "dist")


FILE = '''
import os


@pytest.fixture(scope="module")
def shared():
    """What takes long to make."""
    with open("made", "a") as made:
        print(os.environ["PYTEST_XDIST_WORKER"], file=made)


class TestSmall:
    """H1: the number is small."""

    @pytest.mark.parametrize("limit", [0.7, 0.8, 0.9, 1.0])
    def test_it(self, shared, limit):
        """It is small."""
        assert half < limit
'''


def test_no_two_workers_make_the_same(pytester, write):
    write(FILE)
    result = pytester.runpytest_subprocess("-n2", "-v")
    result.stdout.fnmatch_lines(["scheduling tests via LoadFileScheduling", "*4 passed*"])
    assert len(pytester.path.joinpath("made").read_text().split()) == 1
