"""What is on record of a hypothesis file, and that a row says enough to be judged again."""

from pathlib import Path

import pytest

from excolor.judging.claims import Claim
from excolor.judging.trials import Trial
from excolor.verdicts.on_record import compared, measured, recorded_files

ROOT = Path(__file__).parents[3]


def row(claim, value="0.5", low="0.4", high="0.6", n="32"):
    return {"claim": claim, "value": value, "low": low, "high": high, "n": n}


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        ("< 0.001", Claim(high=0.001, high_is_strict=True)),
        ("<= 2", Claim(high=2)),
        ("> 0.5", Claim(low=0.5, low_is_strict=True)),
        (">= 0.00003", Claim(low=0.00003)),
        ("between 0.5 and 2", Claim(0.5, 2)),
    ],
)
def test_a_claim_is_what_its_words_say(words, claim):
    comparison = compared(row(words))
    assert comparison.claim == claim
    assert str(comparison.estimate) == "0.50 [0.40, 0.60] (32 seeds)" == measured(row(words))


@pytest.mark.parametrize(
    ("claim", "value", "trial"),
    [
        ("always", "holds for all 200 inputs tried", Trial(200)),
        ("always", "fails", Trial(1, "some")),
        ("not always", "found", Trial(1, "some", expected=False)),
        ("not always", "found for none of 200 inputs tried", Trial(200, expected=False)),
    ],
)
def test_what_goes_without_chance_is_what_its_words_say(claim, value, trial):
    assert compared(row(claim, value, "", "", "")) == trial
    assert measured(row(claim, value, "", "", "")) == value


@pytest.mark.parametrize("folder", ["tests/hypotheses", "tests/hypotheses/beyond"])
def test_each_row_of_the_record_is_judged_again_as_it_was(folder):
    rows = [row for file in recorded_files(ROOT / folder) for each in file.hypotheses for row in each.rows]
    assert [row["test"] for row in rows if compared(row).verdict != row["verdict"]] == []
    assert len(rows) > 200
