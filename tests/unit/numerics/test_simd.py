"""Runs of sixteen numbers against numpy, lane by lane."""

import numpy as np
import pytest
from numba.core.errors import TypingError

from excolor.numerics.compiling import compiled
from excolor.numerics.simd import (
    LANES,
    SIDE,
    add_line,
    add_spread,
    add_square,
    below,
    entries,
    entries_by_halves,
    first_of,
    fma,
    larger,
    load,
    magnitude,
    minus,
    multiply_add,
    no_square,
    plus,
    smaller,
    spread,
    spread_from,
    spread_square,
    store,
    store_line,
    store_square,
    store_totals,
    total_from,
    totals,
)

A, B, C = np.random.default_rng(7).standard_normal((3, 3 * LANES)).astype(np.float32)


@compiled
def added(a, b, start, found):
    store(found, start, plus(load(a, start), load(b, start)))


@compiled
def joined_product(a, b, c, found):
    store(found, 0, multiply_add(load(a, 0), load(b, 0), load(c, 0)))


@compiled
def each_alone(a, b, c, found):
    for i in range(found.size):
        found[i] = fma(a[i], b[i], c[i])


@compiled
def spread_over(x, found):
    store(found, 0, spread(x))


@compiled
def spread_over_from(numbers, at, found):
    store(found, 0, spread_from(numbers, at))


@compiled
def found_below(limit, a, b, found):
    store(found, 0, below(spread(limit), load(a, 0), load(b, 0)))


@compiled
def differences(a, b, found):
    store(found, 0, minus(load(a, 0), load(b, 0)))


@compiled
def cut_to(limit, a, found):
    store(found, 0, smaller(load(a, 0), spread(limit)))
    store(found, LANES, larger(load(a, 0), spread(limit)))
    store(found, 2 * LANES, magnitude(load(a, 0)))


@compiled
def looked_up(table, start, numbers, found):
    store(found, 0, entries(table, start, load(numbers, 0)))
    store(found, LANES, entries_by_halves(table, start, load(numbers, 0)))
    found[2 * LANES] = first_of(entries(table, start, load(numbers, 0)))


@compiled
def totals_from(a, b, c, d):
    return totals(load(a, 0), load(b, 0), load(c, 0), load(d, 0))


@compiled
def products_of_a_square(a, b, apart, found, start, spaced):
    square = add_square(no_square(), a, 0, b, 0, apart)
    store_totals(found, start, spaced, add_square(square, a, LANES, b, LANES, apart))


@compiled
def products_of_a_line(a, apart, run, found, start, spaced):
    line = add_line(no_square(), a, 0, apart, load(run, 0))
    store_line(found, start, spaced, add_line(line, a, LANES, apart, load(run, LANES)))


@compiled
def total_of_a_run(numbers, start):
    return total_from(numbers, start)


@compiled
def four_numbers_by_four_runs(start, a, at, apart, b, found, to, spaced):
    square = add_spread(spread_square(start, 1), a, at, apart, b, 0)
    store_square(found, to, spaced, add_spread(square, a, at + 1, apart, b, SIDE * LANES))


@compiled
def product_of_two(a, b, at, other, found):
    one = multiply_add(load(a, at), load(b, other), spread(np.float32(0)))
    store(found, 0, multiply_add(load(a, at + LANES), load(b, other + LANES), one))


def total(run):
    while run.size > 1:
        run = run[: run.size // 2] + run[run.size // 2 :]
    return run[0]


def total_of_product(a, b, at, other):
    found = unwritten()
    product_of_two(a, b, at, other, found)
    return total(found[:LANES])


def unwritten():
    return np.full(3 * LANES, np.nan, np.float32)


@pytest.mark.parametrize("start", [0, 1, LANES, 2 * LANES])
def test_sums_lane_by_lane_from_any_place_and_writes_nowhere_else(start):
    found = unwritten()
    added(A, B, start, found)
    here = slice(start, start + LANES)
    assert np.array_equal(found[here], A[here] + B[here])
    assert np.isnan(np.delete(found, here)).all()


def test_a_product_and_a_sum_are_rounded_once():
    """Exact in double precision, and so rounded once; and the same as of single numbers."""
    found, alone = unwritten()[:LANES], unwritten()[:LANES]
    joined_product(A, B, C, found)
    each_alone(A, B, C, alone)
    exact = A[:LANES].astype(float) * B[:LANES] + C[:LANES]
    assert np.array_equal(found, exact.astype(np.float32))
    assert np.array_equal(found, alone)
    assert not np.array_equal(found, A[:LANES] * B[:LANES] + C[:LANES])


def test_one_number_in_every_lane():
    found = unwritten()
    spread_over(np.float32(0.1), found)
    assert (found[:LANES] == np.float32(0.1)).all()


def test_one_number_of_an_array_in_every_lane():
    found = unwritten()
    spread_over_from(A, 3, found)
    assert (found[:LANES] == A[3]).all()


def test_a_lane_is_found_below_the_limit_and_0_from_there_on():
    """NaN is not from there on."""
    a, found = A.copy(), unwritten()
    a[:2] = np.nan, 0.1
    found_below(np.float32(0.1), a, B, found)
    assert np.array_equal(found[:LANES], np.where(a >= np.float32(0.1), 0, B)[:LANES])
    assert (found[0], found[1]) == (B[0], 0)


def test_differences_lane_by_lane():
    found = unwritten()
    differences(A, B, found)
    assert np.array_equal(found[:LANES], (A - B)[:LANES])


def test_a_lane_is_cut_to_a_limit_from_above_or_below_and_stripped_of_its_sign():
    """NaN is not cut."""
    a, found, limit = A.copy(), unwritten(), np.float32(0.1)
    a[:3] = np.nan, -np.inf, np.inf
    cut_to(limit, a, found)
    assert np.array_equal(found[:LANES], np.minimum(a, limit)[:LANES], equal_nan=True)
    assert np.array_equal(found[LANES : 2 * LANES], np.maximum(a, limit)[:LANES], equal_nan=True)
    assert np.array_equal(found[2 * LANES :], np.abs(a)[:LANES], equal_nan=True)


def test_a_lane_finds_the_entry_that_its_last_three_bits_name():
    """Of eight from any place on, whatever the other bits are, all at once as by halves."""
    table = np.random.default_rng(12).standard_normal(20).astype(np.float32)
    bits = np.random.default_rng(13).integers(0, 2**31, LANES, np.int32)
    bits[:8], bits[8:] = bits[:8] // 8 * 8 + np.arange(8), bits[8:] // 8 * 8 + np.arange(8)[::-1]
    found = unwritten()
    looked_up(table, 5, bits.view(np.float32), found)
    expected = table[5 + bits % 8]
    assert np.array_equal(found[:LANES], expected)
    assert np.array_equal(found[LANES : 2 * LANES], expected)
    assert found[2 * LANES] == expected[0]


def test_totals_of_four_add_halves_of_halves_of_each():
    runs = np.random.default_rng(8).standard_normal((4, LANES)).astype(np.float32)
    assert totals_from(*runs) == tuple(map(total, runs))


def test_totals_of_a_square_are_those_of_four_runs_with_four_others():
    """Of runs that stand 40 apart, written in rows that stand 7 apart, and nowhere else."""
    apart, start, spaced = 40, 2, 7
    a, b = np.random.default_rng(9).standard_normal((2, SIDE * apart)).astype(np.float32)
    found = np.full(4 * spaced, np.nan, np.float32)
    products_of_a_square(a, b, apart, found, start, spaced)
    places = [start + spaced * i + j for i in range(SIDE) for j in range(SIDE)]
    expected = [total_of_product(a, b, apart * i, apart * j) for i in range(SIDE) for j in range(SIDE)]
    assert found[places].tolist() == expected
    assert np.isnan(np.delete(found, places)).all()


def test_totals_of_a_line_are_those_of_sixteen_runs_with_one():
    """Of runs that stand 40 apart, written 7 apart, and nowhere else."""
    apart, start, spaced = 40, 2, 7
    a, run = np.random.default_rng(12).standard_normal((2, LANES * apart)).astype(np.float32)
    found = np.full(LANES * spaced, np.nan, np.float32)
    products_of_a_line(a, apart, run, found, start, spaced)
    places = [start + spaced * i for i in range(LANES)]
    assert found[places].tolist() == [total_of_product(a, run, apart * i, 0) for i in range(LANES)]
    assert np.isnan(np.delete(found, places)).all()


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_total_of_a_run_adds_halves_of_halves_in_either_precision(kind):
    numbers = np.random.default_rng(13).standard_normal(3 + LANES).astype(kind)
    assert total_of_a_run(numbers, 3) == total(numbers[3:])


def test_a_square_of_numbers_spread_over_runs_has_the_bits_of_single_numbers():
    """Numbers that stand 5 apart, written in rows that stand 70 apart, and nowhere else."""
    start, a = np.random.default_rng(10).standard_normal((2, 5 * SIDE)).astype(np.float32)
    b = np.random.default_rng(11).standard_normal((2, SIDE * LANES)).astype(np.float32)
    found = np.full(3 + 70 * SIDE, np.nan, np.float32)
    four_numbers_by_four_runs(start, a, 2, 5, b.ravel(), found, 3, 70)
    for row in range(SIDE):
        expected = np.full(SIDE * LANES, start[1 + row], np.float32)
        for factor, numbers in zip(a[2 + 5 * row :], b, strict=False):
            each_alone(np.full_like(numbers, factor), numbers, expected.copy(), expected)
        assert np.array_equal(found[3 + 70 * row :][: SIDE * LANES], expected)
    written = np.concatenate([np.arange(SIDE * LANES) + 3 + 70 * row for row in range(SIDE)])
    assert np.isnan(np.delete(found, written)).all()


def test_numbers_in_double_precision_are_no_run():
    with pytest.raises(TypingError):
        totals_from(*[A.astype(float)] * 4)
