"""What is on record is what tests ask for.

Syrupy fails for a snapshot that no test uses, but not where pytest is given a path and the test's file is still there.
"""

import re
from pathlib import Path

from small_figures import FIGURES
from test_measured_models import FILES

HERE = Path(__file__).parent
RECORD = HERE / "__snapshots__"


def asked_for():
    for figure in FIGURES:
        yield f"test_figures/test_says[{figure}].json"
        for style in ("light", "dark"):
            yield f"test_figures/test_looks[{style}-{figure}].png"
    for file in FILES:
        yield f"test_measured_models/test_trains_and_measures[{file}].json"
    for path in HERE.glob("test_metrics_*.py"):
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
            yield f"{path.stem}/{name}.json"


def test_nothing_is_on_record_that_no_test_asks_for(pytestconfig):
    there = {path.relative_to(RECORD).as_posix() for path in RECORD.rglob("*") if path.is_file()}
    # An update deletes it, but only at the end of the run.
    assert pytestconfig.getoption("--snapshot-update") or there - set(asked_for()) == set()
