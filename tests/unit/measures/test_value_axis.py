"""How latents go with value, where they are the channels of the colors."""

import math

import numpy as np
import pytest

from excolor.colors import hsv_cube, hues
from excolor.measures.value_axis import explained_by_value, length_by_value

VALUES = (0.25, 0.5, 1)
VIBRANT, GRAYS = hsv_cube(hues(12), [1], VALUES), hsv_cube([0], [0], VALUES)

# Of red over the twelve hues: five have 1, two a half, five 0.
MEAN, MEAN_SQUARE = 1 / 2, 11 / 24


def test_length_by_value(seeing):
    """Latents are longer the higher the value; blue is doubled."""
    models = seeing([(1, 0, 0), (0, 1, 0), (0, 0, 2)])
    one = length_by_value(models, VIBRANT, 0)
    assert one.dims == ("seed", "v")
    assert one["v"].values.tolist() == list(VALUES)
    np.testing.assert_allclose(one, [np.multiply(VALUES, math.sqrt(MEAN_SQUARE))] * 2, rtol=1e-6)
    np.testing.assert_allclose(length_by_value(models, VIBRANT, 0, 1), one * math.sqrt(2), rtol=1e-6)
    np.testing.assert_allclose(length_by_value(models, VIBRANT, 2), one * 2, rtol=1e-6)


def test_explained_by_value(seeing):
    """All of a gray's red is its value; of a hue's red value explains what the mean hue has of it."""
    assert explained_by_value(seeing(), GRAYS, 1).values == pytest.approx([1, 1])
    mean, square = np.mean(VALUES), np.mean(np.square(VALUES))
    expected = MEAN**2 * np.var(VALUES) / (MEAN_SQUARE * square - (MEAN * mean) ** 2)
    for dim in range(3):
        assert explained_by_value(seeing(), VIBRANT, dim).values == pytest.approx([expected] * 2)
