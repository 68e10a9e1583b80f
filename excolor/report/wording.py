"""The words that a page and a short text share: verdicts with their symbols, scores, dates, and what is missing."""

from collections import Counter
from collections.abc import Iterable

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Comparison
from excolor.judging.predictions import ERROR
from excolor.report.provenance import Provenance
from excolor.report.run import Hypothesis, Run
from excolor.verdicts.rollup import NOT_JUDGED, PARTIALLY_CONFIRMED

SYMBOLS: dict[str, str] = {
    Verdict.CONFIRMED: "+",
    PARTIALLY_CONFIRMED: "±",
    Verdict.DISCONFIRMED: "\N{MULTIPLICATION SIGN}",
    Verdict.AT_THRESHOLD: "~",
    Verdict.OPEN: "?",
    ERROR: "!",
    NOT_JUDGED: "-",
}
"""By the verdict on a hypothesis or on one of its predictions, so that none is told by its color alone."""


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def tally(hypotheses: Iterable[Hypothesis]) -> list[tuple[str, int]]:
    """How many hypotheses have which verdict, those that none has left out."""
    found = Counter(each.verdict for each in hypotheses)
    return [(str(verdict), found[verdict]) for verdict in SYMBOLS if found[verdict]]


def number_of_seeds(hypothesis: Hypothesis) -> str:
    """How many seeds its primary predictions rest on."""
    seeds = [
        reading.comparison.estimate.n for reading in hypothesis.primary if isinstance(reading.comparison, Comparison)
    ]
    return str(max(seeds)) if seeds else ""


def in_words(duration: float) -> str:
    """A duration, such as `4 min 12 s`."""
    minutes, seconds = divmod(round(duration), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def commit(provenance: Provenance) -> str:
    """The commit of a run, and whether the tree was clean, in words."""
    if not provenance.commit:
        return "no repository"
    state = {True: "clean", False: "with changes that are not committed", None: "state unknown"}[provenance.clean]
    return f"{provenance.short_commit}, {state}"


def missing(run: Run) -> list[str]:
    """What a report has not, in words, each of them a sentence."""
    latest, told = run.latest, []
    if latest.stopped:
        told.append("The run was stopped before its end.")
    unread = len(latest.uncollected)
    if unread:
        told.append(f"{count(unread, 'file')} could not be collected: {', '.join(latest.uncollected)}.")
    left_out = Counter(reading.left_out for each in run.hypotheses for reading in each.readings if not reading.verdict)
    for why, many in left_out.items():
        told.append(f"{count(many, 'prediction or control', 'predictions and controls')} {why or 'did not run'}.")
    if run.others:
        from_others = sum(each.provenance != latest for each in run.hypotheses)
        days = ", ".join(dict.fromkeys(f"{other.day} ({commit(other)})" for other in run.others))
        told.append(f"{count(from_others, 'hypothesis is', 'hypotheses are')} from earlier runs: {days}.")
    return told
