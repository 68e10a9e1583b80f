"""What a training rests on beside the code: versions, the machine, and the settings of the process.

Of a condition whose gradients are kernels of our own the processor changes no bit (docs/reproducibility.md). Of one
with a formula that torch differentiates it may, and so the processor counts for all.
"""

import os
import platform
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import torch

from excolor.keeping.content import HOME
from excolor.keeping.reads import PACKAGES
from excolor.numerics.bits import behind_the_bits

STEERING = ("ATEN_", "DNNL_", "GLIBC_TUNABLES", "GOTO_", "KMP_", "LD_", "MKL_", "NPY_", "NUMBA_", "OMP_", "ONEDNN_",
            "OPENBLAS_", "TORCH_")  # fmt: skip
"""What the names of variables begin with by which the libraries choose how to compute."""


def surroundings() -> dict[str, object]:
    return {"versions": versions(), "machine": machine(), "settings": settings()}


def versions() -> dict[str, str]:
    """Of Python, and of what content knows by its name alone: as they are loaded, and not as installed since."""
    return {"python": sys.version, **{name: _version(name) for name in (*PACKAGES, HOME)}}


def machine() -> dict[str, str]:
    return {**_processor(), "libc": " ".join(platform.libc_ver())}


def settings() -> dict[str, object]:
    """Those by which torch and others compute differently."""
    steering = {name: value for name, value in os.environ.items() if name.startswith(STEERING)}
    return {
        "environment": sorted(steering.items()),
        "threads": torch.get_num_threads(),
        "numbers": str(torch.get_default_dtype()),
        "device": str(torch.get_default_device()),
        "deterministic": torch.are_deterministic_algorithms_enabled(),
        "precision": torch.get_float32_matmul_precision(),
        "onednn": torch.backends.mkldnn.enabled,
    }


def _version(name: str) -> str:
    loaded = getattr(sys.modules.get(name), "__version__", None)
    return str(loaded) if loaded else _installed(name)


@cache
def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


@cache
def _processor() -> dict[str, str]:
    from llvmlite.binding import get_host_cpu_features, get_host_cpu_name

    return {**behind_the_bits(), "processor": get_host_cpu_name(), "features": get_host_cpu_features().flatten()}
