"""Arithmetic that has the same bits on every processor, for a seed alone and among others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

Array = TypeVar("Array", bound=Any)

NORM_FLOOR = 1e-12
"""The least norm that a vector is divided by, so that the quotient and its gradient stay finite."""


def whole_power(base: Array, power: int) -> Array:
    """base ** power, element by element, of a numpy array or a torch tensor, for a whole power of 0 or above.

    Computed by repeated squaring: products have the same bits on every processor, pow has not.
    """
    if power < 2:
        return base + 0 if power else base * 0 + 1  # type: ignore[no-any-return]
    result = base * base  # the only new memory: what follows is in place
    if f"{power:b}"[1] == "1":
        result *= base
    for bit in f"{power:b}"[2:]:
        result *= result
        if bit == "1":
            result *= base
    return result  # type: ignore[no-any-return]


def whole_powers(base: float, count: int) -> NDArray[np.float64]:
    """base ** n for each n from 0 to below `count`, with the bits of `whole_power`, which makes the same products:

    b^(2n) = b^n b^n and b^(2n + 1) = b^n b^n b
    """
    powers = np.ones(1)
    while len(powers) < count:
        squares = powers * powers
        powers = np.stack([squares, squares * base], axis=1).ravel()
    return powers[:count]


def norm(z: Tensor) -> Tensor:
    """max(|z|, 1e-12) `[...]` of the vectors on the last axis of z `[..., K]`."""
    # Torch's own norm is thirty times slower on vectors whose coordinates are not contiguous.
    return z.square().sum(-1).clamp_min_(NORM_FLOOR**2).sqrt_()


def unit(z: Tensor) -> Tensor:
    """z / max(|z|, 1e-12): the vectors on the last axis of z `[..., K]`, put on the unit sphere."""
    return z / norm(z).unsqueeze(-1)
