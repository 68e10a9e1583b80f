"""Compiling: how functions of numbers and arrays become kernels, loops at the processor's own pace.

What is written in a kernel is what is computed: in this order, every product and every sum rounded, but where `fma`
joins the two (excolor.numerics.simd), and so the bits are the same on every processor.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compiled when first called, and found again by the next process, if its file has not changed since.

    A kernel is not compiled anew if what changed is one that it calls from another file: then remove `__pycache__`.
    """
    kernel: Function
    try:
        kernel = numba.njit(cache=True, error_model="numpy")(function)
    except RuntimeError:  # there is no directory that could keep it
        kernel = numba.njit(error_model="numpy")(function)
    return kernel
