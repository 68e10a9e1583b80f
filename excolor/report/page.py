"""A run as a page: one HTML file with its figures beside it."""

from pathlib import Path

from excolor.report.against import Changes
from excolor.report.run import Run


def figures(run: Run, directory: Path) -> dict[str, str]:
    return {}


def text(run: Run, since: Changes | None, figures: dict[str, str]) -> str:
    return '<meta name="generator" content="excolor report">'
