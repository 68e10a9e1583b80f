"""How functions of numbers and arrays are compiled to kernels, which loop at the processor's own pace.

A kernel computes exactly what is written in it, in that order. Every product and every sum is rounded, except where
`fma` joins the two (excolor.numerics.simd). So the bits are the same on every processor.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import llvmlite.binding
import numba

from excolor.numerics.cache_key import read_intrinsics
from excolor.numerics.kernel_cache import KernelCache

Function = TypeVar("Function", bound=Callable[..., Any])


WITH_WIDE_REGISTERS = "avx512vbmi2"
"""A feature of processors that have registers of 512 bits and do not slow down for them, as the first ones did."""


def use_wide_registers() -> bool:
    """Let the compiler use registers of 512 bits, of which it takes half on Intel's processors: a sixth less time.

    A setting of numba's own, by an environment variable, comes first. Bits do not depend on it. Returns whether kernels
    have these registers.
    """
    try:
        features = llvmlite.binding.get_host_cpu_features()
    except RuntimeError:  # such as on a processor that LLVM cannot ask; numba then takes none for granted
        return False
    is_free = numba.config.CPU_NAME is None and numba.config.CPU_FEATURES is None
    if is_free and features.get(WITH_WIDE_REGISTERS):
        numba.config.CPU_FEATURES = f"{features.flatten()},-prefer-256-bit"
        return True
    return False


HAS_WIDE_REGISTERS = use_wide_registers()
"""Whether kernels have registers of 512 bits."""


class UncompiledError(RuntimeError):
    """Numba is set not to compile, and kernels cannot run uncompiled."""


def compiled(function: Function) -> Function:
    """Make a kernel of a function: compiled when it is first called, or loaded from the kernel cache.

    Raises:
        UncompiledError: numba is set not to compile.
        CacheKeyError: the function uses an intrinsic that a cache key cannot identify.
    """
    return _kernel(function)


def in_place(function: Function) -> Function:
    """Make a kernel, as `compiled` does, of a function that allocates no array, so that none need be counted.

    To count, whenever an array is given a name or handed on, takes a third of the time of a small kernel.
    """
    return _kernel(function, _nrt=False)


def inlined(function: Function) -> Function:
    """Make a kernel, as `in_place` does, that is compiled as a part of the one kernel that calls it.

    So it is not compiled by itself as well, unless it is called from Python. Where several call it, each has a copy.
    """
    return _kernel(function, _nrt=False, inline="always")


def _kernel(function: Function, **options: bool | str) -> Function:
    if numba.config.DISABLE_JIT:
        raise UncompiledError(
            f"NUMBA_DISABLE_JIT={numba.config.DISABLE_JIT}: excolor's kernels cannot run uncompiled, since some of what"
            " they call exists in compiled code only; unset it or set it to 0, for example `NUMBA_DISABLE_JIT=0 pytest`"
        )
    # No program in C calls a kernel, and so none is made ready for that.
    kernel: Any = numba.njit(error_model="numpy", no_cfunc_wrapper=True, **options)(function)
    read_intrinsics(kernel.py_func)
    kernel._cache = KernelCache(kernel)
    return kernel  # type: ignore[no-any-return]
