"""Kernels that edit latents by how they are aligned with a direction: latent by latent, without temporary arrays.

Latents are `[S, K, B]`, of any precision, and directions `[K]`; what belongs to a latent is `[S, B]`. All arithmetic is
in double precision.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from excolor.numerics.compiling import compiled

Floats = NDArray[np.float64]


@compiled
def inner_products(z: NDArray[Any], v: Floats) -> Floats:
    """z . v `[S, B]`, added up in the order of the coordinates."""
    if v.size != z.shape[1] or v.size < 1:
        raise ValueError("inner_products: latents [S, K, B] have directions [K], for example (8, 5, 64), (5,)")
    found = np.empty((z.shape[0], z.shape[2]))
    for s in range(z.shape[0]):
        for i in range(z.shape[2]):
            found[s, i] = z[s, 0, i] * v[0]
        for k in range(1, z.shape[1]):
            for i in range(z.shape[2]):
                found[s, i] += z[s, k, i] * v[k]
    return found


@compiled
def shorten(z: NDArray[Any], v: Floats, along: Floats, share: Floats) -> NDArray[Any]:
    """z - share along v: a share of the part along v is taken away."""
    if v.size != z.shape[1] or along.shape != (z.shape[0], z.shape[2]) or share.shape != along.shape:
        raise ValueError("shorten: all must be of latents [S, K, B], for example (8, 5, 64), (5,), (8, 64), (8, 64)")
    shortened = np.empty_like(z)
    for s in range(z.shape[0]):
        for k in range(z.shape[1]):
            for i in range(z.shape[2]):
                shortened[s, k, i] = z[s, k, i] - share[s, i] * along[s, i] * v[k]
    return shortened


@compiled
def turn(
    z: NDArray[Any], v: Floats, along: Floats, start: Any, m: Floats, parallel: Any, fallback: Floats
) -> NDArray[Any]:
    """m v + sqrt(1 - m^2) u where along > start, else z.

    u is the unit vector along z - along v, or `fallback` where that is shorter than `parallel`.
    """
    if (
        v.size != z.shape[1]
        or fallback.size != v.size
        or along.shape != (z.shape[0], z.shape[2])
        or m.shape != along.shape
    ):
        raise ValueError("turn: all must be of latents [S, K, B], for example (8, 5, 64), (5,), (8, 64), (8, 64), (5,)")
    turned = z.copy()
    for s in range(z.shape[0]):
        for i in range(z.shape[2]):
            if along[s, i] > start:
                across = z[s, 0, i] - along[s, i] * v[0]
                square = across * across
                for k in range(1, z.shape[1]):
                    across = z[s, k, i] - along[s, i] * v[k]
                    square += across * across
                length = np.sqrt(square)
                height = np.sqrt(1.0 - m[s, i] * m[s, i])
                for k in range(z.shape[1]):
                    u = fallback[k] if length < parallel else (z[s, k, i] - along[s, i] * v[k]) / length
                    turned[s, k, i] = m[s, i] * v[k] + height * u
    return turned


@compiled
def interpolated(x: Floats, xs: Floats, ys: Floats, slopes: Floats, places: Any) -> Floats:
    """The heights at x `[N]` of the straight lines that join the points (xs, ys), and those of the ends beyond these.

    `np.interp` gives the same bits; here the search for a point is a short one. It begins at `places`, which tells how
    many of the points after the first are at or left of 0, 1/n, 2/n, ..., 1; xs rise from 0 or above to 1.
    """
    if xs.size < 2 or ys.size != xs.size or slopes.size != xs.size - 1 or places.size < 2:
        raise ValueError(
            "interpolated: points are at least two, for example [0, 1], [0, 0.5], slopes [0.5] and places [0, 1]"
        )
    found, most = np.empty_like(x), xs.size - 1
    for i in range(x.size):
        if not x[i] > xs[0]:  # NaN stays NaN
            found[i] = ys[0] if x[i] <= xs[0] else x[i]
        elif x[i] >= xs[most]:
            found[i] = ys[most]
        else:
            j = places[int(x[i] * (places.size - 1))]
            j += xs[j + 1] <= x[i]  # mostly far enough; a loop alone would be guessed wrong as often as right
            while xs[j + 1] <= x[i]:
                j += 1
            found[i] = slopes[j] * (x[i] - xs[j]) + ys[j]
    return found
