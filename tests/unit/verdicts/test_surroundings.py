"""Wherever and however a run is started, it ends in the same summary, exit status and XML: docs/surroundings.md."""

import xml.etree.ElementTree as ET
from importlib.metadata import entry_points
from types import SimpleNamespace

import pytest

from excolor.verdicts import collection

CLAIMS = '''
class TestFirst:
    """H1: the number is small."""

    def test_confirmed(self):
        """It is below 0.9."""
        assert half < 0.9

    @disconfirmed("it is larger")
    def test_disconfirmed(self):
        """It is below 0.3."""
        assert half < 0.3

    @control
    def test_control(self):
        """It could have been above 0.3."""
        assert half > 0.3


class TestSecond:
    """H2: the number is large."""

    def test_changed(self):
        """It is above 0.9."""
        assert half > 0.9

    @undecided("it lies there")
    def test_undecided(self):
        """It is above 0.5."""
        assert half > 0.5
'''
OTHERS = {
    "randomly": ["--randomly-seed=1"],
    "timeout": ["--timeout=60"],
    "pytest_cov": ["--cov=hypotheses", "--cov-report="],
    "html": ["--html=page.html", "--self-contained-html"],
    "rerunfailures": [],
    "asyncio": [],
    "flaky": [],
}
"""Other plugins, by the names that pytest knows them by, and the options that set them to work."""
INSTALLED = sorted(OTHERS.keys() & entry_points(group="pytest11").names)
WITHOUT = [option for name in OTHERS for option in ("-p", f"no:{name}")]


def properties(path):
    """What the XML says of each test."""
    return {
        (case.get("classname"), case.get("name")): (
            {each.get("name"): each.get("value") for each in case.iter("property")},
            sorted(part.tag for part in case),
        )
        for case in ET.parse(path).iter("testcase")
    }


@pytest.fixture
def plain(write, run, pytester):
    """A run of two files as the README has it: its exit status, its summary, and what its XML says."""
    write(CLAIMS, "test_a")
    write(CLAIMS, "test_b", title="Experiment 0.2: more of them")
    result = run("--junitxml=plain.xml", *WITHOUT)
    assert result.code == pytest.ExitCode.TESTS_FAILED
    assert "4 hypotheses: 2 partially confirmed, 2 disconfirmed." in result.words
    return result.code, result.summary, properties(pytester.path / "plain.xml")


@pytest.fixture
def other(run, pytester):
    """The same of another run."""

    def other(*options):
        result = run("--junitxml=other.xml", *options)
        return result.code, result.summary, properties(next(pytester.path.rglob("other.xml")))

    return other


@pytest.mark.parametrize(
    "options",
    [
        ["-p", "no:cacheprovider"],
        ["-o", "cache_dir=plain.xml/below"],
        ["-Werror", "-o", "cache_dir=plain.xml/below"],
        ["-n0"],
        ["-n1"],
        ["-n4"],
        ["--ff"],
        ["--nf"],
        ["--import-mode=importlib"],
        ["--assert=plain"],
        ["--capture=no"],
        ["--tb=no", "-q", "-q"],
    ],
    ids=" ".join,
)
def test_options_of_pytest(plain, other, options):
    assert other(*WITHOUT, *options) == plain


def test_another_working_directory(plain, other, pytester, monkeypatch):
    monkeypatch.chdir(pytester.mkdir("elsewhere"))
    assert other(*WITHOUT, f"--rootdir={pytester.path}", str(pytester.path)) == plain


def test_a_path_with_blanks_and_accents(plain, other, pytester, monkeypatch):
    (inner := pytester.path / "à côté, ü & 色").mkdir()
    (pytester.path / "hypotheses").rename(inner / "hypotheses")
    monkeypatch.chdir(inner)
    assert other(*WITHOUT, f"--rootdir={inner}") == plain


def test_by_the_names_of_modules(plain, other, pytester, monkeypatch):
    (pytester.path / "hypotheses" / "__init__.py").touch()
    monkeypatch.syspath_prepend(pytester.path)
    assert other(*WITHOUT, "--pyargs", "hypotheses") == plain


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOME", None),
        ("HOME", "/proc/none"),
        ("PYTHONDONTWRITEBYTECODE", "1"),
        ("LANG", "C"),
        ("LC_ALL", "C"),
        ("TERM", "dumb"),
        ("NO_COLOR", "1"),
        ("CI", "true"),
    ],
)
def test_the_environment(plain, other, monkeypatch, name, value):
    monkeypatch.delenv(name, raising=False)
    if value is not None:
        monkeypatch.setenv(name, value)
    assert other(*WITHOUT) == plain


@pytest.mark.parametrize("columns", ["44", "60", "300"])
def test_a_narrow_or_wide_terminal_moves_nothing_but_line_breaks(plain, run, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    result = run(*WITHOUT)
    code, summary, _ = plain
    assert result.code == code
    assert sorted(result.words.split()) == sorted(summary.split())
    assert max(map(len, result.summary.splitlines())) <= min(int(columns), 120)


SHUFFLE = """
import random

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    random.Random({seed}).shuffle(items)


def pytest_runtest_setup():
    random.seed({seed})
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_random_order(plain, other, pytester, seed):
    pytester.makeconftest(SHUFFLE.format(seed=seed))
    assert other(*WITHOUT) == plain


@pytest.mark.parametrize("options", [["-x"], ["--maxfail=1"], ["--lf"], ["--sw"]], ids=" ".join)
def test_a_part_of_the_tests(plain, other, options):
    """What ran is judged as in the whole; what did not leaves its hypothesis without a verdict."""
    _, _, whole = plain
    code, summary, part = other(*WITHOUT, *options)
    assert code in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)
    assert 0 < len(part) < len(whole)
    for test, (told, parts) in part.items():
        assert (told, parts) == whole[test]
    assert "NOT JUDGED" in summary


@pytest.mark.parametrize("name", ["none", *INSTALLED])
def test_another_plugin(plain, other, name):
    """Any that is installed: by default none of them is (pyproject.toml, "surroundings")."""
    rest = [option for each in OTHERS if each != name for option in ("-p", f"no:{each}")]
    assert other(*rest, *OTHERS.get(name, [])) == plain


def test_docstrings_that_are_dropped(plain, run, monkeypatch):
    monkeypatch.setattr(collection, "sys", SimpleNamespace(flags=SimpleNamespace(optimize=2)))
    result = run(*WITHOUT)
    assert result.code == pytest.ExitCode.INTERRUPTED
    assert (
        "hypotheses/test_a.py has lost its docstrings, which state what is claimed, since python -OO drops them: "
        "run it without -OO, for example by python -m pytest."
    ) in result.text
    assert "needs a docstring" not in result.text
