"""What a training step would cost if its arithmetic ran at the speed this machine has for it, and nothing else did.

Counted per member and step of B rows, and multiplied by what one such operation takes here on one thread:

- the products of the layers: 6 multiply-adds a weight and row (forward, to the weights, to the inputs; the first
  layer's inputs need none), and of the separation B * B * K for the cosines and as much for the slope; at the speed of
  one large product, which is the best there is;
- the GELU of every hidden unit and row, and its slope: at the speed of oneDNN on what fits the cache;
- of the separation B * B entries through the 9 products of a 99th power;
- of Adam one step for every weight, and a random number per row and one per label.

Biases, normalization, the other terms, the gathering of batches and every call's overhead are left out.
"""

import excolor  # isort: skip  (first of all, since it pins the numerics)

import time
from collections.abc import Callable

import numpy as np
import torch

from excolor.layers import GELU
from excolor.regularizers import Separate
from excolor.streams import stream
from excolor.training import Adam

CACHED = 1 << 15
"""Numbers that fit the second-level cache with their results."""
POWER_PRODUCTS = 9


def floor(experiment: excolor.Experiment) -> float:
    """Core-seconds per step and member."""
    rows, sizes = experiment.batch, experiment.architecture
    weights = [inputs * outputs for inputs, outputs in sizes.encoder + sizes.decoder]
    first, hidden = weights[0], 2 * sizes.nonlinear * sizes.hidden
    products = rows * (3 * sum(weights) - first)
    labels = {term.label for term in experiment.terms if term.label}
    separations = sum(isinstance(term.regularizer, Separate) for term in experiment.terms)
    products += separations * 2 * rows * rows * sizes.bottleneck
    return (
        products * _per_multiply_add()
        + rows * hidden * (_per_number(_gelu) + _per_number(_gelu_slope))
        + separations * rows * rows * POWER_PRODUCTS * _per_number(_square)
        + sizes.parameters * _per_number(_adam)
        + rows * (1 + len(labels)) * _per_number(_draw)
    )


def _per_multiply_add() -> float:
    size = 512
    a, b, c = (np.ones((size, size), np.float32) for _ in range(3))
    return _seconds(lambda: np.matmul(a, b, out=c)) / size**3


def _per_number(operation: Callable[[], Callable[[], object]]) -> float:
    return _seconds(operation()) / CACHED


def _gelu() -> Callable[[], object]:
    x, y = torch.ones(CACHED), torch.empty(CACHED)
    return lambda: GELU.forward(x, y)


def _gelu_slope() -> Callable[[], object]:
    x, slope = torch.ones(CACHED), torch.ones(CACHED)
    return lambda: GELU.backward(slope, x, slope)


def _square() -> Callable[[], object]:
    x = np.ones(CACHED, np.float32)
    return lambda: np.multiply(x, x, out=x)


def _adam() -> Callable[[], object]:
    parameters = torch.ones(1, CACHED)
    adam = Adam(parameters)
    return lambda: adam.step(parameters, parameters, 1e-8)


def _draw() -> Callable[[], object]:
    rng = stream(0, "floor")
    return lambda: rng.random(CACHED)


def _seconds(run: Callable[[], object], repeats: int = 50) -> float:
    """The least of five times, since what disturbs only adds."""
    run()
    times = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(repeats):
            run()
        times.append((time.process_time() - start) / repeats)
    return min(times)
