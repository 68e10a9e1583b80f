"""Four trained models of 2.10, stored: figures are drawn of them, so that no change of training redraws a figure.

To train and store them anew, which redraws every figure:

    python tests/snapshots/small_ensemble.py
"""

from pathlib import Path

import numpy as np
import torch
import xarray as xr

from excolor import Ensemble, train
from excolor.ensemble import split
from excolor.experiments import EX_2_10
from excolor.numerics.layers import joined

PATH = Path(__file__).with_suffix(".npz")
SEEDS = (0, 1, 2, 3)
EVERY = 50
"""Of so many steps, one loss of every term is stored."""


def store(ensemble: Ensemble) -> None:
    history = ensemble.history.isel(step=slice(None, None, EVERY))
    np.savez_compressed(
        PATH,
        parameters=joined((*ensemble.encoder, *ensemble.decoder)).numpy(),
        seeds=np.array(ensemble.seeds),
        losses=history.values,
        terms=history["term"].values.astype(str),
    )


def load() -> Ensemble:
    with np.load(PATH, allow_pickle=False) as stored:
        history = xr.DataArray(
            stored["losses"],
            dims=("term", "seed", "step"),
            coords={"term": stored["terms"].tolist(), "seed": stored["seeds"].tolist()},
        )
        layers = split(torch.from_numpy(stored["parameters"]), EX_2_10.architecture)
        return Ensemble(*layers, tuple(stored["seeds"].tolist()), history)


if __name__ == "__main__":
    store(train(EX_2_10, SEEDS))
