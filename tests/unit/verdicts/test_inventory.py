"""What was collected is accounted for: it ran, was left out on request, was not reached, or was lost."""

import signal
import xml.etree.ElementTree as ET
from textwrap import indent

import pytest

CLASS = '''
import os

class Test{name}:
    """H{name}: the number is small."""

    def test_first(self):
        """It is small."""
        assert half < 0.9

    {mark}
    @control
    def test_control(self):
        """It could have been large."""
{body}
        assert half > 0.1
'''
NOT_JUDGED = "1 hypothesis: 1 not judged. 1 prediction (1 confirmed), all as recorded. 1 control"


def hypothesis(body="", mark="", name="A"):
    return CLASS.format(name=name, mark=mark, body=indent(body, " " * 8))


def cases(path, of="TestA"):
    """The properties of each test case of a class in the JUnit XML, and the elements below it."""
    return {
        case.get("name"): (
            {prop.get("name"): prop.get("value") for prop in case.iter("property")},
            [part.tag for part in case if part.tag != "properties"],
        )
        for case in ET.parse(path).iter("testcase")
        if case.get("classname").endswith(f".{of}")
    }


BY_ITSELF = [
    ('@pytest.mark.skip("later")', ""),
    ('@pytest.mark.skipif(True, reason="later")', ""),
    ("", 'pytest.skip("later")'),
    ("", 'pytest.xfail("later")'),
]
"""How a test leaves itself out: the mark above it, or what it does."""


class TestLeftOut:
    @pytest.mark.parametrize(
        "options",
        [
            ["-m", "not control"],
            ["-k", "first"],
            ["--deselect=hypotheses/test_small.py::TestA::test_control"],
            ["hypotheses/test_small.py::TestA::test_first"],
        ],
        ids=lambda options: options[0],
    )
    @pytest.mark.parametrize("workers", [[], ["-n2"]], ids=["alone", "workers"])
    def test_on_request(self, write, run, options, workers):
        write(hypothesis())
        result = run(*options, *workers)
        assert result.code == pytest.ExitCode.OK
        assert "HA: the number is small NOT JUDGED 1/1 + It is small" in result.words
        assert "< 0.9 - 1 control left out on request" in result.words
        assert result.words.endswith(f"{NOT_JUDGED} left out on request.")

    @pytest.mark.parametrize(
        ("ways", "workers", "counts"),
        [
            *(([way], [], "1 prediction (1 confirmed) and 1 control: 1 error.") for way in BY_ITSELF),
            (BY_ITSELF, ["-n1"], "4 predictions (4 confirmed) and 4 controls: 4 errors."),
        ],
        ids=["skip", "skipif", "skips", "xfails", "workers"],
    )
    def test_by_itself_it_is_an_error(self, write, run, pytester, ways, workers, counts):
        """A worker, which takes long to start, is given all of them."""
        named = dict(zip("ABCD", ways, strict=False))
        for name, (mark, body) in named.items():
            write(hypothesis(body, mark, name), f"test_{name}")
        result = run("--junitxml=junit.xml", *workers)
        assert result.code == pytest.ExitCode.TESTS_FAILED
        assert result.words.count(": later. A test is left out by an option of the run, such as -k, alone") == len(ways)
        assert result.words.endswith(counts)
        for name, (mark, _) in named.items():
            assert f"H{name}: the number is small ERROR 1/1 ! control: It could have been large" in result.words
            failed = f"hypotheses/test_{name}.py::Test{name}::test_control - "
            assert failed in result.text.rpartition("short test summary")[2]
            properties, elements = cases(pytester.path / "junit.xml", f"Test{name}")["test_control"]
            assert (properties["excolor.disposition"], elements) == ("error", ["error" if mark else "failure"])

    @pytest.mark.parametrize("how", ["pytest.skip('later', allow_module_level=True)", "pytest.importorskip('nowhere')"])
    def test_a_file_that_skips_itself_is_refused(self, write, run, how):
        write(f"{how}\n" + hypothesis(name="B"), "test_other")
        write(hypothesis())
        result = run("--continue-on-collection-errors")
        assert result.code == pytest.ExitCode.TESTS_FAILED
        assert "hypotheses/test_other.py skips itself, and its hypotheses would be missed by nobody (" in result.text
        assert ("leave it out by an option of the run, such as --ignore=hypotheses/test_other.py.") in result.text
        assert result.words.endswith("1 control, all as recorded. 1 file could not be collected.")
        assert run().code == pytest.ExitCode.INTERRUPTED
        assert run("--ignore=hypotheses/test_other.py").code == pytest.ExitCode.OK

    def test_by_a_conftest(self, write, run, pytester):
        pytester.makeconftest("def pytest_collection_modifyitems(items):\n    del items[1:]\n")
        write(hypothesis())
        assert run().words.endswith(f"{NOT_JUDGED} left out on request.")

    def test_hypotheses_of_which_nothing_ran_are_counted(self, write, run):
        write(hypothesis())
        write(hypothesis(name="B"), "test_other")
        assert run("-k", "TestA").words.endswith(
            "1 hypothesis: 1 confirmed. 1 prediction (1 confirmed) and 1 control, all as recorded. "
            "1 more hypothesis did not run at all."
        )

    @pytest.mark.parametrize("options", [["--collect-only"], ["--setup-plan"], ["-k", "nothing"]])
    def test_nothing_is_lost_where_nothing_was_to_run(self, write, run, options):
        write(hypothesis())
        result = run(*options)
        assert "lost:" not in result.text
        assert result.summary == ""


class TestLost:
    def test_a_control_that_kills_its_worker(self, write, run, pytester):
        write(hypothesis("os._exit(0)"))
        result = run("-n1", "--junitxml=junit.xml")
        assert result.code == pytest.ExitCode.TESTS_FAILED
        assert (
            "HA: the number is small ERROR 1/1 ! control: It could have been large worker 'gw0' crashed" in result.words
        )
        assert result.words.endswith("1 hypothesis: 1 in error. 1 prediction (1 confirmed) and 1 control: 1 error.")
        properties, elements = cases(pytester.path / "junit.xml")["test_control"]
        assert (properties["excolor.verdict"], properties["excolor.role"], elements) == ("error", "control", ["error"])
        assert "worker 'gw0' crashed" in properties["excolor.error"]

    def test_a_hypothesis_whose_only_test_died(self, write, run):
        only = 'import os\n\nclass TestA:\n    """HA: small."""\n\n    def test_it(self):\n        """It is small."""\n'
        write(only + "        os._exit(0)\n        assert half < 0.9\n")
        assert "HA: small ERROR !1 ! It is small worker 'gw0' crashed" in run("-n1").words

    def test_what_waited_for_workers_that_died(self, write, run, pytester):
        write(hypothesis("os._exit(0)"))
        write(hypothesis(name="B"), "test_waiting")
        result = run("-n1", "--max-worker-restart=0", "--junitxml=junit.xml")
        assert result.code == pytest.ExitCode.TESTS_FAILED
        lost = "lost: it was collected, and nothing more was heard of it"
        assert f"HB: the number is small ERROR !1 ! It is small {lost} ! control: It could have been large {lost}" in (
            result.words
        )
        assert result.words.endswith("2 in error. 2 predictions (1 confirmed) and 2 controls: 3 errors.")
        waiting = [
            case for case in ET.parse(pytester.path / "junit.xml").iter("testcase") if "TestB" in case.get("classname")
        ]
        assert [[part.tag for part in case] for case in waiting] == [["properties", "error"]] * 2

    def test_by_another_plugin(self, write, run, pytester):
        pytester.makeconftest(
            "def pytest_runtest_protocol(item):\n    return True if item.name == 'test_control' else None\n"
        )
        write(hypothesis())
        result = run("--junitxml=junit.xml")
        assert result.code == pytest.ExitCode.TESTS_FAILED
        assert result.words.endswith("1 prediction (1 confirmed) and 1 control: 1 error.")
        assert cases(pytester.path / "junit.xml")["test_control"][0]["excolor.verdict"] == "error"
        assert "ERROR hypotheses/test_small.py::TestA::test_control" in result.text

    def test_by_a_worker_that_was_told_to_exit(self, write, run):
        """For xdist that is an internal error."""
        write(hypothesis('pytest.exit("enough", returncode=0)'))
        result = run("-n1")
        assert result.code == pytest.ExitCode.INTERNAL_ERROR
        assert "HA: the number is small ERROR 1/1 ! control: It could have been large lost: it was" in result.words
        assert "\nERROR hypotheses/test_small.py::TestA::test_control - lost: " in result.text

    def test_in_teardown_what_was_measured_is_kept(self, write, run):
        fixture = "@pytest.fixture\ndef deadly():\n    yield\n    os._exit(0)\n\n"
        write(fixture + hypothesis().replace("def test_first(self", "def test_first(self, deadly"))
        result = run("-n1")
        assert "! It is small 0.50 [0.40, 0.60] (32 seeds) < 0.9 worker 'gw0' crashed" in result.words


class TestStopped:
    def test_by_whoever_waits(self, write, pytester):
        write(hypothesis("raise KeyboardInterrupt"))
        result = pytester.runpytest_subprocess()
        assert result.ret == pytest.ExitCode.INTERRUPTED
        assert " ".join(result.stdout.str().split()).count(f"{NOT_JUDGED} not reached, as the run was stopped.") == 1

    def test_by_a_test(self, write, run):
        write(hypothesis('pytest.exit("enough", returncode=0)'))
        result = run()
        assert result.code == pytest.ExitCode.TESTS_FAILED
        assert result.words.endswith(f"{NOT_JUDGED} not reached, as the run was stopped.")

    def test_by_a_worker_that_was_interrupted(self, write, pytester):
        # Who starts tests in the background of a shell has them ignore the signal: a worker then would, too.
        interrupt = f"signal.signal({int(signal.SIGINT)}, signal.default_int_handler)"
        write(hypothesis(f"import signal; {interrupt}; os.kill(os.getpid(), {int(signal.SIGINT)})"))
        result = pytester.runpytest_subprocess("-n1")
        words = " ".join(result.stdout.str().split())
        assert result.ret != pytest.ExitCode.OK
        assert "1 hypothesis: 1 confirmed" not in words
        assert "0.50 [0.40, 0.60] (32 seeds) < 0.9" in words

    def test_before_anything_ran_nothing_is_said(self, write, run):
        write(hypothesis())
        write("import nowhere_to_be_found\n", "test_broken")
        assert run().summary == ""
