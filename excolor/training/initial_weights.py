"""The weights that every seed starts from."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from excolor.conditions.architecture import Architecture
from excolor.conditions.experiment import Experiment
from excolor.conditions.starts import After, OtherWeights, StartError
from excolor.ensemble import Ensemble, split
from excolor.numerics.given import shown
from excolor.numerics.layers import joined
from excolor.numerics.streams import stream

Train = Callable[[Experiment, Sequence[int]], Ensemble]


def starting_parameters(experiment: Experiment, seeds: tuple[int, ...], train: Train) -> Tensor:
    """The weights and biases `[S, P]` that an experiment starts from; `train` trains one that it starts after.

    Raises:
        StartError: the edit of what it starts after gives other models than it trains, or there is no other seed.
    """
    match experiment.start:
        case OtherWeights(further):
            if min(seeds) + further < 0:
                raise StartError(
                    f"{experiment.name}: there is no seed {min(seeds) + further} to take the weights of: seeds are 0 "
                    f"or above, for example OtherWeights({abs(further)})"
                )
            return initial_parameters(experiment.architecture, tuple(seed + further for seed in seeds))
        case After(before, edit):
            trained = train(before, seeds)
            return _parameters_of(edit(trained) if edit else trained, experiment, seeds)
    return initial_parameters(experiment.architecture, seeds)


def _parameters_of(models: Ensemble, experiment: Experiment, seeds: tuple[int, ...]) -> Tensor:
    drawn = split(torch.zeros(len(seeds), experiment.architecture.parameters), experiment.architecture)
    wanted = [each.weight.shape for half in drawn for each in half]
    if (
        not isinstance(models, Ensemble)
        or models.edits
        or models.form != experiment.form
        or models.seeds != seeds
        or [each.weight.shape for each in (*models.encoder, *models.decoder)] != wanted
    ):
        sizes = "-".join(str(each[-1]) for each in wanted)
        raise StartError(
            f"{experiment.name} cannot start from {shown(models)}: it trains models of the layers {sizes}-3 of the "
            "same form and seeds, whose edits are in their weights, for example ablate(ensemble, 0)"
        )
    return joined((*models.encoder, *models.decoder))


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
