"""What pyproject.toml says of versions is what is pinned, and what the workflow tries."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = {*PROJECT["dependencies"], *(each for extra in PROJECT["optional-dependencies"].values() for each in extra)}
REQUIREMENTS = [Requirement(each) for each in sorted(ASKED) if not each.startswith("excolor[")]
PINS = [
    Requirement(line)
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_every_requirement_has_one_set_of_bounds():
    """So that two extras cannot ask for different releases of a package."""
    assert len({requirement.name for requirement in REQUIREMENTS}) == len(REQUIREMENTS)


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=str)
def test_every_requirement_is_pinned_to_a_release_that_it_admits(requirement):
    (pinned,) = (pin.specifier for pin in PINS if pin.name == requirement.name)
    ((operator, release),) = ((each.operator, each.version) for each in pinned)
    assert operator == "=="
    assert requirement.specifier.contains(release)


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=str)
def test_every_requirement_says_which_release_is_the_oldest(requirement):
    """Which `.ci/try-versions lowest` installs."""
    assert re.match(r"[a-z0-9-]+>=[\d.]+", str(requirement))


def test_the_workflow_runs_on_every_python_that_is_classified():
    classified = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    (tried,) = re.findall(r"^ +python: (\[.*\])$", workflow, flags=re.MULTILINE)
    assert ast.literal_eval(tried) == classified
    assert PROJECT["requires-python"] == f">={classified[0]}"
