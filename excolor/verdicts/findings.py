"""What the record says of every hypothesis, as a page: its verdict, the published one, and what carries it.

`python -m excolor.verdicts.findings tests/hypotheses > docs/findings.md` writes that of the published claims,
`... tests/hypotheses/beyond > docs/beyond.md` that of questions that nobody had answered. Nothing is trained for it:
the statements come from the hypothesis files of the folder, the figures from the record beside them.
"""

import sys
from collections import Counter
from pathlib import Path

from excolor.plots.wording import listing
from excolor.verdicts.on_record import Hypothesis, measured, recorded_files
from excolor.verdicts.record import Row
from excolor.verdicts.wording import first_line, first_sentence, published_verdict

PAGE = """# {title}

The record of {hypotheses} hypotheses and of the {primary} primary predictions that carry them, each with the measured
value, its 95 % interval, and what was claimed of it. Of the hypotheses {tally}.

The other predictions, {beside} of them, stand in the tables of `{folder}/record`, and [how we judge](how-we-judge.md)
says what the words mean. This page is written from the record, by
`python -m excolor.verdicts.findings {folder} > docs/{name}.md`.
"""
PAGES = {
    "hypotheses": ("findings", "What the published claims came to", "tests/hypotheses"),
    "beyond": ("beyond", "What nobody had answered", "tests/hypotheses/beyond"),
}
"""Of each folder the name of its page in docs/, the title, and where the folder is."""


def page(directory: Path) -> str:
    """The text of docs/findings.md, or docs/beyond.md, from the hypothesis files of a directory that are on record."""
    files = list(recorded_files(directory))
    hypotheses = [each for file in files for each in file.hypotheses]
    standings = Counter(each.standing for each in hypotheses)
    name, title, folder = PAGES[directory.name]
    lines = [
        PAGE.format(
            title=title,
            hypotheses=len(hypotheses),
            primary=sum(len(each.primary) for each in hypotheses),
            tally=listing([f"{n} {'is' if n == 1 else 'are'} {standing}" for standing, n in standings.most_common()]),
            beside=sum(len(each.beside) for each in hypotheses),
            folder=folder,
            name=name,
        )
    ]
    for file in files:
        lines += [f"## {first_line(file.docstring)}", ""]
        for each in file.hypotheses:
            lines += [*_hypothesis(each), ""]
    return "\n".join(lines)


def _hypothesis(given: Hypothesis) -> list[str]:
    beside = Counter(row["verdict"] for row in given.beside)
    verdict, rests_on = published_verdict(given.docstring)
    published = f" Published: {verdict}, from {rests_on}." if verdict else ""
    others = f" Beside it {', '.join(f'{times} {each}' for each, times in beside.most_common())}." if beside else ""
    head = f"**{first_sentence(given.docstring)}**: {given.standing}.{published}{others}"
    return [head, "", *map(_prediction, given.primary)]


def _prediction(row: Row) -> str:
    claimed = f", claimed {row['claim']}" if row["n"] else ""
    published = f"; published {row['published']}" if row["published"] else ""
    return f"- {row['verdict']}: {row['statement']}: {measured(row)}{claimed}{published}"


if __name__ == "__main__":
    print(page(Path(sys.argv[1])), end="")
