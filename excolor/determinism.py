"""The two settings of a process that could change the bits of a result: its threads, and its handling of tiny numbers.

Nothing else needs to be set, and packages may be imported in any order. Training, measures and scores rest on sums,
products, quotients, square roots and fused multiply-adds, which IEEE 754 rounds correctly, in the order that is written
in kernels of our own (excolor.numerics), and on numpy's PCG64. What numpy and torch choose by processor, such as the
order in which they add up, has no effect here.
"""

from collections.abc import Iterator
from contextlib import contextmanager


def take_one_thread() -> None:
    """Let torch compute in one thread, so that its sums keep their order: for parallel runs use `pytest -n auto`.

    Torch computes the gradient of a regularizer that has no closed form, and a sum split over threads is added up in
    another order.
    """
    import torch  # here, since it takes long to load

    torch.set_num_threads(1)


@contextmanager
def flushed_denormals() -> Iterator[None]:
    """Treat numbers below 1e-38 as 0 within the block, on this thread.

    A cosine to the hundredth power is often that small, and a processor takes a hundred times as long over it.
    """
    import torch  # here, since it takes long to load

    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)
