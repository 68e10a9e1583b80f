"""Compiled products of small matrices, for which the call of a library would take longer than the arithmetic.

A sum runs over its index in order; each step is a product and a sum, rounded once. Over rows, sixteen such sums run
side by side, with every sixteenth row in each, and are added up at the end. So the bits depend on nothing but the
numbers that are summed.

Matrices stand in flat arrays, each from a place `..._at` on: a view of its own would take the time of a small product.
"""

from typing import Any

import numpy as np

from excolor.numerics.compiling import HAS_WIDE_REGISTERS, compiled
from excolor.numerics.simd import (
    LANES,
    SIDE,
    add_square,
    fma,
    load,
    multiply_add,
    no_square,
    plus,
    spread,
    spread_from,
    store,
    store_totals,
    total,
    totals,
)

ZERO = np.float32(0)
PANEL = 4 * LANES
"""How many rows are worked on at once: with as many sums as fit the registers of every processor."""


@compiled
def product(
    shape: Any,
    weight: Any,
    weight_at: Any,
    strides: Any,
    bias: Any,
    bias_at: Any,
    x: Any,
    x_at: Any,
    y: Any,
    y_at: Any,
) -> None:
    """y = W x + b `[M, N]` of W `[M, K]`, b `[M]` and x `[K, N]`.

    Args:
        shape: M, K and N: outputs, inputs and rows.
        strides: how far apart two outputs' weights stand, and two inputs': K and 1, or of a W' as of W 1 and M.
    """
    outputs, inputs, rows = shape
    by_output, by_input = strides
    if not (
        0 <= weight_at <= weight.size - ((outputs - 1) * by_output + (inputs - 1) * by_input + 1)
        and 0 <= bias_at <= bias.size - outputs
        and 0 <= x_at <= x.size - inputs * rows
        and 0 <= y_at <= y.size - outputs * rows
    ):
        raise ValueError(
            "product: of W [M, K] b must be [M], x [K, N], y [M, N], for example (5, 16), 5, 16 * 64, 5 * 64"
        )
    first = 0
    while first + PANEL <= rows:
        for o in range(outputs):
            w, n = weight_at + o * by_output, x_at + first
            sum_0 = sum_1 = sum_2 = sum_3 = spread_from(bias, bias_at + o)
            for _ in range(inputs):
                factor = spread_from(weight, w)
                sum_0 = multiply_add(factor, load(x, n), sum_0)
                sum_1 = multiply_add(factor, load(x, n + LANES), sum_1)
                sum_2 = multiply_add(factor, load(x, n + 2 * LANES), sum_2)
                sum_3 = multiply_add(factor, load(x, n + 3 * LANES), sum_3)
                w += by_input
                n += rows
            to = y_at + o * rows + first
            store(y, to, sum_0)
            store(y, to + LANES, sum_1)
            store(y, to + 2 * LANES, sum_2)
            store(y, to + 3 * LANES, sum_3)
        first += PANEL
    while first + LANES <= rows:
        for o in range(outputs):
            w, n = weight_at + o * by_output, x_at + first
            sum_0 = spread_from(bias, bias_at + o)
            for _ in range(inputs):
                sum_0 = multiply_add(spread_from(weight, w), load(x, n), sum_0)
                w += by_input
                n += rows
            store(y, y_at + o * rows + first, sum_0)
        first += LANES
    for n in range(first, rows):
        for o in range(outputs):
            sum_n = bias[bias_at + o]
            for k in range(inputs):
                sum_n = fma(weight[weight_at + o * by_output + k * by_input], x[x_at + k * rows + n], sum_n)
            y[y_at + o * rows + n] = sum_n


@compiled
def product_over_rows(
    shape: Any, to_y: Any, y_at: Any, x: Any, x_at: Any, gradient: Any, weight_at: Any, bias_at: Any
) -> None:
    """dL/dW = dL/dy x' `[M, K]` and dL/db = the row sums of dL/dy `[M]`, where y = W x + b `[M, N]`.

    Of dL/dy `[M, N]` and x `[K, N]`; `shape` is M, K and N: outputs, inputs and rows.
    """
    outputs, inputs, rows = shape
    if not (
        0 <= weight_at <= gradient.size - outputs * inputs
        and 0 <= bias_at <= gradient.size - outputs
        and 0 <= x_at <= x.size - inputs * rows
        and 0 <= y_at <= to_y.size - outputs * rows
    ):
        raise ValueError(
            "product_over_rows: of dL/dW [M, K] dL/db must be [M], x [K, N], dL/dy [M, N], for example 5 * 64"
        )
    whole = rows - rows % LANES
    high, wide = (outputs - outputs % SIDE, inputs - inputs % SIDE) if HAS_WIDE_REGISTERS else (0, 0)
    for o in range(0, high, SIDE):
        for i in range(0, wide, SIDE):
            square = no_square()
            for n in range(0, whole, LANES):
                square = add_square(square, to_y, y_at + o * rows + n, x, x_at + i * rows + n, rows)
            store_totals(gradient, weight_at + o * inputs + i, inputs, square)
    # What is left, two outputs by two inputs at once; where only one is left, it is done twice, which changes nothing.
    for o in range(0, outputs, 2):
        p = min(o + 1, outputs - 1)
        from_o, from_p = y_at + o * rows, y_at + p * rows
        to_o, to_p = weight_at + o * inputs, weight_at + p * inputs
        for i in range(wide if o < high else 0, inputs, 2):
            j = min(i + 1, inputs - 1)
            from_i, from_j = x_at + i * rows, x_at + j * rows
            sum_oi = sum_oj = sum_pi = sum_pj = spread(ZERO)
            for n in range(0, whole, LANES):
                at_o, at_p = load(to_y, from_o + n), load(to_y, from_p + n)
                at_i, at_j = load(x, from_i + n), load(x, from_j + n)
                sum_oi, sum_oj = multiply_add(at_o, at_i, sum_oi), multiply_add(at_o, at_j, sum_oj)
                sum_pi, sum_pj = multiply_add(at_p, at_i, sum_pi), multiply_add(at_p, at_j, sum_pj)
            found = totals(sum_oi, sum_oj, sum_pi, sum_pj)
            gradient[to_o + i], gradient[to_o + j], gradient[to_p + i], gradient[to_p + j] = found
    for o in range(outputs):
        sum_o = spread(ZERO)
        for n in range(0, whole, LANES):
            sum_o = plus(sum_o, load(to_y, y_at + o * rows + n))
        gradient[bias_at + o] = total(sum_o)
    for o in range(outputs):
        for n in range(whole, rows):
            slope = to_y[y_at + o * rows + n]
            gradient[bias_at + o] += slope
            for i in range(inputs):
                to = weight_at + o * inputs + i
                gradient[to] = fma(slope, x[x_at + i * rows + n], gradient[to])
