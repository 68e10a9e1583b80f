"""Whether measured numbers have the very bits here that they had where the metrics were recorded."""

import platform
import re
from importlib.metadata import version
from pathlib import Path

CONSTRAINTS = Path(__file__).parents[2] / "constraints.txt"
BEHIND_THE_BITS = ("numpy", "numba", "llvmlite")
"""numpy draws the random numbers, the others turn kernels into the processor's instructions."""


def departures() -> list[str]:
    """In what this machine and its packages differ from those that the bits are promised for; nothing if in nothing."""
    from llvmlite.binding import get_host_cpu_features  # here, so that who only compares need not wait for it

    pinned = dict(re.findall(r"^([\w-]+)==(\S+)$", CONSTRAINTS.read_text(encoding="utf-8"), flags=re.MULTILINE))
    there = {
        **{name: pinned[name] for name in BEHIND_THE_BITS},
        "system": "Linux",
        "machine": "x86_64",
        "instructions": "AVX2 and FMA",
    }
    features = get_host_cpu_features()
    here = {
        **{name: version(name) for name in BEHIND_THE_BITS},
        "system": platform.system(),
        "machine": platform.machine(),
        "instructions": "AVX2 and FMA" if features.get("avx2") and features.get("fma") else "others",
    }
    return [f"{name} {here[name]}, not {there[name]}" for name in there if here[name] != there[name]]
