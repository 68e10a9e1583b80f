"""A run as a page: one HTML file with its figures beside it, readable without scripts and without a network."""

import shlex
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from itertools import groupby

from excolor.judging.claims import Verdict
from excolor.report import wording
from excolor.report.addresses import addresses, name_of
from excolor.report.against import Changes
from excolor.report.run import Hypothesis, Run, Shown
from excolor.report.templating import included, rendered

FEW = 6
"""Predictions that are not folded."""


def text(
    run: Run, since: Changes | None, figures: Mapping[str, Sequence[Shown]], overview: Sequence[Shown] = ()
) -> str:
    """Write the page.

    `since`: what has changed since an earlier run, if it was held against one; `figures`: the plots of each
    hypothesis, by its node id; `overview`: the figures of all of them.
    """
    given = addresses(run)
    return rendered(
        "page.html.j2",
        run=run,
        since=since,
        figures=figures,
        overview=overview,
        experiments=_experiments(run),
        pictures=lambda of: [each for each in run.pictures if (each.hypothesis or each.file) == of],
        address=lambda of: given[of.group if isinstance(of, Hypothesis) else name_of(of)],
        tally=wording.tally(run.hypotheses),
        of_confirmed=wording.tally(each for each in run.hypotheses if each.published[0] == "confirmed"),
        overturned=[
            each
            for each in run.hypotheses
            if (each.published[0], each.verdict) == (Verdict.CONFIRMED, Verdict.DISCONFIRMED)
        ],
        news=run.news,
        missing=wording.missing(run),
        few=FEW,
        reproduce=_reproduce(run),
        cite=_cite(run),
        script=included("filter.js"),
    )


def _experiments(run: Run) -> list[tuple[str, list[Hypothesis]]]:
    """The hypotheses of each file, under its title."""
    files = [list(members) for _, members in groupby(run.hypotheses, key=lambda each: each.file)]
    return [(members[0].experiment, members) for members in files]


def _reproduce(run: Run) -> str:
    """What to enter; how the project of one's own claims is installed, its people know."""
    latest = run.latest
    checkout = f"git checkout {latest.short_commit} && " if latest.commit else ""
    if not run.is_of_this_programme:
        return checkout + repeated(latest.command)
    return (
        f"{checkout}python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e '.[dev]' && "
        f".venv/bin/{repeated(latest.command)}"
    )


def repeated(command: str) -> str:
    """The command of a run as others repeat it: with a report in a directory of their own, and without `--record`."""
    of_its_own = ArgumentParser(add_help=False, allow_abbrev=False)
    of_its_own.add_argument("--report")
    of_its_own.add_argument("--record", action="store_true")
    _, kept = of_its_own.parse_known_args(shlex.split(command))
    return shlex.join([*kept, "--report", "report"])


def _cite(run: Run) -> str:
    latest = run.latest
    version, commit = latest.versions.get("excolor", ""), f", commit {latest.short_commit}" if latest.commit else ""
    claims = " The claims are those of ex-preppy and its paper, arXiv 2512.12469." * run.is_of_this_programme
    return f"excolor {version}{commit}, run of {latest.day}.{claims}"
