"""A hypothesis where none are is an ordinary test, and whoever runs it is told."""

import pytest

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
UNSAID = (
    "Move the file into a directory called hypotheses, or name its place in pytest's configuration: "
    'excolor_hypotheses = ["tests/test_small.py"]. If it is not meant to be one, name the places of those that are, [] '
    "if none."
)
SAID = "Move the file to a place that pytest's configuration names, or add its own: excolor_hypotheses has {places}."
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
    words = " ".join(result.text.split())
    assert words.count("MisplacedHypothesisWarning: ") == 1
    assert f"MisplacedHypothesisWarning: {shown}, {TOLD} {UNSAID}" in words
    assert result.summary == ""


def run_outside(write, run, body, *options):
    write(body, directory="tests")
    return run(*options)


@pytest.mark.parametrize("places", [["claims", "test_a.py"], []])
def test_where_the_configuration_says_where_hypotheses_lie_a_mark_is_still_one(pytester, write, run, places):
    pytester.mkdir("claims")
    pytester.makepyfile(test_a="")
    result = run_outside(write, run, MARKED, "tests", "-o", f"excolor_hypotheses={' '.join(places)}")
    listed = str(places).replace("'", '"')
    assert f"test_it is marked @disconfirmed, {TOLD} {SAID.format(places=listed)}" in " ".join(result.text.split())


@pytest.mark.parametrize("body", [COMPARED, TRAINED])
def test_and_all_else_is_its_own_affair(write, run, body):
    result = run_outside(write, run, body, "-o", "excolor_hypotheses=")
    assert result.code == 0
    assert "MisplacedHypothesisWarning" not in result.text


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
    assert "MisplacedHypothesisWarning" not in result.text


def test_a_hypothesis_in_its_place_is_told_nothing(write, run):
    write(MARKED)
    assert "MisplacedHypothesisWarning" not in run().text


def test_it_can_be_filtered_by_its_category(write, run):
    result = run_outside(write, run, COMPARED, "-Werror", "-Wignore::excolor.verdicts.MisplacedHypothesisWarning")
    assert result.outcomes == {"test_it": "passed"}
    assert run("-Werror").outcomes == {"test_it": "failed"}
