"""The verdict on a hypothesis from the verdicts on its predictions."""

from collections.abc import Collection

from excolor.judging.claims import Verdict
from excolor.judging.predictions import ERROR

PARTIALLY_CONFIRMED = "partially confirmed"
NOT_JUDGED = "not judged"


def roll_up(predictions: Collection[str], controls: Collection[str] = ()) -> str:
    """Combine the verdicts of predictions and controls into that of their hypothesis.

    An error anywhere is an error of the hypothesis; else it is not judged if any of them did not run, so that it has no
    verdict; else an undecided prediction leaves it undecided; else it is confirmed or disconfirmed if all predictions
    are, and partially confirmed if they are mixed. Without a prediction it is not judged.
    """
    if ERROR in {*predictions, *controls}:
        return ERROR
    if "" in {*predictions, *controls}:
        return NOT_JUDGED
    if Verdict.UNDECIDED in predictions:
        return Verdict.UNDECIDED.value
    if len(set(predictions)) == 2:
        return PARTIALLY_CONFIRMED
    return next(iter(predictions), NOT_JUDGED)
