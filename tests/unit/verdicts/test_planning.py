"""How many seeds a file is told to draw."""

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
