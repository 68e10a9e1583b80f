"""Where a training starts from, if not from weights that each seed draws of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from excolor.numerics.fields import Fielded
from excolor.numerics.given import is_number, is_whole, shown

if TYPE_CHECKING:
    from excolor.conditions.experiment import Experiment


class StartError(ValueError):
    """A start that gives no weights, or none for the models that are to be trained."""


@dataclass(frozen=True)
class OtherWeights(Fielded):
    """The initial weights of another seed, so many further on: each seed keeps its own batches and labels.

    What then differs from the seed's own training is due to the weights, and what differs from that of the other seed
    is due to batches and labels.

    Args:
        further: how much is added to each seed: a whole number other than 0, which may lie below it.
    """

    further: int

    def __post_init__(self) -> None:
        if not (is_whole(self.further, 1) or (is_number(self.further) and is_whole(-self.further, 1))):
            raise StartError(
                f"weights of the seed {shown(self.further)} further on: it must be a whole number other than 0, for "
                "example OtherWeights(1000)"
            )


@dataclass(frozen=True)
class After(Fielded):
    """The models that another experiment gave, each seed its own, as an edit of their weights leaves them.

    The optimizer starts anew, with no memory of gradients, and the batches are those that the seed began with then.

    Args:
        experiment: the one that is trained before.
        edit: a function of an Ensemble that makes the edited one; None, the default, for the models as they were
            trained.
    """

    experiment: Experiment
    edit: Callable[[Any], Any] | None = None

    def __post_init__(self) -> None:
        from excolor.conditions.experiment import Experiment

        if not isinstance(self.experiment, Experiment):
            raise StartError(f"a start after {shown(self.experiment)}: give an Experiment, for example After(EX_2_10)")
        if not (self.edit is None or callable(self.edit)):
            raise StartError(
                f"a start after {self.experiment.name} with the edit {shown(self.edit)}: it must be a function of an "
                "Ensemble, or None, for example a function delete_red that returns ablate(ensemble, 0)"
            )


Start = OtherWeights | After
