"""Stretches cut a training where its batches change, and where its losses are looked at."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excolor.training.batches import Epoch
from excolor.training.stretches import LONGEST, stretches


def endless(total, size):
    """Epochs of `total` draws in batches of `size`, numbered by their only color."""
    number = 0
    while True:
        colors, batches = np.full((total, 3), number, np.float32), -(-total // size)
        shares, borne = np.empty((0, 1, total), np.float32), np.empty((0, 1, batches), bool)
        yield Epoch(colors, np.zeros((1, total), np.int32), (), shares, borne, size)
        number += 1


@given(total=st.integers(1, 300), size=st.integers(1, 120), count=st.integers(1, 260))
def test_every_step_is_taken_once_with_its_own_batch(total, size, count):
    steps = []
    for stretch in stretches(endless(total, min(size, total)), count):
        first, stop = stretch.steps.start, stretch.steps.stop
        for place, step in enumerate(range(first, stop), start=stretch.place):
            assert stretch.epoch.batch(place).colors.shape[2] == stretch.rows
            steps.append((step, int(stretch.epoch.colors[0, 0]), place))
    per_epoch = -(-total // min(size, total))
    assert steps == [(step, *divmod(step, per_epoch)) for step in range(count)]


@given(total=st.integers(1, 1000), size=st.integers(1, 120), count=st.integers(1, 260))
def test_are_as_long_as_batches_are_alike_up_to_the_longest(total, size, count):
    cut = list(stretches(endless(total, min(size, total)), count))
    for one, following in pairwise(cut):
        length = one.steps.stop - one.steps.start
        same_epoch = following.place > 0
        assert length == LONGEST or (length < LONGEST and not (same_epoch and following.rows == one.rows))


def test_an_epoch_of_57_batches_has_two():
    lengths = [stretch.steps.stop - stretch.steps.start for stretch in stretches(endless(3600, 64), 3 * 57)]
    assert lengths == [56, 1] * 3


@pytest.mark.parametrize(("place", "rows"), [(0, 64), (55, 64), (56, 16)])
def test_the_last_batch_of_an_epoch_may_be_smaller(place, rows):
    epoch = next(endless(3600, 64))
    assert epoch.batches == 57
    assert epoch.rows_from(place) == (rows, 56 - place if rows == 64 else 1)
