"""Eigenvalues and eigenvectors of small symmetric matrices, with the same bits on every processor.

Those of numpy and torch come from libraries that choose their kernels by processor. Here each matrix is diagonalized by
Jacobi's rotations, one after the other in the order of its rows, in double precision.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from excolor.numerics.compiling import compiled

Floats = NDArray[np.float64]

MOST_SWEEPS = 50
"""Rounds through all pairs of rows: the rest falls quadratically, so that six or seven are enough."""


def symmetric_eigen(matrices: Floats) -> tuple[Floats, Floats]:
    """A = sum of l_i q_i q_i^T for each symmetric matrix A `[S, K, K]`, with orthonormal q_i and l_1 >= ... >= l_K.

    The sign of each q_i is such that its coordinate of the largest size, the first of equals, is positive.

    Returns:
        The eigenvalues l `[S, K]` and the eigenvectors q `[S, K, K]`, of which `q[s, :, i]` belongs to `l[s, i]`.

    Raises:
        ValueError: matrices of another shape, of which a kernel would read past the end.
    """
    rotated = np.array(matrices, np.float64)
    if rotated.ndim != 3 or rotated.shape[1] != rotated.shape[2]:
        raise ValueError(f"matrices of shape {rotated.shape}: they must be [S, K, K], for example (8, 5, 5)")
    q = np.zeros_like(rotated)
    _diagonalize(rotated, q)
    values = np.diagonal(rotated, axis1=1, axis2=2)
    order = np.argsort(-values, axis=1, kind="stable")
    vectors = np.take_along_axis(q, order[:, np.newaxis], 2)
    largest = np.take_along_axis(vectors, np.abs(vectors).argmax(1)[:, np.newaxis], 1)
    return np.take_along_axis(values, order, 1), np.where(largest < 0, -vectors, vectors)


@compiled
def _diagonalize(a: Any, q: Any) -> None:
    """Make every matrix a diagonal, and q the product of the rotations that did it."""
    width = a.shape[1]
    for s in range(a.shape[0]):
        for i in range(width):
            q[s, i, i] = 1.0
        for _ in range(MOST_SWEEPS):
            if not _sweep(a[s], q[s]):
                break


@compiled
def _sweep(a: Any, q: Any) -> Any:
    """Rotate in the plane of each pair of rows, so that what the two have in common is 0; whether any had anything."""
    found = False
    for i in range(a.shape[0] - 1):
        for j in range(i + 1, a.shape[0]):
            shared = a[i, j]
            # What is lost in the rounding of both squares is as good as 0.
            if abs(a[i, i]) + abs(shared) == abs(a[i, i]) and abs(a[j, j]) + abs(shared) == abs(a[j, j]):
                a[i, j] = a[j, i] = 0.0
                continue
            found = True
            slope = (a[j, j] - a[i, i]) / (2.0 * shared)
            tangent = (1.0 if slope >= 0 else -1.0) / (abs(slope) + np.sqrt(slope * slope + 1.0))
            cosine = 1.0 / np.sqrt(tangent * tangent + 1.0)
            sine = tangent * cosine
            for k in range(a.shape[0]):
                left, right = a[k, i], a[k, j]
                a[k, i], a[k, j] = cosine * left - sine * right, sine * left + cosine * right
            for k in range(a.shape[0]):
                upper, lower = a[i, k], a[j, k]
                a[i, k], a[j, k] = cosine * upper - sine * lower, sine * upper + cosine * lower
            for k in range(a.shape[0]):
                left, right = q[k, i], q[k, j]
                q[k, i], q[k, j] = cosine * left - sine * right, sine * left + cosine * right
            a[i, j] = a[j, i] = 0.0
    return found
