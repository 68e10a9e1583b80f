"""Suppression along the axes, of models whose latents are the colors."""

import re

import numpy as np
import pytest
import torch
import xarray as xr

from excolor.conditions.architecture import Form
from excolor.edits.deletion import DimensionError
from excolor.edits.directions import axis, other_directions, suppressed
from excolor.edits.interventions import InterventionError
from excolor.ensemble import Ensemble
from excolor.measures.evaluation import latents
from excolor.numerics.layers import Affine

EYE = Affine(torch.eye(3).unsqueeze(0), torch.full((1, 3), -0.5))
MODELS = Ensemble((EYE,), (EYE,), (0,), xr.DataArray(np.zeros(1), dims="seed"), Form(normalized=False))


def test_axis():
    assert axis(MODELS) == (1, 0, 0)
    assert axis(MODELS, 2, -1) == (0, 0, -1)


@pytest.mark.parametrize("dim", [3, -1, 1.0, "0", None])
def test_axes_that_are_not_there(dim):
    with pytest.raises(
        DimensionError, match=f"there is no dimension {dim!r}: the latents have the dimensions 0 to 2, for"
    ):
        axis(MODELS, dim)


@pytest.mark.parametrize("sign", [0, 2, "1", None])
def test_signs_that_are_none(sign):
    with pytest.raises(DimensionError, match=f"the sign {sign!r} of a direction: it is 1 or -1, for example axis"):
        axis(MODELS, 0, sign)


def test_axis_of_no_ensemble():
    with pytest.raises(DimensionError, match="None is no Ensemble: give one, for example"):
        suppressed(None)


def test_an_empty_direction_is_not_the_first_axis():
    with pytest.raises(InterventionError, match=re.escape("Suppression has the direction (), of length 0")):
        suppressed(MODELS, ())


def test_other_directions():
    assert other_directions(MODELS) == [(0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)]


def test_suppressed():
    """What is positive along the direction becomes 0, and what is negative stays."""
    rgb = [(1, 0, 0.75), (0, 1, 1)]
    assert latents(suppressed(MODELS), rgb)[0].values.tolist() == [[0, -0.5, 0.25], [-0.5, 0.5, 0.5]]
    assert latents(suppressed(MODELS, (0, -1, 0)), rgb)[0].values.tolist() == [[0.5, 0, 0.25], [-0.5, 0.5, 0.5]]
    assert latents(MODELS, rgb)[0].values.tolist() == [[0.5, -0.5, 0.25], [-0.5, 0.5, 0.5]]
