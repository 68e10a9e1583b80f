"""Pins the numerics, so that a trained weight has the same bits on every x86-64-v3 processor.

Training and evaluation multiply, and take their exponentials, in loops of our own (excolor.numerics), which compute in
the order that is written there. What is left to libraries has four sources of different bits, each closed by a switch
that its library reads when it first runs:

- OpenBLAS, which numpy brings, chooses its kernels by processor: `OPENBLAS_CORETYPE=Haswell`;
- MKL, which torch brings, likewise: `MKL_CBWR=COMPATIBLE`, since its branches for newer instructions are ignored
  on AMD;
- ATen chooses its vector kernels by processor: `ATEN_CPU_CAPABILITY=avx2`;
- a sum split over threads is added up in another order: one thread per process. Runs in parallel
  belong in processes (`pytest -n auto`), where a seed's arithmetic stays whole.

Two more are known and not used: `torch.randn`, since every random number comes from numpy's PCG64, and oneDNN.
"""

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

PINS = {
    "numpy": {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "1"},
    "torch": {"MKL_CBWR": "COMPATIBLE", "ATEN_CPU_CAPABILITY": "avx2"},
}
"""The switches, by the package whose import makes it too late for them."""


class UnpinnedNumericsWarning(UserWarning):
    """Numpy or torch was loaded before excolor, so the bits of trained weights are not promised."""


def pin() -> None:
    """Set the switches and one thread; warns if a package was loaded too early to heed them."""
    for package, switches in PINS.items():
        unheeded = sorted(name for name, value in switches.items() if os.environ.get(name) != value)
        if unheeded and package in sys.modules:
            warnings.warn(
                f"{package} was imported before excolor, so {', '.join(unheeded)} can no longer be set and the bits "
                "of trained weights may differ from machine to machine; import excolor first",
                UnpinnedNumericsWarning,
                stacklevel=3,
            )
        os.environ.update(switches)
    import torch

    torch.set_num_threads(1)


@contextmanager
def flushed_denormals() -> Iterator[None]:
    """Numbers below 1e-38 count as 0 within the block, on this thread.

    A cosine to the hundredth power is often that small, and a processor takes a hundred times as long over it.
    """
    import torch

    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)
