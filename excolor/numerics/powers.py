"""Whole powers of the numbers of a matrix, in kernels."""

from typing import Any

from excolor.numerics.compiling import in_place
from excolor.numerics.elementwise import ONE, Floats
from excolor.numerics.matmul import PANEL
from excolor.numerics.simd import LANES, load, plus, spread, store, times


@in_place
def raise_and_add(matrix: Floats, power: Any, sums: Floats) -> None:
    """matrix <- matrix^power `[M, N]`, flat, and sums <- the sums `[N]` over its rows of matrix^(power + 1).

    By repeated squaring, from the lowest bit of the power on: each product is rounded, in this order.
    """
    columns = sums.size
    if columns == 0 or matrix.size % columns or power < 0:
        raise ValueError("raise_and_add: sums must be [N] for a matrix [M, N], and the power 0 or more, for example 99")
    sums[:] = 0
    panels, whole = columns - columns % PANEL, columns - columns % LANES
    for row in range(0, matrix.size, columns):
        for i in range(0, panels, PANEL):
            at = row + i
            square_0, square_1 = load(matrix, at), load(matrix, at + LANES)
            square_2, square_3 = load(matrix, at + 2 * LANES), load(matrix, at + 3 * LANES)
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
            store(sums, i, plus(load(sums, i), times(load(matrix, at), result_0)))
            store(sums, i + LANES, plus(load(sums, i + LANES), times(load(matrix, at + LANES), result_1)))
            store(sums, i + 2 * LANES, plus(load(sums, i + 2 * LANES), times(load(matrix, at + 2 * LANES), result_2)))
            store(sums, i + 3 * LANES, plus(load(sums, i + 3 * LANES), times(load(matrix, at + 3 * LANES), result_3)))
            store(matrix, at, result_0)
            store(matrix, at + LANES, result_1)
            store(matrix, at + 2 * LANES, result_2)
            store(matrix, at + 3 * LANES, result_3)
        for i in range(panels, whole, LANES):
            square, result, left = load(matrix, row + i), spread(ONE), power
            while left > 0:
                if left & 1:
                    result = times(result, square)
                square = times(square, square)
                left >>= 1
            store(sums, i, plus(load(sums, i), times(load(matrix, row + i), result)))
            store(matrix, row + i, result)
        for i in range(whole, columns):
            factor, of_one, rest = matrix[row + i], ONE, power
            while rest > 0:
                if rest & 1:
                    of_one *= factor
                factor *= factor
                rest >>= 1
            sums[i] += matrix[row + i] * of_one
            matrix[row + i] = of_one
