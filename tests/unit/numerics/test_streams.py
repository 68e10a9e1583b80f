"""A seed's streams: always the same numbers, others for every seed and purpose."""

from itertools import combinations

import numpy as np
import pytest

from excolor.numerics.streams import SeedError, stream

STREAMS = [
    (seed, purpose)
    for seed in (0, 1, 1000)
    for purpose in ("weights", "rows", "label:red", "label:re", "label:vibrant")
]


def test_starts_anew_each_time():
    np.testing.assert_array_equal(stream(3, "rows").random(8), stream(3, "rows").random(8))


def test_never_moves():
    """The numbers that every recorded result rests on."""
    assert stream(0, "rows").integers(2**63, size=3).tolist() == [
        529778202367412146,
        5960946477861735197,
        6940664132547530532,
    ]
    assert stream(7, "label:red").integers(2**63, size=3).tolist() == [
        6481283051134255171,
        4400531364367546485,
        2781553204897909542,
    ]


def test_differs_by_seed_and_by_purpose():
    drawn = {key: stream(*key).random(4) for key in STREAMS}
    for one, other in combinations(STREAMS, 2):
        assert not np.isin(drawn[one], drawn[other]).any(), (one, other)


def test_of_different_purposes_do_not_correlate():
    """Two streams of 16 seeds: over a thousand numbers, no two correlate by more than chance (sd 0.03)."""
    drawn = np.stack([stream(seed, purpose).random(1000) for seed in range(16) for purpose in ("rows", "weights")])
    off_diagonal = np.corrcoef(drawn)[np.triu_indices(32, k=1)]
    assert np.abs(off_diagonal).max() < 0.15
    assert off_diagonal.std() == pytest.approx(1000**-0.5, rel=0.15)


def test_accepts_numpy_integers():
    assert stream(np.int64(5), "rows").random() == stream(5, "rows").random()


@pytest.mark.parametrize("seed", [-1, 0.5, "0", None])
def test_refuses_what_is_no_seed(seed):
    with pytest.raises(SeedError, match=rf"the seed {seed!r}: it must be a whole number, 0 or above, for example 7"):
        stream(seed, "rows")


@pytest.mark.parametrize("purpose", ["", None, b"rows"])
def test_refuses_a_stream_without_a_purpose(purpose):
    with pytest.raises(SeedError, match=f"a stream of the purpose {purpose!r}: name it, for example 'rows'"):
        stream(0, purpose)
