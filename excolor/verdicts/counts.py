"""How many hypotheses, predictions and controls came out how, and how many of them by chance, in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from excolor.judging.chance import p_value, remaining_by_benjamini_hochberg, remaining_by_holm
from excolor.judging.claims import Verdict
from excolor.judging.estimates import Comparison
from excolor.judging.predictions import ERROR
from excolor.verdicts.reading import Reading
from excolor.verdicts.replicating import replicated
from excolor.verdicts.rollup import roll_up
from excolor.verdicts.signs import AT_THRESHOLD, CONFIRMED, DISCONFIRMED, MARKUP, OPEN, SYMBOLS

MANY = 10
"""Fewer decisions are not summed up."""
WRONG = 0.025
"""The chance that an interval of 95 % lies wholly on the wrong side, if the truth lies at the threshold itself."""


def closing(readings: Sequence[Reading], standings: Sequence[str], unread: int = 0, absent: int = 0) -> str:
    """Write the last line, such as `2 hypotheses: 2 confirmed. 9 predictions and 1 control, all as recorded.`

    `absent`: how many hypotheses did not run at all.
    """
    tally = Counter(standings)
    verdicts = ", ".join(
        f"{tally[verdict]} {'in error' if verdict == ERROR else verdict}" for verdict in MARKUP if tally[verdict]
    )
    ran = [reading for reading in readings if reading.verdict]
    controls = sum(reading.role == "control" for reading in ran)
    predicted = Counter(reading.verdict for reading in ran if reading.role == "prediction")
    tests = count(predicted.total(), "prediction")
    if any(predicted[verdict] for verdict in Verdict):
        tests += f" ({', '.join(f'{predicted[verdict]} {verdict}' for verdict in Verdict if predicted[verdict])})"
    if controls:
        tests += f" and {count(controls, 'control')}"
    changed = Counter(reading.new for reading in readings if reading.changed and not reading.moved)
    errors = sum(reading.verdict == ERROR for reading in readings)
    exceptions = [f"{changed[False]} changed"] * bool(changed[False])
    exceptions += [f"{changed[True]} new"] * bool(changed[True])
    exceptions += [count(errors, "error")] * bool(errors)
    replication = replicated(readings)
    if replication:
        tests += f": {', '.join([str(replication), *exceptions])}"
    else:
        tests += f": {', '.join(exceptions)}" if exceptions else ", all as recorded" * bool(ran)
    asked_for = next((f" with {reading.replication}" for reading in readings if reading.replication), "")
    restated = sum(bool(reading.restated) for reading in ran)
    again = f", {restated} restated" if restated else ""
    missing = "".join(f" {words[0].upper()}{words[1:]}." for words in left_out(readings))
    if absent:
        missing += f" {count(absent, 'more hypothesis', 'more hypotheses')} did not run at all."
    if unread:
        missing += f" {count(unread, 'file')} could not be collected."
    return f"{count(len(standings), 'hypothesis', 'hypotheses')}: {verdicts}. {tests}{asked_for}{again}.{missing}"


def chance(readings: Iterable[Reading]) -> str:
    """Write how many of the primary decisions chance could have made, where there are many; no fact is one of them."""
    decided = [
        reading.comparison for reading in readings if carries(reading) and reading.verdict in (CONFIRMED, DISCONFIRMED)
    ]
    ps = [p_value(each) for each in decided if isinstance(each, Comparison) and not each.estimate.is_constant]
    if len(ps) < MANY:
        return ""
    return (
        f"Of {count(len(ps), 'primary prediction')} decided by seeds at most {WRONG * len(ps):.1f} are expected to be "
        f"wrong; {remaining_by_holm(ps)} remain if the chance of any wrong one is to be 5 % (Holm), "
        f"{remaining_by_benjamini_hochberg(ps)} if 5 % of them may be (Benjamini-Hochberg)."
    )


def left_out(readings: Iterable[Reading]) -> Iterator[str]:
    """How many did not run, and why: `2 predictions and 1 control left out on request`."""
    reasons: dict[str, Counter[str]] = {}
    for reading in readings:
        if not reading.verdict:
            reasons.setdefault(reading.left_out, Counter())[reading.role] += 1
    for why, roles in reasons.items():
        yield f"{' and '.join(count(roles[role], role) for role in ('prediction', 'control') if roles[role])} {why}"


def standing(hypothesis: Iterable[Reading]) -> str:
    """The verdict on a hypothesis from its Readings."""
    parts: dict[bool, list[str]] = {True: [], False: []}
    for reading in hypothesis:
        parts[carries(reading)].append(reading.verdict)
    return roll_up(parts[True], parts[False])


def score(hypothesis: Sequence[Reading]) -> str:
    """Count the primary predictions, then the others if there are any: `2/2, beside it 14/16`."""
    ran = [reading for reading in hypothesis if reading.role == "prediction" and reading.verdict]
    whole = len(ran) == hypothesis[0].predictions
    beside = [reading for reading in ran if not carries(reading)]
    score = _tally(filter(carries, ran), whole) + f", beside it {_tally(beside, whole)}" * bool(beside)
    return score if whole else f"{score} of the {len(ran)} that ran"


def held(hypothesis: Sequence[Reading]) -> str:
    """How many of its predictions are confirmed: `16/18`, whether or not they carry it, of all that it states."""
    confirmed = sum(reading.role == "prediction" and reading.verdict == CONFIRMED for reading in hypothesis)
    return f"{confirmed}/{hypothesis[0].predictions}"


def _tally(predictions: Iterable[Reading], whole: bool) -> str:
    """Count the confirmed ones, `14/16`, or each outcome if some are open, tied or in error, `+4 x21 ?3`."""
    ran = Counter(reading.verdict for reading in predictions if reading.verdict)
    if ran[OPEN] or ran[AT_THRESHOLD] or ran[ERROR]:
        return " ".join(f"{symbol}{ran[verdict]}" for verdict, symbol in SYMBOLS.items() if ran[verdict])
    return f"{ran[CONFIRMED]}/{ran.total()}" if whole else f"{ran[CONFIRMED]}"


def carries(reading: Reading) -> bool:
    """Whether the verdict on its hypothesis rests on it."""
    return reading.role == "prediction" and reading.primary


def count(number: int, one: str, many: str = "") -> str:
    """Such as `2 controls`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
