"""What a history tells, of histories made by hand."""

import math

import numpy as np
import pytest
import xarray as xr

from excolor.measures.losses import largest_jump, loss_noise, mean_loss, root_mean_loss

SEEDS = (7, 2)


def history(*losses):
    """Of the reconstruction of either seed; the loss of another term is four times as high."""
    values = np.array(np.broadcast_arrays(*losses), np.float32)
    return xr.DataArray(
        [values, 4 * values],
        dims=("term", "seed", "step"),
        coords={"term": ["reconstruction", "other"], "seed": list(SEEDS)},
    )


def test_mean_loss():
    losses = history(np.arange(10), 1)
    mean = mean_loss(losses, "reconstruction", slice(-4, None))
    assert mean.dims == ("seed",)
    assert set(mean.coords) == {"seed"}
    assert mean.values.tolist() == [7.5, 1]
    assert mean_loss(losses, "other", slice(0, 3)).values.tolist() == [4, 4]


def test_mean_loss_of_a_step_without_weight_is_nan():
    losses = history([math.nan, 1, 2], 1)
    assert mean_loss(losses, "other", slice(None)).isnull().values.tolist() == [True, False]


def test_root_mean_loss():
    root = root_mean_loss(history([1, 4, 9, 16], 9), "other", slice(0, 3))
    assert root["seed"].values.tolist() == list(SEEDS)
    assert root.values == pytest.approx([math.sqrt(56 / 3), 6])


class TestLargestJump:
    def test_of_a_step(self):
        """Eightfold at once, and for good."""
        jump = largest_jump(history(np.where(np.arange(100) < 50, 1, 8), 0.3), 20, 50, 10)
        assert jump.dims == ("seed",)
        assert jump["seed"].values.tolist() == list(SEEDS)
        assert jump.values == pytest.approx([8, 1])

    def test_of_one_high_loss_is_its_share_of_the_logarithms(self):
        high = np.where(np.arange(100) == 50, 1024, 1)
        assert largest_jump(history(high, 1), 20, 50, 10).values == pytest.approx([2, 1])
        assert largest_jump(history(high, 1), 20, 50, 5).values == pytest.approx([4, 1])

    @pytest.mark.parametrize(("start", "within", "expected"), [(50, 0, 8), (40, 9, 8**0.9), (60, 9, 1)])
    def test_is_looked_for_in_a_range(self, start, within, expected):
        """The largest jump is at step 50, and falls off by a tenth of its logarithm with every step from there."""
        losses = history(np.where(np.arange(100) < 50, 1, 8), 1)
        assert largest_jump(losses, start, within, 10).values == pytest.approx([expected, 1])


class TestLossNoise:
    def test_of_a_spike_in_a_hundred(self):
        """It is off by 1, all others by 0: the standard deviation of a share p is sqrt(p (1 - p))."""
        losses = history(np.where(np.arange(100) == 50, math.e, 1), 1)
        noise = loss_noise(losses, slice(0, 100), 11)
        assert noise.dims == ("seed",)
        assert noise["seed"].values.tolist() == list(SEEDS)
        assert noise.values == pytest.approx([math.sqrt(0.01 * 0.99), 0])
        assert loss_noise(losses, slice(0, 50), 11).values.tolist() == [0, 0]

    def test_does_not_mind_a_slow_fall(self):
        """Within the neighborhood a straight line has its median in the middle; its ends are cut off."""
        assert loss_noise(history(np.exp(-np.arange(400) / 100), 1), slice(0, 400), 3).max() < 1e-3

    def test_is_about_each_seeds_own_median(self):
        """One rises as the other falls: only about a median of both would either be off."""
        slope = np.arange(100) / 100
        assert loss_noise(history(np.exp(slope), np.exp(-slope)), slice(0, 100), 3).max() < 1e-2
