"""Compiled products of small matrices, for which the call of a library would take longer than the arithmetic.

A sum runs over its index in order; each step is a product and a sum, rounded once. Over rows, sixteen such sums run
side by side, with every sixteenth row in each, and are added up at the end. So the bits depend on nothing but the
numbers that are summed.

Matrices stand in flat arrays, each from a place `..._at` on: a view of its own would take the time of a small product.
"""

from typing import Any

import numpy as np

from excolor.numerics.compiling import HAS_WIDE_REGISTERS, in_place
from excolor.numerics.simd import (
    LANES,
    SIDE,
    add_line,
    add_spread,
    add_square,
    fma,
    load,
    multiply_add,
    no_square,
    plus,
    spread,
    spread_from,
    spread_square,
    store,
    store_line,
    store_square,
    store_totals,
    totals,
)

ZERO, ONE = np.float32(0), np.float32(1)
BEGINNING, NEXT = np.int64(0), np.int64(1)
"""For calls of `product`, of which numba would compile one more for each pattern of numbers that are written out."""

PANEL = 4 * LANES
"""How many rows are worked on at once: with as many sums as fit the registers of every processor."""


@in_place
def product(
    shape: Any,
    weight: Any,
    weight_at: Any,
    by_output: Any,
    by_input: Any,
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
        by_output: how far apart two outputs' weights stand: K, or 1 of a W' that is turned.
        by_input: how far apart two inputs' weights stand: 1, or M of a W' that is turned.
    """
    outputs, inputs, rows = shape
    if not (
        0 <= weight_at <= weight.size - ((outputs - 1) * by_output + (inputs - 1) * by_input + 1)
        and 0 <= bias_at <= bias.size - outputs
        and 0 <= x_at <= x.size - inputs * rows
        and 0 <= y_at <= y.size - outputs * rows
    ):
        raise ValueError(
            "product: of W [M, K] b must be [M], x [K, N], y [M, N], for example (5, 16), 5, 16 * 64, 5 * 64"
        )
    high = outputs - outputs % SIDE if HAS_WIDE_REGISTERS else 0
    first = 0
    while first + PANEL <= rows:
        for o in range(0, high, SIDE):
            w, n = weight_at + o * by_output, x_at + first
            square = spread_square(bias, bias_at + o)
            for _ in range(inputs):
                square = add_spread(square, weight, w, by_output, x, n)
                w += by_input
                n += rows
            store_square(y, y_at + o * rows + first, rows, square)
        for o in range(high, outputs):
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


@in_place
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
    side = SIDE if HAS_WIDE_REGISTERS else 2
    high, wide = outputs - outputs % side, inputs - inputs % side
    for o in range(0, high, side):
        from_o = y_at + o * rows
        for i in range(0, wide, side):
            from_i, to = x_at + i * rows, weight_at + o * inputs + i
            if HAS_WIDE_REGISTERS:
                square = no_square()
                for n in range(0, whole, LANES):
                    square = add_square(square, to_y, from_o + n, x, from_i + n, rows)
                store_totals(gradient, to, inputs, square)
            else:
                sum_oi = sum_oj = sum_pi = sum_pj = spread(ZERO)
                for n in range(0, whole, LANES):
                    at_o, at_p = load(to_y, from_o + n), load(to_y, from_o + rows + n)
                    at_i, at_j = load(x, from_i + n), load(x, from_i + rows + n)
                    sum_oi, sum_oj = multiply_add(at_o, at_i, sum_oi), multiply_add(at_o, at_j, sum_oj)
                    sum_pi, sum_pj = multiply_add(at_p, at_i, sum_pi), multiply_add(at_p, at_j, sum_pj)
                gradient[to], gradient[to + 1], gradient[to + inputs], gradient[to + inputs + 1] = totals(
                    sum_oi, sum_oj, sum_pi, sum_pj
                )
    # What no square covers, and the biases, one input or one output at a time: with sixteen of the others,
    far = outputs - outputs % LANES if HAS_WIDE_REGISTERS else 0
    deep = inputs - inputs % LANES if HAS_WIDE_REGISTERS else 0
    for o in range(0, far, LANES):
        from_o = y_at + o * rows
        for i in range(wide, inputs):
            line = no_square()
            for n in range(0, whole, LANES):
                line = add_line(line, to_y, from_o + n, rows, load(x, x_at + i * rows + n))
            store_line(gradient, weight_at + o * inputs + i, inputs, line)
        line = no_square()
        for n in range(0, whole, LANES):
            line = add_line(line, to_y, from_o + n, rows, spread(ONE))
        store_totals(gradient, bias_at + o, SIDE, line)
    for i in range(0, deep, LANES):
        for o in range(high, outputs):
            line = no_square()
            for n in range(0, whole, LANES):
                line = add_line(line, x, x_at + i * rows + n, rows, load(to_y, y_at + o * rows + n))
            store_totals(gradient, weight_at + o * inputs + i, SIDE, line)
    # and what these leave with four: of fewer the last again.
    for o in range(far, outputs, SIDE):
        o_1, o_2, o_3 = min(o + 1, outputs - 1), min(o + 2, outputs - 1), min(o + 3, outputs - 1)
        these = y_at + o * rows, y_at + o_1 * rows, y_at + o_2 * rows, y_at + o_3 * rows
        to, to_1 = weight_at + o * inputs, weight_at + o_1 * inputs
        to_2, to_3 = weight_at + o_2 * inputs, weight_at + o_3 * inputs
        for i in range(wide, inputs):
            found = _with_one(to_y, these, x, x_at + i * rows, whole)
            gradient[to + i], gradient[to_1 + i], gradient[to_2 + i], gradient[to_3 + i] = found
        b = bias_at
        gradient[b + o], gradient[b + o_1], gradient[b + o_2], gradient[b + o_3] = _sums(to_y, these, whole)
    for i in range(deep, wide, SIDE):
        i_1, i_2, i_3 = min(i + 1, wide - 1), min(i + 2, wide - 1), min(i + 3, wide - 1)
        these = x_at + i * rows, x_at + i_1 * rows, x_at + i_2 * rows, x_at + i_3 * rows
        for o in range(high, outputs):
            to = weight_at + o * inputs
            found = _with_one(x, these, to_y, y_at + o * rows, whole)
            gradient[to + i], gradient[to + i_1], gradient[to + i_2], gradient[to + i_3] = found
    for o in range(outputs):
        for n in range(whole, rows):
            slope = to_y[y_at + o * rows + n]
            gradient[bias_at + o] += slope
            for i in range(inputs):
                to = weight_at + o * inputs + i
                gradient[to] = fma(slope, x[x_at + i * rows + n], gradient[to])


@in_place
def _with_one(four: Any, starts: Any, one: Any, start: Any, whole: Any) -> Any:
    """The sums over rows of the products of four outputs or inputs with one of the others."""
    at_0, at_1, at_2, at_3 = starts
    sum_0 = sum_1 = sum_2 = sum_3 = spread(ZERO)
    for n in range(0, whole, LANES):
        factor = load(one, start + n)
        sum_0 = multiply_add(load(four, at_0 + n), factor, sum_0)
        sum_1 = multiply_add(load(four, at_1 + n), factor, sum_1)
        sum_2 = multiply_add(load(four, at_2 + n), factor, sum_2)
        sum_3 = multiply_add(load(four, at_3 + n), factor, sum_3)
    return totals(sum_0, sum_1, sum_2, sum_3)


@in_place
def _sums(four: Any, starts: Any, whole: Any) -> Any:
    """The sums over rows of four outputs."""
    at_0, at_1, at_2, at_3 = starts
    sum_0 = sum_1 = sum_2 = sum_3 = spread(ZERO)
    for n in range(0, whole, LANES):
        sum_0, sum_1 = plus(sum_0, load(four, at_0 + n)), plus(sum_1, load(four, at_1 + n))
        sum_2, sum_3 = plus(sum_2, load(four, at_2 + n)), plus(sum_3, load(four, at_3 + n))
    return totals(sum_0, sum_1, sum_2, sum_3)
