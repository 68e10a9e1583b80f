"""What counts as a prediction, and the files that are refused for not saying what they claim."""

import pytest

from excolor.verdicts.wording import first_line, first_sentence, published_verdict

FILE = "hypotheses/test_small.py"


@pytest.mark.parametrize(
    ("docstring", "line"),
    [
        ("Experiment 2.10: delete only red.", "Experiment 2.10: delete only red"),
        ("\n    Experiment 2.10\n\n    More.\n", "Experiment 2.10"),
    ],
)
def test_first_line(docstring, line):
    assert first_line(docstring) == line


@pytest.mark.parametrize(
    ("docstring", "sentence"),
    [
        ("Dark green is spared.", "Dark green is spared"),
        ("The error is below 0.1 in 2.10. The null is 0.3.", "The error is below 0.1 in 2.10"),
        ("A statement that\n    needs two lines. And more.", "A statement that needs two lines"),
        ("No full stop\n\n    Another paragraph.", "No full stop"),
        ("Colors, e.g. dark green, move.", "Colors, e.g. dark green, move"),
    ],
)
def test_first_sentence(docstring, sentence):
    assert first_sentence(docstring) == sentence


@pytest.mark.parametrize(
    ("paragraph", "told"),
    [
        ("Published verdict, from one seed: disconfirmed.", ("disconfirmed", "one seed")),
        ("Published verdict, from one seed: disconfirmed, for 0.2.", ("disconfirmed", "one seed")),
        (
            "Published verdict, from one seed:\n    partially confirmed; red is gone.",
            ("partially confirmed", "one seed"),
        ),
        ("Published verdict, of all 60 seeds: confirmed. By eye.", ("confirmed", "all 60 seeds")),
        ("Published verdict, by looking at a figure: as designed.", ("as designed", "a figure")),
        ("Published verdict, from one seed, of 2.10: open.", ("open", "one seed")),
        ("More.\n\n    Published verdict, from one seed: open.", ("open", "one seed")),
        ("More. Published verdict, from one seed: open.", ("", "")),
        ("Published verdict: open.", ("", "")),
        ("Published verdict, from one seed: open", ("", "")),
        ("Published verdict, from one seed: a small improvement on 2.3.", ("", "")),
        ("Published verdict, from one seed: what is said in so many words.", ("", "")),
        ("", ("", "")),
    ],
)
def test_published_verdict(paragraph, told):
    assert published_verdict(f"Red alone is deleted.\n\n    {paragraph}\n    ") == told


CLASS = 'class TestSmall:\n    """H1: small."""\n\n'
METHOD = '    def test_it(self):\n        """It is small."""\n        assert half < 0.9\n'


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "class TestSmall:\n" + METHOD,
            f'{FILE}::TestSmall needs a docstring that states the hypothesis, such as """H2: unitarity is still',
        ),
        (
            CLASS + "    def test_it(self):\n        assert half < 0.9\n",
            f'{FILE}::TestSmall::test_it needs a docstring that states the prediction, such as """Dark green is',
        ),
        (
            CLASS + '    def test_it(self):\n        """ """\n        assert half < 0.9\n',
            f"{FILE}::TestSmall::test_it needs a docstring that states the prediction",
        ),
        (
            'def test_it():\n    """It is small."""\n    assert half < 0.9\n',
            f"{FILE}::test_it belongs to no hypothesis: make it a method of a class, or move it elsewhere.",
        ),
        (
            CLASS + "    @pytest.mark.xfail\n" + METHOD,
            f'{FILE}::TestSmall::test_it has an xfail mark: record a verdict, such as @disconfirmed("moves with',
        ),
        (
            CLASS + "    @pytest.mark.xfail(raises=AssertionError, strict=True)\n" + METHOD,
            "test_it has an xfail mark: record a verdict",
        ),
        (
            CLASS + '    @undecided("near")\n    @disconfirmed("moves with red")\n' + METHOD,
            "test_it has more than one verdict on record: mark its cases one by one.",
        ),
        (
            CLASS + "    @published(0.3, source='1')\n    @published(0.4, source='1')\n" + METHOD,
            "test_it has more than one published figure: mark its cases one by one.",
        ),
        (
            CLASS + "    @restated('< 1', 'no margin')\n    @restated('< 2', 'no margin')\n" + METHOD,
            "test_it is restated more than once: say all in one, or mark its cases one by one.",
        ),
        (
            CLASS + '    @control\n    @disconfirmed("moves with red")\n' + METHOD,
            "test_it is a control with a verdict on record: a control is confirmed or else an error.",
        ),
        (
            CLASS + '    @fails_under("gray")\n' + METHOD,
            "test_it is marked @fails_under, which says something of a hypothesis: set it above its class.",
        ),
        (
            CLASS + '    @primary("test_it")\n' + METHOD,
            "test_it is marked @primary, which says something of a hypothesis: set it above its class.",
        ),
        (
            '@fails_under("gray")\n' + CLASS + METHOD,
            f"{FILE}::TestSmall names worlds in which its primary predictions fail, and none that is primary: "
            'name them, such as @primary("test_red_is_lost").',
        ),
    ],
)
def test_a_file_that_does_not_say_what_it_claims(write, run, body, message):
    write(body)
    result = run()
    assert result.code == pytest.ExitCode.INTERRUPTED
    assert message in result.text
    assert result.outcomes == {}


def test_a_file_that_names_no_experiment(write, run):
    write(
        CLASS + METHOD, head="from excolor.judging.estimates import Estimate\n\nhalf = Estimate(0.5, 0.4, 0.6, 32)\n\n"
    )
    assert (
        f'{FILE} needs a docstring that names the experiment, such as """Experiment 2.10: delete only red.""".'
    ) in run().text


def test_all_faults_of_a_class_are_named_at_once_and_each_once(write, run):
    mark = '    @pytest.mark.parametrize("limit", [0.8, 0.9])\n'
    methods = [f"{mark}    def test_{name}(self, limit):\n        assert half < limit\n\n" for name in ("one", "two")]
    write(CLASS + "".join(methods))
    text = run().text
    assert [text.count(f"test_{name} needs a docstring") for name in ("one", "two")] == [1, 1]


def test_helpers_that_are_no_tests_need_no_docstring(write, run):
    write("def helper():\n    return half\n\nclass Helper:\n    pass\n\n" + CLASS + METHOD)
    assert run().verdicts == {"test_it": "confirmed"}


def test_a_class_with_predictions_that_pytest_passes_by_is_refused(write, run):
    write(CLASS + METHOD + "\n\n" + CLASS.replace("TestSmall", "Small") + METHOD)
    result = run()
    assert result.code == pytest.ExitCode.INTERRUPTED
    assert (
        f"{FILE}::Small has predictions and is no hypothesis, since pytest passes it by: call it TestSmall. "
        "If it is for hypotheses of other files to inherit, move it to a file that has none."
    ) in result.text


@pytest.mark.parametrize(
    "small",
    [
        "class Small:\n" + METHOD + "\n\nclass TestSmall(Small):\n",
        "class Small:\n    __test__ = False\n\n" + METHOD + "\n\n" + CLASS,
    ],
)
def test_but_not_one_that_others_inherit_or_that_is_meant_to_be_none(write, run, small):
    write(small + '    """H1: small."""\n\n' + METHOD)
    assert run().verdicts == {"test_it": "confirmed"}


def test_what_a_class_says_beyond_its_first_paragraph_is_background(write, run):
    body = CLASS.rstrip().removesuffix('"""') + '\n\n    Published verdict,\n    of one seed: confirmed.\n    """\n'
    write(body + METHOD)
    assert "    Published verdict, of one seed: confirmed.\n" in run().summary


@pytest.mark.parametrize(("carried_by", "but"), [('@primary("test_red")', "test_gray"), ("", "test_grey")])
def test_what_holds_in_a_world_that_refutes_is_primary(write, run, carried_by, but):
    write(f'''
        {carried_by}
        @fails_under("gray", but={{"{but}": "gray is gray there"}})
        class TestSmall:
            """H1: the number is small."""

            def test_red(self):
                """It is."""
                assert half < 1

            def test_gray(self):
                """Gray is."""
                assert half < 1
        ''')
    said = f"::TestSmall says under @fails_under that {but} holds there too: it has no primary prediction of that name."
    assert said in run().text


ONE_CASE = '''
@disconfirmed("it is larger", case="{case}")
@pytest.mark.parametrize("limit", [0.3, 0.9])
def test_it(self, limit):
    """The number is below a limit."""
    assert half < limit
'''


def test_a_verdict_on_record_may_be_that_of_one_case(judge):
    result = judge(ONE_CASE.format(case="0.3"))
    assert result.code == 0
    assert result.outcomes == {"test_it[0.3]": "xfailed", "test_it[0.9]": "passed"}


def test_a_case_that_is_none_is_refused(judge):
    result = judge(ONE_CASE.format(case="0.4"))
    assert (
        "::test_it has a verdict on record of the case '0.4', and the cases '0.3', '0.9': name one of them, such as "
        "case='0.3'."
    ) in result.text


def test_a_test_without_cases_has_none(judge):
    result = judge(ONE_CASE.format(case="0.4").replace('@pytest.mark.parametrize("limit", [0.3, 0.9])\n', "", 1)
                   .replace(", limit)", ")").replace("< limit", "< 0.3"))  # fmt: skip
    assert "has a verdict on record of the case '0.4', and no cases: leave the case out." in result.text
