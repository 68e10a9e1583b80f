"""Whole powers of the numbers of a matrix, in kernels."""

from typing import Any

from excolor.numerics.compiling import in_place
from excolor.numerics.elementwise import ONE, ZERO, Floats
from excolor.numerics.matmul import PANEL
from excolor.numerics.simd import LANES, below, load, plus, spread, store, times


@in_place
def raise_and_add(matrix: Floats, limit: Any, pace: Any, start: Any, power: Any, sums: Floats) -> None:
    """matrix <- base^power `[M, N]`, flat, and sums <- the sums `[N]` over its rows of base^(power + 1).

    The base of a number x of the matrix is pace x + start, where one from the limit on counts as 0. Powers are by
    repeated squaring, from the lowest bit on: each product is rounded, in this order.
    """
    columns = sums.size
    if columns == 0 or matrix.size % columns or power < 0:
        raise ValueError("raise_and_add: sums must be [N] for a matrix [M, N], and the power 0 or more, for example 99")
    panels, whole = columns - columns % PANEL, columns - columns % LANES
    line = spread(limit), spread(pace), spread(start)
    for i in range(0, panels, PANEL):
        sum_0 = sum_1 = sum_2 = sum_3 = spread(ZERO)
        for at in range(i, matrix.size, columns):
            base_0, base_1 = _base(matrix, at, line), _base(matrix, at + LANES, line)
            base_2, base_3 = _base(matrix, at + 2 * LANES, line), _base(matrix, at + 3 * LANES, line)
            square_0, square_1, square_2, square_3 = base_0, base_1, base_2, base_3
            result_0 = result_1 = result_2 = result_3 = spread(ONE)
            if power & 1:
                result_0, result_1, result_2, result_3 = square_0, square_1, square_2, square_3
            left = power >> 1
            while left > 0:
                square_0, square_1 = times(square_0, square_0), times(square_1, square_1)
                square_2, square_3 = times(square_2, square_2), times(square_3, square_3)
                if left & 1:
                    result_0, result_1 = times(result_0, square_0), times(result_1, square_1)
                    result_2, result_3 = times(result_2, square_2), times(result_3, square_3)
                left >>= 1
            sum_0, sum_1 = plus(sum_0, times(base_0, result_0)), plus(sum_1, times(base_1, result_1))
            sum_2, sum_3 = plus(sum_2, times(base_2, result_2)), plus(sum_3, times(base_3, result_3))
            store(matrix, at, result_0)
            store(matrix, at + LANES, result_1)
            store(matrix, at + 2 * LANES, result_2)
            store(matrix, at + 3 * LANES, result_3)
        store(sums, i, sum_0)
        store(sums, i + LANES, sum_1)
        store(sums, i + 2 * LANES, sum_2)
        store(sums, i + 3 * LANES, sum_3)
    for i in range(panels, whole, LANES):
        sum_i = spread(ZERO)
        for at in range(i, matrix.size, columns):
            base = _base(matrix, at, line)
            square, result, left = base, spread(ONE), power
            while left > 0:
                if left & 1:
                    result = times(result, square)
                square = times(square, square)
                left >>= 1
            sum_i = plus(sum_i, times(base, result))
            store(matrix, at, result)
        store(sums, i, sum_i)
    for i in range(whole, columns):
        sums[i] = 0
        for at in range(i, matrix.size, columns):
            one = (ZERO if matrix[at] >= limit else matrix[at]) * pace + start
            factor, of_one, rest = one, ONE, power
            while rest > 0:
                if rest & 1:
                    of_one *= factor
                factor *= factor
                rest >>= 1
            sums[i] += one * of_one
            matrix[at] = of_one


@in_place
def _base(matrix: Any, at: Any, line: Any) -> Any:
    """The bases of the run of a matrix from `at` on."""
    limit, pace, start = line
    x = load(matrix, at)
    return plus(below(limit, x, times(x, pace)), start)
