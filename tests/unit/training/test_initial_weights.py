"""The weights that every seed starts from: within the bounds of each layer, and of random numbers of their own."""

from collections import Counter
from itertools import islice

import numpy as np
import pytest

from excolor.conditions.architecture import Architecture
from excolor.conditions.stacking import plan
from excolor.ensemble import split
from excolor.experiments import EX_2_8
from excolor.numerics.streams import stream
from excolor.training import batches, initial_weights

SIZES = Architecture(bottleneck=4, nonlinear=1, hidden=25)
BOUNDS = [1 / np.sqrt(3), 1 / 5, 1 / 2, 1 / 5]
"""Of layers with 3, 25, 4 and 25 inputs."""


@pytest.fixture(scope="module")
def layers():
    encoder, decoder = split(initial_weights.initial_parameters(SIZES, tuple(range(200))), SIZES)
    return encoder + decoder


def test_they_fill_the_bounds_of_torchs_linear_on_either_side(layers):
    for layer, bound in zip(layers, BOUNDS, strict=True):
        for part in (layer.weight, layer.bias):
            assert -bound <= float(part.min()) < -0.98 * bound
            assert 0.98 * bound < float(part.max()) <= bound


def test_they_are_uniform(layers):
    """Of thousands of numbers between -1 and 1, the mean is near 0 and the mean square near 1/3."""
    drawn = np.concatenate([(layer.weight / bound).flatten() for layer, bound in zip(layers, BOUNDS, strict=True)])
    assert drawn.mean() == pytest.approx(0, abs=0.01)
    assert np.square(drawn).mean() == pytest.approx(1 / 3, abs=0.01)


def test_a_seed_has_the_same_ones_whatever_it_is_among():
    alone, among = (initial_weights.initial_parameters(SIZES, seeds) for seeds in ((5,), (2, 5, 0)))
    assert alone[0].tolist() == among[1].tolist()
    assert among[0].tolist() != among[1].tolist()


def test_weights_rows_and_each_label_have_a_stream_of_their_own(monkeypatch):
    """Drawn from one stream, the weights of a seed would go with its batches, and one label with another."""
    begun = Counter()

    def noted(seed, purpose):
        begun[seed, purpose] += 1
        return stream(seed, purpose)

    for room in (initial_weights, batches):
        monkeypatch.setattr(room, "stream", noted)
    condition = EX_2_8
    initial_weights.initial_parameters(condition.architecture, (3, 1))
    list(islice(batches.batches(plan([condition]), (3, 1)), 2))
    labels = {f"label:{term.label.name}" for term in condition.terms if term.label}
    assert labels
    assert begun == {(seed, purpose): 1 for seed in (3, 1) for purpose in ("weights", "rows", *labels)}
