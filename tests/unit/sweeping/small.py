"""A condition that is trained in no time, and measures of it, for tests of sweeps; workers import it too."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import xarray as xr

from excolor import Dopesheet, Ensemble, ablate, error_of, typical_error
from excolor.experiments import EX_2_10

SHEET = """STEP,lr,reg-separate,reg-anchor,reg-anti-anchor,reg-unit
0,0.001,0.01,0.02,0.002,0.01
9,0.01,0.01,,,
"""
SMALL = EX_2_10.replace(name="small", dopesheet=Dopesheet.parse(SHEET), hidden=4, batch=8)


def red_after_deletion(ensemble: Ensemble) -> xr.DataArray:
    return error_of(ablate(ensemble, 0), "red")


def first(directory: str, what: str) -> bool:
    """Whether this process is the first to ask, of all that ask in a directory."""
    try:
        Path(directory, what).open("x").close()
    except FileExistsError:
        return False
    return True


def in_the_middle(directory: str) -> Callable[[Ensemble], xr.DataArray]:
    """A measure by which one process is lost in the middle of its work, and another is slow; each leaves a note."""

    def red(ensemble: Ensemble) -> xr.DataArray:
        here = f"{os.getpid()}"
        if len(os.listdir(directory)) > 3 and first(directory, "killed"):
            os.kill(os.getpid(), signal.SIGKILL)
        if first(directory, "slow"):
            Path(directory, f"slow-{here}").touch()
        if Path(directory, f"slow-{here}").exists():
            time.sleep(0.5)
        Path(directory, f"{here}-{time.monotonic_ns()}").touch()
        return error_of(ensemble, "red")

    return red


def typical_unless_told_to_die(directory: str) -> Callable[[Ensemble], xr.DataArray]:
    """The typical error, until a file says that the process is to be lost at its third piece."""

    def typical(ensemble: Ensemble) -> xr.DataArray:
        Path(directory, f"piece-{ensemble.seeds[0]}-{time.monotonic_ns()}").touch()
        if Path(directory, "die").exists() and len(list(Path(directory).glob("piece-*"))) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return typical_error(ensemble)

    return typical
