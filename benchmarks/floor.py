"""The floor: the time of a training step if its arithmetic ran at this machine's full speed, and all else took no time.

Operations are counted per model and step of B rows, and multiplied by the time of one of them on one thread:

- the products of the layers: 6 multiply-adds a weight and row (forward, to the weights, to the inputs; the first
  layer's inputs need none), and of the separation B * B * K for the cosines and as much for the gradient; at the speed
  of one large product, the highest there is;
- the GELU of every hidden unit and row with its derivative, at the speed of our kernel on arrays that fit the cache,
  and for the separation the 99th power of B * B entries, likewise;
- one step of Adam for every weight, and for every row a random number and one more per label.

Biases, normalization, the other terms, the gathering of batches and every call's overhead are left out.
"""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

import excolor
from excolor.conditions.regularizers import Separate
from excolor.numerics.compiling import compiled
from excolor.numerics.elementwise import gelu_with_derivative
from excolor.numerics.streams import stream
from excolor.training.optimizer import Adam

CACHED = 1 << 15
"""How many numbers fit the second-level cache together with their results."""


def floor(experiment: excolor.Experiment) -> float:
    """Count the core-seconds of the floor, per step and model."""
    rows, sizes = experiment.batch, experiment.architecture
    weights = [inputs * outputs for inputs, outputs in sizes.encoder + sizes.decoder]
    first, hidden = weights[0], 2 * sizes.nonlinear * sizes.hidden
    products = rows * (3 * sum(weights) - first)
    labels = {term.label for term in experiment.terms if term.label}
    separations = sum(isinstance(getattr(term, "regularizer", None), Separate) for term in experiment.terms)
    products += separations * 2 * rows * rows * sizes.bottleneck
    return (
        products * _per_multiply_add()
        + rows * hidden * _per_number(_gelu)
        + separations * rows * rows * _per_number(_powers)
        + sizes.parameters * _per_number(_adam)
        + rows * (1 + len(labels)) * _per_number(_draw)
    )


def _per_multiply_add() -> float:
    size = 512
    a, b, c = (torch.ones(size, size) for _ in range(3))  # torch takes one thread here
    return _seconds(lambda: torch.mm(a, b, out=c)) / size**3


def _per_number(operation: Callable[[], Callable[[], object]]) -> float:
    return _seconds(operation()) / CACHED


def _gelu() -> Callable[[], object]:
    x, y = np.ones(CACHED, np.float32), np.empty(CACHED, np.float32)
    return lambda: gelu_with_derivative(x, y)


def _powers() -> Callable[[], object]:
    cosines = np.zeros(CACHED, np.float32)
    return lambda: _raise(cosines)


@compiled
def _raise(cosines: Any) -> None:
    for i in range(cosines.size):
        cosines[i] = cosines[i] ** 99


def _adam() -> Callable[[], object]:
    parameters = torch.ones(1, CACHED)
    adam = Adam(parameters, [1e-8])
    return lambda: adam.step(parameters, parameters, 0)


def _draw() -> Callable[[], object]:
    rng = stream(0, "floor")
    return lambda: rng.random(CACHED)


def _seconds(run: Callable[[], object], repeats: int = 50) -> float:
    """Measure the core-seconds of one call: the least of five means, since disturbances only add time."""
    run()
    times = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(repeats):
            run()
        times.append((time.process_time() - start) / repeats)
    return min(times)
