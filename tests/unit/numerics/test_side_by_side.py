"""Streams side by side against numpy's own generators."""

import numpy as np
import pytest

from excolor.numerics.side_by_side import SideBySide
from excolor.numerics.streams import stream


def streams(count):
    return [stream(seed, "rows") for seed in range(count)]


@pytest.mark.parametrize(("count", "numbers"), [(1, 1), (3, 7), (5, 1000)])
def test_each_has_the_bits_of_numpys_call_after_call(count, numbers):
    together, found = SideBySide(streams(count)), np.empty((count, numbers))
    alone = streams(count)
    for _ in range(3):
        together.write(slice(None), found)
        assert np.array_equal(found, [rng.random(numbers) for rng in alone])


def test_a_few_at_a_time_move_no_other():
    together, found, alone = SideBySide(streams(5)), np.empty((2, 4)), streams(5)
    for some in (slice(1, 3), slice(3, 5), slice(1, 3)):
        together.write(some, found)
        assert np.array_equal(found, [rng.random(4) for rng in alone[some]])


def test_begin_where_a_stream_is_and_leave_it_there():
    rng, found = stream(3, "rows"), np.empty((1, 4))
    rng.random(5)
    SideBySide([rng]).write(slice(None), found)
    assert np.array_equal(found[0], rng.random(4))


@pytest.mark.parametrize("shape", [(4, 3), (6, 3), (5,)])
def test_room_for_other_streams_is_refused(shape):
    """The kernel would write past its end."""
    with pytest.raises(ValueError, match=r"numbers of 5 streams: each has a row of its own, for example \(5, 3600\)"):
        SideBySide(streams(5)).write(slice(None), np.empty(shape))
