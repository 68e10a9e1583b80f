"""The cache key of kernels, which need not be compiled for it."""

import os
import random

import numba
import numpy as np
import pytest
from numba import types
from numba.extending import intrinsic

from excolor.numerics.cache_key import CacheKeyError, cache_key
from excolor.numerics.compiling import compiled
from excolor.numerics.simd import fma

TABLE = np.arange(6.0)


@intrinsic
def same(context, x):
    return types.float64(types.float64), lambda context, builder, signature, arguments: arguments[0]


def defined(text, **read):
    """The function f of a text that reads these names."""
    exec(text, read)
    return read["f"]


def key_of(text, **read):
    return cache_key(compiled(defined(text, **read)))


def reading(value):
    return key_of("def f(x): return x + value", value=value)


class TestTellsApart:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (1, 2),
            (1, 1.0),
            (1, True),
            (0.0, -0.0),
            (1.0, np.float64(1)),
            (np.float32(1), np.float64(1)),
            ("1", 1),
            (None, ...),
            ((1, 2), (2, 1)),
            ((1, (2,)), (1, 2)),
            (TABLE, TABLE + 1),
            (TABLE, TABLE.astype(np.float32)),
            (TABLE, TABLE.reshape(2, 3)),
            (TABLE.reshape(2, 3), np.asfortranarray(TABLE.reshape(2, 3))),
            (np.dtype("f4"), np.dtype("f8")),
            (np.float32, np.float64),
            (min, max),
            (np, numba),
            (fma, 1),
        ],
    )
    def test_values(self, one, other):
        assert reading(one) != reading(other)
        assert reading(one) == reading(one)

    @pytest.mark.parametrize(
        "other",
        [
            "def f(x): return x * 2 + 1",
            "def f(x): return x * 1 + 2",
            "def f(x): return x + 1 * 2",
            "def f(x, y=1): return x * 1 + 1",
            "def f(x): return x * 1.0 + 1",
            "def f(x): return x * (lambda y: y + 2)(1)",
        ],
    )
    def test_code(self, other):
        assert key_of("def f(x): return x * 1 + 1") != key_of(other)

    def test_defaults(self):
        text = "def f(x, y={}): return x + y"
        assert key_of(text.format(1)) != key_of(text.format(2))

    def test_inner_functions(self):
        text = "def f(x): return (lambda y: y + {})(x)"
        assert key_of(text.format(1)) != key_of(text.format(2))
        assert key_of(text.format("value"), value=1) != key_of(text.format("value"), value=2)

    def test_what_is_called_by_what_is_called(self):
        def through(constant):
            inner = compiled(defined("def f(x): return x + value", value=constant))
            return reading(compiled(defined("def f(x): return inner(x)", inner=inner)))

        assert through(1) == through(1) != through(2)

    def test_which_kernel_is_called_where(self):
        a, b = (compiled(defined(f"def f(x): return x + {n}")) for n in (1, 2))
        text = "def f(x): return first(x) - second(x)"
        assert key_of(text, first=a, second=b) != key_of(text, first=b, second=a)

    def test_settings_of_numba(self, monkeypatch):
        without = reading(1)
        monkeypatch.setenv("NUMBA_BOUNDSCHECK", "1")
        assert reading(1) != without


class TestSeesNoDifference:
    @pytest.mark.parametrize(
        "other",
        [
            "def f(x): return x + 1",
            "\n\ndef f(x):\n    # why\n    return x + 1",
            "def f(x):\n    'What it does.'\n    return x + 1",
            "def f(x: float) -> float: return x + 1",
            "unread = 3\ndef f(x): return x + 1",
        ],
    )
    def test_where_nothing_could_change(self, other):
        assert key_of("def f(x): return x + 1") == key_of(other)


class TestKernelsThatCallThemselves:
    def test_have_a_key(self):
        text = "def f(x): return f(x - 1) + {} if x > 0 else 0"
        one, other = defined(text.format(1)), defined(text.format(2))
        for function in (one, other):
            function.__globals__["f"] = compiled(function)
        assert cache_key(one.__globals__["f"]) != cache_key(other.__globals__["f"])

    def test_and_each_other(self):
        read = {}
        a = read["a"] = compiled(defined("def f(x): return b(x - 1) if x > 0 else 0"))
        b = read["b"] = compiled(defined("def f(x): return a(x - 1) if x > 0 else 1"))
        a.py_func.__globals__.update(read)
        b.py_func.__globals__.update(read)
        assert cache_key(a) != cache_key(b)


class TestOfNamesGivenAnotherValue:
    """A process that compiled with the old value can no longer tell which value its kernels have."""

    def test_there_is_no_key_even_if_it_comes_back(self):
        inner = defined("def f(x): return x + value", value=1)
        outer = compiled(defined("def f(x): return inner(x)", inner=compiled(inner)))
        first = cache_key(outer)
        assert first is not None
        for value in (2, 1):
            inner.__globals__["value"] = value
            assert cache_key(outer) is None

    def test_nor_of_arrays_that_were_written_to(self):
        table = TABLE.copy()
        kernel = compiled(defined("def f(i): return table[i]", table=table))
        assert cache_key(kernel) is not None
        table[0] = 7
        assert cache_key(kernel) is None


class TestRefuses:
    @pytest.mark.parametrize(
        "value",
        [
            random,
            object(),
            [1],
            {1: 2},
            (1, [2]),
            np.array([None]),
            lambda x: x,
            random.random,
            numba.njit(lambda x: x, cache=True),
            types.float64,
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_what_it_cannot_tell_from_something_else(self, value):
        with pytest.raises(CacheKeyError, match=r"the kernel f .* reads value, of type .* for example SCALE = "):
            reading(value)

    def test_before_it_is_compiled(self):
        with pytest.raises(CacheKeyError, match="reads value, of type list"):
            compiled(defined("def f(x): return x + len(value)", value=[1]))(1)

    def test_intrinsics_made_in_functions(self):
        """Their file does not say what they close over."""

        def made(times):
            @intrinsic
            def multiplied(context, x):
                return x(x), lambda context, builder, signature, arguments: arguments[times]

            return multiplied

        with pytest.raises(CacheKeyError, match="reads value"):
            key_of("def f(x): return value(x)", value=made(1))

    def test_intrinsics_whose_file_imports_what_may_change(self):
        """As does this one."""
        with pytest.raises(CacheKeyError, match=r"test_cache_key\.py defines intrinsics and imports pytest: "):
            compiled(lambda x: same(x))

    def test_intrinsics_without_a_source_are_another_each_time(self):
        def without():
            read = {}
            file = os.urandom(4).hex()
            exec(
                compile("from numba.extending import intrinsic\n@intrinsic\ndef same(context, x): pass", file, "exec"),
                read,
            )
            return key_of("def f(x): return same(x)", same=read["same"])

        assert without() != without()
