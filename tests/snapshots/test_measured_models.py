"""Which models each hypothesis file trains, and which of them each of its tests measures, without training any.

A verdict alone does not tell: 2.10 once compared with itself, in the place of 2.9, left each as it was on record.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from syrupy.extensions.json import JSONSnapshotExtension

ROOT = Path(__file__).parents[2]
OF_OUR_OWN = (
    "test_as_meant",
    "test_ex_1_7_constant",
    "test_ex_2_4_1_to_2_10_1",
    "test_ex_2_8_to_2_9",
    "test_ex_2_9_to_2_10",
)
"""Of the questions of our own, those that compare published runs, or change single terms and weights of them."""

FILES = {
    path.stem: str(path)
    for path in sorted((ROOT / "tests/hypotheses").rglob("test_*.py"))
    if "excolor.experiments" in path.read_text(encoding="utf-8")
    and (path.parent.name == "hypotheses" or path.stem in OF_OUR_OWN)
}
"""Those that train."""


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """What the stand-ins of models tell, by file."""
    told = tmp_path_factory.mktemp("stand_ins") / "record.json"
    shared = [ROOT, ROOT / "tests/snapshots", ROOT / "tests/unit/experiments"]
    options = ["-p", "stand_ins", "-p", "no:cacheprovider", "-n", "0", "--seeds", "1", "--tb", "no", "-q"]
    subprocess.run(
        [sys.executable, "-m", "pytest", *options, *FILES.values()],
        cwd=ROOT,
        env=os.environ | {"STAND_INS": str(told), "PYTHONPATH": os.pathsep.join(map(str, shared))},
        capture_output=True,
        check=False,  # no verdict is as recorded
    )
    return json.loads(told.read_text(encoding="utf-8"))


def by_cases(told):
    """What a test measures: of all its cases, or of those together that measure alike."""
    alike = {}
    for case, models in told.items():
        alike.setdefault(tuple(models), []).append(case)
    found = {", ".join(cases): list(models) for models, cases in alike.items()}
    return found if len(found) > 1 else next(iter(found.values()))


@pytest.mark.parametrize("file", FILES)
def test_trains_and_measures(record, file, snapshot):
    said = {key: record[file][key] for key in ("seeds", "conditions", "fixtures")}
    said["tests"] = {test: by_cases(told) for test, told in record[file]["tests"].items()}
    assert said == snapshot.use_extension(JSONSnapshotExtension)


@pytest.mark.parametrize("file", FILES)
def test_fixtures_of_two_names_hand_out_different_models(record, file):
    """A fixture that a class makes its own, and so hands out several, is left out."""
    models = [of_fixture[0] for of_fixture in record[file]["fixtures"].values() if len(of_fixture) == 1]
    assert sorted(models) == sorted(set(models))


@pytest.mark.parametrize("file", FILES)
def test_every_condition_is_measured(record, file):
    measured = {each for by_case in record[file]["tests"].values() for told in by_case.values() for each in told}
    idle = [name for name in record[file]["conditions"] if not any(told.startswith(name) for told in measured)]
    assert idle == []


@pytest.mark.parametrize("file", FILES)
def test_what_a_test_asks_for_it_measures(record, file):
    assert record[file]["idle"] == []
