"""Whatever warns or fails outside of tests, what was measured is printed, and counts as it would without."""

import xml.etree.ElementTree as ET

import pytest

CLAIM = '''
class TestSmall:
    """H1: the number is small."""

    def test_small(self):
        """It is small."""
        assert half < 0.9
'''
CONFIRMED = "1 hypothesis: 1 confirmed. 1 prediction (1 confirmed), all as recorded."


@pytest.fixture(params=["-Werror", "-ofilterwarnings=error"])
def run_strictly(write, run, request):
    """Run a small claim where a warning is an error."""
    write(CLAIM)
    return lambda *args: run(request.param, "--junitxml=all.xml", *args)


@pytest.fixture
def verdicts_in_xml(pytester):
    def verdicts():
        root = ET.parse(pytester.path / "all.xml").getroot()
        return [part.get("value") for part in root.iter("property") if part.get("name") == "excolor.verdict"]

    return verdicts


@pytest.mark.parametrize(
    "hook",
    [
        "pytest_configure",
        "pytest_sessionstart",
        "pytest_collectreport",
        "pytest_collection_modifyitems",
        "pytest_collection_finish",
        "pytest_runtest_logstart",
        "pytest_runtest_logreport",
        "pytest_runtest_logfinish",
        "pytest_sessionfinish",
        "pytest_terminal_summary",
        "pytest_unconfigure",
    ],
)
def test_what_warns_outside_of_tests_is_shown(pytester, run_strictly, verdicts_in_xml, hook, recwarn):
    pytester.makeconftest(f"import warnings\n\n\ndef {hook}():\n    warnings.warn('disk is slow')")
    result = run_strictly()
    assert result.code == 0
    assert CONFIRMED in result.words
    assert verdicts_in_xml() == ["confirmed"]
    # Before the tests begin, and once the summary stands, pytest leaves it to Python to show them.
    assert "disk is slow" in result.text or [str(each.message) for each in recwarn][:1] == ["disk is slow"]


STILL_ERRORS = {
    "test": "def test_it(self):\n    {docstring}\n    warnings.warn('slow')\n    assert half < 0.9",
    "setup": """
@pytest.fixture
def slow(self):
    warnings.warn('slow')

def test_it(self, slow):
    {docstring}
    assert half < 0.9
""",
    "teardown": """
@pytest.fixture
def slow(self):
    yield
    warnings.warn('slow')

def test_it(self, slow):
    {docstring}
    assert half < 0.9
""",
}


@pytest.mark.parametrize("where", STILL_ERRORS)
def test_what_warns_in_a_test_or_its_fixtures_is_an_error(judge, where):
    body = STILL_ERRORS[where].format(docstring='"""It is small."""').replace("warnings", "__import__('warnings')")
    result = judge(body, "-Werror")
    assert result.code == pytest.ExitCode.TESTS_FAILED
    assert result.verdicts == {"test_it": "error"}


def test_a_file_that_warns_is_not_read(write, run):
    write(f"import warnings\n\nwarnings.warn('slow')\n{CLAIM}")
    assert run("-Werror").outcomes == {}
    assert run().outcomes == {"test_small": "passed"}


def test_a_filter_that_ignores_goes_on_ignoring(pytester, run_strictly):
    pytester.makeconftest("import warnings\n\n\ndef pytest_sessionfinish():\n    warnings.warn('disk is slow')")
    result = run_strictly("-Wignore:disk")
    assert CONFIRMED in result.words
    assert "disk is slow" not in result.text


def test_a_plugin_that_fails_at_the_end_is_told_of_beside_the_summary(pytester, run_strictly):
    pytester.makeconftest("def pytest_sessionfinish():\n    raise OSError('disk is full')")
    result = run_strictly()
    assert result.code == pytest.ExitCode.INTERNAL_ERROR
    assert "OSError: disk is full" in result.text
    assert CONFIRMED in result.words


FULL = """
def pytest_runtest_logreport(report):
    if report.when == "call":
        raise OSError("disk is full")
"""


def test_a_run_that_fails_halfway_prints_what_was_measured(pytester, run_strictly):
    pytester.makeconftest(FULL)
    result = run_strictly()
    assert result.code == pytest.ExitCode.INTERNAL_ERROR
    assert "OSError: disk is full" in result.text
    assert CONFIRMED in result.words
    assert (pytester.path / "all.xml").exists()


def test_a_worker_that_dies_leaves_what_was_measured(write, run, verdicts_in_xml, monkeypatch):
    """Syrupy warns that it has not heard of it."""
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT"):  # by which it would take itself for a worker
        monkeypatch.delenv(name, raising=False)
    write(CLAIM)
    write(CLAIM.replace("assert half", "__import__('os')._exit(1)\n        assert half"), "test_zeal")
    result = run("-n2", "-Werror", "--dist=loadfile", "--max-worker-restart=0", "--junitxml=all.xml")
    assert result.code == pytest.ExitCode.TESTS_FAILED
    assert "UserWarning: syrupy: received 1 of 2" in result.text
    assert "2 hypotheses: 1 confirmed, 1 in error." in result.words
    assert sorted(verdicts_in_xml()) == ["confirmed", "error"]


@pytest.mark.parametrize("place", ["all.xml/below.xml", "/dev/full"])
def test_an_xml_that_cannot_be_written(pytester, run_strictly, place):
    (pytester.path / "all.xml").touch()
    result = run_strictly(f"--junitxml={place}")
    assert result.code == pytest.ExitCode.INTERNAL_ERROR
    assert CONFIRMED in result.words
