"""The short text, as a pull request shows it."""

from dataclasses import replace

from excolor.report.against import changes
from excolor.report.markdown import MOST, text
from excolor.report.run import Run, merged

HELD, FAILED = (0.4, 0.6), (0.1, 0.2)


def test_the_whole_text(hypothesis_of, early):
    run = Run.of([*hypothesis_of(HELD, recorded="confirmed"), *hypothesis_of(FAILED, HELD, name="Other")], early)
    assert (
        text(run)
        == """\
## Which published claims hold

**2 hypotheses: 1 confirmed, 1 partially confirmed.**

### Not as recorded

- **It is number\\_0** (2.9 Delete red): recorded confirmed, measured disconfirmed

### Every hypothesis

| experiment | claim | published | here | held | seeds |
|---|---|---|---|---|---|
| 2.9 Delete red | Red alone is deleted | confirmed (one seed) | ± partially confirmed | 1/2 | 3 |
|  | Red alone is deleted | confirmed (one seed) | + confirmed | 1/1 | 3 |

- `pytest tests/hypotheses --report report`
- 2026-11-01 08:00 UTC, 1 min 1 s, 2 processes
- commit 123456789, clean
- a processor; Linux x86\\_64
- excolor 0.1.0, numpy 2.4.6
"""
    )


def test_what_is_new_is_said_to_be(hypothesis_of, early):
    assert "(2.9 Delete red): no record yet, measured disconfirmed\n" in text(
        Run.of(hypothesis_of(FAILED, new=True), early)
    )


def test_words_are_not_taken_for_markup(reading, early):
    run = Run.of([reading(hypothesis="a | b <script> *c* `d`\n[e](f)", interval=HELD)], early)
    assert r"a \| b \<script\> \*c\* \`d\` \[e\](f)" in text(run)


def test_it_says_what_is_missing(hypothesis_of, early, late):
    before = Run.of(hypothesis_of(HELD, file="ex_1_8"), early)
    stopped = replace(late, stopped=True, uncollected=("tests/hypotheses/test_ex_2_2.py",))
    left_out = [replace(each, left_out="left out on request") for each in hypothesis_of(None, None)]
    said = text(merged(before, Run.of(left_out, stopped)))
    assert (
        "The run was stopped before its end. 1 file could not be collected: tests/hypotheses/test\\_ex\\_2\\_2.py. "
        "2 predictions and controls left out on request. "
        "1 hypothesis is from earlier runs: 2026-11-01 (123456789, clean)."
    ) in said
    assert "- commit no repository" in said


def test_it_says_what_has_changed(hypothesis_of, early, late):
    before = Run.of(hypothesis_of(HELD, *[HELD] * 30), early)
    after = Run.of(hypothesis_of(FAILED, *[(0.62, 0.7)] * 30), late)
    _, _, said = text(after, changes(before, after)).partition("### Since 2026-11-01 (123456789, clean)\n\n")
    assert said.startswith("Verdicts (2):\n\n- **Red alone is deleted**: confirmed → partially confirmed\n- It is numb")
    assert "Values beyond their old interval (30):\n\n- It is number" in said
    assert said.count("- It is number") == 1 + MOST
    assert f"- and {30 - MOST} more, on the page" in said


def test_it_says_that_nothing_has_changed(whole):
    assert "Nothing has changed: every verdict is the same" in text(whole, changes(whole, whole))
