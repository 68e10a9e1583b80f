"""A condition that is trained in a moment, and what is to be the same of two ensembles."""

import numpy as np
import pytest
import torch

from excolor.colors import training_cube
from excolor.conditions.architecture import Form
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.regularizers import Unitarity
from excolor.schedule.dopesheet import Dopesheet


@pytest.fixture(scope="session")
def small():
    return Experiment(
        name="small",
        data=training_cube,
        dopesheet=Dopesheet.parse("STEP,lr,late\n0,0.01,0\n4,,1"),
        terms=(Term("late", Unitarity(), layer="encoder"),),
        bottleneck=3,
        nonlinear=1,
        form=Form(output="sigmoid"),
    )


@pytest.fixture(scope="session")
def same():
    """Whether two ensembles have the same bits, those of losses that are no numbers included."""

    def bits(one):
        return np.ascontiguousarray(one).view(np.uint32)

    def same(one, other):
        pairs = zip(one.encoder + one.decoder, other.encoder + other.decoder, strict=True)
        return (
            all(torch.equal(a.weight, b.weight) and torch.equal(a.bias, b.bias) for a, b in pairs)
            and one.history.identical(other.history)
            and np.array_equal(bits(one.history.values), bits(other.history.values))
            and (one.seeds, one.form, one.edits) == (other.seeds, other.form, other.edits)
        )

    return same
