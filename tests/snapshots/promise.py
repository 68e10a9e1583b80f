"""Whether measured numbers have the very bits here that they had where the metrics were recorded."""

import re
from pathlib import Path

from excolor.numerics.bits import PACKAGES, behind_the_bits

CONSTRAINTS = Path(__file__).parents[2] / "constraints.txt"


def departures() -> list[str]:
    """In what this machine and its packages differ from those that the bits are promised for; nothing if in nothing."""
    pinned = dict(re.findall(r"^([\w-]+)==(\S+)$", CONSTRAINTS.read_text(encoding="utf-8"), flags=re.MULTILINE))
    there = {
        **{name: pinned[name] for name in PACKAGES},
        "system": "Linux",
        "machine": "x86_64",
        "instructions": "AVX2 and FMA",
    }
    here = behind_the_bits()
    return [f"{name} {here[name]}, not {there[name]}" for name in there if here[name] != there[name]]
