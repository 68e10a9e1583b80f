"""The command `excolor report FILE.json ...`: draw the pages of stored runs anew."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from excolor.report.directory import HISTORY, INDEX, DirectoryError, brought, check, draw, write_history
from excolor.report.stored import StoredError, read


def main(given: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; returns its exit status."""
    parser = argparse.ArgumentParser(prog="excolor", description="Tell what runs of hypotheses have found.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    report = commands.add_parser(
        "report",
        help="draw the pages of stored runs anew",
        description="Draw the page of a run, stored as report.json by pytest --report DIR, and its short text. "
        "Of several, the page is that of the latest, says what has changed since the one before, and has a history "
        "of all of them beside it.",
    )
    report.add_argument("files", nargs="+", metavar="FILE.json", help="a report.json, or several")
    report.add_argument("--to", metavar="DIR", help="where to draw (default: beside the latest run)")
    report.add_argument("--against", metavar="FILE.json", help="say what has changed since this run")
    report.set_defaults(does=_report)
    options = parser.parse_args(given)
    try:
        return int(options.does(options))
    except (DirectoryError, StoredError) as error:
        print(f"excolor report: {error}", file=sys.stderr)
    except OSError as error:
        print(f"excolor report: could not be written: {error}", file=sys.stderr)
    return 2


def _report(options: argparse.Namespace) -> int:
    runs = sorted(((read(file), Path(file)) for file in options.files), key=lambda pair: pair[0].latest.date)
    latest, file = runs[-1]
    directory = check(Path(options.to) if options.to else file.parent)
    before = read(options.against) if options.against else None
    page = INDEX
    if len(runs) > 1:
        before, page = before or runs[-2][0], HISTORY
        write_history([run for run, _ in runs], directory)
    draw(brought(latest, file.parent, directory), directory, before)
    print(f"see {directory / page}")
    return 0
