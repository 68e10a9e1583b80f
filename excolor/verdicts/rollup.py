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
    Else it is confirmed or disconfirmed if all primary predictions are; partially confirmed if some are confirmed and
    some disconfirmed; else open if any of them is, or at the threshold. Without a prediction it is not judged.
    """
    everything = {*primary, *beside}
    if ERROR in everything:
        return ERROR
    if "" in everything or not primary:
        return NOT_JUDGED
    found = set(primary)
    if len(found) == 1:
        return found.pop()
    if {Verdict.CONFIRMED, Verdict.DISCONFIRMED} <= found:
        return PARTIALLY_CONFIRMED
    return (Verdict.OPEN if Verdict.OPEN in found else Verdict.AT_THRESHOLD).value
