"""Kernels that work number by number: each does in one pass what would take a dozen array operations."""

from typing import Any

import numpy as np
from numpy import float32
from numpy.typing import NDArray

from excolor.numerics.arithmetic import NORM_FLOOR
from excolor.numerics.compiling import compiled, in_place
from excolor.numerics.simd import LANES, fma, total_from

Floats = NDArray[np.float32]

ZERO, HALF, ONE, TWO = float32(0), float32(0.5), float32(1), float32(2)
TENTH, THOUSANDTH = float32(1 - 0.9), float32(1 - 0.999)
SQUARE_FLOOR = float32(NORM_FLOOR**2)
DENSITY_AT_0 = float32(0.3989422804014327)  # 1 / sqrt(2 pi)

FARTHEST = float32(13)
"""A larger |x| counts as this one: from here on the tail of the normal distribution is below 1e-38."""

LEAST_EXPONENT = float32(-85)

# exp(x) = 2^n exp(r), n = round(x / ln 2), r = x - n ln 2; ln 2 is subtracted in two parts, of which n times the first
# is exact. exp(r) = 1 + r + r^2 (a polynomial of degree 4, the best one for |r| <= ln(2) / 2: relative error 1.2e-7).
PER_LN_2 = float32(1.4426950408889634)
LN_2_HIGH, LN_2_LOW = float32(0.693359375), float32(-2.12194440e-4)
TO_WHOLE = float32(1.5 * 2**23)
"""Added to a number, this rounds it to a whole one, which stands in the last bits of the sum."""
BITS_OF_FRACTION = np.int32(23)
E2, E3, E4, E5, E6 = (float32(e) for e in (0.49999999, 0.16666577, 0.041666852, 0.0083631405, 0.0013901339))

# Phi(-a) = exp(-a^2 / 2) t (a polynomial of degree 8 in t), t = 1 / (1 + 0.34 a): the best one for 0 <= a <= 13,
# relative error 2.4e-8.
P = float32(0.34)
P0, P1, P2, P3 = (float32(p) for p in (0.13561861, 0.13614692, 0.11493322, 0.1164557))
P4, P5, P6, P7 = (float32(p) for p in (-0.047433413, 0.20630522, -0.27689408, 0.14139087))
P8 = float32(-0.026523039)


@in_place
def exp(x: Any) -> Any:
    """e^x for -85 <= x <= 0."""
    shifted = fma(x, PER_LN_2, TO_WHOLE)
    n = shifted - TO_WHOLE
    r = fma(n, -LN_2_LOW, fma(n, -LN_2_HIGH, x))
    curve = fma(fma(fma(fma(E6, r, E5), r, E4), r, E3), r, E2)
    of_rest = float32(fma(curve, r * r, r + ONE))
    # A number's exponent stands above its fraction: n more is a factor of 2^n.
    bits = np.int32(of_rest.view(np.int32) + (float32(shifted).view(np.int32) << BITS_OF_FRACTION))
    return bits.view(np.float32)


@in_place
def normal(x: Any) -> Any:
    """(Phi(x), phi(x)): the standard normal distribution and its density."""
    a = min(abs(x), FARTHEST)
    e = exp(-HALF * a * a)
    t = ONE / fma(P, a, ONE)
    low = fma(fma(fma(P3, t, P2), t, P1), t, P0)
    high = fma(fma(fma(fma(P8, t, P7), t, P6), t, P5), t, P4)
    below = fma(high, (t * t) * (t * t), low) * t * e
    return (below if x < 0 else ONE - below), DENSITY_AT_0 * e


@in_place
def gelu_with_derivative(x: Floats, y: Floats) -> None:
    """y = x Phi(x); x is overwritten by dy/dx = Phi(x) + x phi(x)."""
    if y.size != x.size:
        raise ValueError("gelu: y must have as many numbers as x, for example np.empty_like(x)")
    for i in range(x.size):
        v = x[i]
        below, density = normal(v)
        y[i] = v * below
        x[i] = fma(v, density, below)


@in_place
def relu_with_derivative(x: Floats, y: Floats) -> None:
    """y = max(x, 0); x is overwritten by dy/dx, 1 where x > 0 and else 0."""
    if y.size != x.size:
        raise ValueError("relu: y must have as many numbers as x, for example np.empty_like(x)")
    for i in range(x.size):
        y[i] = ZERO if x[i] <= 0 else x[i]  # NaN stays NaN
        x[i] = ZERO if x[i] <= 0 else ONE


@in_place
def sigmoid(y: Floats) -> None:
    """y <- 1 / (1 + e^-y), in place."""
    for i in range(y.size):
        e = exp(max(-abs(y[i]), LEAST_EXPONENT))
        y[i] = (e if y[i] < 0 else ONE) / (ONE + e)


@in_place
def write_lengths(z: Floats, s: Any, found: Floats) -> None:
    """found = max(|z|, 1e-12) `[B]` of the latents `[S, K, B]` of one seed."""
    if found.size != z.shape[2]:
        raise ValueError("write_lengths: there must be room for one length of each row, for example np.empty(64)")
    found[:] = 0
    for k in range(z.shape[1]):
        for i in range(z.shape[2]):
            found[i] += z[s, k, i] * z[s, k, i]
    for i in range(z.shape[2]):
        found[i] = np.sqrt(max(found[i], SQUARE_FLOOR))


@in_place
def normalize(raw: Floats, code: Floats, length: Floats) -> None:
    """code = raw / max(|raw|, 1e-12) `[S, K, B]`, with the lengths max(|raw|, 1e-12) `[S, B]`."""
    if code.shape != raw.shape or length.shape != (raw.shape[0], raw.shape[2]):
        raise ValueError("normalize: all must be [S, K, B], and the lengths [S, B], for example (8, 5, 64), (8, 64)")
    for s in range(raw.shape[0]):
        write_lengths(raw, s, length[s])
        for k in range(raw.shape[1]):
            for i in range(raw.shape[2]):
                code[s, k, i] = raw[s, k, i] / length[s, i]


@in_place
def add_tangential(gradient: Floats, code: Floats, length: Floats, raw_gradient: Floats, along: Floats) -> None:
    """raw_gradient += (gradient - code (gradient . code)) / length: the gradient passed back by `normalize`.

    `along` `[B]` is memory, which is written over.
    """
    if (
        code.shape != gradient.shape
        or raw_gradient.shape != gradient.shape
        or length.shape != (gradient.shape[0], gradient.shape[2])
        or along.size != gradient.shape[2]
    ):
        raise ValueError(
            "add_tangential: all must be [S, K, B], the lengths [S, B] and the memory [B], for example (8, 5, 64), "
            "(8, 64), 64"
        )
    for s in range(gradient.shape[0]):
        along[:] = 0
        for k in range(gradient.shape[1]):
            for i in range(gradient.shape[2]):
                along[i] += gradient[s, k, i] * code[s, k, i]
        for k in range(gradient.shape[1]):
            for i in range(gradient.shape[2]):
                raw_gradient[s, k, i] += (gradient[s, k, i] - code[s, k, i] * along[i]) / length[s, i]


@in_place
def summed(numbers: Floats) -> Any:
    """The sum of all numbers `[N]`, which are overwritten: those of the second half are added to the first, and so on.

    Sums in one row would wait for each other.
    """
    size = numbers.size
    while size > 1:
        if size == LANES:
            return total_from(numbers, 0)
        half = (size + 1) // 2
        for i in range(size - half):
            numbers[i] += numbers[half + i]
        size = half
    return numbers[0]


@in_place
def squared_error(answer: Floats, truth: Floats, gradient: Floats) -> Any:
    """The mean of (answer - truth)^2 over all their numbers, given flat, and its gradient at the answer."""
    if truth.size != answer.size or gradient.size != answer.size:
        raise ValueError("squared_error: all must have one size, for example np.empty_like(answer)")
    share = ONE / float32(answer.size)
    for i in range(answer.size):
        error = answer[i] - truth[i]
        gradient[i] = error * error
    loss = share * summed(gradient)
    for i in range(answer.size):
        gradient[i] = TWO * share * (answer[i] - truth[i])
    return loss


@in_place
def add_multiple(numbers: Floats, factor: Any, others: Floats) -> None:
    """numbers += factor * others, all `[N]`."""
    if others.size != numbers.size:
        raise ValueError("add_multiple: both must have one size, for example np.empty_like(numbers)")
    for i in range(numbers.size):
        numbers[i] += factor * others[i]


@compiled
def mean_squared_difference(answer: Floats, truth: Floats) -> Floats:
    """The mean over channels of (answer - truth)^2, `[S, B]` of answers `[S, C, B]` and the truth `[1, C, B]`."""
    if truth.shape[0] < 1 or truth.shape[1:] != answer.shape[1:]:
        raise ValueError(
            "mean_squared_difference: the truth of answers [S, C, B] must be [1, C, B], for example (1, 3, 64)"
        )
    found = np.zeros((answer.shape[0], answer.shape[2]), np.float32)
    for s in range(answer.shape[0]):
        for c in range(answer.shape[1]):
            for i in range(answer.shape[2]):
                difference = answer[s, c, i] - truth[0, c, i]
                found[s, i] += difference * difference
        for i in range(answer.shape[2]):
            found[s, i] /= float32(answer.shape[1])
    return found


@in_place
def adam_step(parameters: Floats, gradient: Floats, mean: Floats, square: Floats, rate: Any, epsilon: Any) -> None:
    """parameters -= rate mean / (sqrt(square) + epsilon), all `[N]`, once both moments have moved.

    The mean moves a tenth of the way to the gradient, the square a thousandth of the way to the gradient's square.
    """
    if gradient.size != parameters.size or mean.size != parameters.size or square.size != parameters.size:
        raise ValueError("adam_step: all must have one size, for example np.zeros_like(parameters)")
    for i in range(parameters.size):
        g = gradient[i]
        m = mean[i] + TENTH * (g - mean[i])
        v = square[i] + THOUSANDTH * (g * g - square[i])
        mean[i], square[i] = m, v
        parameters[i] -= rate * m / (np.sqrt(v) + epsilon)
