"""What is counted of labels is counted over the rows that are drawn while their term has a weight."""

import numpy as np
import pytest
from drawn_labels import labeled_rows, with_label

from excolor.colors import redness
from excolor.conditions.labels import Label
from excolor.experiments import EX_2_9_1, EX_2_11

EVERY_ROW = Label("every row", scale=1, concept=lambda rgb: np.ones(np.shape(rgb)[:-1]), power=1)
PURE_RED = Label("pure red", scale=1, concept=lambda rgb: redness(rgb) == 1, power=1)


@pytest.mark.parametrize(
    ("experiment", "rows"),
    [
        pytest.param(EX_2_9_1, 1424 * 64, id="2.9.1, in which the weight is 0 at step 0 and from 1425 on"),
        pytest.param(EX_2_11, 89 * 1000 + 64, id="2.11, in 1425 steps: 89 epochs of 16 batches, and a batch"),
    ],
)
def test_a_label_of_every_row_counts_the_rows(experiment, rows):
    found = labeled_rows(with_label(experiment, "reg-anchor", EVERY_ROW), (3, 5), "reg-anchor")
    assert (found.dims, found["seed"].values.tolist(), found.values.tolist()) == (("seed",), [3, 5], [rows, rows])


def test_a_label_of_one_color_counts_how_often_it_is_drawn():
    """Pure red is one of 512 colors, drawn with replacement: 178 times in the mean, within 4 standard deviations."""
    rows = labeled_rows(with_label(EX_2_9_1, "reg-anchor", PURE_RED), (0, 1, 2, 3), "reg-anchor")
    assert (abs(rows - 178) < 4 * 178**0.5).all()
    assert len(set(rows.values.tolist())) > 1
