"""A run as a short text in Markdown, for a pull request's comment: what changed, the table, and where it is from."""

import re
from collections.abc import Iterator

from excolor.judging.predictions import ERROR
from excolor.report.against import Change, Changes
from excolor.report.run import Hypothesis, Run
from excolor.report.wording import SYMBOLS, commit, count, in_words, missing, number_of_seeds, tally

MOST = 20
"""Lines of one list of changes; the page has all of them."""


def text(run: Run, since: Changes | None = None) -> str:
    """Write the text; `since`: what has changed since an earlier run, if it was held against one."""
    parts = [_headline(run), *_from_record(run), *_since(since), _table(run), _provenance(run)]
    return "\n\n".join(parts) + "\n"


def _headline(run: Run) -> str:
    verdicts = ", ".join(
        f"{many} {'in error' if verdict == ERROR else verdict}" for verdict, many in tally(run.hypotheses)
    )
    said = [f"**{count(len(run.hypotheses), 'hypothesis', 'hypotheses')}: {verdicts}.**", *map(_plain, missing(run))]
    published = "published " * run.is_of_published_claims
    return f"## Which {published}claims hold\n\n" + " ".join(said)


def _table(run: Run) -> str:
    rows = [
        "### Every hypothesis",
        "",
        "| experiment | claim | published | here | held | seeds |",
        "|---|---|---|---|---|---|",
    ]
    before = ""
    for each in run.hypotheses:
        word, resting = each.published
        published = _plain(f"{word} ({resting})" if word else "")
        held = f"{each.held}/{len(each.predictions)}"
        experiment = _plain("" if each.experiment == before else each.experiment)
        before = each.experiment
        cells = (experiment, _plain(each.statement), published, _verdict(each), held, number_of_seeds(each))
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _verdict(hypothesis: Hypothesis) -> str:
    return f"{SYMBOLS[hypothesis.verdict]} {hypothesis.verdict}"


def _from_record(run: Run) -> Iterator[str]:
    """What is not as the record has it."""
    lines = [
        f"- **{_plain(reading.statement)}** ({_plain(reading.experiment)}): "
        + _plain(reading.error or reading.differs or f"{reading.on_record}, measured {reading.verdict}")
        for reading in run.news
    ]
    if lines:
        yield "\n".join(["### Not as recorded", "", *_cut(lines)])


def _since(since: Changes | None) -> Iterator[str]:
    if since is None:
        return
    yield f"### Since {since.since.day} ({commit(since.since)})"
    if not since:
        yield "Nothing has changed: every verdict is the same, and every value lies within its old interval."
        return
    for heading, found in (("Verdicts", since.verdicts), ("Values beyond their old interval", since.values)):
        if found:
            yield "\n".join([f"{heading} ({len(found)}):", "", *_cut([_change(each) for each in found])])
    for heading, there in (("New", since.new), ("Not in this run", since.gone)):
        if there:
            lines = [f"- {_plain(each.statement)} ({_plain(each.experiment)})" for each in there]
            yield "\n".join([f"{heading} ({len(there)}):", "", *_cut(lines)])


def _change(change: Change) -> str:
    if change.prediction is None:
        what = f"**{_plain(change.hypothesis.statement)}**"
    else:
        what = f"{_plain(change.prediction.statement)} ({_plain(change.hypothesis.experiment)})"
    return f"- {what}: {_plain(change.before)} → {_plain(change.after)}"


def _cut(lines: list[str]) -> list[str]:
    return lines if len(lines) <= MOST else [*lines[:MOST], f"- and {len(lines) - MOST} more, on the page"]


def _provenance(run: Run) -> str:
    latest = run.latest
    versions = ", ".join(f"{name} {number}" for name, number in latest.versions.items())
    return "\n".join(
        [
            f"- `{latest.command.replace('`', '')}`",
            f"- {latest.date[:16].replace('T', ' ')} UTC, {in_words(latest.seconds)}, "
            f"{count(latest.processes, 'process', 'processes')}",
            f"- commit {commit(latest)}",
            f"- {_plain(latest.processor)}; {_plain(latest.system)}",
            f"- {versions}",
        ]
    )


def _plain(words: str) -> str:
    """Words in which Markdown and HTML find nothing to mark up, on one line."""
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(words.split()))
