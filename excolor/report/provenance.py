"""Where a run comes from: what was run, of which commit, with which versions, on which machine, and when."""

import os
import platform
import shlex
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from excolor.numerics.bits import behind_the_bits
from excolor.verdicts.options import replication

PACKAGES = ("excolor", "torch", "numpy", "numba", "llvmlite", "scipy", "xarray", "hypothesis", "pytest", "matplotlib")
"""Those whose versions are told: what measures, judges and draws."""
PATIENCE = 20
"""Seconds for one question to git."""


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """Where the verdicts of a run come from."""

    date: str
    """When it began, such as `2026-11-26T08:00:00+00:00`."""
    seconds: float
    """How long it took."""
    command: str
    commit: str
    """Empty outside of a git repository."""
    clean: bool | None
    """Whether the files were those of the commit; None outside of a repository."""
    processor: str
    system: str
    processes: int
    """How many trained and measured side by side."""
    versions: Mapping[str, str]
    pins: Mapping[str, str]
    """What the bits of every number rest on: packages, system, instructions, threads."""
    replication: str = ""
    """The options that chose other seeds, or another world, than those of the record."""
    stopped: bool = False
    """Whether the run was stopped before its end."""
    of_this_programme: bool = False
    """Whether its project is this one, whose published claims are those of arXiv 2512.12469."""
    uncollected: tuple[str, ...] = ()
    """The hypothesis files that could not be read."""

    @property
    def day(self) -> str:
        return self.date[:10]

    @property
    def short_commit(self) -> str:
        return self.commit[:9]


def of_this_run(config: pytest.Config, apart: Path) -> Provenance:
    """What is known of a run as it begins; `apart`: a directory that is no part of the tree, into which it writes."""
    commit, clean = _commit(config.rootpath, apart)
    return Provenance(
        date=datetime.now(UTC).isoformat(timespec="microseconds"),
        seconds=0.0,
        command=shlex.join(["pytest", *map(str, config.invocation_params.args)]),
        commit=commit,
        clean=clean,
        processor=_processor(),
        system=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        processes=1,
        versions={name: found for name in PACKAGES if (found := _version(name))},
        pins={**behind_the_bits(), "threads of each process": "1"},
        replication=replication(config),
        of_this_programme=_is_this_project(config.rootpath),
    )


def ended(begun: Provenance, seconds: float, processes: int, stopped: bool, uncollected: tuple[str, ...]) -> Provenance:
    """The same at the end of the run."""
    return replace(begun, seconds=seconds, processes=processes, stopped=stopped, uncollected=uncollected)


def _is_this_project(root: Path) -> bool:
    """By its name, wherever excolor itself is installed."""
    try:
        told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(told.get("project", {}).get("name") == "excolor")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _commit(root: Path, apart: Path) -> tuple[str, bool | None]:
    """The commit of a tree, and whether its files are those of the commit, new ones included."""
    head = _git(root, "rev-parse", "HEAD")
    if head is None:
        return "", None
    but = [f":(exclude){os.path.relpath(apart, root)}"] if apart.is_relative_to(root) and apart != root else []
    changed = _git(root, "status", "--porcelain", "--", ".", *but)
    return head.strip(), None if changed is None else not changed.strip()


def _git(root: Path, *words: str) -> str | None:
    """What git says, or None if it is not there, or has nothing to say."""
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _processor() -> str:
    """The name of the processor as its maker writes it, or else the kind of machine."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
