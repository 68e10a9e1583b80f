"""What the bits of a number rest on beside the code: a few packages, the system and the processor's instructions."""

import platform
from functools import cache
from importlib.metadata import version

PACKAGES = ("numpy", "numba", "llvmlite")
"""numpy begins the streams of random numbers, the others turn kernels into the processor's instructions."""


@cache
def behind_the_bits() -> dict[str, str]:
    """The versions and the machine of this process; where they are alike, so is every bit of a result."""
    from llvmlite.binding import get_host_cpu_features  # here, so that who only compares need not wait for it

    features = get_host_cpu_features()
    return {
        **{name: version(name) for name in PACKAGES},
        "system": platform.system(),
        "machine": platform.machine(),
        "instructions": "AVX2 and FMA" if features.get("avx2") and features.get("fma") else "others",
    }
