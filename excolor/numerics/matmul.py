"""Compiled products of small matrices, for which the call of a library would take longer than the arithmetic.

A sum runs over its index in order; each step is a product and a sum, rounded once. Over rows, sixteen such sums run
side by side, with every sixteenth row in each, and are added up at the end. So the bits depend on nothing but the
numbers that are summed.
"""

from typing import Any

import numpy as np

from excolor.numerics.compiling import compiled
from excolor.numerics.simd import LANES, fma, load, multiply_add, plus, spread, store, total

ZERO = np.float32(0)


@compiled
def product(weight: Any, bias: Any, x: Any, y: Any) -> None:
    """y = W x + b `[M, N]` of W `[M, K]`, b `[M]` and x `[K, N]`; y and x are given flat."""
    outputs, inputs = weight.shape
    rows = x.size // inputs
    if bias.size < outputs or x.size != inputs * rows or y.size < outputs * rows:
        raise ValueError(
            "product: of W [M, K] b must be [M], x [K, N], y [M, N], for example (5, 16), 5, 16 * 64, 5 * 64"
        )
    whole = rows - rows % LANES
    # Two outputs by two runs at once; where only one is left, it is done twice, which changes nothing.
    for o in range(0, outputs, 2):
        p = min(o + 1, outputs - 1)
        for n in range(0, whole, 2 * LANES):
            m = min(n + LANES, whole - LANES)
            sum_on = sum_om = spread(bias[o])
            sum_pn = sum_pm = spread(bias[p])
            for k in range(inputs):
                at_n, at_m = load(x, k * rows + n), load(x, k * rows + m)
                weight_o, weight_p = spread(weight[o, k]), spread(weight[p, k])
                sum_on, sum_om = multiply_add(weight_o, at_n, sum_on), multiply_add(weight_o, at_m, sum_om)
                sum_pn, sum_pm = multiply_add(weight_p, at_n, sum_pn), multiply_add(weight_p, at_m, sum_pm)
            store(y, o * rows + n, sum_on)
            store(y, o * rows + m, sum_om)
            store(y, p * rows + n, sum_pn)
            store(y, p * rows + m, sum_pm)
    for n in range(whole, rows):
        for o in range(outputs):
            sum_n = bias[o]
            for k in range(inputs):
                sum_n = fma(weight[o, k], x[k * rows + n], sum_n)
            y[o * rows + n] = sum_n


@compiled
def product_over_rows(to_y: Any, x: Any, to_weight: Any, to_bias: Any) -> None:
    """dL/dW = dL/dy x' `[M, K]` and dL/db = the row sums of dL/dy `[M]`, where y = W x + b `[M, N]`.

    dL/dy `[M, N]` and x `[K, N]` are given flat.
    """
    outputs, inputs = to_weight.shape
    rows = x.size // inputs
    if to_bias.size < outputs or x.size != inputs * rows or to_y.size < outputs * rows:
        raise ValueError(
            "product_over_rows: of dL/dW [M, K] dL/db must be [M], x [K, N], dL/dy [M, N], for example 5 * 64"
        )
    whole = rows - rows % LANES
    # Two outputs by two inputs at once, as in `product`.
    for o in range(0, outputs, 2):
        p = min(o + 1, outputs - 1)
        for i in range(0, inputs, 2):
            j = min(i + 1, inputs - 1)
            sum_oi = sum_oj = sum_pi = sum_pj = spread(ZERO)
            for n in range(0, whole, LANES):
                at_o, at_p = load(to_y, o * rows + n), load(to_y, p * rows + n)
                at_i, at_j = load(x, i * rows + n), load(x, j * rows + n)
                sum_oi, sum_oj = multiply_add(at_o, at_i, sum_oi), multiply_add(at_o, at_j, sum_oj)
                sum_pi, sum_pj = multiply_add(at_p, at_i, sum_pi), multiply_add(at_p, at_j, sum_pj)
            to_weight[o, i], to_weight[o, j] = total(sum_oi), total(sum_oj)
            to_weight[p, i], to_weight[p, j] = total(sum_pi), total(sum_pj)
    for o in range(outputs):
        sum_o = spread(ZERO)
        for n in range(0, whole, LANES):
            sum_o = plus(sum_o, load(to_y, o * rows + n))
        to_bias[o] = total(sum_o)
    for o in range(outputs):
        for n in range(whole, rows):
            to_bias[o] += to_y[o * rows + n]
            for i in range(inputs):
                to_weight[o, i] = fma(to_y[o * rows + n], x[i * rows + n], to_weight[o, i])
