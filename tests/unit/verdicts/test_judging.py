"""What becomes a verdict, and what stays an error."""

import re
from textwrap import dedent, indent

import pytest


def method(body, marks="", arguments=""):
    decorated = f"{marks}\n" if marks else ""
    return f'{decorated}def test_it(self{arguments}):\n    """It is small."""\n{indent(body, "    ")}\n'


def outcome(result):
    return result.outcomes["test_it"], result.verdicts["test_it"]


RECORDED = {"confirmed": "", "disconfirmed": '@disconfirmed("why")', "undecided": '@undecided("why")'}
CLAIMS = {
    "confirmed": "assert half < 0.9",
    "disconfirmed": "assert half < 0.1",
    "at the threshold": "assert half < 0.5",
    "open": "assert half < 0.47",
}
NO_VERDICT = "An error is no verdict, and no mark records it: mend what raised it."
SUSPECT = (
    "Suspect first what may have moved it: the code, the test, or a dopesheet of its conditions. Did one change, or is "
    "one wrong?"
)
SUSPECT_OF_NEW = "Suspect first the test and its conditions: do they measure what is claimed?"
NEW = "It is new: there is no record of it yet, neither a mark nor a table, so it was to be confirmed"
AS_RECORDED = {"at the threshold": "undecided", "open": "undecided"}


class TestSamples:
    @pytest.mark.parametrize("threshold", [9, 0.01])
    def test_those_of_the_deciding_comparison_are_reported(self, judge, threshold):
        result = judge(method(f"assert half < 0.9\nassert Estimate(0.2, 0.1, 0.4, 3, (1 / 3, 0.1, 0.2)) < {threshold}"))
        assert result.verdicts["test_it"] == ("confirmed" if threshold == 9 else "disconfirmed")
        assert result.samples["test_it"] == [1 / 3, 0.1, 0.2]

    def test_an_error_has_none(self, judge):
        assert judge(method("assert half < 0.9\nraise ValueError")).samples["test_it"] == []


class TestVerdictsAndRecords:
    @pytest.mark.parametrize("measured", CLAIMS)
    @pytest.mark.parametrize("recorded", RECORDED)
    def test_the_gate_opens_exactly_if_the_two_agree(self, judge, recorded, measured):
        result = judge(method(CLAIMS[measured], RECORDED[recorded]))
        agree = AS_RECORDED.get(measured, measured) == recorded
        gate = ("passed" if recorded == "confirmed" else "xfailed") if agree else "failed"
        assert outcome(result) == (gate, measured)
        assert result.code == (not agree)
        assert result.properties["test_it"]["excolor.recorded"] == recorded

    @pytest.mark.parametrize("measured", CLAIMS)
    @pytest.mark.parametrize("recorded", RECORDED)
    def test_runxfail_lets_nothing_but_the_reading_count(self, judge, recorded, measured):
        result = judge(method(CLAIMS[measured], RECORDED[recorded]), "--runxfail")
        assert outcome(result) == ("passed" if measured == "confirmed" else "failed", measured)

    @pytest.mark.parametrize(
        ("recorded", "measured", "edit"),
        [
            ("confirmed", "disconfirmed", 'mark the prediction @disconfirmed("what was found instead")'),
            ("confirmed", "open", 'mark the prediction @undecided("what was found instead")'),
            ("disconfirmed", "confirmed", 'remove @disconfirmed("why")'),
            (
                "disconfirmed",
                "at the threshold",
                'replace @disconfirmed("why") by @undecided("what was found instead")',
            ),
            ("undecided", "confirmed", 'remove @undecided("why")'),
            ("undecided", "disconfirmed", 'replace @undecided("why") by @disconfirmed("what was found instead")'),
        ],
    )
    def test_a_change_says_what_to_suspect_first_and_what_to_edit(self, judge, recorded, measured, edit):
        message = judge(method(CLAIMS[measured], RECORDED[recorded])).messages["test_it"]
        claim = CLAIMS[measured].removeprefix("assert half ")
        claimed, told, asserted, found, *seeds, first, then = message.strip().splitlines()
        assert claimed == "It is small."
        assert told == f"Measured 0.50 [0.40, 0.60] (32 seeds), claimed {claim}: {measured}."
        line = 21 + (recorded != "confirmed")  # below its mark
        assert asserted == f"Asserted in hypotheses/test_small.py, line {line}: {CLAIMS[measured]}"
        new = recorded == "confirmed"
        assert found == f"{NEW if new else f'Recorded {recorded}'}; measured {measured}."
        assert [line.partition(" about ")[0] for line in seeds] == ["It is open:"] * (measured == "open")
        assert first == (SUSPECT_OF_NEW if new else SUSPECT)
        stands = "If it stays open" if measured == "open" else "If the measurement stands"
        assert then == f"{stands}, record that: {edit}."

    @pytest.mark.parametrize(
        ("samples", "claim", "told"),
        [
            (
                "[0.25, 0.75] * 16",
                "< 0.7",
                "It is open: about 51 seeds would do; with these 32 a value of 0.46 or less, or of 1.4 or more, would "
                "have been decided. Train more of them before anything else, with a margin as the value will move: try "
                "--seeds 128, and keep to it by SEEDS = 128.",
            ),
            (
                "[0.1, 0.2, 0.3]",
                "< 9",
                "It is open: few seeds, or a close call; with these 3 no value would have been decided. Train more of "
                "them before anything else, with a margin as the value will move: try --seeds 32, and keep to it by "
                "SEEDS = 32.",
            ),
        ],
    )
    def test_with_few_seeds_more_are_to_be_trained_before_a_mark_is_set(self, judge, samples, claim, told):
        message = judge(method(f"assert median({samples}) {claim}")).messages["test_it"]
        assert told in message.splitlines()

    def test_nothing_is_said_of_more_seeds_than_a_file_may_have(self, judge):
        message = judge(method("assert Estimate(0.5, 0.3, 1.2, 32, (0.5,) * 32) < 0.499")).messages["test_it"]
        assert "would have been decided. More than 512 are not worth their time.\n" in message

    @pytest.mark.parametrize("option", ["--seeds 8", "--first-seed 1000"])
    def test_other_seeds_leave_the_record_alone(self, judge, option):
        message = judge(method(CLAIMS["open"], RECORDED["disconfirmed"]), *option.split()).messages["test_it"]
        assert f"This run was asked for {option}: the record is not for that, and may stay." in message
        assert "record that" not in message

    @pytest.mark.parametrize(
        ("marks", "told"),
        [
            ('@undecided("why")', ["CHANGED: recorded undecided: why", "(1 disconfirmed): 1 changed."]),
            ("", ["NEW: no record yet", "(1 disconfirmed): 1 new."]),
        ],
    )
    def test_the_summary_tells_what_is_new_from_what_changed(self, judge, marks, told):
        result = judge(method(CLAIMS["disconfirmed"], marks))
        for each in told:
            assert each in result.words

    def test_what_is_new_is_not_marked_for_what_other_seeds_say(self, judge):
        message = judge(method(CLAIMS["disconfirmed"]), "--seeds", "8").messages["test_it"]
        assert f"{NEW}; measured disconfirmed.\nThis run was asked for --seeds 8: judge it on the seeds" in message
        assert "record that" not in message

    @pytest.mark.parametrize("marks", ["", '@undecided("why")'])
    def test_a_claim_that_fails_in_another_world_does_as_it_should(self, judge, marks):
        result = judge(method(CLAIMS["disconfirmed"], marks), "--null", "gray")
        said = "claims that name that world by @fails_under should fail in it, and no mark is set for that."
        assert f"\nThis run was asked for --null gray: {said}" in result.messages["test_it"]

    def test_a_known_verdict_laid_bare_asks_for_no_edit(self, judge):
        result = judge(method(CLAIMS["disconfirmed"], RECORDED["disconfirmed"]), "--runxfail")
        assert result.messages["test_it"].splitlines()[1:] == [
            "Measured 0.50 [0.40, 0.60] (32 seeds), claimed < 0.1: disconfirmed.",
            "Asserted in hypotheses/test_small.py, line 22: assert half < 0.1",
        ]

    def test_the_failure_begins_with_the_claim_and_shows_no_array(self, judge):
        body = """
            import xarray
            values = xarray.DataArray([3.0] * 9, dims="seed")
            assert (  # not 3
                median(values) < 2
            )
        """
        result = judge(method(dedent(body), '@published(2.5, source="Ex 0.1, table")'))
        lines = result.messages["test_it"].splitlines()
        assert lines[:4] == [
            "It is small.",
            "Measured 3.0 in all 9 seeds, claimed < 2: disconfirmed.",
            "Published 2.5, at 0 % of ours (Ex 0.1, table).",
            "Asserted in hypotheses/test_small.py, line 25: assert median(values) < 2",
        ]
        assert not re.search(r"DataArray|judging\.py|pluggy", result.messages["test_it"])
        assert "test_it - Disconfirmed: It is small." in result.text

    def test_a_traceback_that_was_asked_for_is_printed(self, judge):
        message = judge(method(CLAIMS["disconfirmed"]), "--tb=long").messages["test_it"]
        assert ">       assert half < 0.1\n" in message
        assert "Disconfirmed: It is small.\n" in message

    def test_a_single_case_is_marked_by_itself(self, judge):
        result = judge(
            method(
                "assert half < limit",
                '@pytest.mark.parametrize("limit", [0.9, pytest.param(0.1, marks=disconfirmed("why")), 0.2])',
                ", limit",
            )
        )
        assert result.outcomes == {"test_it[0.9]": "passed", "test_it[0.1]": "xfailed", "test_it[0.2]": "failed"}
        assert result.properties["test_it[0.1]"]["excolor.statement"] == "It is small: 0.1"

    def test_a_published_figure_judges_nothing(self, judge):
        known = 'pytest.param(0.1, marks=[published(0, source="Ex 1"), disconfirmed("why")])'
        alone = 'pytest.param(0.9, marks=published(2, source="Ex 2"))'
        cases = f'@pytest.mark.parametrize("limit", [{alone}, {known}, 0.2])'
        result = judge(method("assert half < limit", cases, ", limit"))
        assert result.outcomes == {"test_it[0.9]": "passed", "test_it[0.1]": "xfailed", "test_it[0.2]": "failed"}
        figures = [properties.get("excolor.published") for properties in result.properties.values()]
        assert figures == [2.0, 0.0, None]
        assert [properties.get("excolor.source") for properties in result.properties.values()] == ["Ex 2", "Ex 1", None]

    def test_a_restatement_judges_nothing(self, judge):
        known = 'pytest.param(0.1, marks=[restated(was="< 1", why="no margin"), disconfirmed("why")])'
        result = judge(
            method("assert half < limit", f'@pytest.mark.parametrize("limit", [{known}, 0.9])', ", limit"),
        )
        assert result.outcomes == {"test_it[0.1]": "xfailed", "test_it[0.9]": "passed"}
        first, second = result.properties.values()
        assert (first["excolor.restated"], first["excolor.restated_why"]) == ("< 1", "no margin")
        assert not {"excolor.restated", "excolor.restated_why"} & second.keys()


class TestFigure:
    def test_a_threshold_is_made_of_the_published_figure(self, judge):
        cases = ", ".join(f'pytest.param(marks=published({figure}, source="Ex {figure}"))' for figure in (0.45, 0.2))
        result = judge(
            method("assert half < 2 * figure", f'@pytest.mark.parametrize((), [{cases}], ids=["a", "b"])', ", figure")
        )
        told = [(each["excolor.relation"], each["excolor.claimed_from"]) for each in result.properties.values()]
        assert told == [("< 0.9", "Ex 0.45"), ("< 0.4", "Ex 0.2")]

    def test_a_threshold_that_is_not_has_no_source(self, judge):
        result = judge(method("assert half < 0.9", '@published(0.45, source="Ex 1")'))
        assert "excolor.claimed_from" not in result.properties["test_it"]

    def test_there_is_none_to_ask_for(self, judge):
        result = judge(method("assert half < 2 * figure", arguments=", figure"))
        assert outcome(result) == ("failed", "error")
        message = (
            'test_it asks for the published figure and has none: mark it, such as @published(0.36, source="Ex 2.10").'
        )
        assert message in result.messages["test_it"]


class TestWhichComparisonDecides:
    @pytest.mark.parametrize(
        ("body", "verdict", "relation"),
        [
            ("assert half < 0.9\nassert half > 0.1", "confirmed", "> 0.1"),
            ("assert half < 0.9\nassert half < 0.1\nassert half < 0.5", "disconfirmed", "< 0.1"),
            ("assert half < 0.9 and half < 0.1", "disconfirmed", "< 0.1"),
            ("assert half < 0.9 and half > 0.1", "confirmed", "> 0.1"),
            ("assert 0.1 < half and half < 0.9", "confirmed", "< 0.9"),
            ("assert half < 0.1 and half < 0.5", "disconfirmed", "< 0.1"),
            ("assert half.between(0.7, 0.9), 'some words'", "disconfirmed", "between 0.7 and 0.9"),
            ("assert (\n    half\n    < 0.1\n)", "disconfirmed", "< 0.1"),
            ("assert (\n    half > 0.1\n    and half\n    < 0.1\n)", "disconfirmed", "< 0.1"),
        ],
    )
    def test_the_failing_one_or_else_the_last(self, judge, body, verdict, relation):
        result = judge(method(body))
        assert result.verdicts["test_it"] == verdict
        assert result.properties["test_it"]["excolor.relation"] == relation

    @pytest.mark.parametrize("body", ["assert half < 0.9 and half < 0.1 and half < 0.5", CLAIMS["disconfirmed"]])
    def test_without_the_rewriting_of_assertions(self, judge, body):
        result = judge(method(body, RECORDED["disconfirmed"]), "--assert=plain")
        assert outcome(result) == ("xfailed", "disconfirmed")

    def test_all_comparisons_of_a_conjunction_are_told(self, judge):
        result = judge(method("assert half < 0.9 and half > 0.1\nassert half < 0.8"))
        beside = "and 0.50 [0.40, 0.60] (32 seeds) < 0.9: confirmed; and 0.50 [0.40, 0.60] (32 seeds) > 0.1: confirmed"
        assert result.properties["test_it"]["excolor.beside"] == beside
        assert f"< 0.8 {beside}" in result.words

    def test_the_first_that_is_not_confirmed_decides_and_says_so(self, judge):
        result = judge(
            method("assert half > 0.1 and half < 0.1 and half < 0.8 and half < 0.9", RECORDED["disconfirmed"])
        )
        assert outcome(result) == ("xfailed", "disconfirmed")
        assert (
            "< 0.1 and 0.50 [0.40, 0.60] (32 seeds) > 0.1: confirmed; decides as the first that is not confirmed: "
            "2 more not asked recorded disconfirmed: why"
        ) in result.words


LEFT = 'if half < 0.1:\n    pass\npytest.{how}("not now")'
ERRORS = {
    "a comparison asked before": "if half < 0.1:\n    pass\nassert half < 0.1",
    "a confirmed comparison asked before": "if half < 0.9:\n    pass\nassert half < 0.1",
    "a comparison asked elsewhere": "def ask():\n    return bool(half < 0.9)\n\nask()\nassert half < 0.1",
    "a comparison asked within another": "assert (half < 0.1 or half) < 0.9",
    "a comparison asked to choose another": "assert half < (0.9 if half < 0.9 else 0.1)",
    "a plain number": "assert 1 < 2",
    "a plain number that fails": "assert 2 < 1",
    "a plain number after a comparison": "assert half < 0.9 and 2 < 1",
    "a plain number before a comparison": "assert 1 < 2 and half < 0.1",
    "a plain number before a confirmed comparison": "assert 1 < 2 and half < 0.9",
    "a plain number, then a comparison": "assert 1 < 2\nassert half < 0.1",
    "between of something else": "class Other:\n    between = max\n\nassert Other.between(0, 0)",
    "an assertion that is not reached": "assert half < 0.9\nif True:\n    return\nassert half < 0.1",
    "an assertion of another function": "def check():\n    bool(half < 0.1)\n\ncheck()",
    "an assertion of another library": "import numpy\nassert half < 0.9\nnumpy.testing.assert_equal(1, 2)",
    "an exception": "raise ValueError('lost')",
    "an exception after a comparison": "if half < 0.1:\n    pass\nraise ValueError('lost')",
    "an exception in the words of an assertion": "assert half < 0.1, 1 / 0",
    "NaN among the samples": "assert median([float('nan')] * 9) < 0.1",
    "NaN as threshold": "assert half < float('nan')",
    "no number as threshold": "assert half < half",
    "nothing asserted": "median([1.0] * 9) < 0.1",
    "nothing at all": "pass",
    "a verdict raised by hand": "from excolor.verdicts import Disconfirmed\nraise Disconfirmed('so there')",
    "pytest.fail": "pytest.fail('lost')",
    "pytest.skip after a comparison": LEFT.format(how="skip"),
    "pytest.xfail after a comparison": LEFT.format(how="xfail"),
    "pytest.xfail in the words of an assertion": "assert half < 0.1, pytest.xfail('known')",
}


class TestErrors:
    @pytest.mark.parametrize("body", ERRORS.values(), ids=ERRORS)
    def test_is_no_verdict(self, judge, body):
        assert outcome(judge(method(body))) == ("failed", "error")

    @pytest.mark.parametrize("record", [RECORDED["disconfirmed"], RECORDED["undecided"]])
    @pytest.mark.parametrize("body", ERRORS.values(), ids=ERRORS)
    def test_no_record_lets_it_pass(self, judge, record, body):
        assert outcome(judge(method(body, record))) == ("failed", "error")

    @pytest.mark.parametrize("record", RECORDED.values(), ids=RECORDED)
    @pytest.mark.parametrize("body", [CLAIMS["disconfirmed"], CLAIMS["open"], "assert False", "1 / 0"])
    @pytest.mark.parametrize("phase", ["setup", "teardown"])
    def test_in_a_fixture(self, judge, phase, body, record):
        fixture = f"@pytest.fixture\ndef broken(self):\n{indent(body, '    ')}\n    yield\n"
        if phase == "teardown":
            fixture = f"@pytest.fixture\ndef broken(self):\n    yield\n{indent(body, '    ')}\n"
        claim = {mark: CLAIMS.get(recorded, CLAIMS["open"]) for recorded, mark in RECORDED.items()}[record]
        result = judge(fixture + "\n" + method(claim, record, ", broken"))
        assert outcome(result) == ("failed", "error")
        assert f"in {phase}: " in result.properties["test_it"]["excolor.error"]

    @pytest.mark.parametrize("numbers", ["numpy.array([0.1, 0.2])", "xarray.DataArray([0.1, 0.2])"])
    def test_many_numbers_asserted_at_once_are_to_be_summarized(self, judge, numbers):
        result = judge(method(f"import numpy, xarray\nassert {numbers} < 0.3"))
        assert outcome(result) == ("failed", "error")
        assert result.properties["test_it"]["excolor.error"] == (
            "ValueError: many numbers were asked at once whether they are true: if they are one for each seed, "
            "summarize them, such as median(error) < 0.001 or fraction(error < 0.001) > 1 / 2"
        )

    def test_in_a_fixture_that_is_asked_for_late(self, judge):
        fixture = "@pytest.fixture\ndef broken(self):\n    assert half < 0.1\n\n"
        late = method('request.getfixturevalue("broken")', RECORDED["disconfirmed"], ", request")
        assert outcome(judge(fixture + late)) == ("failed", "error")

    def test_a_fixture_judges_nothing_for_the_test(self, judge):
        fixture = "@pytest.fixture\ndef compared(self):\n    assert half < 0.9\n\n"
        late = method('request.getfixturevalue("compared")', arguments=", request")
        assert outcome(judge(fixture + late)) == ("failed", "error")

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            (
                "nothing asserted",
                "Nothing was asserted that can be judged: a prediction asserts a comparison of an Estimate, "
                "such as assert median(error) < 0.1, in its own method.",
            ),
            (
                "a comparison asked before",
                "A comparison was asked outside of the assertions of the test: 0.50 [0.40, 0.60] (32 seeds) < 0.1: "
                "disconfirmed. It is for the assertion alone to ask, such as assert median(error) < 0.1, "
                "in the method itself.",
            ),
            (
                "a comparison asked within another",
                "An assertion asks more than its comparisons, or something else than an Estimate is compared there: "
                "0.50 [0.40, 0.60] (32 seeds) < 0.1: disconfirmed. Assert comparisons of Estimates alone, "
                "such as assert median(error) < 0.1.",
            ),
            ("a plain number that fails", "The assertion that failed is no comparison of an Estimate."),
            (
                "an assertion that is not reached",
                "was not reached, or compares no Estimate: a prediction asserts comparisons of Estimates alone, "
                "such as assert median(error) < 0.1, and all of them.",
            ),
            (
                "pytest.xfail after a comparison",
                "The test was left by pytest.xfail once a comparison had been asked: 0.50 [0.40, 0.60] (32 seeds) "
                "< 0.1: disconfirmed. What was measured is judged: assert it, and record a verdict other than "
                'confirmed by a mark, such as @disconfirmed("moves with red").',
            ),
        ],
    )
    def test_says_why(self, judge, name, message):
        assert message in judge(method(ERRORS[name])).messages["test_it"]

    @pytest.mark.parametrize("phase", ["setup", "call", "teardown"])
    def test_begins_with_the_claim_too(self, judge, phase):
        steps = {"setup": "1 / 0\n    yield", "call": "yield", "teardown": "yield\n    1 / 0"}[phase]
        fixture = f"@pytest.fixture\ndef broken(self):\n    {steps}\n\n"
        body = "1 / 0" if phase == "call" else CLAIMS["confirmed"]
        message = judge(fixture + method(body, arguments=", broken")).messages["test_it"]
        measured = ["Measured 0.50 [0.40, 0.60] (32 seeds), claimed < 0.9: confirmed."] * (phase == "teardown")
        where = "" if phase == "call" else f"in {phase}: "
        expected = ["It is small.", *measured, f"{where}ZeroDivisionError: division by zero", NO_VERDICT]
        assert message.splitlines()[: len(expected)] == expected
        assert "\n>       1 / 0\n" in message

    def test_within_the_wrapper_of_a_decorator(self, judge):
        wrapper = 'def twice(test):\n    def test_it(self):\n        """It is small."""\n        test(self)\n'
        result = judge(f"{wrapper}    return test_it\n\n" + method("assert half < 0.9", "@twice"))
        assert outcome(result) == ("failed", "error")

    def test_a_test_case_of_unittest_judges_nothing(self, write, run):
        start = 'import unittest\n\nclass TestSmall(unittest.TestCase):\n    """H1: small."""\n\n'
        write(start + indent(method("assert half < 0.9"), "    "))
        result = run()
        assert outcome(result) == ("failed", "error")
        assert "it passed, and nothing was judged: write it as a method of a plain class" in result.messages["test_it"]

    @pytest.mark.parametrize("record", RECORDED.values(), ids=RECORDED)
    @pytest.mark.parametrize("how", ["skip", "xfail"])
    def test_a_test_that_leaves_itself_out(self, judge, how, record):
        result = judge(method(f"pytest.{how}('not now')", record))
        assert outcome(result) == ("failed", "error")
        assert result.code == pytest.ExitCode.TESTS_FAILED
        why = f"left unjudged by pytest.{how}: not now. A test is left out by an option of the run, such as -k, alone"
        assert result.messages["test_it"].splitlines() == ["It is small.", NO_VERDICT, why]
        assert f"ERROR !1 ! It is small Failed: {why} " in result.words

    @pytest.mark.parametrize("how", ["skip", "xfail"])
    @pytest.mark.parametrize("phase", ["setup", "teardown"])
    def test_a_fixture_that_leaves_a_test_out(self, judge, phase, how):
        steps = [f"    pytest.{how}('not now')", "    yield"][:: 1 if phase == "setup" else -1]
        fixture = "\n".join(["@pytest.fixture", "def absent(self):", *steps])
        result = judge(f"{fixture}\n\n" + method(CLAIMS["confirmed"], arguments=", absent"))
        assert outcome(result) == ("failed", "error")
        assert result.code == pytest.ExitCode.TESTS_FAILED
        why = f"in {phase}: left unjudged by pytest.{how}: not now."
        assert result.properties["test_it"]["excolor.error"].startswith(why)

    def test_what_goes_wrong_beside_the_test(self, judge, pytester):
        pytester.makeconftest("import pytest\n@pytest.hookimpl(trylast=True)\ndef pytest_runtest_call():\n    1 / 0\n")
        result = judge(method(CLAIMS["confirmed"]))
        assert outcome(result) == ("failed", "error")
        assert "! It is small 0.50 [0.40, 0.60] (32 seeds) < 0.9 ZeroDivisionError: division by zero" in result.words


class TestControls:
    def test_confirmed(self, judge):
        result = judge(method(CLAIMS["confirmed"], "@control"))
        assert outcome(result) == ("passed", "confirmed")
        assert result.properties["test_it"]["excolor.role"] == "control"

    @pytest.mark.parametrize("verdict", ["disconfirmed", "at the threshold", "open"])
    def test_anything_else_is_an_error(self, judge, verdict):
        result = judge(method(CLAIMS[verdict], "@control"))
        assert outcome(result) == ("failed", "error")
        claimed, told, *_, why, first = result.messages["test_it"].splitlines()
        assert claimed == "control: It is small."
        assert told.startswith("Measured 0.50 [0.40, 0.60] (32 seeds), claimed < 0.")
        assert why == "A control must be confirmed, or what it controls cannot be believed; no mark changes that."
        assert first == SUSPECT
        assert ("Train more of them" in result.messages["test_it"]) is (verdict == "open")
        assert "test_it - ControlFailed: control:" in result.text  # and more, where lines are long enough
        assert result.properties["test_it"]["excolor.measured"] == "0.50 [0.40, 0.60] (32 seeds)"

    def test_a_single_case(self, judge):
        cases = '@pytest.mark.parametrize("limit", [0.9, pytest.param(0.8, marks=control)])'
        result = judge(method("assert half < limit", cases, ", limit"))
        assert result.properties["test_it[0.8]"]["excolor.role"] == "control"
        assert "H1: the number is small                                          CONFIRMED 1/1" in result.summary


class TestElsewhere:
    def test_tests_outside_of_hypotheses_are_left_alone(self, write, run):
        body = "def test_it():\n    if half < 0.1:\n        pass\n    assert half < 0.9\n"
        write(body, directory="checks")
        result = run()
        assert outcome(result) == ("passed", None)
        assert result.summary == ""

    def test_a_failing_one_is_a_plain_failure(self, write, run):
        write("def test_it():\n    assert half < 0.1\n", directory="checks")
        assert "E       assert 0.50 [0.40, 0.60] (32 seeds) < 0.1" in run().messages["test_it"]


def test_what_a_refused_test_held_is_let_go(write, pytester):
    """Its frames hang on the exception; an ensemble in one of them would stay in memory for the rest of the run."""
    write("""
        import gc
        import weakref

        HELD = []

        class Held:
            pass

        class TestSmall:
            \"\"\"H1: the number is small.\"\"\"

            @disconfirmed("why")
            def test_it(self):
                \"\"\"It is small.\"\"\"
                held = Held()
                HELD.append(weakref.ref(held))
                assert half < 0.1

            @control
            def test_next(self):
                \"\"\"It is large.\"\"\"
                gc.collect()
                gone = HELD[0]() is None
                assert median([float(gone)] * 32) > 0.5
    """)
    # In a process of its own, since pytest's record of a run within this one holds the exception too.
    pytester.runpytest_subprocess().assert_outcomes(passed=1, xfailed=1)
