"""Compiling: how functions of numbers and arrays become kernels, loops at the processor's own pace.

What is written in a kernel is what is computed: in this order, every product and every sum rounded, but where `fma`
joins the two (excolor.numerics.simd), and so the bits are the same on every processor.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numba

from excolor.numerics.cache_key import read_intrinsics
from excolor.numerics.kernel_cache import Kept

Function = TypeVar("Function", bound=Callable[..., Any])


class UncompiledError(RuntimeError):
    """Numba has been told not to compile."""


def compiled(function: Function) -> Function:
    """Compiled when first called, or found as an earlier process compiled it from the same ingredients."""
    if numba.config.DISABLE_JIT:
        raise UncompiledError(
            f"NUMBA_DISABLE_JIT={numba.config.DISABLE_JIT}: excolor's kernels cannot run uncompiled, since some of what"
            " they call exists in compiled code only; unset it or set it to 0, for example `NUMBA_DISABLE_JIT=0 pytest`"
        )
    kernel: Any = numba.njit(error_model="numpy")(function)
    read_intrinsics(kernel.py_func)
    kernel._cache = Kept(kernel)
    return kernel  # type: ignore[no-any-return]
