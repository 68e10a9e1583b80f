"""A run on other seeds, held against the record."""

import re

import pytest

from excolor.verdicts.replicating import Replication

FILE = '''
SEEDS = 32


def drawn(seeds, middle):
    """Numbers about a middle, others for every seed."""
    return [middle + (seed * 37 % 64 - 31.5) / 64 for seed in seeds]


class TestSmall:
    """H1: the number is small."""

    @pytest.mark.parametrize("limit", [2, 3, 4, 5, 6])
    def test_far(self, seeds, limit):
        """It is far below the limit."""
        assert median(drawn(seeds, OFFSET)) < limit

    @disconfirmed("far above")
    def test_above(self, seeds):
        """It is below zero."""
        assert median(drawn(seeds, 1 + OFFSET)) < 0

    @control
    def test_control(self, seeds):
        """It is above a low limit."""
        assert median(drawn(seeds, 1)) > 0.05
'''


@pytest.fixture
def elsewhere(write, run):
    """A function: the run on other seeds, whose numbers are higher by so much, of a file that is on record."""
    path = write(FILE.replace("OFFSET", "0.0"))
    assert run("--record").code == 0

    def elsewhere(offset, *options):
        path.write_text(path.read_text().replace("0.0)", f"{offset})"))
        return run(*(options or ("--first-seed", "1000")))

    return elsewhere


def test_what_is_alike_replicates(elsewhere):
    again = elsewhere(0.0)
    assert again.code == 0
    assert "1 control: 7 of 7 as recorded; 7 to 7 expected; none contradicted" in " ".join(again.text.split())


def test_what_moves_more_than_forecast_does_not(elsewhere):
    moved = elsewhere(2.0)  # at the threshold, where it was confirmed for sure, and another number by far
    assert moved.code == 1
    words = " ".join(moved.text.split())
    assert "6 of 7 as recorded; 7 to 7 expected, more moved than forecast; none contradicted, 6 beyond chance" in words
    assert moved.outcomes["test_far[2]"] == "xfailed"
    assert "moved: recorded confirmed" in moved.words
    assert "CHANGED" not in moved.words


def test_what_is_contradicted_fails_by_itself(elsewhere):
    against = elsewhere(2.5)
    assert against.code == 1
    assert against.outcomes["test_far[2]"] == "failed"
    assert "1 contradicted" in " ".join(against.text.split())


def test_what_lies_beyond_chance_fails_though_its_verdict_is_the_same(elsewhere):
    beyond = elsewhere(0.8)  # of numbers that reach from -0.5 to 0.5
    assert beyond.code == 1
    words = " ".join(beyond.text.split())
    assert "7 of 7 as recorded; 7 to 7 expected; none contradicted, 6 beyond chance" in words
    assert "(test_small.py::TestSmall::test_above, " in words
    assert (
        words.count("beyond chance: if seeds alone differ, a value so far from the record has a chance of 2e-06") == 6
    )
    assert set(beyond.outcomes.values()) == {"passed", "xfailed"}


BOTH = '''
class TestBoth:
    """H1: both numbers are small."""

    def test_both(self, seeds):
        """Each is small."""
        assert median([OFFSET + (seed * 37 % 64 - 31.5) / 64 for seed in seeds]) < 3
        assert median([(seed * 37 % 64 - 31.5) / 64 for seed in seeds]) < 0.9
'''


def test_of_several_comparisons_another_may_decide(write, run):
    """It is held against its own claim, not against the value of the one that decided on record."""
    path = write(BOTH.replace("OFFSET", "0.0"))
    assert run("--record").code == 0
    assert "TestBoth::test_both,prediction,primary,Each is small,< 0.9," in (
        (path.parent / "record" / f"{path.stem}.csv").read_text()
    )
    path.write_text(path.read_text().replace("0.0 +", "3.0 +"))
    words = run("--first-seed", "1000").words
    assert "moved: recorded confirmed" in words
    assert "CHANGED" not in words
    assert "0 of 1 as recorded; 1 to 1 expected, more moved than forecast; none contradicted " in f"{words} "
    assert "beyond chance" not in words


def test_a_file_without_a_record_does_not_take_the_forecast_from_the_others(elsewhere, pytester):
    path = pytester.path / "hypotheses" / "test_small.py"
    path.with_name("test_new.py").write_text(path.read_text().replace("Small", "New"))
    moved = elsewhere(2.0)
    assert moved.code == 1
    words = " ".join(moved.text.split())
    assert "6 of 7 as recorded; 7 to 7 expected, more moved than forecast; none contradicted, 6 beyond chance" in words


def test_few_seeds_have_a_forecast_of_their_own(elsewhere):
    few = elsewhere(0.0, "--seeds", "4")
    assert few.code == 0  # all are open, as they must be
    assert "0 of 7 as recorded; 0 to 0 expected, since so few seeds decide nothing; none contradicted" in " ".join(
        few.text.split()
    )


def test_so_few_that_no_median_could_differ_say_so(elsewhere):
    few = elsewhere(2.0, "--seeds", "8")  # of which all lie above any on record: a chance of 2/256, among seven
    said = "none contradicted, and no median of so few seeds can be beyond chance with --seeds 8"
    assert said in " ".join(few.text.split())


@pytest.mark.parametrize(("again", "code"), [("0.25", 0), ("0.2500001", 0), ("0.26", 1)])
def test_a_fact_is_the_same_on_any_seeds(write, run, again, code):
    fact = FILE.replace("drawn(seeds, OFFSET)", "[VALUE] * len(seeds)").replace("OFFSET", "0.0")
    path = write(fact.replace("VALUE", "0.25"))
    assert run("--record").code == 0
    path.write_text(path.read_text().replace("[0.25]", f"[{again}]"))
    few = run("--seeds", "9")
    assert few.code == code
    assert ("5 beyond chance" in few.words) is bool(code)


def test_a_claim_is_the_same_on_any_seeds(elsewhere, pytester):
    path = pytester.path / "hypotheses" / "test_small.py"
    path.write_text(path.read_text().replace("> 0.05", "> 0.01"))
    changed = elsewhere(0.0)
    assert changed.outcomes["test_control"] == "failed"
    assert "claim > 0.05, now > 0.01" in changed.messages["test_control"]


@pytest.mark.parametrize(
    ("replication", "words", "fails"),
    [
        (
            Replication(964, 974, 0, (), (958, 972)),
            "964 of 974 as recorded; 958 to 972 expected; none contradicted",
            False,
        ),
        (
            Replication(958, 974, 1, (), (958, 972)),
            "958 of 974 as recorded; 958 to 972 expected; 1 contradicted",
            False,
        ),
        (
            Replication(974, 974, 0, (), (958, 972)),
            "974 of 974 as recorded; 958 to 972 expected; none contradicted",
            False,
        ),
        (Replication(5, 9, 0, (), None), "5 of 9 as recorded; none contradicted", False),
        (
            Replication(964, 974, 0, ("TestA::test_b",), (958, 972)),
            "964 of 974 as recorded; 958 to 972 expected; none contradicted, 1 beyond chance (TestA::test_b)",
            True,
        ),
        (
            Replication(957, 974, 0, (), (958, 972)),
            "957 of 974 as recorded; 958 to 972 expected, more moved than forecast; none contradicted",
            True,
        ),
    ],
)
def test_in_words(replication, words, fails):
    assert (str(replication), replication.fails) == (words, fails)
    assert re.match(r"\d+ of \d+ as recorded", words)
