"""What has changed from one run to a later one: verdicts first, then values that lie beyond their old interval."""

from collections.abc import Iterator
from dataclasses import dataclass

from excolor.judging.estimates import Comparison
from excolor.report.provenance import Provenance
from excolor.report.run import Hypothesis, Run
from excolor.verdicts.reading import Reading


@dataclass(frozen=True)
class Change:
    """Something that is told of in both runs, and is not the same."""

    hypothesis: Hypothesis
    """As it is in the later run."""
    prediction: Reading | None
    """As it is in the later run; None if the change is one of the hypothesis itself."""
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """What has changed since an earlier run."""

    since: Provenance
    verdicts: tuple[Change, ...]
    """Of hypotheses, each followed by those of its predictions."""
    values: tuple[Change, ...]
    """Of predictions with the same verdict whose value lies beyond its old interval."""
    new: tuple[Hypothesis, ...]
    gone: tuple[Hypothesis, ...]

    def __bool__(self) -> bool:
        return bool(self.verdicts or self.values or self.new or self.gone)


def changes(before: Run, after: Run) -> Changes:
    """Find what has changed; what did not run in one of both has not changed."""
    earlier = {each.group: each for each in before.hypotheses}
    later = {each.group: each for each in after.hypotheses}
    both = [(earlier[group], each) for group, each in later.items() if group in earlier]
    return Changes(
        since=before.latest,
        verdicts=tuple(change for was, now in both for change in _verdicts(was, now)),
        values=tuple(change for was, now in both for change in _values(was, now)),
        new=tuple(each for group, each in later.items() if group not in earlier),
        gone=tuple(each for group, each in earlier.items() if group not in later),
    )


def _verdicts(was: Hypothesis, now: Hypothesis) -> Iterator[Change]:
    if was.verdict != now.verdict:
        yield Change(now, None, was.verdict, now.verdict)
    for old, new in _pairs(was, now):
        if old.verdict != new.verdict:
            yield Change(now, new, told(old), told(new))


def _values(was: Hypothesis, now: Hypothesis) -> Iterator[Change]:
    for old, new in _pairs(was, now):
        if old.verdict == new.verdict and _is_beyond(old, new):
            yield Change(now, new, old.measured, new.measured)


def _pairs(was: Hypothesis, now: Hypothesis) -> Iterator[tuple[Reading, Reading]]:
    """What is told of the same test in both, if it ran in both."""
    earlier = {reading.test: reading for reading in was.readings}
    for new in (*now.predictions, *now.controls):
        old = earlier.get(new.test)
        if old is not None and old.verdict and new.verdict:
            yield old, new


def _is_beyond(old: Reading, new: Reading) -> bool:
    if not isinstance(old.comparison, Comparison) or not isinstance(new.comparison, Comparison):
        return False
    interval = old.comparison.estimate
    return not interval.low <= new.comparison.estimate.value <= interval.high


def told(reading: Reading) -> str:
    """The verdict on a prediction with what was measured."""
    return f"{reading.verdict}, {reading.measured}" if reading.measured else reading.verdict
