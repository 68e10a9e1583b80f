"""Every control of a hypothesis fails in a world that is made so that it should.

A default run does not collect this file, whose name does not begin with `test_`. It is asked for by

    pytest -n 0 tests/faults/each_control_can_fail.py

It runs the main job once as it is and once under each of the nulls (`--null`), each with all processors.
"""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from excolor.verdicts.nulls import NULLS

ROOT = Path(__file__).parents[2]
SEEDS = "32"

NEVER = {
    "test_ex_1_6.TestSmallerSpikes::test_spike_would_show": "puts a spike of its own into any loss",
    "test_ex_2_4_1.TestSuppressionGoesWithSimilarity::test_gray_answer_fits_worse": "its null is a model that fits",
    "test_ex_2_5_1.TestSuppressionGoesWithSimilarity::test_gray_answer_fits_worse": "its null is a model that fits",
    "test_ex_2_7_1.TestDeletionTakesHueAlone::test_other_dimensions_fit_worse": "no dimension fits there",
    "test_ex_2_7_1_colors.TestHuesTurnDarkOrBright::test_the_other_plane_does_so_in_few_seeds": "hues lie elsewhere",
    "test_ex_2_9_1_besides.TestFewRowsAreLabeled::test_label_of_the_first_series_is_on_more": "labels are drawn alike",
    "test_ex_2_11.TestLabelsAreAsRare::test_labels_of_the_first_series_are_more": "labels are drawn alike",
}
"""Controls that no null moves, and why."""


def confirmed(tmp_path, *options):
    """The controls that are confirmed in a run, by file, class and method; of those alone that measure models."""
    xml = tmp_path / "junit.xml"
    command = [sys.executable, "-m", "pytest", "-n", "auto", "-q", "-p", "no:cacheprovider", "tests/hypotheses"]
    subprocess.run(
        [*command, "--seeds", SEEDS, f"--junitxml={xml}", *options], cwd=ROOT, capture_output=True, check=False
    )
    found = set()
    for case in ElementTree.parse(xml).iter("testcase"):
        told = {each.get("name"): each.get("value") for each in case.iter("property")}
        measured = told.get("excolor.role") == "control" and "excolor.estimate" in told
        if measured and told.get("excolor.verdict") == "confirmed":
            file = case.get("classname").split(".")[-2]
            found.add(f"{file}.{told['excolor.test']}")
    return found


@pytest.fixture(scope="module")
def survivors(tmp_path_factory):
    """The controls that are confirmed as it is, and under every null too."""
    left = confirmed(tmp_path_factory.mktemp("as it is"))
    assert len(left) > 300
    for null in NULLS:
        left &= confirmed(tmp_path_factory.mktemp(null), "--null", null)
    return left


def test_every_control_fails_under_some_null(survivors):
    assert {name.partition("[")[0] for name in survivors} == set(NEVER)
