"""The weights that every seed starts from."""

import math

import numpy as np
import torch
from torch import Tensor

from excolor.conditions.architecture import Architecture
from excolor.numerics.streams import stream


def initial_parameters(architecture: Architecture, seeds: tuple[int, ...]) -> Tensor:
    """Draw every weight and bias `[S, P]` from U(-1/sqrt(inputs), 1/sqrt(inputs)), the rule of torch's Linear.

    They are drawn layer by layer, the weight and then the bias, from the seed's stream of weights: the same in every
    condition of one architecture.
    """
    bounds = np.concatenate(
        [
            np.full((inputs + 1) * outputs, 1 / math.sqrt(inputs))
            for inputs, outputs in architecture.encoder + architecture.decoder
        ]
    )
    draws = np.stack([stream(seed, "weights").uniform(-1, 1, architecture.parameters) for seed in seeds])
    return torch.from_numpy((draws * bounds).astype(np.float32))
