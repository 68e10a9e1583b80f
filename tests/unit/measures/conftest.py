"""Ensembles made by hand: of random weights, and of latents and reconstructions that are known."""

import numpy as np
import pytest
import torch
import xarray as xr

from excolor.conditions.architecture import Architecture, Form
from excolor.ensemble import Ensemble, split
from excolor.numerics.layers import Affine
from excolor.numerics.streams import stream

SEEDS = (7, 2)
HISTORY = xr.DataArray(np.zeros(len(SEEDS)), dims="seed", coords={"seed": list(SEEDS)})


@pytest.fixture(scope="session")
def ensemble():
    """Models of random weights, large enough for outputs on both sides of [0, 1]."""
    architecture = Architecture(5, 2, 8)
    drawn = stream(0, "untrained").normal(0, 0.9, (len(SEEDS), architecture.parameters))
    return Ensemble(*split(torch.from_numpy(drawn).float(), architecture), SEEDS, HISTORY)


@pytest.fixture(scope="session")
def seeing():
    """Makes models of the latents z = A rgb + b and the reconstructions B z, for each seed the same or one of two.

    As given, z is the color itself, and B z black. They are not normalized.
    """

    def made(a=((1, 0, 0), (0, 1, 0), (0, 0, 1)), b=0, answer=0, normalized=False):
        weights = torch.tensor(np.array(np.broadcast_to(a, (2, *np.shape(a)[-2:]))), dtype=torch.float32)
        width = weights.shape[1]
        start = torch.tensor(np.array(np.broadcast_to(b, (2, width))), dtype=torch.float32)
        back = torch.tensor(np.array(np.broadcast_to(answer, (2, 3, width))), dtype=torch.float32)
        form = Form(normalized=normalized)
        return Ensemble((Affine(weights, start),), (Affine(back, torch.zeros(2, 3)),), SEEDS, HISTORY, form)

    return made
