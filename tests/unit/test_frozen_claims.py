"""Every hypothesis file claims what it claimed when its seeds were drawn, and is on record on these."""

from pathlib import Path

import pytest

from excolor.verdicts.freezing import EXPLORING, drawn_for, spent
from excolor.verdicts.record import recorded_rows

FILES = sorted((Path(__file__).parents[1] / "hypotheses").rglob("test_*.py"))
files = pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])


@files
def test_claims_are_as_frozen(file):
    draw = drawn_for(file)
    assert draw is not None
    assert draw.first_seed >= EXPLORING
    assert spent(file) == ""


@files
def test_the_record_is_of_the_seeds_that_were_drawn(file):
    first = str(drawn_for(file).first_seed)
    assert {row["seeds"].partition("..")[0] for row in recorded_rows(file).values()} <= {first, ""}


def test_at_most_fifteen_reasons_for_restating():
    """By hand they were found to be mistakes of reasoning; more of them would be a habit."""
    reasons = {row["restated"] for file in FILES for row in recorded_rows(file).values()} - {""}
    assert 0 < len(reasons) <= 15
