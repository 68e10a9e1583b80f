"""The summary as text: experiments, their hypotheses, the predictions of each in aligned columns.

Everything here is a pure function of the Readings and the width of the terminal.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import numpy as np

from excolor.judging.chance import p_value, percentile, remaining_by_benjamini_hochberg, remaining_by_holm
from excolor.judging.claims import Verdict
from excolor.judging.estimates import Comparison
from excolor.judging.predictions import ERROR
from excolor.judging.settling import seeds_to_settle, tied
from excolor.judging.trials import Trial
from excolor.verdicts.layout import BOLD, GAP, PLAIN, Line, Markup, paragraph, row
from excolor.verdicts.reading import NOT_REACHED, ON_REQUEST, Reading
from excolor.verdicts.replicating import replicated
from excolor.verdicts.rollup import NOT_JUDGED, PARTIALLY_CONFIRMED, roll_up

CONFIRMED, DISCONFIRMED, AT_THRESHOLD, OPEN = Verdict
SYMBOLS: dict[str, str] = {CONFIRMED: "+", DISCONFIRMED: "x", AT_THRESHOLD: "~", OPEN: "?", ERROR: "!"}
MARKUP: dict[str, Markup] = {
    CONFIRMED: {"green": True},
    PARTIALLY_CONFIRMED: {"yellow": True},
    DISCONFIRMED: {"red": True},
    AT_THRESHOLD: {"yellow": True},
    OPEN: {"yellow": True},
    ERROR: {"red": True, "bold": True},
    NOT_JUDGED: {"yellow": True},
}
LEGEND = (
    ", ".join(f"{symbol} {verdict}" for verdict, symbol in SYMBOLS.items())
    + "; then the measured value [95 % interval], what was claimed of it, "
    "and the published figure, if there is one, from the seeds that its hypothesis names."
)
RESTATED = "*"
ABOUT_RESTATED = f" A claim with {RESTATED} was restated once results were seen: -v shows what it was."
MOST_SEEDS = 10_000
"""How many seeds are too many to speak of."""
MANY = 10
"""Fewer decisions are not summed up."""
WRONG = 0.025
"""The chance that an interval of 95 % lies wholly on the wrong side, if the truth lies at the threshold itself."""
MANY_TIES = 0.05
"""The share of seeds on a threshold above which it is told."""
WIDEST = 120
"""The most columns used: a wider terminal would only draw statements and readings apart."""


def render(readings: Iterable[Reading], unread: int, width: int, explain: bool = False) -> list[Line]:
    """Render the summary as lines.

    `unread`: how many hypothesis files could not be collected; `explain`: whether to say how claims were restated.
    There are none if all was left out on request, or the run was stopped before anything was read.
    """
    width = min(width, WIDEST)
    known = sorted(readings, key=lambda reading: reading.position)
    groups = {reading.group for reading in known if reading.left_out not in (ON_REQUEST, NOT_REACHED)}
    ordered = [reading for reading in known if reading.group in groups]
    absent = len({reading.group for reading in known} - groups)
    if not ordered:
        return []
    estimated = [reading for reading in ordered if not isinstance(reading.comparison, Trial)]  # the others may be long
    columns = (
        max((len(reading.measured) for reading in estimated), default=0),
        max((len(_claimed(reading)) for reading in estimated), default=0),
        max(len(_published(reading)) for reading in ordered),
    )
    signed = any(_claimed(reading) != reading.claimed for reading in ordered if not _is_held(reading))
    lines = paragraph(LEGEND + ABOUT_RESTATED * signed, 0, width)
    standings = []
    for _, of_file in groupby(ordered, key=lambda reading: reading.group.partition("::")[0]):
        experiment = list(of_file)
        seeds = next((f"seeds {reading.seeds}" for reading in experiment if reading.seeds), "")
        lines += [[], *row((experiment[0].experiment, BOLD), [(seeds, PLAIN)], 0, width)]
        for _, of_class in groupby(experiment, key=lambda reading: reading.group):
            hypothesis = list(of_class)
            standing = _standing(hypothesis)
            standings.append(standing)
            score = f"{standing.upper()} {_score(hypothesis)}"
            lines += row((hypothesis[0].hypothesis, BOLD), [(score, MARKUP[standing])], 2, width)
            lines += paragraph(hypothesis[0].background, 4, width)
            held = sum(map(_is_held, hypothesis))
            listed = sorted(filter(_is_listed, hypothesis), key=_as_recorded)
            first = [reading for reading in listed if _carries(reading) or not _as_recorded(reading)]
            for reading in first:
                lines += _prediction(reading, columns, width, explain)
            beside = [reading for reading in listed if not _carries(reading) and _as_recorded(reading)]
            lines += [[("    beside it:", PLAIN)]] * bool(beside)
            for reading in beside:
                lines += _prediction(reading, columns, width, explain)
            if held:
                lines.append([("    + ", MARKUP[CONFIRMED]), (f"{_count(held, 'control')} confirmed", PLAIN)])
            for words in _left_out(hypothesis):
                lines += row((f"    - {words}", MARKUP[NOT_JUDGED]), [], 0, width)
    by_chance = paragraph(chance(ordered), 0, width)
    if by_chance:
        lines += [[], *by_chance]
    return [*lines, [], *paragraph(closing(ordered, standings, unread, absent), 0, width, BOLD)]


def closing(readings: Sequence[Reading], standings: Sequence[str], unread: int = 0, absent: int = 0) -> str:
    """Write the last line, such as `2 hypotheses: 2 confirmed. 9 predictions and 1 control, all as recorded.`

    `absent`: how many hypotheses did not run at all.
    """
    tally = Counter(standings)
    verdicts = ", ".join(
        f"{tally[standing]} {'in error' if standing == ERROR else standing}" for standing in MARKUP if tally[standing]
    )
    ran = [reading for reading in readings if reading.verdict]
    controls = sum(reading.role == "control" for reading in ran)
    predicted = Counter(reading.verdict for reading in ran if reading.role == "prediction")
    tests = _count(predicted.total(), "prediction")
    if any(predicted[verdict] for verdict in Verdict):
        tests += f" ({', '.join(f'{predicted[verdict]} {verdict}' for verdict in Verdict if predicted[verdict])})"
    if controls:
        tests += f" and {_count(controls, 'control')}"
    changed = sum(reading.changed and not reading.moved for reading in readings)
    errors = sum(reading.verdict == ERROR for reading in readings)
    exceptions = [f"{changed} changed"] * bool(changed) + [_count(errors, "error")] * bool(errors)
    held_against = replicated(readings)
    if held_against:
        tests += f": {', '.join([str(held_against), *exceptions])}"
    else:
        tests += f": {', '.join(exceptions)}" if exceptions else ", all as recorded" * bool(ran)
    replication = next((f" with {reading.replication}" for reading in readings if reading.replication), "")
    restated = sum(bool(reading.restated) for reading in ran)
    again = f", {restated} restated" if restated else ""
    missing = "".join(f" {words[0].upper()}{words[1:]}." for words in _left_out(readings))
    if absent:
        missing += f" {_count(absent, 'more hypothesis', 'more hypotheses')} did not run at all."
    if unread:
        missing += f" {_count(unread, 'file')} could not be collected."
    return f"{_count(len(standings), 'hypothesis', 'hypotheses')}: {verdicts}. {tests}{replication}{again}.{missing}"


def chance(readings: Iterable[Reading]) -> str:
    """Write how many of the primary decisions chance could have made, where there are many."""
    decided = [reading for reading in readings if _carries(reading) and reading.verdict in (CONFIRMED, DISCONFIRMED)]
    ps = [p_value(each.comparison) for each in decided if isinstance(each.comparison, Comparison)]
    if len(ps) < MANY:
        return ""
    return (
        f"Of {_count(len(ps), 'primary prediction')} decided by seeds at most {WRONG * len(ps):.1f} are expected to be "
        f"wrong; {remaining_by_holm(ps)} remain if the chance of any wrong one is to be 5 % (Holm), "
        f"{remaining_by_benjamini_hochberg(ps)} if 5 % of them may be (Benjamini-Hochberg)."
    )


def _left_out(readings: Iterable[Reading]) -> Iterator[str]:
    """How many did not run, and why: `2 predictions and 1 control left out on request`."""
    reasons: dict[str, Counter[str]] = {}
    for reading in readings:
        if not reading.verdict:
            reasons.setdefault(reading.left_out, Counter())[reading.role] += 1
    for why, roles in reasons.items():
        yield f"{' and '.join(_count(roles[role], role) for role in ('prediction', 'control') if roles[role])} {why}"


def _standing(hypothesis: Iterable[Reading]) -> str:
    parts: dict[bool, list[str]] = {True: [], False: []}
    for reading in hypothesis:
        parts[_carries(reading)].append(reading.verdict)
    return roll_up(parts[True], parts[False])


def _score(hypothesis: Sequence[Reading]) -> str:
    """Count the primary predictions, then the others if there are any: `2/2, beside it 14/16`."""
    ran = [reading for reading in hypothesis if reading.role == "prediction" and reading.verdict]
    whole = len(ran) == hypothesis[0].predictions
    beside = [reading for reading in ran if not _carries(reading)]
    score = _tally(filter(_carries, ran), whole) + f", beside it {_tally(beside, whole)}" * bool(beside)
    return score if whole else f"{score} of the {len(ran)} that ran"


def _tally(predictions: Iterable[Reading], whole: bool) -> str:
    """Count the confirmed ones, `14/16`, or each outcome if some are open, tied or in error, `+4 x21 ?3`."""
    ran = Counter(reading.verdict for reading in predictions if reading.verdict)
    if ran[OPEN] or ran[AT_THRESHOLD] or ran[ERROR]:
        return " ".join(f"{symbol}{ran[verdict]}" for verdict, symbol in SYMBOLS.items() if ran[verdict])
    return f"{ran[CONFIRMED]}/{ran.total()}" if whole else f"{ran[CONFIRMED]}"


def _carries(reading: Reading) -> bool:
    """Whether the verdict on its hypothesis rests on it."""
    return reading.role == "prediction" and reading.primary


def _is_listed(reading: Reading) -> bool:
    return bool(reading.verdict) and not _is_held(reading)


def _is_held(reading: Reading) -> bool:
    """Whether a reading is a confirmed control as it was before, which is counted and not listed."""
    return reading.role == "control" and reading.verdict == CONFIRMED and not reading.changed


def _as_recorded(reading: Reading) -> bool:
    return not reading.changed and reading.verdict != ERROR


def _prediction(reading: Reading, columns: tuple[int, int, int], width: int, explain: bool) -> Iterator[Line]:
    markup = MARKUP[reading.verdict]
    ((first, _), *beside), *below = row((reading.label, PLAIN), _numbers(reading, columns), 6, width)
    yield [(f"    {SYMBOLS[reading.verdict]} ", markup), (first[6:], PLAIN), *beside]
    yield from below
    if reading.beside:
        yield from paragraph(reading.beside, 8, width)
    if remark := _remark(reading):
        yield from paragraph(remark, 8, width)
    if reading.error:
        yield from paragraph(reading.error, 8, width, markup)
    record = f"recorded {reading.recorded}" + f": {reading.reason}" * bool(reading.reason)
    if reading.moved:
        yield from paragraph(f"moved: {record}", 8, width)
    elif reading.changed:
        yield from paragraph(f"CHANGED: {reading.differs or record}", 8, width, BOLD)
    elif reading.reason:
        yield from paragraph(record, 8, width)
    if reading.restated and explain:
        yield from paragraph(f"restated, was {reading.restated}: {reading.restated_why}", 8, width)


def _remark(reading: Reading) -> str:
    """What there is to say of the verdict itself: how many seeds would do, or that seeds lie on the threshold."""
    compared = reading.comparison
    if not isinstance(compared, Comparison):
        return ""
    said = []
    if reading.verdict == OPEN:
        needed = seeds_to_settle(compared.estimate, compared.claim)
        said.append(
            f"open: about {needed:.0f} seeds would do" if needed < MOST_SEEDS else "open: few seeds, or a close call"
        )
    share = tied(compared.estimate.samples, compared.claim)
    if share > MANY_TIES:
        said.append(f"{share:.0%} of seeds lie on the threshold")
    return "; ".join(said)


def _numbers(reading: Reading, columns: tuple[int, int, int]) -> Line:
    """Write the measured value and the claim in the verdict's color, then the published figure without a color."""
    if not reading.measured:
        return []
    measured, claimed, published = columns
    ours = f"{reading.measured:<{measured}} {_claimed(reading):<{claimed}}" + " " * (GAP if published else 0)
    return [(ours, MARKUP[reading.verdict]), (f"{_published(reading):<{published}}", PLAIN)]


def _claimed(reading: Reading) -> str:
    """Write the claim, with a `*` if it was restated."""
    return f"{reading.claimed} {RESTATED}" if reading.claimed and reading.restated else reading.claimed


def _published(reading: Reading) -> str:
    """Write the published figure to two digits, the least that a measured value has, and its percentile among ours."""
    if reading.published is None:
        return ""
    figure = f"published {np.format_float_positional(reading.published, 2, fractional=False, trim='-')}"
    compared = reading.comparison
    if not isinstance(compared, Comparison) or not compared.estimate.samples:
        return figure
    return f"{figure}, at {percentile(compared.estimate.samples, reading.published):.0f} % of ours"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
