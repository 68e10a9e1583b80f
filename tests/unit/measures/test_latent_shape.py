"""The shape of latents, where these are the colors themselves, or an image of them that is known."""

import colorsys
import math

import numpy as np
import pytest

from excolor.colors import rgb_training_cube
from excolor.measures.latent_shape import (
    bend,
    bend_of_a_sphere,
    off_plane,
    off_plane_share,
    off_sphere,
    one_sidedness,
    radius,
    vibrant_off_sphere,
)

BLUE_SQUARED = (13 + 55 / 18) / 36
"""The mean square of a channel over 36 vibrant hues: 13 have 1, ten lie on ramps of five sixths each."""


@pytest.mark.parametrize(
    "measure", [off_plane, off_plane_share, off_sphere, vibrant_off_sphere, one_sidedness, radius, bend]
)
def test_is_over_seeds(seeing, measure):
    measured = measure(seeing(b=1))
    assert measured.dims == ("seed",)
    assert measured["seed"].values.tolist() == [7, 2]


class TestOffPlane:
    def test_of_colors_on_the_sphere(self, seeing):
        """No channel is before the others."""
        assert off_plane(seeing(normalized=True)).values == pytest.approx([1 / 3] * 2)

    def test_of_colors(self, seeing):
        models = seeing([np.eye(3), 2 * np.eye(3)])
        assert off_plane(models).values == pytest.approx([BLUE_SQUARED, 4 * BLUE_SQUARED])
        assert off_plane_share(models).values == pytest.approx([1 / 3] * 2)

    def test_of_several_dimensions(self, seeing):
        """Blue is in dimensions 2 and 3, twice and three times as much; red and green lie in the plane."""
        models = seeing([(1, 0, 0), (0, 1, 0), (0, 0, 2), (0, 0, 3)])
        assert off_plane(models).values == pytest.approx([13 * BLUE_SQUARED] * 2)
        assert off_plane_share(models).values == pytest.approx([13 / 15] * 2)

    def test_of_a_plane_is_0(self, seeing):
        plane = seeing([(1, 0, 0), (0, 1, 1)])
        assert off_plane(plane).values.tolist() == off_plane_share(plane).values.tolist() == [0, 0]


class TestOffSphere:
    def test_of_one_latent(self, seeing):
        models = seeing(np.zeros((3, 3)), [(0, 3, 4), (0, 0, 1)])
        assert off_sphere(models).values == pytest.approx([16, 0])
        assert vibrant_off_sphere(models).values == pytest.approx([16, 0])

    def test_of_colors_by_their_red(self, seeing):
        """Each color counts as often as it is drawn: one vibrant one as often as all 36 of a gray, or 360 blacks."""
        summed = weights = 0
        for h in range(36):
            for s in range(10):
                for v in range(10):
                    weight = (1 - v / 9) / 360 + v / 9 * ((1 - s / 9) / 36 + s / 9)
                    summed += weight * (colorsys.hsv_to_rgb(h / 36, s / 9, v / 9)[0] - 1) ** 2
                    weights += weight
        assert off_sphere(seeing([(1, 0, 0)])).values == pytest.approx([summed / weights] * 2)

    def test_of_vibrant_hues_by_their_blue(self, seeing):
        """1 - b has the mean square of b: it is that of yellow, as b is that of blue."""
        assert vibrant_off_sphere(seeing([(0, 0, 1)])).values == pytest.approx([BLUE_SQUARED] * 2)


class TestOneSidedness:
    def test_of_a_cube_about_its_middle_is_0(self, seeing):
        assert one_sidedness(seeing(b=-0.5)).values == pytest.approx([0, 0], abs=1e-6)

    def test_of_one_direction_is_1(self, seeing):
        """Of any length."""
        assert one_sidedness(seeing([(3, 0, 0), (4, 0, 0)], (3, 4))).values == pytest.approx([1, 1])

    def test_of_half_on_either_side(self, seeing):
        """Of eight reds, one in the middle between two, so many lie above it: 5 of 8, less 3."""
        assert one_sidedness(seeing([(7, 0, 0)], -2.5)).values == pytest.approx([1 / 4] * 2)


class TestRadius:
    def test_is_the_median(self, seeing):
        """Of 0, 1, ..., 7, and of their distances from 1: 0, 1, 1, 2, ..., 6."""
        assert radius(seeing([(7, 0, 0)], [(0,), (-1,)])).values == pytest.approx([3.5, 2.5])


class TestBend:
    def test_of_a_leaning_cube_is_0(self, seeing):
        leaning = seeing([(1, 0.5, 0), (0, 2, -1), (0.3, 0, 1), (1, 1, 1)], (5, 0, -1, 0))
        assert bend(leaning).values == pytest.approx([0, 0], abs=1e-9)

    def test_of_a_cube_moved_onto_a_sphere(self, seeing):
        assert bend(seeing(b=-0.5, normalized=True)).values == pytest.approx([bend_of_a_sphere()] * 2, rel=1e-5)

    def test_of_a_sphere_is_what_least_squares_leave(self):
        rgb = rgb_training_cube()["color"].values.reshape(-1, 3) - 0.5
        z = rgb / np.linalg.norm(rgb, axis=1, keepdims=True)
        rest = np.linalg.lstsq(np.column_stack([rgb, np.ones(512)]), z)[1]
        assert bend_of_a_sphere() == pytest.approx(rest.sum() / 512)  # |z| is 1, and its mean is 0
        assert 0.05 < bend_of_a_sphere() < 0.25


def test_of_a_broken_model_are_nan(seeing):
    """Never a number, which could be judged."""
    models = seeing(b=[(1, 1, 1), (math.nan, math.nan, math.nan)])
    for measure in (off_plane, off_plane_share, off_sphere, vibrant_off_sphere, one_sidedness, radius, bend):
        assert measure(models).isnull().values.tolist() == [False, True]
