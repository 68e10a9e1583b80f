"""The marks of predictions: verdicts on record other than confirmed, published figures, restated claims, nulls."""

import math
from collections.abc import Iterator, Mapping, Sequence
from numbers import Real

import pytest

from excolor.judging.claims import Verdict
from excolor.numerics.given import shown
from excolor.verdicts.nulls import NULLS
from excolor.verdicts.outcomes import Disconfirmed, Undecided

_RECORDS = {Disconfirmed: Verdict.DISCONFIRMED.on_record, Undecided: Verdict.OPEN.on_record}

MOST_PRIMARY = 3
"""The most predictions that may carry a hypothesis."""

OF_CLASSES = {"fails_under", "primary"}
"""The marks that stand above a class."""

_NAMES = OF_CLASSES | {"control", "published", "restated"}
"""The marks that record no verdict."""

control = pytest.mark.control
"""The mark of a control: it must be confirmed, is no prediction, and fails as an error of its hypothesis."""


def disconfirmed(reason: str, *, case: str = "") -> pytest.MarkDecorator:
    """Record that a prediction is known to be disconfirmed, and what was found instead.

    As a decorator, `@disconfirmed("the typical error is smaller without it")`, or on a single case,
    `pytest.param("dark green", marks=disconfirmed("moves with red"))`. Any other outcome fails. `case`: of one case
    alone where several tests share their list of cases, `@disconfirmed("moves with red", case="dark green")`.
    """
    return _record(Disconfirmed, reason, case)


def undecided(reason: str, *, case: str = "") -> pytest.MarkDecorator:
    """Record that a prediction is known to be neither confirmed nor disconfirmed: at the threshold, or open."""
    return _record(Undecided, reason, case)


def _record(accepted: type[AssertionError], reason: str, case: str) -> pytest.MarkDecorator:
    if not isinstance(reason, str) or not reason.strip():
        name = accepted.__name__.lower()
        raise ValueError(
            f'@{name} needs the finding in words, such as @{name}("moves with red"); '
            f"got {getattr(reason, '__name__', repr(reason))}."
        )
    record = pytest.mark.xfail(raises=accepted, strict=True, reason=reason)
    return pytest.mark.of_case(case, record) if case else record


def primary(*names: str) -> pytest.MarkDecorator:
    """Name the predictions of a hypothesis that carry its verdict: one to three, the clauses of its statement.

    As a decorator of the class, `@primary("test_red_is_lost", "test_typical_color_is_spared")`. The others are counted
    beside it. A class without it is carried by all of its predictions.
    """
    if not 1 <= len(names) <= MOST_PRIMARY or not all(isinstance(name, str) and name for name in names):
        given = ", ".join(getattr(name, "__name__", repr(name)) for name in names)
        raise ValueError(
            "@primary names one to three predictions of its class, the clauses of its statement, "
            f'such as @primary("test_red_is_lost", "test_typical_color_is_spared"); got {given or "none"}.'
        )
    return pytest.mark.primary(*names)


def fails_under(*nulls: str, but: Mapping[str, str] | None = None) -> pytest.MarkDecorator:
    """Name worlds (`--null`) in which a hypothesis is refuted: each primary prediction fails under one of them.

    As a decorator of the class, `@fails_under("unregularized")`: what is confirmed with models that nothing has shaped
    says nothing of those that were shaped. `but`: the primary predictions that hold there too, and why.
    """
    if not nulls or not all(isinstance(null, str) and null in NULLS for null in nulls):
        given = ", ".join(getattr(null, "__name__", repr(null)) for null in nulls)
        raise ValueError(
            "@fails_under names worlds in which the primary predictions of its class fail, such as "
            f'@fails_under("unregularized"); they are {", ".join(NULLS)}; got {given or "none"}.'
        )
    held = {} if but is None else but
    if not isinstance(held, Mapping) or not all(
        isinstance(words, str) and words.strip() for words in (*held, *held.values())
    ):
        raise ValueError(
            "@fails_under needs the reason in words why a prediction holds there too, such as "
            f'but={{"test_white_suffers": "so it does in any model"}}; got but={shown(but)}.'
        )
    return pytest.mark.fails_under(*nulls, but=dict(held))


def published(figure: float, *, source: str = "") -> pytest.MarkDecorator:
    """Record the published figure of what is measured, on the same scale: for a ratio, the ratio of published figures.

    As a decorator, `@published(0.00031 / 0.00023, source="Ex 2.10")`, or on a single case, alone or with a record,
    `pytest.param("black", marks=[published(0.0041, source="Ex 2.5.1, table"), disconfirmed("damaged more")])`.
    It judges nothing; a test that asks for the fixture `figure` gets it, to derive a threshold from.
    `source`: where the figure stands.
    """
    if isinstance(figure, bool) or not isinstance(figure, Real) or not math.isfinite(figure):
        raise ValueError(
            "@published takes the published figure, a finite number on the scale of what is measured, "
            f'such as @published(0.36, source="Ex 2.10"); got {getattr(figure, "__name__", repr(figure))}.'
        )
    if not isinstance(source, str) or not source.strip():
        raise ValueError(
            "@published needs the place where the figure stands, "
            f'such as @published(0.36, source="Ex 2.10, table"); got source={source!r}.'
        )
    return pytest.mark.published(float(figure), source=source)


def restated(was: str = "", why: str = "") -> pytest.MarkDecorator:
    """Record that a claim is not the one that was set before the results were seen.

    As a decorator, `@restated(was="< SPARED", why="undecided on other seeds")`, or on a single case, alone or with
    other marks, `pytest.param("black", marks=restated(was="> 1", why="no margin"))`. It judges nothing.
    `was`: the first claim; `why`: the reason for the change.
    """
    if not all(isinstance(words, str) and words.strip() for words in (was, why)):
        given = ", ".join(getattr(words, "__name__", repr(words)) for words in (was, why))
        raise ValueError(
            "@restated needs what was claimed at first, and why that was changed, "
            f'such as @restated(was="< SPARED", why="undecided on other seeds"); got {given}.'
        )
    return pytest.mark.restated(was=was, why=why)


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> float:
    """The published figure of the test, to derive a threshold from: `@published(0.00023, ...)` gives 0.00023."""
    given, _ = published_figure(request.node)
    if given is None:
        pytest.fail(
            f"{request.node.name} asks for the published figure and has none: "
            'mark it, such as @published(0.36, source="Ex 2.10").',
            pytrace=False,
        )
    return given


def recorded(item: pytest.Item) -> tuple[str, str]:
    """Read the verdict on record for a test, and the reason given for it."""
    mark = item.get_closest_marker("xfail")
    return (
        (Verdict.CONFIRMED.on_record, "") if mark is None else (_RECORDS[mark.kwargs["raises"]], mark.kwargs["reason"])
    )


def record_cases(tests: Sequence[pytest.Function]) -> Iterator[str]:
    """Give each of these tests the verdict that is recorded for its case alone; say which name a case that is none."""
    for test in tests:
        for mark in test.iter_markers("of_case"):
            case, record = mark.args
            cases = [_case(other) for other in tests if other.originalname == test.originalname and _case(other)]
            if case not in cases:
                known = "no cases: leave the case out"
                if cases:
                    known = f"the cases {', '.join(map(repr, cases))}: name one of them, such as case={cases[0]!r}"
                name = test.nodeid.partition("[")[0]
                yield f"{name} has a verdict on record of the case {case!r}, and {known}."
            elif _case(test) == case:
                test.add_marker(record)


def _case(test: pytest.Function) -> str:
    """The case of a test as its name has it; empty if it has none."""
    return test.callspec.id if hasattr(test, "callspec") else ""


def published_figure(item: pytest.Item) -> tuple[float | None, str]:
    """Read the published figure of a test and its source; (None, "") without one."""
    mark = item.get_closest_marker("published")
    return (None, "") if mark is None else (mark.args[0], mark.kwargs["source"])


def restatement(item: pytest.Item) -> tuple[str, str]:
    """Read the first claim of a test and the reason for the change; ("", "") if it was not restated."""
    mark = item.get_closest_marker("restated")
    return ("", "") if mark is None else (mark.kwargs["was"], mark.kwargs["why"])


def is_record(mark: pytest.Mark) -> bool:
    """Whether an xfail mark records a verdict, and so accepts that verdict and nothing else."""
    return mark.kwargs.get("raises") in tuple(_RECORDS)


def written_above(mark: pytest.Mark) -> str:
    """How a mark of ours is written above a test or a class, such as `@disconfirmed`; empty if it has no name of ours.

    But for those that record a verdict, somebody else may have marks of these names.
    """
    if is_record(mark):
        return f"@{_RECORDS[mark.kwargs['raises']]}"
    record = mark.args[-1] if mark.name == "of_case" and mark.args else None
    if isinstance(record, pytest.MarkDecorator):
        return written_above(record.mark)
    return f"@{mark.name}" if mark.name in _NAMES else ""


def primaries(item: pytest.Item) -> tuple[str, ...]:
    """Read the names of the primary predictions of a test's class; none if it is carried by all of them."""
    mark = item.get_closest_marker("primary")
    return () if mark is None else mark.args


def holding_under_nulls(item: pytest.Item) -> tuple[str, ...]:
    """Read the names of the predictions that are said to hold in the worlds which refute their hypothesis, too."""
    mark = item.get_closest_marker("fails_under")
    return () if mark is None else tuple(mark.kwargs["but"])


def is_primary(item: pytest.Function) -> bool:
    """Whether the verdict on a test carries that on its hypothesis."""
    names = primaries(item)
    return not is_control(item) and (not names or item.originalname in names)


def is_control(item: pytest.Item) -> bool:
    return item.get_closest_marker("control") is not None


def declare_marks(config: pytest.Config) -> None:
    """Tell pytest of the marks that are not its own."""
    config.addinivalue_line("markers", "control: a control of a hypothesis, which must be confirmed")
    config.addinivalue_line("markers", "fails_under(*nulls, but): the worlds in which the primary predictions fail")
    config.addinivalue_line("markers", "of_case(case, record): the verdict on record of one case of a prediction")
    config.addinivalue_line("markers", "primary(*names): the predictions that carry the verdict on a hypothesis")
    config.addinivalue_line("markers", "published(figure, source): what was published of what a prediction measures")
    config.addinivalue_line("markers", "restated(was, why): the claim is not the one set before the results were seen")
