"""The examples of docs/write-your-own-claim.md run as they stand, in a directory of somebody else's."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from excolor import Experiment
from excolor.conditions import FieldError, Regularizer

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "write-your-own-claim.md").read_text(encoding="utf-8")
EXAMPLES = ("test_green.py", "test_own_regularizer.py", "test_own_measure.py")


@pytest.fixture
def run(pytester):
    """Run an example where a user would have it."""

    def run(name, *options):
        folder = pytester.mkdir("hypotheses")
        shutil.copy(DOCS / "examples" / name, folder)
        # Where this run has excolor by the path of an installation, pytest warns that it cannot rewrite it again.
        strict = ("-W", "error", "-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning")
        return pytester.runpytest_inprocess(*strict, "--import-mode=importlib", *options, f"hypotheses/{name}")

    return run


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_prediction_is_confirmed(run, name):
    result = run(name)
    result.assert_outcomes(passed=len(re.findall("def test_", source(name))))
    assert re.search(r"1 hypothesis: 1 confirmed\. \d predictions? \(\d confirmed\) and 1 control, all", told(result))


@pytest.mark.parametrize("name", EXAMPLES)
def test_in_models_that_nothing_has_shaped_none_is(run, name):
    """As each says of itself by `@fails_under`; its control holds there too."""
    result = run(name, "--null", "unregularized")
    predictions = len(re.findall("def test_", source(name))) - 1
    result.assert_outcomes(passed=1, failed=predictions)
    assert f"({predictions} disconfirmed) and 1 control" in told(result)


def source(name):
    return (DOCS / "examples" / name).read_text(encoding="utf-8")


def told(result):
    return " ".join(result.stdout.str().split())


def test_the_page_shows_each_example_and_links_to_it():
    assert re.findall(r"\{literalinclude\} examples/(\S+)\n:language: python", PAGE) == list(EXAMPLES)
    assert set(EXAMPLES) == {path.name for path in (DOCS / "examples").iterdir() if path.suffix == ".py"}
    for name in EXAMPLES:
        assert f"(examples/{name})" in PAGE


def test_the_snippets_of_the_page_run():
    """One after the other, as they are read."""
    names = {}
    for snippet in re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL):
        exec(compile(snippet, "write-your-own-claim.md", "exec"), names)
    assert names["with_green"].terms[-1] == names["anchor"]
    assert names["shrunk"].sizes == {"seed": 4}
    assert names["deleted"].seeds == names["erasure"].seeds == names["models"].seeds


def test_the_refusal_that_the_page_shows():
    (shown,) = re.findall(r"^```text\nFieldError: (.*?)\n    \.\.\.\n```$", PAGE, flags=re.MULTILINE | re.DOTALL)
    with pytest.raises(FieldError) as refused:
        Experiment(hidden_layers=3)
    assert str(refused.value).startswith(shown)


def test_what_python_says_of_a_regularizer_that_is_not_frozen():
    (quoted,) = re.findall(r"itself refuses it \(`(.*?)`\)", " ".join(PAGE.split()))
    with pytest.raises(TypeError, match=f"^{quoted}$"):

        @dataclass
        class Melting(Regularizer):  # type: ignore[misc]
            scale: float
