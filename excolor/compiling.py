"""Compiling: how functions of numbers and arrays become kernels, loops at the processor's own pace.

What is written in a kernel is what is computed: in this order, every product and every sum rounded, but where `fma`
joins the two (excolor.lanes), and so the bits are the same on every processor.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


class UncompiledError(RuntimeError):
    """Numba has been told not to compile."""


def compiled(function: Function) -> Function:
    """Compiled when first called, and found again by the next process, if its file has not changed since.

    A kernel is not compiled anew if what changed is one that it calls from another file: then remove `__pycache__`.
    """
    if numba.config.DISABLE_JIT:
        raise UncompiledError(
            f"NUMBA_DISABLE_JIT={numba.config.DISABLE_JIT}: excolor's kernels cannot run uncompiled, since some of what"
            " they call exists in compiled code only; unset it or set it to 0, for example `NUMBA_DISABLE_JIT=0 pytest`"
        )
    kernel: Function
    try:
        kernel = numba.njit(cache=True, error_model="numpy")(function)
    except RuntimeError:  # there is no directory that could keep it
        kernel = numba.njit(error_model="numpy")(function)
    return kernel
