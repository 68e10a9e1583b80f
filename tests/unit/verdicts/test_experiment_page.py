"""The page of an experiment: what it says of a small record, and that it leaves nothing out of the one that stands."""

import csv
import re
from pathlib import Path

import pytest

from excolor.verdicts.experiment_page import escaped, experiment_page
from excolor.verdicts.on_record import recorded_files
from excolor.verdicts.record import COLUMNS

ROOT = Path(__file__).parents[3]
FOLDERS = ("tests/hypotheses", "tests/hypotheses/beyond")

FILE = '''"""1.1 A number.

It is drawn
anew.
"""


class TestSmall:
    """H1: x_0 and x_1 are small. They are numbers.

    Published verdict, from one seed: wrong, both are large.
    """
'''
HEADER = ",".join(COLUMNS)
ROWS = """
TestSmall::test_a,prediction,primary,The number is small,< 1,0.00006,Ex 1,,disconfirmed,large,2.12345,2,2.5,32,0..31,1
TestSmall::test_b,prediction,,The number is odd,always,,,,confirmed,,holds for all 9 inputs tried,,,,,1
TestSmall::test_c,prediction,,Its | square,> 0.5,,,> SPARED,at the threshold,,0.5,0.4,0.6,64,0..63,1
TestSmall::test_d,control,,A number is a number,> 0,,,,confirmed,,1,1,1,32,0..31,1
"""
PAGE = r"""# 1.1 A number

It is drawn anew.

`.venv/bin/pytest tests/hypotheses/test_ex_1.py` runs it. Its seeds are 0..31 and 0..63.

[Reading a verdict](../reading-a-verdict.md) says what the words and the signs mean.

## H1: x\_0 and x\_1 are small

They are numbers.

**Our verdict: x disconfirmed.**

Published verdict, from one seed: wrong, both are large.

What carries it (1 primary prediction):

| verdict | prediction | measured | claimed | published |
| --- | --- | --- | --- | --- |
| x disconfirmed | The number is small<br>*large* | 2.1 [2.0, 2.5]<br>(32 seeds) | \< 1 | 0.00006<br>Ex 1 |

Beside it (2 predictions):

| verdict | prediction | measured | claimed |
| --- | --- | --- | --- |
| + confirmed | The number is odd | holds for all 9 inputs tried | always |
| ~ at the threshold | Its \| square<br>claimed at first: \> SPARED | 0.50 [0.40, 0.60]<br>(64 seeds) | \> 0.5 |

Controls, each of which must be confirmed (1):

| verdict | control | measured | claimed |
| --- | --- | --- | --- |
| + confirmed | A number is a number | 1.0 [1.0, 1.0]<br>(32 seeds) | \> 0 |
"""


@pytest.fixture
def small(tmp_path):
    """The hypothesis file above, on record."""
    folder = tmp_path / "hypotheses"
    (folder / "record").mkdir(parents=True)
    (folder / "test_ex_1.py").write_text(FILE)
    rows = [f"{row},," if row else row for row in ROWS.splitlines()[1:]]
    (folder / "record" / "test_ex_1.csv").write_text("\n".join([HEADER, *rows, ""]))
    (file,) = recorded_files(folder)
    return file


def test_of_a_small_record(small):
    assert experiment_page(small, "tests/hypotheses").replace("\N{NO-BREAK SPACE}", " ") == PAGE


def test_figures_are_broken_between_estimate_and_seeds_alone(small):
    page = experiment_page(small, "tests/hypotheses").replace("\N{NO-BREAK SPACE}", "_")
    assert "| 2.1_[2.0,_2.5]<br>(32_seeds) |" in page


def test_code_stays_as_it_is_and_markup_becomes_text():
    assert escaped("a*b_c [d] <e> | \\ of `f_g*h`") == r"a\*b\_c \[d\] \<e\> \| \\ of `f_g*h`"


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_row_of_the_record_is_on_a_page(folder):
    pages = {file.path.stem: experiment_page(file, folder) for file in recorded_files(ROOT / folder)}
    tables = sorted((ROOT / folder / "record").glob("*.csv"))
    assert sorted(pages) == [table.stem for table in tables]
    for table in tables:
        with table.open(newline="", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        told = re.findall(r"^\| [+x~?]\S* ?.*\|$", pages[table.stem], flags=re.MULTILINE)
        assert len(told) == len(rows)
        assert [row["statement"] for row in rows if escaped(row["statement"]) not in pages[table.stem]] == []
