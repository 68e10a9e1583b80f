"""What a history tells, of histories made by hand."""

import math

import numpy as np
import pytest
import xarray as xr

from excolor.measures.losses import HistoryError, largest_jump, loss_noise, mean_loss, root_mean_loss

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


class TestRefusals:
    HISTORY = xr.DataArray(
        np.ones((1, 2, 20)), dims=("term", "seed", "step"), coords={"term": ["reconstruction"], "seed": [0, 1]}
    )

    @pytest.mark.parametrize("history", [None, HISTORY.values, HISTORY.isel(seed=0), HISTORY.rename(seed="model")])
    def test_what_is_no_history(self, history):
        with pytest.raises(HistoryError, match="it must be a DataArray over term, seed and step, for example that of"):
            mean_loss(history, "reconstruction", slice(0, 5))

    def test_a_term_that_it_does_not_have(self):
        message = "has no term 'reconstructoin' \\(did you mean 'reconstruction'\\?\\): it has reconstruction, for"
        with pytest.raises(HistoryError, match=message):
            mean_loss(self.HISTORY, "reconstructoin", slice(0, 5))

    @pytest.mark.parametrize("steps", [slice(20, None), slice(0, 0), slice("a"), slice(0, 5, 0), 3, [1, 2], None])
    def test_steps_that_hold_none(self, steps):
        with pytest.raises(HistoryError, match="of 20: give a slice of them that holds at least one, for example"):
            mean_loss(self.HISTORY, "reconstruction", steps)

    @pytest.mark.parametrize(("start", "within", "span"), [(2, 5, 3), (10, 8, 3), (10**12, 0, 1)])
    def test_a_jump_beyond_the_history(self, start, within, span):
        with pytest.raises(HistoryError, match="of a history of 20 steps: all must lie within, for example a shorter"):
            largest_jump(self.HISTORY, start, within, span)

    @pytest.mark.parametrize("neighborhood", [0, 4, 21, 1.5, None])
    def test_a_median_that_has_no_middle(self, neighborhood):
        with pytest.raises(HistoryError, match=f"a running median over {neighborhood} of 20 steps: it must be over an"):
            loss_noise(self.HISTORY, slice(None), neighborhood)
