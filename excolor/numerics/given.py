"""What has been given: whether it is a number at all, how a message shows it, what a misspelt name was meant for."""

import difflib
import math
import operator
import sys
from collections.abc import Collection, Hashable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # both take long to load, and who only compares numbers needs neither
    import torch
    import xarray as xr

CLOSE = 0.65
"""The likeness from which a name may have been meant: "rde" is that like "red", and "mauve" not like "azure"."""

SHOWN = 100
"""The letters of what was given that a message repeats."""

MOST = 100_000_000
"""Numbers in one array: beyond it is a slip, and a machine would spend its memory on it."""


def is_number(given: object) -> bool:
    """Whether it is one finite real number: neither "1", which much of Python would read as one, nor True."""
    return is_real(given) and math.isfinite(given)  # type: ignore[arg-type]


def is_real(given: object) -> bool:
    """Whether it is one real number, infinity or NaN: one that is in double precision, as 10**400 is not."""
    if not isinstance(given, int | float | np.integer | np.floating) or isinstance(given, bool):
        return False
    return not isinstance(given, int) or abs(given) < 1 << 1023


def is_whole(given: object, least: int = 0) -> bool:
    """Whether it is a whole number, `least` or above."""
    try:
        return not isinstance(given, bool) and operator.index(given) >= least  # type: ignore[arg-type]
    except (TypeError, ValueError, RuntimeError):
        return False


def first_of(given: object, most: int) -> list[Any]:
    """What is given one after the other, `most` at the most, since it may have no end; a single thing, alone."""
    if isinstance(given, Iterable) and not isinstance(given, str) and getattr(given, "ndim", 1) > 0:
        return list(islice(given, most))
    return [given]


def is_word(given: object, known: Collection[str]) -> bool:
    """Whether it is one of the known words, and not an array of them."""
    return isinstance(given, str) and given in known


def is_data_array(given: object) -> "TypeGuard[xr.DataArray]":
    """Whether it is a DataArray: there is none before xarray is loaded."""
    xr = sys.modules.get("xarray")
    return xr is not None and isinstance(given, xr.DataArray)


def is_tensor(given: object) -> "TypeGuard[torch.Tensor]":
    """Whether it is a torch tensor: there is none before torch is loaded."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(given, torch.Tensor)


def is_numeric(given: object) -> "TypeGuard[xr.DataArray]":
    """Whether it is a DataArray of real numbers."""
    return is_data_array(given) and given.dtype.kind in "fiu"


def is_over(given: object, dims: Iterable[Hashable]) -> bool:
    """Whether it is a DataArray of real numbers over exactly these dims, in any order."""
    return is_numeric(given) and set(given.dims) == set(dims)


def is_real_tensor(given: object) -> bool:
    """Whether it is a torch tensor that holds numbers in single or double precision."""
    if not is_tensor(given) or given.is_meta:
        return False
    return str(given.layout) == "torch.strided" and str(given.dtype) in ("torch.float32", "torch.float64")


def real_numbers(given: object, masks: bool = False) -> NDArray[np.float64] | None:
    """The real numbers of an array, a tensor or nested lists, in double precision; None if it holds anything else.

    Numpy would read "1" as a number, None as NaN, and what a mask hides as if it were there. True and False are numbers
    only where masks may be given, as weights of 1 and 0.
    """
    array = as_array(given)
    if array is None or array.dtype.kind not in ("fiub" if masks else "fiu"):
        return None
    return array.astype(np.float64, copy=False)


def as_array(given: object) -> NDArray[Any] | None:
    """As an array of whatever kind; None if it has no regular shape, or a mask, or more than `MOST` numbers."""
    if isinstance(given, np.ma.MaskedArray) or (isinstance(given, Sequence) and len(given) > MOST):
        return None
    try:
        return np.asarray(given)
    except (TypeError, ValueError, RuntimeError, OverflowError):
        return None


def shown(given: object) -> str:
    """What was given, on one line of a message: of an array its kind and axes, else its repr, cut short if long."""
    if is_data_array(given):
        return f"a DataArray of {given.dtype} over {', '.join(map(str, given.dims)) or 'nothing'}"
    if isinstance(given, np.ndarray) or is_tensor(given):
        return f"a {type(given).__name__} of {given.dtype}, of shape {tuple(given.shape)}"
    try:
        text = " ".join(map(str.strip, repr(given).splitlines()))
    except Exception:  # whatever another's repr may raise; Python's own refuses numbers of 4300 digits
        return f"a {type(given).__name__}"
    return text if len(text) <= SHOWN else f"{text[: SHOWN // 2]}...{text[-SHOWN // 4 :]}"


def did_you_mean(given: object, known: Iterable[str]) -> str:
    """Such as " (did you mean 'bottleneck'?)", if something known is close to what was given."""
    names = {name.lower(): name for name in known}
    close = difflib.get_close_matches(given.lower(), names, n=1, cutoff=CLOSE) if isinstance(given, str) else []
    return f" (did you mean {names[close[0]]!r}?)" if close else ""
