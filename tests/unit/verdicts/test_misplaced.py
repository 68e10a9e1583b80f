"""A hypothesis where none are is an ordinary test, and whoever runs it is told."""

import pytest

# Ignored in this project, since tests of its code train and compare; the runs within these tests would inherit that.
pytestmark = pytest.mark.filterwarnings("default:.*is no hypothesis file")

MARKED = '''
class TestSmall:
    """H1: the number is small."""

    @disconfirmed("it is larger")
    def test_it(self):
        """It is small."""
        assert half < 0.3

    @control
    def test_control(self):
        """It could have been large."""
        assert half > 0.3
'''
COMPARED = "def test_it():\n    assert half < 0.9\n"
TRAINED = "def test_it(trained):\n    assert callable(trained)\n"
TOLD = "but tests/test_small.py is no hypothesis file: it is an ordinary test, without a verdict."
MOVE = "Move the file into a directory called hypotheses, or"
MOVE_WHERE_NAMED = "Move the file to where hypotheses lie, or"
NAME = "name it in pytest's configuration, beside any other place of hypotheses: excolor_hypotheses = [{places}]."
IGNORE = (
    'If it is not meant to be one, have pytest say nothing of it: filterwarnings = ["ignore:.*is no hypothesis file"].'
)
SHOWN = [
    (MARKED, "test_it is marked @disconfirmed"),
    (MARKED.replace("@disconfirmed", "@pytest.mark.xfail(reason=str)\n    @undecided"), "test_it is marked @undecided"),
    (MARKED.replace('    @disconfirmed("it is larger")\n', "").replace("0.3", "0.2"), "test_it compares an Estimate"),
    ('@primary("test_it")\n' + MARKED.replace('    @disconfirmed("it is larger")\n', ""), "test_it is marked @primary"),
    (
        '@pytest.mark.parametrize("limit", [0.3])\n@disconfirmed("no", case="0.3")\ndef test_it(limit):\n'
        "    assert half < limit\n",
        "test_it is marked @disconfirmed",
    ),
    (COMPARED, "test_it compares an Estimate"),
    (TRAINED, "test_it asks for trained"),
    (TRAINED.replace("trained", "trained_together"), "test_it asks for trained_together"),
    ("@pytest.fixture\ndef made(trained):\n    return trained\n\n" + TRAINED.replace("trained", "made"),
     "test_it asks for trained"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "shown"), SHOWN)
def test_it_is_told_once_and_what_to_do(write, run, body, shown):
    result = run_outside(write, run, body)
    name = NAME.format(places='"tests/test_small.py"')
    assert warned_of(result) == [f"{shown}, {TOLD} {MOVE} {name} {IGNORE}"]
    assert result.summary == ""


def run_outside(write, run, body, *options):
    write(body, directory="tests")
    return run(*options)


def warned_of(result):
    """What each warning says."""
    split = (line.partition("MisplacedHypothesisWarning: ") for line in result.text.splitlines())
    return [said for _, warned, said in split if warned]


@pytest.mark.parametrize("places", [["claims", "test_a.py"], []])
@pytest.mark.parametrize(("body", "shown"), SHOWN)
def test_nor_does_it_go_unsaid_where_the_configuration_names_other_places(pytester, write, run, body, shown, places):
    pytester.mkdir("claims")
    pytester.makepyfile(test_a="")
    result = run_outside(write, run, body, "tests", "-o", f"excolor_hypotheses={' '.join(places)}")
    name = NAME.format(places=", ".join(f'"{place}"' for place in [*places, "tests/test_small.py"]))
    assert warned_of(result) == [f"{shown}, {TOLD} {MOVE_WHERE_NAMED} {name} {IGNORE}"]


OF_OTHERS = """
import pytest


@pytest.fixture
def trained():
    return "somebody else's"


@pytest.mark.control
@pytest.mark.of_case("theirs")
@pytest.mark.xfail(raises=ValueError)
def test_it(trained):
    raise ValueError
"""


def test_what_has_the_name_of_ours_and_is_not_is_left_alone(write, run):
    write(OF_OTHERS, directory="tests", head="")
    result = run()
    assert result.outcomes == {"test_it": "xfailed"}
    assert warned_of(result) == []


def test_a_hypothesis_in_its_place_is_told_nothing(write, run):
    write(MARKED)
    assert warned_of(run()) == []


@pytest.mark.parametrize("name", ["small", "test"])
def test_a_hypothesis_in_a_file_that_pytest_passes_by_is_told_of(write, run, name):
    write(MARKED)
    write(MARKED, name)
    result = run()
    assert warned_of(result) == [
        f"hypotheses/{name}.py has predictions and is no hypothesis file, since pytest passes it by: its name is not "
        f"test_*.py or *_test.py. Call it test_{name}.py. {IGNORE}"
    ]
    assert result.outcomes == {"test_it": "xfailed", "test_control": "passed"}


@pytest.mark.parametrize(
    "body", ["", "class Small:\n    def test_it(self):\n        ...\n", "class TestError(ValueError):\n    ...\n"]
)
def test_what_hypotheses_share_is_not(write, run, body):
    write(MARKED)
    write(body, "small")
    assert warned_of(run()) == []


def test_nor_is_a_file_that_is_named_or_lies_elsewhere(write, run):
    path = write(MARKED, "small")
    write(MARKED, "small", "tests")
    result = run(path)
    assert result.outcomes == {"test_it": "xfailed", "test_control": "passed"}
    assert warned_of(result) == []
    assert warned_of(run("tests")) == []


def test_it_can_be_ignored_as_it_says(pytester, write, run):
    assert run_outside(write, run, COMPARED, "-Werror").outcomes == {"test_it": "failed"}
    pytester.makepyprojecttoml('[tool.pytest]\nfilterwarnings = ["error", "ignore:.*is no hypothesis file"]\n')
    assert run().outcomes == {"test_it": "passed"}
