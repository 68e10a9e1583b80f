"""The verdict on a hypothesis from the verdicts on its predictions."""

from collections.abc import Collection

from excolor.judging.claims import Verdict
from excolor.judging.predictions import ERROR

PARTIALLY_CONFIRMED = "partially confirmed"
NOT_JUDGED = "not judged"


def roll_up(primary: Collection[str], beside: Collection[str] = ()) -> str:
    """Combine the verdicts of a hypothesis's primary predictions into its own.

    `beside`: those of its other predictions and its controls, which carry nothing, but must have gone well. An error
    anywhere is an error of the hypothesis; else it is not judged if any of them did not run, so that it has no verdict.
    Else it is partially confirmed if some primary predictions are confirmed and some disconfirmed, and disconfirmed if
    some are and none is confirmed; else open if any of them is, or at the threshold; else confirmed. Without a
    prediction it is not judged.
    """
    everything = {*primary, *beside}
    if ERROR in everything:
        return ERROR
    if "" in everything or not primary:
        return NOT_JUDGED
    found = set(primary)
    if {Verdict.CONFIRMED, Verdict.DISCONFIRMED} <= found:
        return PARTIALLY_CONFIRMED
    ranked = (Verdict.DISCONFIRMED, Verdict.OPEN, Verdict.AT_THRESHOLD, Verdict.CONFIRMED)
    return next(verdict.value for verdict in ranked if verdict in found)
