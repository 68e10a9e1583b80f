"""Models that answer one color whatever they are shown, and what a figure looks like once drawn."""

import numpy as np
import pytest
import torch
import xarray as xr
from matplotlib.backends.backend_agg import FigureCanvasAgg

from excolor.conditions.architecture import Architecture
from excolor.edits.deletion import answering
from excolor.ensemble import Ensemble, split
from excolor.numerics.streams import stream

SEEDS = (3, 1)


@pytest.fixture(scope="session")
def gray_ensemble():
    """Two models of width 4 that answer mid-gray."""
    architecture = Architecture(4, 1, 6)
    drawn = stream(0, "untrained").normal(0, 0.7, (len(SEEDS), architecture.parameters))
    layers = split(torch.from_numpy(drawn).float(), architecture)
    return answering(Ensemble(*layers, SEEDS, xr.DataArray(np.zeros(2), dims="seed")), (0.5, 0.5, 0.5))


@pytest.fixture
def pixel():
    """The color, as 0..255, that a picture has at a point of one of its axes: `pixel(picture, axes, x, y)`."""

    def at(picture, axes, x, y):
        canvas = FigureCanvasAgg(picture.figure)
        canvas.draw()
        shown = np.asarray(canvas.buffer_rgba())
        across, up = axes.transData.transform((x, y))
        return tuple(int(part) for part in shown[shown.shape[0] - 1 - int(up), int(across), :3])

    return at
