"""Runs of sixteen numbers as single values in kernels, for the processor's vector instructions.

In simple loops the compiler uses these instructions by itself (excolor.numerics.elementwise). In products of matrices
it does not, since sums must stay in registers over a whole loop. Every lane, the place of one number in a run, is
rounded by itself, as a single number would be, so that the bits do not depend on how many lanes a processor has.
"""

from collections.abc import Iterator
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic, models, register_model

LANES = 16
"""How many float32 a run has: two registers of AVX2, one of AVX-512."""

_VECTOR = ir.VectorType(ir.FloatType(), LANES)
_INDEX = ir.IntType(32)

_EIGHT = 8
"""How many entries of a table one lane chooses from: as many as one instruction of AVX2 can."""
_EIGHT_FLOATS = ir.VectorType(ir.FloatType(), _EIGHT)


class _Run(types.Type):
    """The type of a run of sixteen float32 in compiled code."""

    def __init__(self) -> None:
        super().__init__(name=f"float32x{LANES}")


_RUN = _Run()


SIDE = 4
"""How many runs make a side of a square: the sums of the products of four runs with four others."""
_SQUARE = numba.types.UniTuple(_RUN, SIDE**2)


@register_model(_Run)
class _RunModel(models.PrimitiveModel):  # type: ignore[misc]  # numba's classes are of any type to mypy
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _VECTOR)


def _fma(context: Any, a: Any, b: Any, c: Any) -> Any:
    kind = numba.float64 if numba.float64 in (a, b, c) else numba.float32
    return kind(kind, kind, kind), lambda context, builder, signature, arguments: builder.fma(*arguments)


def _load(context: Any, numbers: Any, start: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _read(builder, _address(context, builder, signature, arguments))

    return (_RUN(numbers, types.intp), generate) if numbers.dtype == types.float32 else None


def _store(context: Any, numbers: Any, start: Any, run: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.store(arguments[2], _address(context, builder, signature, arguments)).align = 4
        return context.get_dummy_value()

    return (types.void(numbers, types.intp, _RUN), generate) if numbers.dtype == types.float32 else None


def _spread(context: Any, x: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _everywhere(builder, arguments[0])

    return _RUN(types.float32), generate


def _spread_from(context: Any, numbers: Any, at: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        number = builder.load(builder.gep(array.data, [arguments[1]]))
        return _everywhere(builder, number)

    return (_RUN(numbers, types.intp), generate) if numbers.dtype == types.float32 else None


def _multiply_add(context: Any, a: Any, b: Any, c: Any) -> Any:
    return _RUN(_RUN, _RUN, _RUN), lambda context, builder, signature, arguments: _fused(builder, *arguments)


def _plus(context: Any, a: Any, b: Any) -> Any:
    return _RUN(_RUN, _RUN), lambda context, builder, signature, arguments: builder.fadd(*arguments)


def _minus(context: Any, a: Any, b: Any) -> Any:
    return _RUN(_RUN, _RUN), lambda context, builder, signature, arguments: builder.fsub(*arguments)


def _times(context: Any, a: Any, b: Any) -> Any:
    return _RUN(_RUN, _RUN), lambda context, builder, signature, arguments: builder.fmul(*arguments)


def _magnitude(context: Any, run: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        name, kind = f"llvm.fabs.v{LANES}f32", ir.FunctionType(_VECTOR, [_VECTOR])
        return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), arguments)

    return _RUN(_RUN), generate


def _smaller(context: Any, run: Any, limit: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        run, limit = arguments
        return builder.select(builder.fcmp_ordered(">", run, limit), limit, run)

    return _RUN(_RUN, _RUN), generate


def _larger(context: Any, run: Any, limit: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        run, limit = arguments
        return builder.select(builder.fcmp_ordered("<", run, limit), limit, run)

    return _RUN(_RUN, _RUN), generate


def _first_of(context: Any, run: Any) -> Any:
    return types.float32(_RUN), lambda context, builder, signature, arguments: builder.extract_element(
        arguments[0], _INDEX(0)
    )


def _entries(context: Any, table: Any, start: Any, run: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        eight, places = _eight_and_places(context, builder, signature, arguments)
        return _looked_up(builder, _chosen(builder, eight, [i % _EIGHT for i in range(LANES)]), places)

    return (_RUN(table, types.intp, _RUN), generate) if table.dtype == types.float32 else None


def _entries_by_halves(context: Any, table: Any, start: Any, run: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        eight, places = _eight_and_places(context, builder, signature, arguments)
        low, high = (range(first, first + _EIGHT) for first in (0, _EIGHT))
        halves = [_looked_up(builder, eight, _chosen(builder, places, lanes)) for lanes in (low, high)]
        return _chosen(builder, halves[0], range(LANES), halves[1])

    return (_RUN(table, types.intp, _RUN), generate) if table.dtype == types.float32 else None


def _eight_and_places(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """The table's eight entries, and the last three bits of each lane of the run."""
    _, _, run = arguments
    place = builder.bitcast(_address(context, builder, signature, arguments), _EIGHT_FLOATS.as_pointer())
    eight = builder.load(place)
    eight.align = 4
    bits = builder.bitcast(run, ir.VectorType(_INDEX, LANES))
    return eight, builder.and_(bits, ir.Constant(bits.type, [_EIGHT - 1] * LANES))


def _looked_up(builder: Any, table: Any, places: Any) -> Any:
    """The table's number at each place. The compiler knows the pattern: it is one instruction of the processor's."""
    found = ir.Constant(table.type, ir.Undefined)
    for i in range(table.type.count):
        number = builder.extract_element(table, builder.extract_element(places, _INDEX(i)))
        found = builder.insert_element(found, number, _INDEX(i))
    return found


def _below(context: Any, limit: Any, run: Any, found: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        limit, run, found = arguments
        return builder.select(builder.fcmp_unordered("<", run, limit), found, ir.Constant(_VECTOR, [0.0] * LANES))

    return _RUN(_RUN, _RUN, _RUN), generate


def _totals(context: Any, a: Any, b: Any, c: Any, d: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        run = _added_up(builder, arguments)
        found = [builder.extract_element(run, _INDEX(i)) for i in range(4)]
        return context.make_tuple(builder, signature.return_type, found)

    return numba.typeof((np.float32(0),) * 4)(_RUN, _RUN, _RUN, _RUN), generate


def _total_from(context: Any, numbers: Any, start: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        numbers, start = arguments
        place = builder.gep(context.make_array(signature.args[0])(context, builder, numbers).data, [start])
        run = builder.load(builder.bitcast(place, ir.VectorType(place.type.pointee, LANES).as_pointer()))
        run.align = 4
        return builder.extract_element(_added_up(builder, [run]), _INDEX(0))

    return (numbers.dtype(numbers, types.intp), generate) if isinstance(numbers.dtype, types.Float) else None


def _no_square(context: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return context.make_tuple(builder, _SQUARE, [ir.Constant(_VECTOR, [0.0] * LANES)] * SIDE**2)

    return _SQUARE(), generate


def _spread_square(context: Any, numbers: Any, start: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        numbers, start = arguments
        places = _places(context, builder, signature.args[0], numbers, start, _INDEX(1))
        rows = [_everywhere(builder, builder.load(place)) for place in places]
        return context.make_tuple(builder, _SQUARE, [row for row in rows for _ in range(SIDE)])

    return (_SQUARE(numbers, types.intp), generate) if numbers.dtype == types.float32 else None


def _add_spread(context: Any, square: Any, a: Any, a_at: Any, apart: Any, b: Any, b_at: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        square, a, a_at, apart, b, b_at = arguments
        _, a_kind, _, _, b_kind, _ = signature.args
        of_a = [_everywhere(builder, builder.load(at)) for at in _places(context, builder, a_kind, a, a_at, apart)]
        of_b = [_read(builder, at) for at in _places(context, builder, b_kind, b, b_at, _INDEX(LANES))]
        return _with_products(context, builder, square, of_a, of_b)

    floats = a.dtype == b.dtype == types.float32
    return (_SQUARE(_SQUARE, a, types.intp, types.intp, b, types.intp), generate) if floats else None


def _store_square(context: Any, found: Any, start: Any, apart: Any, square: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        found, start, apart, square = arguments
        for row in range(SIDE):
            for column, place in enumerate(_places(context, builder, signature.args[0], found, start, _INDEX(LANES))):
                run = builder.extract_value(square, SIDE * row + column)
                builder.store(run, builder.bitcast(place, _VECTOR.as_pointer())).align = 4
            start = builder.add(start, apart)
        return context.get_dummy_value()

    return (types.void(found, types.intp, types.intp, _SQUARE), generate) if found.dtype == types.float32 else None


def _add_square(context: Any, square: Any, a: Any, a_at: Any, b: Any, b_at: Any, apart: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        square, a, a_at, b, b_at, apart = arguments
        _, a_kind, _, b_kind, _, _ = signature.args
        of_a = [_read(builder, place) for place in _places(context, builder, a_kind, a, a_at, apart)]
        of_b = [_read(builder, place) for place in _places(context, builder, b_kind, b, b_at, apart)]
        return _with_products(context, builder, square, of_a, of_b)

    floats = a.dtype == b.dtype == types.float32
    return (_SQUARE(_SQUARE, a, types.intp, b, types.intp, types.intp), generate) if floats else None


def _add_line(context: Any, line: Any, a: Any, a_at: Any, apart: Any, run: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        line, a, a_at, apart, run = arguments
        places = _places(context, builder, signature.args[1], a, a_at, apart, LANES)
        pairs = [(builder.extract_value(line, i), _read(builder, place)) for i, place in enumerate(places)]
        return context.make_tuple(builder, _SQUARE, [_fused(builder, of_a, run, total) for total, of_a in pairs])

    return (_SQUARE(_SQUARE, a, types.intp, types.intp, _RUN), generate) if a.dtype == types.float32 else None


def _with_products(context: Any, builder: Any, square: Any, of_a: Any, of_b: Any) -> Any:
    """The square with the product of run i of a and run j of b added to its run i, j."""
    pairs = [(one, other) for one in of_a for other in of_b]
    sums = [_fused(builder, *pair, builder.extract_value(square, i)) for i, pair in enumerate(pairs)]
    return context.make_tuple(builder, _SQUARE, sums)


def _store_totals(context: Any, found: Any, start: Any, apart: Any, square: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        found, start, apart, square = arguments
        run = _added_up(builder, [builder.extract_value(square, i) for i in range(SIDE**2)])
        for row, place in enumerate(_places(context, builder, signature.args[0], found, start, apart)):
            totals = _chosen(builder, run, range(SIDE * row, SIDE * row + SIDE))
            builder.store(totals, builder.bitcast(place, totals.type.as_pointer())).align = 4
        return context.get_dummy_value()

    return (types.void(found, types.intp, types.intp, _SQUARE), generate) if found.dtype == types.float32 else None


def _store_line(context: Any, found: Any, start: Any, apart: Any, line: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        found, start, apart, line = arguments
        run = _added_up(builder, [builder.extract_value(line, i) for i in range(SIDE**2)])
        for i, place in enumerate(_places(context, builder, signature.args[0], found, start, apart, LANES)):
            builder.store(builder.extract_element(run, _INDEX(i)), place)
        return context.get_dummy_value()

    return (types.void(found, types.intp, types.intp, _SQUARE), generate) if found.dtype == types.float32 else None


def _places(
    context: Any, builder: Any, kind: Any, numbers: Any, start: Any, apart: Any, count: int = SIDE
) -> Iterator[Any]:
    """The addresses of numbers of an array, so far apart."""
    place = builder.gep(context.make_array(kind)(context, builder, numbers).data, [start])
    for _ in range(count):
        yield place
        place = builder.gep(place, [apart])


def _read(builder: Any, place: Any) -> Any:
    run = builder.load(builder.bitcast(place, _VECTOR.as_pointer()))
    run.align = 4
    return run


def _fused(builder: Any, *arguments: Any) -> Any:
    name, kind = f"llvm.fma.v{LANES}f32", ir.FunctionType(_VECTOR, [_VECTOR] * 3)
    return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), arguments)


def _added_up(builder: Any, runs: Any) -> Any:
    """A run of the totals of runs, of which there are a power of two, at the most as many as a run has lanes."""
    parts, half = len(runs), LANES // 2
    while len(runs) > 1:
        pairs = zip(runs[: len(runs) // 2], runs[len(runs) // 2 :], strict=True)
        runs, half = [_crossed(builder, half, *pair) for pair in pairs], half // 2
    (run,) = runs
    while run.type.count > parts:
        run = _folded(builder, parts, run)
    return run


def _crossed(builder: Any, half: int, run: Any, beside: Any) -> Any:
    """Add the halves of each part of two runs: those of one end up in the first half of a part, those of the other in
    the second. One half of each stays where it is, which takes less than to move both."""
    is_second = [bool(i & half) for i in range(LANES)]
    staying = [LANES + i if second else i for i, second in enumerate(is_second)]
    moving = [LANES + i - half if second else i + half for i, second in enumerate(is_second)]
    return builder.fadd(*(_chosen(builder, run, lanes, beside) for lanes in (staying, moving)))


def _folded(builder: Any, parts: int, run: Any) -> Any:
    """Add the second half of each part of a run to the part's first half."""
    half = run.type.count // parts // 2
    first = [2 * half * part + i for part in range(parts) for i in range(half)]
    return builder.fadd(*(_chosen(builder, run, [i + up for i in first]) for up in (0, half)))


def _everywhere(builder: Any, x: Any) -> Any:
    return _chosen(builder, builder.insert_element(ir.Constant(_VECTOR, ir.Undefined), x, _INDEX(0)), [0] * LANES)


def _address(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    array = context.make_array(signature.args[0])(context, builder, arguments[0])
    return builder.bitcast(builder.gep(array.data, [arguments[1]]), _VECTOR.as_pointer())


def _chosen(builder: Any, run: Any, lanes: Any, beside: Any = None) -> Any:
    """The run of these lanes, of one run or of two side by side."""
    mask = ir.Constant(ir.VectorType(_INDEX, len(lanes)), list(lanes))
    return builder.shuffle_vector(run, beside or ir.Constant(run.type, ir.Undefined), mask)


# Only compiled code can call these functions.
fma: Any = intrinsic(_fma)
"""a b + c of three numbers, rounded once; in double precision if one of them is."""
load: Any = intrinsic(_load)
"""load(numbers, start): the run from `start` on, of a contiguous array."""
store: Any = intrinsic(_store)
"""store(numbers, start, run): write the run into a contiguous array from `start` on."""
spread: Any = intrinsic(_spread)
"""The run with x in every lane."""
spread_from: Any = intrinsic(_spread_from)
"""spread_from(numbers, at): the run with the number at this place of a contiguous array in every lane."""
multiply_add: Any = intrinsic(_multiply_add)
"""a b + c of three runs, rounded once."""
plus: Any = intrinsic(_plus)
minus: Any = intrinsic(_minus)
times: Any = intrinsic(_times)
magnitude: Any = intrinsic(_magnitude)
"""The absolute values of a run."""
smaller: Any = intrinsic(_smaller)
"""smaller(run, limit): min(run, limit), lane by lane; NaN of the run stays NaN."""
larger: Any = intrinsic(_larger)
"""larger(run, limit): max(run, limit), lane by lane; NaN of the run stays NaN."""
first_of: Any = intrinsic(_first_of)
"""The number in the first lane."""
entries: Any = intrinsic(_entries)
"""entries(table, start, run): in each lane one of the table's eight numbers from `start` on, at the place that the last
three bits of the run's lane say. For processors with registers of 512 bits."""
entries_by_halves: Any = intrinsic(_entries_by_halves)
"""The same numbers as of `entries`, by eight lanes at a time: for processors with smaller registers."""
below: Any = intrinsic(_below)
"""below(limit, run, found): the lanes of `found`, and 0 where the run's lane has reached the limit's; NaN has not."""
totals: Any = intrinsic(_totals)
"""The sums of the lanes of four runs: in each lanes i and i + 8 first, of these i and i + 4, and so on."""
total_from: Any = intrinsic(_total_from)
"""total_from(numbers, start): the sum of sixteen numbers from `start` on, by halves likewise, in either precision."""
no_square: Any = intrinsic(_no_square)
"""Four by four runs of zeros. They take sixteen registers of 512 bits; where a processor has smaller ones, they do not
stay in them."""
add_square: Any = intrinsic(_add_square)
"""add_square(square, a, a_at, b, b_at, apart): add to run i, j the product of runs i of a and j of b, rounded once. The
four runs of either array stand so far apart."""
add_line: Any = intrinsic(_add_line)
"""add_line(line, a, a_at, apart, run): add to each of the sixteen runs of a line, which is a square that is counted
through, the product of one run of a with this one, rounded once. The sixteen runs stand so far apart."""
spread_square: Any = intrinsic(_spread_square)
"""spread_square(numbers, start): four by four runs, with number i from `start` on in every lane of row i."""
add_spread: Any = intrinsic(_add_spread)
"""add_spread(square, a, a_at, apart, b, b_at): add to run i, j the product of number i of a and run j of b, rounded
once. The numbers stand so far apart, and the four runs one after the other."""
store_square: Any = intrinsic(_store_square)
"""store_square(found, start, apart, square): write the four runs of a row one after the other, and each row so far from
the last."""
store_totals: Any = intrinsic(_store_totals)
"""store_totals(found, start, apart, square): write the total of each run, with the bits of `totals`. Four stand side by
side, and each four so far from the last."""
store_line: Any = intrinsic(_store_line)
"""store_line(found, start, apart, line): write the total of each run, with the bits of `totals`, so far apart."""
