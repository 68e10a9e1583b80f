"""The loss history of a training run, which stops the run once a loss is no longer a number."""

import math
from typing import NamedTuple

import numpy as np
import torch
import xarray as xr
from numpy.typing import NDArray
from torch import Tensor

from excolor.conditions.experiment import RECONSTRUCTION, BesideTheBatch, Experiment, Term
from excolor.conditions.stacking import Plan
from excolor.schedule.dopesheet import LEARNING_RATE

ASTRAY = f": training went astray, and no verdict can rest on it; a lower {LEARNING_RATE}, for example, keeps it finite"


class TrainingError(RuntimeError):
    """A loss or a weight that is no longer a finite number: the run gives no model, and so no verdict."""


class Weighted(NamedTuple):
    """A term with the weights that it has at one step."""

    place: int
    """The term's row in the history, where reconstruction has row 0."""
    term: Term | BesideTheBatch
    members: slice
    """The members from the first to the last that has the term."""
    weight: NDArray[np.float32]
    """The term's weight for each of these members `[M]`; 0 for those among them that do not have the term."""


class History:
    """The loss and the weight of every term at every step; the loss is NaN where the weight is 0.

    Members are the seeds of the first condition, then those of the second, and so on.
    """

    def __init__(self, plan: Plan, seeds: tuple[int, ...]) -> None:
        self.conditions, self.terms, self.seeds = plan.conditions, plan.terms, seeds
        steps = len(plan.shared.dopesheet)
        self.weights = np.zeros((steps, len(self.terms), len(self.conditions)))
        for place, term in enumerate(self.terms):
            for at, condition in enumerate(self.conditions):
                if term in condition.terms:
                    self.weights[:, place, at] = condition.dopesheet.values(term.name)
        # 0 until they are measured, so that one sum over all tells whether any is not finite.
        self.losses = torch.zeros(steps, 1 + len(self.terms), len(self.conditions) * len(seeds))
        self.checked = 0

    def active(self, step: int) -> list[Weighted]:
        weighted = self.weights[step].any(1).tolist()
        return [
            Weighted(place, self.terms[place - 1], *self._for_members(self.weights[step, place - 1]))
            for place, counts in enumerate(weighted, start=1)
            if counts
        ]

    def _for_members(self, weights: NDArray[np.float64]) -> tuple[slice, NDArray[np.float32]]:
        having = weights.nonzero()[0]
        first, end = int(having[0]), int(having[-1]) + 1
        members = slice(first * len(self.seeds), end * len(self.seeds))
        return members, weights[first:end].astype(np.float32).repeat(len(self.seeds))

    def check(self, end: int) -> None:
        """Raise a `TrainingError` if a loss measured before step `end` is not finite."""
        # Finite losses may have a sum that is not, and what is measured without a weight may be anything.
        if not math.isfinite(self.losses[self.checked : end].sum()):
            self._check_each(end)
        self.checked = end

    def _check_each(self, end: int) -> None:
        recent = self.losses[self.checked : end]
        lost = ~recent.isfinite() & torch.from_numpy(self._measured(slice(self.checked, end)))
        if lost.any():
            step, place, member = lost.nonzero()[0].tolist()
            condition, stray = self._stray(lost[step, place], member)
            term = [RECONSTRUCTION, *(term.name for term in self.terms)][place]
            raise TrainingError(
                f"{condition.name}: the loss of the term {term!r} is {recent[step, place, member]} at step "
                f"{self.checked + step} for the seeds {stray}{ASTRAY}"
            )

    def check_parameters(self, parameters: Tensor) -> None:
        """Raise a `TrainingError` if a weight is not finite after the last step, after which no loss is measured."""
        lost = ~parameters.isfinite().all(1)
        if lost.any():
            condition, stray = self._stray(lost, int(lost.nonzero()[0]))
            raise TrainingError(
                f"{condition.name}: the weights are not finite after step {self.checked - 1} for the seeds "
                f"{stray}{ASTRAY}"
            )

    def _measured(self, steps: slice) -> NDArray[np.bool_]:
        """Tell which losses were measured: a mask `[steps, 1 + terms, M]`."""
        weighted = np.pad(self.weights[steps] != 0, ((0, 0), (1, 0), (0, 0)), constant_values=True)
        return np.repeat(weighted, len(self.seeds), axis=2)

    def _stray(self, lost: Tensor, member: int) -> tuple[Experiment, str]:
        """Find the condition of a member whose training went astray, and list the seeds of it that did."""
        at = member // len(self.seeds)
        own = lost[at * len(self.seeds) :][: len(self.seeds)]
        seeds = (str(seed) for seed, is_lost in zip(self.seeds, own.tolist(), strict=True) if is_lost)
        return self.conditions[at], ", ".join(seeds)

    def labeled(self, at: int) -> xr.DataArray:
        """The history of one condition, counted from 0, over `term`, `seed` and `step`."""
        condition = self.conditions[at]
        places = [self.terms.index(term) for term in condition.terms]
        losses = self.losses[:, :, at * len(self.seeds) :][:, :, : len(self.seeds)].numpy()
        if len(places) < len(self.terms):  # else what it has is its own already, and no copy is needed
            losses = losses[:, [0, *(1 + place for place in places)]]
        losses[:, 1:][self.weights[:, places, at] == 0] = math.nan
        return labeled(condition, self.seeds, losses.transpose(1, 2, 0))


def labeled(experiment: Experiment, seeds: tuple[int, ...], losses: NDArray[np.float32]) -> xr.DataArray:
    """Label losses `[1 + terms, S, steps]` by `term`, `seed` and `step`."""
    terms = [RECONSTRUCTION, *(term.name for term in experiment.terms)]
    return xr.DataArray(losses, dims=("term", "seed", "step"), coords={"term": terms, "seed": list(seeds)})
