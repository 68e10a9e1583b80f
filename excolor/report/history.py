"""The history of several runs on one page: a row for each hypothesis, a column for each run."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from excolor.report.run import Hypothesis, Run, in_order
from excolor.report.templating import rendered


class Cell(NamedTuple):
    """A hypothesis in one run."""

    verdict: str
    held: str
    """How many of its predictions held, such as `4/5`."""
    changed: bool
    """Whether the verdict is another than in the run before in which it stands."""


def text(runs: Sequence[Run]) -> str:
    """Write the page; the runs are given from the earliest to the latest."""
    return rendered("history.html.j2", runs=runs, rows=list(_rows(runs)))


def _rows(runs: Sequence[Run]) -> Iterator[tuple[str, str, list[Cell | None]]]:
    found = [{each.group: each for each in run.hypotheses} for run in runs]
    latest = {group: each for of_run in found for group, each in of_run.items()}
    for each in in_order(latest.values()):
        yield each.statement, each.experiment, list(_cells([of_run.get(each.group) for of_run in found]))


def _cells(hypotheses: Sequence[Hypothesis | None]) -> Iterator[Cell | None]:
    before = ""
    for each in hypotheses:
        if each is None:
            yield None
            continue
        yield Cell(each.verdict, f"{each.held}/{len(each.predictions)}", before not in ("", each.verdict))
        before = each.verdict
