"""What a reader sees at the end of a whole run, however it is run."""

import re
import xml.etree.ElementTree as ET

import pytest

MIX = '''
@pytest.fixture
def broken():
    assert half < 0.1


class TestSpared:
    """H1: the subspace term is not needed. Published as held."""

    @pytest.mark.parametrize("color", ["orange", pytest.param("dark green", marks=disconfirmed("moves with red"))])
    def test_spared(self, color, seeds):
        """The color is spared. By the published margin."""
        assert half < (0.9 if color == "orange" else 0.1)

    @control
    def test_red_is_rebuilt(self):
        """Red is rebuilt when another dimension is deleted."""
        assert half > 0.1


class TestUnitarity:
    """H2: unitarity is still needed."""

    def test_typical_error(self):
        """The typical error grows."""
        assert half > 0.1

    @undecided("the effect is small")
    def test_worst_error(self):
        """The worst error grows."""
        assert half > 0.5

    def test_yellow(self):
        """The error of yellow grows."""
        assert half > 0.9

    @disconfirmed("it falls")
    def test_magenta(self):
        """The error of magenta grows."""
        assert half > 0.1

    def test_pink(self, broken):
        """The error of pink grows."""
        assert half > 0.1

    def test_gray(self):
        """The error of gray grows."""
        raise ValueError("no gray\\nin sight")
'''
SUMMARY = """\
+ confirmed, x disconfirmed, ~ at the threshold, ? open, ! error; then the
measured value [95 % interval], what was claimed of it, and the published
figure, if there is one, from the seeds that its hypothesis names.

Experiment 0.1: literal numbers                           seeds 0..31, exploring
  H1: the subspace term is not needed                    PARTIALLY CONFIRMED 1/2
    + The color is spared: orange             0.50 [0.40, 0.60] (32 seeds) < 0.9
    x The color is spared: dark green         0.50 [0.40, 0.60] (32 seeds) < 0.1
        recorded disconfirmed: moves with red
    + 1 control confirmed
  H2: unitarity is still needed                                ERROR +2 x1 ~1 !2
    x The error of yellow grows               0.50 [0.40, 0.60] (32 seeds) > 0.9
        NEW: no record yet
    + The error of magenta grows              0.50 [0.40, 0.60] (32 seeds) > 0.1
        CHANGED: recorded disconfirmed: it falls
    ! The error of pink grows
        in setup: assert 0.50 [0.40, 0.60] (32 seeds) < 0.1
    ! The error of gray grows
        ValueError: no gray
    + The typical error grows                 0.50 [0.40, 0.60] (32 seeds) > 0.1
    ~ The worst error grows                   0.50 [0.40, 0.60] (32 seeds) > 0.5
        recorded undecided: the effect is small

2 hypotheses: 1 partially confirmed, 1 in error. 8 predictions (3 confirmed, 2
disconfirmed, 1 at the threshold) and 1 control: 1 changed, 1 new, 2 errors.
"""


DISPOSITIONS = {
    "test_spared[orange]": "confirmed, as recorded",
    "test_spared[dark green]": "disconfirmed, as recorded",
    "test_red_is_rebuilt": "confirmed, as recorded",
    "test_typical_error": "confirmed, as recorded",
    "test_worst_error": "at the threshold, as recorded",
    "test_yellow": "new: no record yet, measured disconfirmed",
    "test_magenta": "changed: recorded disconfirmed, measured confirmed",
    "test_pink": "error",
    "test_gray": "error",
}


def junit(path):
    """The properties of each test case in the JUnit XML."""
    return {
        case.get("name"): {prop.get("name"): prop.get("value") for prop in case.iter("property")}
        for case in ET.parse(path).iter("testcase")
    }


OTHER = '''
class TestSmall:
    """H1: the number is small."""

    @restated(was="< 0.7", why="no margin")
    @published(0.25, source="Ex 0.1, table")
    def test_{name}(self):
        """It is small."""
        assert half < 0.9
'''


def test_the_whole(write, run):
    write(MIX)
    assert run().summary.strip() == SUMMARY.strip()


def test_one_process_or_several_make_no_difference(write, run, pytester):
    write(MIX)
    for name in ("late", "early"):
        write(OTHER.format(name=name), f"test_{name}", title=f"Experiment {name}")
    alone = run("-v", "--junitxml=alone.xml")
    several = run("-v", "-n", "2", "--dist=loadfile", "--junitxml=several.xml")
    assert (several.summary, several.outcomes, several.properties, several.samples) == (
        alone.summary,
        alone.outcomes,
        alone.properties,
        alone.samples,
    )
    assert (alone.samples["test_magenta"], alone.samples["test_gray"]) == ([0.25, 0.75] * 16, [])
    assert several.code == alone.code == pytest.ExitCode.TESTS_FAILED
    cases = junit(pytester.path / "alone.xml")
    assert cases == junit(pytester.path / "several.xml")
    assert cases["test_spared[dark green]"] == {
        "excolor.experiment": "Experiment 0.1: literal numbers",
        "excolor.test": "TestSpared::test_spared[dark green]",
        "excolor.primary": "yes",
        "excolor.hypothesis": "H1: the subspace term is not needed",
        "excolor.statement": "The color is spared: dark green",
        "excolor.role": "prediction",
        "excolor.recorded": "disconfirmed",
        "excolor.reason": "moves with red",
        "excolor.seeds": "0..31, exploring",
        "excolor.group": "hypotheses/test_small.py::TestSpared",
        "excolor.predictions": "2",
        "excolor.controls": "1",
        "excolor.position": "3",
        "excolor.verdict": "disconfirmed",
        "excolor.disposition": "disconfirmed, as recorded",
        "excolor.estimate": "0.5",
        "excolor.low": "0.4",
        "excolor.high": "0.6",
        "excolor.n": "32",
        "excolor.measured": "0.50 [0.40, 0.60] (32 seeds)",
        "excolor.relation": "< 0.1",
        "excolor.claimed_high": "0.1",
    }
    marks = {
        "excolor.published": "0.25",
        "excolor.source": "Ex 0.1, table",
        "excolor.restated": "< 0.7",
        "excolor.restated_why": "no margin",
    }
    assert marks.items() <= cases["test_late"].items()
    assert "It is small 0.50 [0.40, 0.60] (32 seeds) < 0.9 * published 0.25" in several.words
    assert several.words.endswith("and 1 control: 1 changed, 1 new, 2 errors, 2 restated.")
    assert cases["test_pink"]["excolor.verdict"] == "error"
    assert cases["test_pink"]["excolor.error"] == "in setup: assert 0.50 [0.40, 0.60] (32 seeds) < 0.1"


def test_the_xml_says_what_became_of_each_and_of_what_it_calls_skipped(write, run, pytester):
    write(MIX)
    result = run("--junitxml=junit.xml", "-rx")
    cases = junit(pytester.path / "junit.xml")
    assert {name: properties["excolor.disposition"] for name, properties in cases.items()} == DISPOSITIONS
    said = [part.get("message") for part in ET.parse(pytester.path / "junit.xml").iter("skipped")]
    assert said == [
        "disconfirmed, as recorded: 0.50 [0.40, 0.60] (32 seeds) < 0.1; moves with red",
        "at the threshold, as recorded: 0.50 [0.40, 0.60] (32 seeds) > 0.5; the effect is small",
    ]
    assert f"XFAIL hypotheses/test_small.py::TestUnitarity::test_worst_error - {said[1]}" in result.text


def test_verbose_says_how_a_claim_was_restated(write, run):
    write(OTHER.format(name="it"))
    below = "restated, was < 0.7: no margin"
    assert below not in run().words
    assert below in run("-v").words


def test_runxfail_shows_the_same_readings(write, run):
    write(MIX)
    assert run("--runxfail").summary.strip() == SUMMARY.strip()


def test_a_selection_says_how_many_ran(write, run):
    write(MIX)
    words = run("-k", "orange or typical or yellow or rebuilt").words
    assert "H1: the subspace term is not needed NOT JUDGED 1 of the 1 that ran" in words
    assert "+ 1 control confirmed - 1 prediction left out on request" in words
    assert "H2: unitarity is still needed NOT JUDGED 1 of the 2 that ran" in words
    assert words.endswith(
        "2 hypotheses: 2 not judged. 3 predictions (2 confirmed, 1 disconfirmed) and 1 control: 1 new. "
        "5 predictions left out on request."
    )


def test_a_single_test_by_its_node_id(write, run):
    path = write(MIX)
    words = run(f"{path}::TestUnitarity::test_typical_error").words
    assert "H2: unitarity is still needed NOT JUDGED 1 of the 1 that ran" in words
    assert words.endswith(
        "1 hypothesis: 1 not judged. 1 prediction (1 confirmed), all as recorded. 5 predictions left out on request."
    )


def test_controls_alone_judge_nothing(write, run):
    write(MIX)
    assert "NOT JUDGED 0 of the 0 that ran" in run("-k", "rebuilt").words


def test_stopping_at_the_first_failure(write, run):
    write(MIX)
    words = run("-x").words
    assert "H1: the subspace term is not needed PARTIALLY CONFIRMED 1/2" in words
    assert "H2: unitarity is still needed NOT JUDGED +1 x1 ~1 of the 3 that ran" in words
    assert words.endswith("1 new. 3 predictions not reached, as the run was stopped.")


def test_fewer_and_other_seeds_are_named(write, run):
    write(MIX)
    assert "Experiment 0.1: literal numbers seeds 1000..1007" in run("--seeds", "8", "--first-seed", "1000").words


def test_too_few_seeds_leave_it_undecided(judge):
    words = judge('def test_it(self):\n    """It is small."""\n    assert median([0.1, 0.2, 0.3]) < 9').words
    assert "? It is small 0.20 [-inf, inf] (3 seeds) < 9" in words


def test_experiments_come_in_the_order_of_their_files(write, run):
    for name in ("b", "a", "c"):
        write(OTHER.format(name=name), f"test_{name}", title=f"Experiment {name}")
    titles = [line.partition("  ")[0] for line in run("-v").summary.splitlines() if line.startswith("Experiment")]
    assert titles == ["Experiment a", "Experiment b", "Experiment c"]


def test_in_whatever_order_they_ran(write, run, pytester):
    for name in ("b", "a"):
        write(MIX, f"test_{name}", title=f"Experiment {name}")
    sorted_summary = run().summary
    assert sorted_summary.index("Experiment a") < sorted_summary.index("Experiment b")
    pytester.makeconftest("""
        import random

        import pytest

        @pytest.hookimpl(tryfirst=True)
        def pytest_collection_modifyitems(items):
            random.Random(0).shuffle(items)
    """)
    shuffled = run()
    assert next(iter(shuffled.outcomes)) != "test_spared[orange]"
    assert shuffled.summary == sorted_summary


def test_a_hypothesis_stays_together_though_its_tests_run_apart(write, run):
    # pytest runs all tests of one fixture value before those of the next, across classes.
    write('''
    @pytest.fixture(scope="module", params=["red", "blue"])
    def color(request):
        return request.param

    class TestFirst:
        """H1: the number is small."""

        def test_first(self, color):
            """It is small."""
            assert half < 0.9

    class TestSecond:
        """H2: the number is large."""

        def test_second(self, color):
            """It is large."""
            assert half > 0.1
    ''')
    result = run()
    assert list(result.outcomes) == ["test_first[red]", "test_second[red]", "test_first[blue]", "test_second[blue]"]
    assert [line.split(" ")[2] for line in result.summary.splitlines() if line.startswith("  H")] == ["H1:", "H2:"]
    assert result.words.endswith("2 hypotheses: 2 confirmed. 4 predictions (4 confirmed), all as recorded.")


def test_files_that_cannot_be_collected_are_counted(write, run):
    write(MIX)
    write("import nowhere_to_be_found\n", "test_lost")
    write('class TestSmall:\n    """H1: small."""\n\n    def test_it(self):\n        assert half < 1\n', "test_silent")
    words = run("--continue-on-collection-errors").words
    assert words.endswith("1 changed, 1 new, 2 errors. 2 files could not be collected.")


@pytest.mark.parametrize("options", [["--collect-only"], ["-k", "nothing_like_it"]])
def test_nothing_is_printed_if_no_prediction_ran(write, run, options):
    write(MIX)
    assert "hypotheses =" not in run(*options).text


def test_colors_reach_the_terminal(judge):
    claim = 'def test_it(self):\n    """It is small."""\n    assert half < 0.9'
    assert "\x1b[32m    + \x1b[0mIt is small\x1b[32m" in judge(claim, "--color=yes").text


def test_of_many_files_and_processes_none_is_dropped(write, run, pytester):
    cases = '@pytest.mark.parametrize("case", range(50))'
    body = f'class TestMany:\n    """H1: small."""\n\n    {cases}\n    def test_it(self, case):\n        """Small."""\n'
    for name in range(6):
        write(f"{body}        assert half < (0.9 if case % 3 else 0.1)\n", f"test_{name}", title=f"Experiment {name}")
    result = run("-v", "-n2", "--dist=loadfile", "--junitxml=junit.xml")
    listed = re.findall(r"^    [+x] Small: (\d+) ", result.summary, flags=re.MULTILINE)
    assert sorted(map(int, listed)) == sorted([*range(50)] * 6)
    assert result.words.endswith("300 predictions (198 confirmed, 102 disconfirmed): 102 new.")
    told = [
        prop.get("value")
        for prop in ET.parse(pytester.path / "junit.xml").iter("property")
        if prop.get("name") == "excolor.verdict"
    ]
    assert (told.count("confirmed"), told.count("disconfirmed")) == (198, 102)


def test_a_terminal_that_knows_ascii_alone_escapes_other_letters(write, pytester, monkeypatch):
    for name, limit in (("a", 0.9), ("b", 0.1)):
        claim = f'"""Größer als 色."""\n        assert half < {limit}\n'
        write(f'class TestSmall:\n    """H1: größer."""\n\n    def test_it(self):\n        {claim}', f"test_{name}")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    lines = pytester.runpytest_subprocess("-p", "no:cacheprovider").stdout.lines
    told = " ".join(" ".join(lines).split())
    assert "+ confirmed 1/1 H1: gr\\xf6\\xdfer" in told
    assert "x disconfirmed 0/1 H1: gr\\xf6\\xdfer" in told
    assert "Gr\\xf6\\xdfer als \\u8272." in lines
