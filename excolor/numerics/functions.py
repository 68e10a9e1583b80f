"""Elementary functions of numbers in double precision, with the same bits on every processor.

What numpy, torch and the system's mathematical library compute differs in its last bits from processor to processor, or
from version to version. Here each function is written out in sums, products and quotients. It is right within one or
two units of the last place, `power` within one unit for each e-fold between base and result.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from excolor.numerics.compiling import compiled
from excolor.numerics.simd import fma

Floats = NDArray[np.float64]

# ln 2 in two parts, the first so short that its product with any exponent is exact.
LN_2_HIGH = float(np.float64(math.log(2)).astype(np.float32))
LN_2_LOW = -1.904654299957768e-09  # ln 2 - LN_2_HIGH
PER_LN_2 = 1 / math.log(2)
TO_WHOLE = 1.5 * 2.0**52
"""Added and subtracted again, this rounds a number to a whole one."""
LEAST, MOST = -708.0, 709.0
"""The least and the largest x for which e^x has all of its digits, being neither too small nor too large."""

TAU = math.tau
TAN_SIXTEENTH = math.sqrt(2) - 1
"""The tangent of a sixteenth of a turn, half-way between an axis and the diagonal."""

# Taylor series, to the precision of a double, with the highest terms first for Horner's rule.
EXP = np.array([1 / math.factorial(n) for n in range(14, 1, -1)])  # e^r - 1 - r = r^2 (1/2! + r/3! + ...)
LOG = np.array([2 / (2 * n + 1) for n in range(12, 0, -1)])  # log((1 + s) / (1 - s)) - 2 s = s^3 (2/3 + 2/5 s^2 + ...)
SIN = np.array([(-1) ** n / math.factorial(2 * n + 1) for n in range(9, 0, -1)])  # sin x - x = x^3 (-1/3! + ...)
COS = np.array([(-1) ** n / math.factorial(2 * n) for n in range(9, 0, -1)])  # cos x - 1 = x^2 (-1/2! + ...)
ATAN = np.array([(-1) ** n / (2 * n + 1) for n in range(22, 0, -1)])  # arctan s - s = s^3 (-1/3 + s^2/5 - ...)


@compiled
def _series(coefficients: Any, x: Any) -> Any:
    result = coefficients[0]
    for i in range(1, coefficients.size):
        result = fma(result, x, coefficients[i])
    return result


@compiled
def _whole(x: Any) -> Any:
    """The whole number nearest to x, for |x| < 2^51."""
    return (x + TO_WHOLE) - TO_WHOLE


@compiled
def _exp(x: Any) -> Any:
    if not x >= LEAST:  # NaN stays NaN
        return 0.0 if x < LEAST else x
    if x > MOST:
        return np.inf
    n = _whole(x * PER_LN_2)
    r = fma(n, -LN_2_LOW, fma(n, -LN_2_HIGH, x))
    return math.ldexp(fma(r * r, _series(EXP, r), r + 1.0), int(n))


@compiled
def _log(x: Any) -> Any:
    m, n = math.frexp(x)  # x = m 2^n, 1/2 <= m < 1
    if m < 0.75:
        m, n = 2.0 * m, n - 1
    s = (m - 1.0) / (m + 1.0)
    return fma(float(n), LN_2_HIGH, fma(s * s * s, _series(LOG, s * s), fma(float(n), LN_2_LOW, 2.0 * s)))


@compiled
def _cos(turns: Any) -> Any:
    """cos(2 pi t) of an angle t in turns: whole turns are dropped first, so no digit is lost to a multiple of pi."""
    turns = abs(turns - _whole(turns))
    beyond = turns > 0.25
    if beyond:
        turns = 0.5 - turns
    if turns > 0.125:
        x = TAU * (0.25 - turns)
        found = fma(x * x * x, _series(SIN, x * x), x)
    else:
        x = TAU * turns
        found = fma(x * x, _series(COS, x * x), 1.0)
    return -found if beyond else found


@compiled
def _turn(y: Any, x: Any) -> Any:
    """The angle from the direction (1, 0) to (x, y), in turns from 0 to below 1; NaN for (0, 0)."""
    if x == 0 and y == 0:
        return np.nan
    steep = abs(y) > abs(x)
    s = abs(x) / abs(y) if steep else abs(y) / abs(x)
    near_diagonal = s > TAN_SIXTEENTH
    if near_diagonal:
        s = (s - 1.0) / (s + 1.0)
    found = fma(s * s * s, _series(ATAN, s * s), s) / TAU
    if near_diagonal:
        found = 0.125 + found
    if steep:
        found = 0.25 - found
    if x < 0:
        found = 0.5 - found
    if y < 0:
        found = 1.0 - found
    return 0.0 if found == 1.0 else found


@compiled
def _exp_all(x: Any, y: Any) -> None:
    for i in range(x.size):
        y[i] = _exp(x[i])


@compiled
def _log_all(x: Any, y: Any) -> None:
    for i in range(x.size):
        y[i] = _log(x[i])


@compiled
def _cos_all(x: Any, y: Any) -> None:
    for i in range(x.size):
        y[i] = _cos(x[i])


@compiled
def _sqrt_all(x: Any, y: Any) -> None:
    for i in range(x.size):
        y[i] = np.sqrt(x[i])


@compiled
def _turn_all(y: Any, x: Any, turn: Any) -> None:
    for i in range(turn.size):
        turn[i] = _turn(y[i], x[i])


def exp(x: ArrayLike) -> Floats:
    """e^x of every number; 0 below -708 and infinite above 709."""
    return _every(_exp_all, x)


def log(x: ArrayLike) -> Floats:
    """The natural logarithm of every number, each from 1e-300 to 1e300."""
    given = np.asarray(x, np.float64)
    outside = given[~((given >= 1e-300) & (given <= 1e300) | np.isnan(given))]
    if outside.size:
        raise ValueError(f"log of {outside[0]:g}: a number must be from 1e-300 to 1e300, for example 0.5")
    return _every(_log_all, given)


def power(base: ArrayLike, exponent: ArrayLike) -> Floats:
    """base^exponent of every pair: a base from 1e-300 to 1e300, or a base of 0 with an exponent above 0."""
    base, exponent = np.broadcast_arrays(np.asarray(base, np.float64), np.asarray(exponent, np.float64))
    nothing = (base == 0) & (exponent > 0)
    return np.where(nothing, 0.0, exp(log(np.where(nothing, 1.0, base)) * exponent))


def cos_of_turns(turns: ArrayLike) -> Floats:
    """cos(2 pi t) of every angle t in turns, |t| < 2^51; sin(2 pi t) is `cos_of_turns(t - 1/4)`."""
    return _every(_cos_all, turns)


def turns_of(y: ArrayLike, x: ArrayLike) -> Floats:
    """arctan2(y, x) / 2 pi of every pair, in turns from 0 to below 1: the angle of the point (x, y); NaN for (0, 0)."""
    return _every(_turn_all, y, x)


def sqrt(x: ArrayLike) -> Floats:
    """The square root of every number, correctly rounded as IEEE 754 asks; that of some libraries is not."""
    return _every(_sqrt_all, x)


def _every(kernel: Callable[..., None], *given: ArrayLike) -> Floats:
    arrays = np.broadcast_arrays(*(np.asarray(x, np.float64) for x in given))
    result = np.empty(arrays[0].shape)
    kernel(*(np.array(x).ravel() for x in arrays), result.ravel())
    return result
