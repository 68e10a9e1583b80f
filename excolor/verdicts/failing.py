"""What a test that fails says: the claim, what was measured, what was published, where that is asserted, what to do."""

import os
from types import CodeType

import pytest

from excolor.judging.claims import Verdict
from excolor.judging.estimates import Comparison
from excolor.judging.settling import LEAST
from excolor.verdicts.assertions import written
from excolor.verdicts.deciding import Decision
from excolor.verdicts.planning import CHOICES, enough, needed
from excolor.verdicts.reading import Reading
from excolor.verdicts.record import SUSPECT
from excolor.verdicts.remarks import published, remark

NO_VERDICT = "An error is no verdict, and no mark records it: mend what raised it."
CONTROL = f"A control must be confirmed, or what it controls cannot be believed; no mark changes that.\n{SUSPECT}"
SUSPECT_OF_NEW = "Suspect first the test and its conditions: do they measure what is claimed?"
FINDING = "what was found instead"


def message(reading: Reading, advice: str, asserted: str = "") -> str:
    """Tell of a test in lines: the claim first, what to do last.

    `asserted`: where its assertion stands, and what it says.
    """
    lines = [f"{reading.label}."]
    if reading.comparison is not None:
        lines.append(f"Measured {reading.measured}, claimed {reading.claim}: {reading.comparison.verdict}.")
        if reading.published is not None:
            lines.append(f"{published(reading).capitalize()} ({reading.source}).")
    return "\n".join([*lines, *filter(None, (asserted, advice))])


def place(item: pytest.Item, code: CodeType, decided: Decision) -> str:
    """Where the assertion stands that decided, and what it says."""
    (line, _), _ = decided.assertion.span
    file = os.path.relpath(code.co_filename, item.config.rootpath)
    return f"Asserted in {file}, line {line}: {written(code, decided.assertion)}"


def advice(reading: Reading) -> str:
    """What to do about a verdict that is not the recorded one, or about a control; nothing if it is as recorded."""
    if reading.comparison is None:
        return ""
    measured = reading.comparison.verdict
    if reading.role == "control":
        return "\n".join(filter(None, (_more_seeds(reading), CONTROL)))
    if measured.on_record == reading.recorded:
        return ""
    found = f"{_on_record(reading)}; measured {measured}."
    if reading.replication:
        stays = f"This run was asked for {reading.replication}: {_no_mark(reading)}."
        return "\n".join(filter(None, (found, _more_seeds(reading), stays)))
    stands = "If it stays open" if measured is Verdict.OPEN else "If the measurement stands"
    record = f"{stands}, record that: {_edit(reading, measured)}."
    return "\n".join(filter(None, (found, _more_seeds(reading), SUSPECT_OF_NEW if reading.new else SUSPECT, record)))


def _on_record(reading: Reading) -> str:
    if reading.new:
        return "It is new: there is no record of it yet, neither a mark nor a table, so it was to be confirmed"
    unmarked = ", since no mark says otherwise" * (reading.recorded == Verdict.CONFIRMED)
    return f"Recorded {reading.recorded}{unmarked}"


def _no_mark(reading: Reading) -> str:
    """Why nothing is to be recorded of a run that was asked for other seeds, or for another world."""
    if "--null" in reading.replication:
        return "claims that name that world by @fails_under should fail in it, and no mark is set for that"
    if reading.new:
        return "judge it on the seeds of its file before a mark is set"
    return "the record is not for that, and may stay"


def _more_seeds(reading: Reading) -> str:
    """Which number of seeds could decide what is open, if there is one that a file may have."""
    compared = reading.comparison
    if not isinstance(compared, Comparison) or compared.verdict is not Verdict.OPEN:
        return ""
    said = f"It is {remark(reading)}."
    # Of fewer than six nothing can be foretold, since their interval has no end.
    too_few = compared.estimate.n < LEAST
    seeds = CHOICES[0] if too_few else enough(max(needed(reading), compared.estimate.n + 1))
    if seeds is None:
        return f"{said} More than {CHOICES[-1]} are not worth their time."
    more = f"try --seeds {seeds}, and keep to it by SEEDS = {seeds}"
    return f"{said} Train more of them before anything else, with a margin as the value will move: {more}."


def _edit(reading: Reading, measured: Verdict) -> str:
    on_record = f'@{reading.recorded}("{reading.reason}")'
    return {
        (True, False): f'mark the prediction @{measured.on_record}("{FINDING}")',
        (False, True): f"remove {on_record}",
        (False, False): f'replace {on_record} by @{measured.on_record}("{FINDING}")',
    }[reading.recorded == Verdict.CONFIRMED, measured is Verdict.CONFIRMED]
