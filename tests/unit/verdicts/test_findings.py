"""The page of findings: that of the record as it stands, and what it says of a small one."""

import re
from pathlib import Path

import pytest

from excolor.verdicts.findings import page

ROOT = Path(__file__).parents[3]

FILE = '''"""1.1 A number."""


class TestSmall:
    """H1: the number is small. It is a number.

    Published verdict, from one seed: wrong, the number is large.
    """


class TestNothing:
    """Nothing is on record of it."""
'''
RECORD = """test,role,primary,statement,claim,published,source,restated,verdict,reason,value,low,high,n,seeds,again
TestSmall::test_a,prediction,primary,The number is small,< 1,2,Ex 1,,disconfirmed,large,2.12345,2,2.5,32,0..31,1.000
TestSmall::test_b,prediction,,The number is odd,always,,,,confirmed,,holds for all 9 inputs tried,,,,,1.000
TestSmall::test_c,control,,A number is a number,> 0,,,,confirmed,,1,1,1,32,0..31,1.000
"""
SAID = """
## 1.1 A number

**H1: the number is small**: disconfirmed. Published: wrong, from one seed. Beside it 1 confirmed.

- disconfirmed: The number is small: 2.1 [2.0, 2.5] (32 seeds), claimed < 1; published 2
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "hypotheses"
    (folder / "record").mkdir(parents=True)
    return folder


@pytest.mark.parametrize("name", ["findings", "beyond"])
def test_the_page_that_stands_is_that_of_the_record(name):
    written = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    folder = re.search(r"excolor\.verdicts\.findings (\S+) > ", written)[1]
    assert written == page(ROOT / folder), "write it anew, as it says itself"


def test_of_a_small_record(folder):
    (folder / "test_ex_1.py").write_text(FILE)
    (folder / "test_ex_2.py").write_text(FILE)  # never recorded
    (folder / "record" / "test_ex_1.csv").write_text(RECORD)
    written = page(folder)
    assert written.endswith(SAID)
    assert "The record of 1 hypotheses and of the 1 primary predictions" in written
    assert "1 is disconfirmed." in written
    assert "The other predictions, 1 of them," in written


def test_experiments_come_in_the_order_of_their_numbers(folder):
    for number in ("2_10", "2_9", "2_9_1"):
        (folder / f"test_ex_{number}.py").write_text(FILE.replace("1.1", number))
        (folder / "record" / f"test_ex_{number}.csv").write_text(RECORD)
    titles = [line for line in page(folder).splitlines() if line.startswith("## ")]
    assert titles == ["## 2_9 A number", "## 2_9_1 A number", "## 2_10 A number"]
