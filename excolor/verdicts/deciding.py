"""Which comparisons a test asserted, and which of them decides.

Each one in turn, up to the first that is not confirmed, which decides; if all are confirmed, the last stands for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from types import CodeType, TracebackType

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Asked, Judged
from excolor.verdicts.assertions import Assertion, Span, assertions

_EXAMPLE = "such as assert median(error) < 0.1"


class NoVerdictError(Exception):
    """No verdict can be read from what happened in a test."""


@dataclass(frozen=True)
class Decision:
    """The comparison that decides, the assertion that asked it, and what there is to say of the others."""

    comparison: Judged
    assertion: Assertion
    beside: str = ""


def decision(code: CodeType, asked: Sequence[Asked], failure: AssertionError | None = None) -> Decision:
    """What was decided by the assertions of a test, which ended by this failure or passed.

    Raises:
        NoVerdictError: something else than a comparison was asserted, or a comparison was asked by something else.
    """
    written = assertions(code)
    # To explain a failure pytest asks every part of the assertion again, in any order: the first time counts.
    once = list({id(question.comparison): question for question in asked[::-1]}.values())[::-1]
    heard = _until_denied(once)
    comparisons = [question.comparison for question in heard]
    expected = [(assertion, part) for assertion in written for part in assertion.comparisons]
    for question, place in zip(heard, [*expected, *[None] * len(heard)], strict=False):
        _check(question, place, code, written)
    denied = comparisons and comparisons[-1].verdict is not Verdict.CONFIRMED
    if failure is not None:
        if not denied or not _raised_by(failure.__traceback__, expected[len(heard) - 1][0], heard[-1]):
            raise NoVerdictError("The assertion that failed is no comparison of an Estimate.")
    elif denied:
        raise NoVerdictError(f"The test passed all the same, but a comparison was not confirmed: {comparisons[-1]}.")
    elif not comparisons:
        raise NoVerdictError(
            "Nothing was asserted that can be judged: a prediction asserts a comparison of an Estimate, "
            f"{_EXAMPLE}, in its own method."
        )
    elif len(heard) < len(expected):
        raise NoVerdictError(
            f"The assertion in line {expected[len(heard)][1][0][0]} was not reached, or compares no Estimate: "
            f"a prediction asserts comparisons of Estimates alone, {_EXAMPLE}, and all of them."
        )
    return Decision(comparisons[-1], expected[len(heard) - 1][0], _beside(comparisons, len(expected) - len(heard)))


def _until_denied(asked: Sequence[Asked]) -> list[Asked]:
    confirmed = [question.comparison.verdict is Verdict.CONFIRMED for question in asked]
    return list(asked[: confirmed.index(False) + 1] if False in confirmed else asked)


def _check(question: Asked, place: tuple[Assertion, Span] | None, code: CodeType, written: Sequence[Assertion]) -> None:
    """Whether it is the comparison that stands at this place, and no other, that was asked."""
    if question.frame.f_code is not code or not any(_asked_in(assertion.span, question) for assertion in written):
        raise NoVerdictError(
            f"A comparison was asked outside of the assertions of the test: {question.comparison}. "
            f"It is for the assertion alone to ask, {_EXAMPLE}, in the method itself."
        )
    if place is None or not _asked_in(place[0].span, question) or _part(question) != place[1]:
        raise NoVerdictError(
            "An assertion asks more than its comparisons, or something else than an Estimate is compared there: "
            f"{question.comparison}. Assert comparisons of Estimates alone, {_EXAMPLE}."
        )


def _part(question: Asked) -> Span | None:
    """Which comparison, as written, an instruction asks: the last that was made before it."""
    code = question.frame.f_code
    parts = {part for assertion in assertions(code) for part in assertion.comparisons}
    spans = list(islice(_spans(code), question.instruction // 2 + 1))
    return next((span for span in spans[::-1] if span in parts), None)


def _raised_by(raised: TracebackType | None, assertion: Assertion, question: Asked) -> bool:
    while raised is not None and raised.tb_next is not None:
        raised = raised.tb_next
    if raised is None or raised.tb_frame is not question.frame:
        return False
    return _encloses(assertion.span, _span_of(raised.tb_frame.f_code, raised.tb_lasti))


def _asked_in(span: Span, question: Asked) -> bool:
    return _encloses(span, _span_of(question.frame.f_code, question.instruction))


def _span_of(code: CodeType, instruction: int) -> Span:
    return next(islice(_spans(code), instruction // 2, None))


def _spans(code: CodeType) -> Iterator[Span]:
    """From which line and column to which the source of each instruction reaches."""
    for line, end_line, column, end_column in code.co_positions():
        start = line or 0
        yield (start, column or 0), (end_line or start, end_column or 0)


def _encloses(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _beside(comparisons: Sequence[Judged], unasked: int) -> str:
    """What is to be said of the comparisons of a test beside the one that decides."""
    told = [f"and {comparison}" for comparison in comparisons[:-1]]
    if unasked:
        told.append(f"decides as the first that is not confirmed: {unasked} more not asked")
    return "; ".join(told)
