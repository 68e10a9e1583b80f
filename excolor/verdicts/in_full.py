"""Hypotheses in full: each with what stands behind it, and its predictions in aligned columns."""

from collections.abc import Callable, Iterator, Sequence

from excolor.judging.predictions import ERROR
from excolor.judging.trials import Trial
from excolor.verdicts.counts import carries, count, left_out, score, standing
from excolor.verdicts.grouping import Experiment, Hypothesis, title
from excolor.verdicts.layout import BOLD, GAP, PLAIN, Line, paragraph, row
from excolor.verdicts.reading import Reading
from excolor.verdicts.remarks import published, remark
from excolor.verdicts.rollup import NOT_JUDGED
from excolor.verdicts.signs import CONFIRMED, MARKUP, SYMBOLS

LEGEND = (
    ", ".join(f"{symbol} {verdict}" for verdict, symbol in SYMBOLS.items())
    + "; then the measured value [95 % interval], what was claimed of it, "
    "and the published figure, if there is one, from the seeds that its hypothesis names."
)
RESTATED = "*"
ABOUT_RESTATED = f" A claim with {RESTATED} was restated once results were seen: -v shows what it was."
WIDEST = 120
"""The most columns used: a wider terminal would only draw statements and readings apart."""


Columns = tuple[int, int, int]
"""How wide measured values, claims and published figures are."""


def in_full(
    experiments: Sequence[Experiment], width: int, explain: bool, told: Callable[[Reading], bool]
) -> Iterator[Line]:
    """Write every prediction that is to be told below its hypothesis, and that below the title of its experiment.

    `explain`: whether to say how claims were restated.
    """
    width = min(width, WIDEST)
    readings = [each for experiment in experiments for hypothesis in experiment for each in hypothesis if told(each)]
    columns = _columns(readings)
    signed = any(_claimed(reading) != reading.claim for reading in readings if not _is_held(reading))
    yield from paragraph(LEGEND + ABOUT_RESTATED * signed, 0, width)
    for experiment in experiments:
        hypotheses = [hypothesis for hypothesis in experiment if any(map(told, hypothesis))]
        if hypotheses:
            name, seeds = title(experiment)
            yield []
            yield from row((name, BOLD), [(seeds, PLAIN)], 0, width)
        for hypothesis in hypotheses:
            yield from _heading(hypothesis, width)
            yield from _predictions(list(filter(told, hypothesis)), columns, width, explain)


def _columns(readings: Sequence[Reading]) -> Columns:
    estimated = [reading for reading in readings if not isinstance(reading.comparison, Trial)]  # the others may be long
    return (
        max((len(reading.measured) for reading in estimated), default=0),
        max((len(_claimed(reading)) for reading in estimated), default=0),
        max(len(published(reading)) for reading in readings),
    )


def _heading(hypothesis: Hypothesis, width: int) -> Iterator[Line]:
    verdict = standing(hypothesis)
    outcome = f"{verdict.upper()} {score(hypothesis)}"
    yield from row((hypothesis[0].hypothesis, BOLD), [(outcome, MARKUP[verdict])], 2, width)
    yield from paragraph(hypothesis[0].background, 4, width)


def _predictions(readings: Sequence[Reading], columns: Columns, width: int, explain: bool) -> Iterator[Line]:
    """Write what is not as recorded, the primary predictions, and the others; controls that hold are counted alone."""
    listed = sorted(filter(_is_listed, readings), key=_as_recorded)
    beside = [reading for reading in listed if not carries(reading) and _as_recorded(reading)]
    for reading in listed:
        if reading not in beside:
            yield from _prediction(reading, columns, width, explain)
    if beside:
        yield [("    beside it:", PLAIN)]
    for reading in beside:
        yield from _prediction(reading, columns, width, explain)
    held = sum(map(_is_held, readings))
    if held:
        yield [("    + ", MARKUP[CONFIRMED]), (f"{count(held, 'control')} confirmed", PLAIN)]
    for words in left_out(readings):
        yield from row((f"    - {words}", MARKUP[NOT_JUDGED]), [], 0, width)


def _is_listed(reading: Reading) -> bool:
    return bool(reading.verdict) and not _is_held(reading)


def _is_held(reading: Reading) -> bool:
    """Whether a reading is a confirmed control as it was before, which is counted and not listed."""
    return reading.role == "control" and reading.verdict == CONFIRMED and _as_recorded(reading)


def _as_recorded(reading: Reading) -> bool:
    return not reading.changed and not reading.apart and reading.verdict != ERROR


def _prediction(reading: Reading, columns: Columns, width: int, explain: bool) -> Iterator[Line]:
    markup = MARKUP[reading.verdict]
    ((first, _), *beside), *below = row((reading.label, PLAIN), _numbers(reading, columns), 6, width)
    yield [(f"    {SYMBOLS[reading.verdict]} ", markup), (first[6:], PLAIN), *beside]
    yield from below
    if reading.beside:
        yield from paragraph(reading.beside, 8, width)
    if told := remark(reading):
        yield from paragraph(told, 8, width)
    if reading.error:
        yield from paragraph(reading.error, 8, width, markup)
    record = reading.on_record + f": {reading.reason}" * bool(reading.reason)
    if reading.moved:
        yield from paragraph(f"moved: {record}", 8, width)
    elif reading.changed:
        yield from paragraph(f"{'NEW' if reading.new else 'CHANGED'}: {reading.differs or record}", 8, width, BOLD)
    elif reading.reason:
        yield from paragraph(record, 8, width)
    if reading.apart:
        yield from paragraph(reading.apart, 8, width, BOLD)
    if reading.restated and explain:
        yield from paragraph(f"restated, was {reading.restated}: {reading.restated_why}", 8, width)


def _numbers(reading: Reading, columns: Columns) -> Line:
    """Write the measured value and the claim in the verdict's color, then the published figure without a color."""
    if not reading.measured:
        return []
    measured, claimed, figures = columns
    ours = f"{reading.measured:<{measured}} {_claimed(reading):<{claimed}}" + " " * (GAP if figures else 0)
    return [(ours, MARKUP[reading.verdict]), (f"{published(reading):<{figures}}", PLAIN)]


def _claimed(reading: Reading) -> str:
    """Write the claim, with a `*` if it was restated."""
    return f"{reading.claim} {RESTATED}" if reading.claim and reading.restated else reading.claim
