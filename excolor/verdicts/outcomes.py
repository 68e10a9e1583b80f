"""Exceptions for the verdicts by which a prediction or a control can fail.

Each verdict has an exception of its own, so that a mark that records a verdict accepts that exception and no other.
"""

import pytest


class Disconfirmed(AssertionError):  # noqa: N818 - named for what was found, which is no error
    """The whole interval lies on the other side of the threshold."""


class Undecided(AssertionError):  # noqa: N818
    """The interval takes the threshold in: the estimate lies at it, or it is open for want of seeds."""


class ControlFailed(AssertionError):  # noqa: N818
    """A control was not confirmed, so what it controls cannot be believed."""


# Failures then read "Disconfirmed: ...", without the path to the class; pytest does the same with its own.
for _outcome in (Disconfirmed, Undecided, ControlFailed):
    _outcome.__module__ = "builtins"


class MisplacedHypothesisWarning(pytest.PytestWarning):
    """What looks like a prediction is not judged: it lies where none are, or in a file that pytest passes by."""
