"""How many seeds a file is told to draw."""

import pytest

FILE = '''
@primary("test_near", "test_far")
class TestSmall:
    """H1: the number is small."""

    def test_near(self):
        """It is small."""
        assert Estimate(0.5, 0.4, 0.6, 32) < {near}

    def test_far(self):
        """It is tiny."""
        assert half < 9

    @undecided("a hair's breadth")
    def test_beside(self):
        """It is no matter."""
        assert half < 0.5

    def test_without_chance(self):
        """It is small for all."""
        assert over(floats(0, 1)).always(lambda x: x < 2)
'''
HEAD = """
from hypothesis.strategies import floats
from excolor.judging import over
"""


def planned(write, run, near):
    write(HEAD + FILE.replace("{near}", near))
    return [line for line in run("--plan").text.splitlines() if ".py: SEEDS = " in line]


def test_the_primary_prediction_that_needs_most_decides(write, run):
    # By an interval of 0.1 on either side at a distance of 0.14: 17 seeds, and twice that for the margin.
    assert planned(write, run, "0.64") == ["hypotheses/test_small.py: SEEDS = 64, for TestSmall::test_near"]
    assert planned(write, run, "0.9") == ["hypotheses/test_small.py: SEEDS = 32, for TestSmall::test_near"]


def test_a_near_miss_needs_what_shows_that_it_lies_at_the_threshold(write, run):
    # 0.1 within 0.0875, what a quarter of 0.55 leaves at a distance of 0.05: 42 seeds, and twice that.
    assert planned(write, run, "0.55") == ["hypotheses/test_small.py: SEEDS = 96, for TestSmall::test_near"]


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("Estimate(1.0, 0.0, 2.0, 64) < 1", "SEEDS = 512, and 2048 would be needed, for TestSmall::test_it"),
        ("Estimate(0.0, -0.5, 0.5, 8) < 0", "SEEDS = 512, and no number would settle it, for TestSmall::test_it"),
        (
            "median([0.5] * 4) < 0.9",
            "fewer than 6 seeds give a median no interval: run it with more, such as --seeds 32",
        ),
    ],
)
def test_what_no_number_of_seeds_can_promise_is_said_in_words(judge, claim, told):
    planned = judge(f'def test_it(self):\n    """It is small."""\n    assert {claim}', "--plan")
    assert f"hypotheses/test_small.py: {told}" in planned.text.splitlines()
