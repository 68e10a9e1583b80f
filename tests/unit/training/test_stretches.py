"""Stretches cut a training where its batches change, and where its losses are looked at."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excolor.training.batches import Epoch
from excolor.training.stretches import LOOK, stretches


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


@given(total=st.integers(1, 300), size=st.integers(1, 120), count=st.integers(1, 260))
def test_none_goes_past_a_look(total, size, count):
    for stretch in stretches(endless(total, min(size, total)), count):
        assert stretch.steps.start // LOOK == (stretch.steps.stop - 1) // LOOK


@pytest.mark.parametrize(("place", "rows"), [(0, 64), (55, 64), (56, 16)])
def test_the_last_batch_of_an_epoch_may_be_smaller(place, rows):
    epoch = next(endless(3600, 64))
    assert epoch.batches == 57
    assert epoch.rows_from(place) == (rows, 56 - place if rows == 64 else 1)
