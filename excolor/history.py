"""The loss history of a training run, and what stops the run: a loss that is no longer a number."""

import math
from typing import NamedTuple

import torch
import xarray as xr
from torch import Tensor

from excolor.dopesheet import LEARNING_RATE
from excolor.experiment import RECONSTRUCTION, Experiment, Term

ASTRAY = f": training went astray, and no verdict can rest on it; a lower {LEARNING_RATE}, for example, keeps it finite"


class TrainingError(RuntimeError):
    """A loss that is no longer a number: no model, and so no verdict, comes of this run."""


class Weighted(NamedTuple):
    """A term at a step where it counts."""

    place: int
    """Its row in the history, after reconstruction in row 0."""
    term: Term
    weight: float


class History:
    """The loss of every term at every step, and its weight; NaN where the weight is 0, and nothing was measured."""

    def __init__(self, experiment: Experiment, seeds: tuple[int, ...]) -> None:
        self.experiment = experiment
        self.seeds = seeds
        self.weights = {term.name: experiment.dopesheet.values(term.name).tolist() for term in experiment.terms}
        self.losses = torch.full((len(experiment.dopesheet), 1 + len(experiment.terms), len(seeds)), math.nan)
        self.measured = torch.tensor(
            [[True] * len(self.losses), *(list(map(bool, w)) for w in self.weights.values())]
        ).T
        self.checked = 0

    def active(self, step: int) -> list[Weighted]:
        weights = [self.weights[term.name][step] for term in self.experiment.terms]
        return [
            Weighted(place, term, weight)
            for place, (term, weight) in enumerate(zip(self.experiment.terms, weights, strict=True), start=1)
            if weight != 0
        ]

    def check(self, end: int) -> None:
        """Raise a `TrainingError` if a loss measured before step `end` is not finite."""
        recent = self.losses[self.checked : end]
        lost = ~recent.isfinite() & self.measured[self.checked : end, :, None]
        if lost.any():
            step, place, _ = lost.nonzero()[0].tolist()
            stray = lost[step, place]
            term = [RECONSTRUCTION, *self.weights][place]
            raise TrainingError(
                f"{self.experiment.name}: the loss of the term {term!r} is {recent[step, place][stray][0]} at step "
                f"{self.checked + step} for the seeds {self._listed(stray)}{ASTRAY}"
            )
        self.checked = end

    def check_parameters(self, parameters: Tensor) -> None:
        """Raise a `TrainingError` if the last step, which no loss was measured after, left a weight not finite."""
        stray = ~parameters.isfinite().all(1)
        if stray.any():
            raise TrainingError(
                f"{self.experiment.name}: the weights are not finite after step {self.checked - 1} for the seeds "
                f"{self._listed(stray)}{ASTRAY}"
            )

    def _listed(self, stray: Tensor) -> str:
        return ", ".join(str(seed) for seed, is_lost in zip(self.seeds, stray.tolist(), strict=True) if is_lost)

    def labeled(self) -> xr.DataArray:
        return xr.DataArray(
            self.losses.numpy(),
            dims=("step", "term", "seed"),
            coords={"term": [RECONSTRUCTION, *self.weights], "seed": list(self.seeds)},
        ).transpose("term", "seed", "step")
