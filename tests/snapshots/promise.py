"""Whether trained weights have the very bits here that they had where the metrics were recorded."""

import platform
import re
from importlib.metadata import version
from pathlib import Path

CONSTRAINTS = Path(__file__).parents[2] / "constraints.txt"


def departures() -> list[str]:
    """In what this machine and its packages differ from those that the bits are promised for; nothing if in nothing."""
    import torch  # here, so that who only compares need not wait for it

    pinned = dict(re.findall(r"^([\w-]+)==(\S+)$", CONSTRAINTS.read_text(encoding="utf-8"), flags=re.MULTILINE))
    there = {
        **{name: pinned[name] for name in ("torch", "numpy")},
        "system": "Linux",
        "machine": "x86_64",
        "kernels": "AVX2",
    }
    here = {
        **{name: version(name).partition("+")[0] for name in ("torch", "numpy")},
        "system": platform.system(),
        "machine": platform.machine(),
        "kernels": torch.backends.cpu.get_cpu_capability(),
    }
    return [f"{name} {here[name]}, not {there[name]}" for name in there if here[name] != there[name]]
