"""What every process of a sweep must have in common, so that each computes the same bits."""

import platform
import time
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from excolor.sweeping.errors import SweepError

HOME = Path(__file__).parents[1]
IMPORTED = time.time()
PACKAGES = ("numpy", "numba", "llvmlite", "torch", "scipy", "xarray")
CODE = ("*.py", "*.csv")
"""Of excolor: what it computes, and the dopesheets."""
SHOWN = 12
"""Of a digest's digits."""


@cache
def sources() -> dict[str, str]:
    """The digest of excolor's sources, the versions of what it computes with, and the kind of machine.

    What a process has imported stays what it is, and so does this.

    Raises:
        SweepError: a source was edited since this process has imported it, and so does not say what is computed.
    """
    return {
        "excolor": digest(HOME, IMPORTED)[:SHOWN],
        "Python": platform.python_version(),
        **{name: _version(name) for name in PACKAGES},
        "the machine": f"{platform.system()} {platform.machine()}",
    }


def difference(here: dict[str, str], there: dict[str, str]) -> str:
    """What differs between two processes, in words; empty if nothing does."""
    names = [name for name in {**here, **there} if here.get(name) != there.get(name)]
    both = ((name, there.get(name, "missing"), here.get(name, "missing")) for name in names)
    return ", ".join(f"{name} is {other} there and {own} here" for name, other, own in both)


def digest(home: Path, imported: float) -> str:
    """The digest of all code in a directory that was imported at that time."""
    whole = sha256()
    for path in sorted(path for kind in CODE for path in home.rglob(kind)):
        content = path.read_bytes()
        if path.stat().st_mtime > imported:
            raise SweepError(
                f"{path.name} was edited after excolor was imported: what runs is no longer what is written there, and "
                "a result must not go by it; start Python anew"
            )
        whole.update(f"{path.relative_to(home).as_posix()} {len(content)}\n".encode() + content)
    return whole.hexdigest()


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
