"""Every hypothesis says what was published of it, so that the summary can set our verdict beside that."""

import ast
from pathlib import Path

import pytest

HYPOTHESES = {
    f"{path.stem}.{node.name}": ast.get_docstring(node)
    for path in sorted((Path(__file__).parents[1] / "hypotheses").glob("test_*.py"))
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, ast.ClassDef) and node.name.startswith("Test")
}


def test_there_are_hypotheses():
    assert "test_ex_2_8.TestRedAloneIsDeleted" in HYPOTHESES


@pytest.mark.parametrize("docstring", HYPOTHESES.values(), ids=HYPOTHESES)
def test_a_hypothesis_names_its_published_verdict_and_what_that_rests_on(docstring):
    _, _, background = docstring.partition("\n\n")
    verdict, _, _ = background.partition(":")
    assert verdict.startswith("Published verdict, ")
    assert "seed" in verdict or "figure" in verdict
