"""Suppression along the axes, of models whose latents are the colors."""

import numpy as np
import torch
import xarray as xr

from excolor.conditions.architecture import Form
from excolor.edits.directions import axis, other_directions, suppressed
from excolor.ensemble import Ensemble
from excolor.measures.evaluation import latents
from excolor.numerics.layers import Affine

EYE = Affine(torch.eye(3).unsqueeze(0), torch.full((1, 3), -0.5))
MODELS = Ensemble((EYE,), (EYE,), (0,), xr.DataArray(np.zeros(1), dims="seed"), Form(normalized=False))


def test_axis():
    assert axis(MODELS) == (1, 0, 0)
    assert axis(MODELS, 2, -1) == (0, 0, -1)


def test_other_directions():
    assert other_directions(MODELS) == [(0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)]


def test_suppressed():
    """What is positive along the direction becomes 0, and what is negative stays."""
    rgb = [(1, 0, 0.75), (0, 1, 1)]
    assert latents(suppressed(MODELS), rgb)[0].values.tolist() == [[0, -0.5, 0.25], [-0.5, 0.5, 0.5]]
    assert latents(suppressed(MODELS, (0, -1, 0)), rgb)[0].values.tolist() == [[0.5, 0, 0.25], [-0.5, 0.5, 0.5]]
    assert latents(MODELS, rgb)[0].values.tolist() == [[0.5, -0.5, 0.25], [-0.5, 0.5, 0.5]]
