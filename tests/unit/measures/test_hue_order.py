"""The order of hues around a circle and its largest gap, on circles laid out by hand, turned and turned over."""

import math
import re

import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from excolor.colors import hsv_cube, hues, named_colors
from excolor.conditions.architecture import Architecture
from excolor.ensemble import Ensemble, split
from excolor.measures.evaluation import latents
from excolor.measures.hue_order import (
    CircleError,
    _mean_ranks,
    circular_rank_correlation,
    hues_at_largest_gap,
    largest_gap,
    latent_angle,
)
from excolor.numerics.layers import Affine
from excolor.numerics.streams import stream


def angles(*rows, h=None):
    """Angles of one seed after the other, over hues in ascending order around the circle."""
    rows = np.asarray(rows, np.float64) % 1
    h = hues(rows.shape[1]) if h is None else h
    return xr.DataArray(rows, dims=("seed", "h"), coords={"seed": list(range(5, 5 + len(rows))), "h": h})


turns = st.floats(0, 1)
directions = st.sampled_from([1, -1])


def naive_correlation(a, b):
    """By a loop over pairs: |sum exp|^2 is the sum over pairs of the cosine of their difference."""
    n = len(a)
    r, q = np.argsort(np.argsort(a)), np.argsort(np.argsort(b))
    return max(
        sum(math.cos(math.tau * ((r[i] + sign * q[i]) - (r[j] + sign * q[j])) / n) for i in range(n) for j in range(n))
        / n**2
        for sign in (1, -1)
    )


class TestCircularRankCorrelation:
    @given(st.integers(3, 40), turns, directions)
    def test_of_any_circle_in_order_is_1(self, count, turn, direction):
        """However it is turned, turned over, or stretched here and there."""
        stretched = np.cumsum(stream(count, "stretch").uniform(0.1, 1, count))
        stretched *= 0.9 / stretched[-1]
        circle = angles(turn + direction * stretched)
        assert circular_rank_correlation(circle, circle["h"]).values == pytest.approx([1])

    @given(st.permutations(range(9)))
    def test_agrees_with_a_loop(self, order):
        circle = angles(np.array(order) / 9)
        expected = naive_correlation(order, range(9))
        assert circular_rank_correlation(circle, circle["h"]).values == pytest.approx([expected])

    def test_of_two_neighbors_exchanged(self):
        """Ten agree, two are off by one step of 30 degrees either way: ((10 + 2 cos 30) / 12)^2."""
        order = np.array([1, 0, *range(2, 12)]) / 12
        circle = angles(order)
        expected = ((10 + 2 * math.cos(math.pi / 6)) / 12) ** 2
        assert circular_rank_correlation(circle, circle["h"]).values == pytest.approx([expected])

    def test_of_random_orders_is_about_1_in_n(self):
        circle = angles(*stream(0, "angles").random((400, 50)))
        # Each of the two squares has a mean near 1/50, the larger of two such exponentials 3/2 of that.
        assert circular_rank_correlation(circle, circle["h"]).mean() == pytest.approx(1.5 / 50, rel=0.2)

    def test_of_hues_that_alternate_between_two_circles_is_low(self):
        """Once around with every other hue, then again with the rest: the order of a tangle."""
        order = np.array([*range(0, 12, 2), *range(1, 12, 2)])
        circle = angles(np.argsort(order) / 12)
        assert circular_rank_correlation(circle, circle["h"]) < 0.2

    def test_hues_are_spread_over_the_other_axes(self):
        plain = angles(stream(1, "angles").random(12))
        once = circular_rank_correlation(plain, plain["h"])
        with_axis = plain.expand_dims(v=[1.0], axis=1)
        xr.testing.assert_allclose(circular_rank_correlation(with_axis, with_axis["h"]), once)

    def test_is_over_seeds(self):
        circle = angles(hues(7), 1 - hues(7))
        measured = circular_rank_correlation(circle, circle["h"])
        assert measured.dims == ("seed",)
        assert measured["seed"].values.tolist() == [5, 6]


class TestLargestGap:
    @given(turns, directions)
    def test_of_a_missing_arc(self, turn, direction):
        """Twelve hues without four in a row leave an arc of five twelfths, wherever it is turned to."""
        h = np.delete(hues(12), [3, 4, 5, 6])
        circle = angles(turn + direction * h, h=h)
        assert largest_gap(circle).values == pytest.approx([5 / 12])
        assert hues_at_largest_gap(circle, circle["h"]).values[0] == pytest.approx([2 / 12, 7 / 12])

    @given(turns, directions)
    def test_of_a_missing_arc_around_red(self, turn, direction):
        h = np.arange(2, 11) / 12
        circle = angles(turn + direction * h, h=h)
        assert hues_at_largest_gap(circle, circle["h"]).values[0] == pytest.approx([10 / 12, 2 / 12])

    @given(st.lists(turns, min_size=3, max_size=12))
    def test_is_the_largest_distance_to_the_next(self, given):
        given = [value % 1 for value in given]
        beyond = [
            min((b - a) % 1 if i != j and a != b else 1.0 for j, b in enumerate(given)) for i, a in enumerate(given)
        ]
        assert largest_gap(angles(given)).values == pytest.approx([max(beyond)])

    def test_of_an_even_circle_is_one_step(self):
        assert largest_gap(angles(hues(8), hues(8) / 2)).values == pytest.approx([1 / 8, 9 / 16])

    def test_sides_are_named(self):
        circle = angles(hues(6) / 2)
        sides = hues_at_largest_gap(circle, circle["h"])
        assert sides.dims == ("seed", "side")
        assert sides["side"].values.tolist() == ["from", "to"]


class TestLatentAngle:
    def test_of_latents_that_are_colors(self):
        """Red, green and blue along the axes: red has the angle 0, yellow 1/8, green 1/4, and blue none."""
        eye = Affine(torch.eye(3).unsqueeze(0), torch.zeros(1, 3))
        seeing = Ensemble((eye,), (eye,), (5,), xr.DataArray(np.zeros(1), dims="seed"))
        angle = latent_angle(seeing, named_colors()).sel(name=["red", "yellow", "green", "white"])
        assert angle.dims == ("seed", "name")
        assert angle.values[0] == pytest.approx([0, 1 / 8, 1 / 4, 1 / 8])
        assert np.isnan(latent_angle(seeing, named_colors()).sel(name="blue").item())
        assert latent_angle(seeing, named_colors(), (2, 0)).sel(name="red").item() == 0.25

    def test_agrees_with_the_latents(self):
        architecture = Architecture(4, 1, 6)
        drawn = stream(0, "untrained").normal(0, 0.7, (2, architecture.parameters))
        layers = split(torch.from_numpy(drawn).float(), architecture)
        ensemble = Ensemble(*layers, (8, 1), xr.DataArray(np.zeros(2), dims="seed"))
        cube = hsv_cube(hues(12), [0.5, 1], [1])
        angle = latent_angle(ensemble, cube.transpose("channel", ...))
        assert angle.sizes == {"seed": 2, "h": 12, "s": 2, "v": 1}
        assert ((angle >= 0) & (angle < 1)).all()
        z = latents(ensemble, cube).values
        np.testing.assert_allclose(np.tan(math.tau * angle), z[..., 1] / z[..., 0], rtol=1e-4)
        assert ((np.cos(math.tau * angle) > 0).values == (z[..., 0] > 0)).all()


class TestRefusals:
    def test_nan_is_handed_on(self):
        circle = angles(hues(6), hues(6))
        circle[0, 2] = np.nan
        for measure in (
            circular_rank_correlation(circle, circle["h"]),
            largest_gap(circle),
            hues_at_largest_gap(circle, circle["h"]).isel(side=0),
        ):
            assert measure.isnull().values.tolist() == [True, False]

    def test_too_few(self):
        with pytest.raises(CircleError, match="2 colors have no order around a circle: give 3 or more, for example"):
            largest_gap(angles([0, 0.5]))

    def test_hues_of_other_colors(self):
        message = "hues over {'h': 6} and angles over {'seed': 1, 'h': 7}: the hues must be of the same colors"
        with pytest.raises(CircleError, match=re.escape(message)):
            circular_rank_correlation(angles(hues(7)), angles(hues(6))["h"])
        with pytest.raises(CircleError, match=re.escape("hues over {'name': 17}")):
            circular_rank_correlation(angles(hues(7)), named_colors()["h"])

    def test_are_value_errors(self):
        assert issubclass(CircleError, ValueError)


ROWS = [
    [0.3, 0.1, 0.2, -3.0, 7.0, 0.5],
    [1.0, 0.0, 1.0, 1.0, -2.0, 0.0],
    [0.0, -0.0, 0.5, 0.5, 0.25, 0.25],
    [0.5] * 6,
    [0.1, np.nan, 0.3, 0.1, 0.2, 0.4],
]


@pytest.mark.parametrize("rows", [*[[row] for row in ROWS], ROWS], ids=[*map(str, ROWS), "all at once"])
def test_ranks_are_scipys(rows):
    """Equal numbers share their mean rank, and none has one beside NaN."""
    assert np.array_equal(_mean_ranks(np.array(rows)), [rankdata(row) for row in rows], equal_nan=True)


@given(st.lists(st.lists(st.integers(0, 4), min_size=7, max_size=7), min_size=1, max_size=5))
def test_ranks_among_many_equal_numbers_are_scipys(rows):
    assert np.array_equal(_mean_ranks(np.array(rows, float)), [rankdata(row) for row in rows])
