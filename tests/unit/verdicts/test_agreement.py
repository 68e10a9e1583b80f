"""Exit status, FAILED lines, summary and XML say the same, however a run was chosen and however it ended."""

import re
import xml.etree.ElementTree as ET

import pytest

HYPOTHESES = '''
import os


class TestA:
    """HA: the number is small."""

    def test_confirmed(self):
        """It is confirmed."""
        assert half < 0.9

    @disconfirmed("as ever")
    def test_disconfirmed(self):
        """It is disconfirmed."""
        assert half < 0.1

    @undecided("too few seeds")
    def test_undecided(self):
        """It is undecided."""
        assert half < 0.5

    def test_new(self):
        """It is new."""
        assert half < 0.1

    @control
    def test_control(self):
        """It could have been large."""
        {ending}
        assert half > 0.1


class TestB:
    """HB: the number is large."""

    def test_error(self):
        """It is an error."""
        assert half > 1 / 0

    @control
    def test_failed(self):
        """It fails."""
        assert half > 0.9

    def test_last(self):
        """It is the last."""
        assert half > 0.1
'''
FAILING = {"test_new", "test_error", "test_failed"}
OF_A = {"test_confirmed", "test_disconfirmed", "test_undecided", "test_new", "test_control"}
OF_B = {"test_error", "test_failed", "test_last"}
TO_THE_FIRST_FAILURE = OF_A - {"test_control"}
TO_THE_SECOND = OF_A | {"test_error"}
CHOICES = {
    "": OF_A | OF_B,
    "-k confirmed": {"test_confirmed", "test_disconfirmed"},
    "-k not_there": set(),
    "-m control": {"test_control", "test_failed"},
    "--deselect hypotheses/test_small.py::TestA": OF_B,
    "hypotheses/test_small.py::TestA::test_new": {"test_new"},
    "-x": TO_THE_FIRST_FAILURE,
    "--maxfail=2": TO_THE_SECOND,
    "--stepwise": TO_THE_FIRST_FAILURE,
    "-n1 -m control": {"test_control", "test_failed"},
    "-n1 --maxfail=2": TO_THE_SECOND,
    "--runxfail": OF_A | OF_B,
    "-p no:cacheprovider": OF_A | OF_B,
}
BARE = {"test_disconfirmed", "test_undecided"}
"""What fails by --runxfail, though it is as recorded."""


def reported(path):
    """Of each test in the XML: its role, what became of it, and whether it is marked as a failure there."""
    found = {}
    for case in ET.parse(path).iter("testcase"):
        told = {prop.get("name"): prop.get("value") for prop in case.iter("property")}
        failed = bool({"failure", "error"} & {part.tag for part in case})
        found[case.get("name")] = (told["excolor.role"], told["excolor.disposition"], failed)
    return found


def closing(found):
    """The counts of the summary's last line, as they have to be for what is in the XML."""
    roles = [role for role, _, _ in found.values()]
    became = [disposition for _, disposition, _ in found.values()]
    measured = [
        disposition.partition(", as recorded")[0].rpartition("measured ")[2]
        for role, disposition, _ in found.values()
        if role == "prediction"
    ]
    verdicts = [verdict for verdict in ("confirmed", "disconfirmed", "at the threshold", "open") if verdict in measured]
    line = count(roles.count("prediction"), "prediction")
    if verdicts:
        line += f" ({', '.join(f'{measured.count(verdict)} {verdict}' for verdict in verdicts)})"
    if "control" in roles:
        line += f" and {count(roles.count('control'), 'control')}"
    new, errors = sum(each.startswith("new: ") for each in became), became.count("error")
    told = [f"{new} new"] * bool(new) + [count(errors, "error")] * bool(errors)
    return f"{line}: {', '.join(told)}." if told else f"{line}, all as recorded."


def count(number, thing):
    return f"{number} {thing}{'s' * (number != 1)}"


def check(result, found, bare=frozenset()):
    """FAILED lines, summary and XML say the same."""
    wrong = bare | {name for name, (_, became, _) in found.items() if became.startswith(("new", "error"))}
    assert {name for name, (*_, failed) in found.items() if failed} == wrong
    lines = re.findall(r"^(?:FAILED|ERROR) \S+::(\w+)", result.text, flags=re.MULTILINE)
    assert sorted(lines) == sorted(wrong)
    assert not found or f". {closing(found)}" in result.words


@pytest.mark.parametrize("options", CHOICES)
def test_whatever_was_chosen(write, run, pytester, options):
    write(HYPOTHESES.replace("{ending}", "pass"))
    result = run("--junitxml=junit.xml", *options.split())
    found = reported(pytester.path / "junit.xml")
    assert found.keys() == CHOICES[options]
    check(result, found, BARE if options == "--runxfail" else frozenset())
    if not found:
        assert (result.code, result.summary) == (pytest.ExitCode.NO_TESTS_COLLECTED, "")
    elif options in ("-n1 --maxfail=2", "--stepwise"):
        assert result.code == pytest.ExitCode.INTERRUPTED
    else:
        assert result.code == bool(found.keys() & FAILING)


@pytest.mark.parametrize("workers", [[], ["-n1"]], ids=["alone", "workers"])
def test_what_failed_last(write, run, pytester, workers):
    write(HYPOTHESES.replace("{ending}", "pass"))
    run()
    result = run("--lf", "--junitxml=junit.xml", *workers)
    found = reported(pytester.path / "junit.xml")
    assert found.keys() == FAILING
    check(result, found)
    assert result.words.endswith("1 control: 1 new, 2 errors. 4 predictions and 1 control left out on request.")


@pytest.mark.parametrize(
    ("ending", "code", "reached"),
    [
        ("pytest.exit('enough', returncode=7)", 7, OF_A),
        ("pytest.exit('enough', returncode=0)", 1, OF_A),
        ("raise SystemExit(0)", 1, OF_A | OF_B),
    ],
)
def test_however_it_ended(write, run, pytester, ending, code, reached):
    write(HYPOTHESES.replace("{ending}", ending))
    result = run("--junitxml=junit.xml")
    found = reported(pytester.path / "junit.xml")
    assert (result.code, found.keys()) == (code, reached)
    _, became, _ = found["test_control"]
    if "exit" in ending:
        assert became == "not reached, as the run was stopped"
        assert f"1 control {became}." in result.words
        del found["test_control"]
    else:
        assert became == "error"
    check(result, found)


@pytest.mark.parametrize("hook", ["pytest_runtest_logfinish", "pytest_sessionfinish", "pytest_terminal_summary"])
def test_what_goes_wrong_at_the_end_hides_nothing(write, run, pytester, hook):
    """As where a cache cannot be written, and that warning is an error."""
    pytester.makeconftest(f"def {hook}():\n    raise UserWarning('no space left')\n")
    write(HYPOTHESES.replace("{ending}", "pass"))
    result = run("--junitxml=junit.xml")
    assert result.code == pytest.ExitCode.INTERNAL_ERROR
    assert "no space left" in result.text + result.errors
    if hook == "pytest_runtest_logfinish":  # of the first test
        assert result.words.endswith("6 predictions (1 confirmed) and 2 controls: 7 errors.")
    else:
        assert reported(pytester.path / "junit.xml").keys() == OF_A | OF_B
        assert "at the threshold) and 2 controls: 1 new, 2 errors." in result.words
        assert "\nFAILED hypotheses/test_small.py::TestA::test_new - " in result.text
