"""Models partway through their training."""

import re

import numpy as np
import pytest

from excolor.conditions.experiment import ExperimentError
from excolor.experiments import EX_1_2, EX_2_10
from excolor.numerics.layers import joined
from excolor.training import partway, train

SEEDS = [3, 1]


def weights(ensemble):
    return joined((*ensemble.encoder, *ensemble.decoder)).numpy()


@pytest.mark.parametrize("experiment", [EX_1_2, EX_2_10], ids=lambda experiment: experiment.name)
def test_they_are_those_that_the_whole_training_passes_through(experiment):
    """Bit for bit: the last is the trained ensemble, and the losses on the way are those of the whole."""
    whole = train(experiment, SEEDS)
    steps = [1, 2, 170, len(experiment.dopesheet)]
    models = partway(experiment, SEEDS, steps)
    np.testing.assert_array_equal(weights(models[-1]), weights(whole))
    for step, ensemble in zip(steps, models, strict=True):
        np.testing.assert_array_equal(ensemble.history.values, whole.history.values[..., :step])
    assert not np.array_equal(weights(models[0]), weights(models[1]))


@pytest.mark.parametrize("steps", [[0], [501], [1.5], 3, "12"])
def test_steps_that_there_are_not_are_refused(steps):
    message = "they must be a list of whole numbers from 1 to 500, those of 1.2, for example [1, 500]"
    with pytest.raises(ExperimentError, match=re.escape(message)):
        partway(EX_1_2, SEEDS, steps)
