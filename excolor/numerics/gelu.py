"""The GELU for the evaluation of models, from a table of the normal distribution's tail.

It gives no slope, and no more digits than a sum of such numbers keeps. So it takes half as long as the one of training
(excolor.numerics.elementwise), which is right relative to itself even where it is tiny.
"""

from typing import Any

import numpy as np
from numpy import float32

from excolor.numerics.compiling import HAS_WIDE_REGISTERS, in_place, inlined
from excolor.numerics.elementwise import TO_WHOLE, ZERO, Floats
from excolor.numerics.simd import (
    LANES,
    entries,
    entries_by_halves,
    first_of,
    larger,
    load,
    magnitude,
    minus,
    multiply_add,
    smaller,
    spread,
    store,
)

FARTHEST = float32(5.96)
"""A larger |x| counts as this one, beyond which the tail is below 1.3e-9."""
PER_PIECE = float32(1.25)
"""|x| is cut into pieces 0.8 wide: |x| times this, rounded, is the number of its piece."""

# -Phi(-a) = c6 s^6 + ... + c1 s + c0, where a = 0.8 (n + s) and |s| <= 1/2: from c6 to c0, a row for each piece, n = 0
# to 7. Interpolated at the Chebyshev points of each piece: off by at most 3.6e-8.
MINUS_TAIL = np.ascontiguousarray(
    np.array(
        [
            [0.0, 0.0031613437, 0.0, -0.034029815, 0.0, 0.3191534, -0.5],
            [-0.00073831144, -0.0002999673, 0.009330997, -0.008904335, -0.07416087, 0.2317534, -0.2118554],
            [0.00024593563, -0.0017211087, 0.0013351153, 0.014761089, -0.05679159, 0.08873682, -0.054799292],
            [0.00018491168, 7.396345e-5, -0.0025317688, 0.009099459, -0.017198995, 0.017915528, -0.008197536],
            [-4.5983852e-5, 0.00029971925, -0.00094306143, 0.0018801205, -0.0024412868, 0.0019072606, -0.0006871381],
            [-2.195075e-5, 6.189438e-5, -0.000118721066, 0.00017101246, -0.00017130512, 0.00010707324, -3.167122e-5],
            [-2.3195125e-6, 4.6691594e-6, -6.4818914e-6, 7.4011045e-6, -6.0856214e-6, 3.170579e-6, -7.933198e-7],
            [-9.63116e-8, 1.5542571e-7, -1.6599975e-7, 1.5755184e-7, -1.10871895e-7, 4.9543562e-8, -1.0716969e-8],
        ],
        np.float32,
    ).T
).ravel()
C6, C5, C4, C3, C2, C1, C0 = (np.int64(8 * row) for row in range(7))
"""Where the entries of each coefficient begin."""

entries_of = entries if HAS_WIDE_REGISTERS else entries_by_halves


@inlined
def _of_run(x: Any) -> Any:
    """max(x, 0) - |x| Phi(-|x|), which is x Phi(x) whatever the sign of x."""
    a = smaller(magnitude(x), spread(FARTHEST))
    piece = multiply_add(a, spread(PER_PIECE), spread(TO_WHOLE))
    s = multiply_add(a, spread(PER_PIECE), minus(spread(TO_WHOLE), piece))
    # Written out: of a loop over the rows the compiler makes one over single numbers.
    tail = multiply_add(entries_of(MINUS_TAIL, C6, piece), s, entries_of(MINUS_TAIL, C5, piece))
    tail = multiply_add(tail, s, entries_of(MINUS_TAIL, C4, piece))
    tail = multiply_add(tail, s, entries_of(MINUS_TAIL, C3, piece))
    tail = multiply_add(tail, s, entries_of(MINUS_TAIL, C2, piece))
    tail = multiply_add(tail, s, entries_of(MINUS_TAIL, C1, piece))
    tail = multiply_add(tail, s, entries_of(MINUS_TAIL, C0, piece))
    return multiply_add(a, tail, larger(x, spread(ZERO)))


@in_place
def gelu(x: Floats, y: Floats) -> None:
    """y = x Phi(x), of the normal distribution Phi: off by at most 4e-8 and a unit of the last place."""
    if y.size != x.size:
        raise ValueError("gelu: y must have as many numbers as x, for example np.empty_like(x)")
    whole = x.size - x.size % LANES
    for i in range(0, whole, LANES):
        store(y, i, _of_run(load(x, i)))
    for i in range(whole, x.size):
        y[i] = first_of(_of_run(spread(x[i])))
