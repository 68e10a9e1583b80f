"""The marks of a prediction: the verdict on record, if it is not confirmed, what was published, what is a control."""

import math
from numbers import Real

import pytest

from excolor.judging.claims import Verdict
from excolor.verdicts.outcomes import Disconfirmed, Undecided

_RECORDS = {Disconfirmed: Verdict.DISCONFIRMED, Undecided: Verdict.UNDECIDED}

control = pytest.mark.control
"""A positive control: it must be confirmed, is no prediction, and fails as an error of its hypothesis."""


def disconfirmed(reason: str) -> pytest.MarkDecorator:
    """Record that a prediction is known to be disconfirmed, and what was found instead.

    As a decorator, `@disconfirmed("the typical error is smaller without it")`, or on a single case,
    `pytest.param("dark green", marks=disconfirmed("moves with red"))`. Any other outcome fails.
    """
    return _record(Disconfirmed, reason)


def undecided(reason: str) -> pytest.MarkDecorator:
    """Record that an effect is known to be too near its threshold to be decided with the declared seeds."""
    return _record(Undecided, reason)


def _record(accepted: type[AssertionError], reason: str) -> pytest.MarkDecorator:
    if not isinstance(reason, str) or not reason.strip():
        name = accepted.__name__.lower()
        raise ValueError(
            f'@{name} needs the finding in words, such as @{name}("moves with red"); '
            f"got {getattr(reason, '__name__', repr(reason))}."
        )
    return pytest.mark.xfail(raises=accepted, strict=True, reason=reason)


def published(figure: float) -> pytest.MarkDecorator:
    """Set the published figure beside the measured one, on the same scale: of a ratio, the ratio of the published two.

    As a decorator, `@published(0.00031 / 0.00023)`, or on a single case, alone or with a record,
    `pytest.param("black", marks=[published(0.0041), disconfirmed("damaged more")])`. It judges nothing.
    """
    if isinstance(figure, bool) or not isinstance(figure, Real) or not math.isfinite(figure):
        raise ValueError(
            "@published takes the published figure, a finite number on the scale of what is measured, "
            f"such as @published(0.36); got {getattr(figure, '__name__', repr(figure))}."
        )
    return pytest.mark.published(float(figure))


def recorded(item: pytest.Item) -> tuple[Verdict, str]:
    """The verdict on record, and the reason given for it."""
    mark = item.get_closest_marker("xfail")
    return (Verdict.CONFIRMED, "") if mark is None else (_RECORDS[mark.kwargs["raises"]], mark.kwargs["reason"])


def published_figure(item: pytest.Item) -> float | None:
    mark = item.get_closest_marker("published")
    return None if mark is None else mark.args[0]


def is_record(mark: pytest.Mark) -> bool:
    """Whether an xfail mark was made here, and so accepts one verdict and nothing else."""
    return mark.kwargs.get("raises") in tuple(_RECORDS)


def is_control(item: pytest.Item) -> bool:
    return item.get_closest_marker("control") is not None


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "control: a positive control of a hypothesis, which must be confirmed")
    config.addinivalue_line("markers", "published(figure): what was published of what a prediction measures")
