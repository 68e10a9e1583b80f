"""Where a training starts from, if not from weights that each seed draws of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from excolor.numerics.given import is_whole, shown

if TYPE_CHECKING:
    from excolor.conditions.experiment import Experiment
    from excolor.ensemble import Ensemble


class StartError(ValueError):
    """A start that gives no weights, or none for the models that are to be trained."""


@dataclass(frozen=True)
class WeightsOf:
    """The initial weights that one seed draws, for the models of all seeds.

    So seeds differ in their batches and labels alone: what varies among them is due to these.
    """

    seed: int

    def __post_init__(self) -> None:
        if not is_whole(self.seed):
            raise StartError(
                f"weights of the seed {shown(self.seed)}: it must be a whole number of 0 or above, for example "
                "WeightsOf(0)"
            )


@dataclass(frozen=True)
class After:
    """The models that another experiment gave, each seed its own, as an edit of their weights leaves them.

    The optimizer starts anew, with no memory of gradients, and the batches are those that the seed began with then.
    """

    experiment: "Experiment"
    edit: "Callable[[Ensemble], Ensemble] | None" = None
    """A function that makes the edited models; None for the models as they were trained."""

    def __post_init__(self) -> None:
        from excolor.conditions.experiment import Experiment

        if not isinstance(self.experiment, Experiment):
            raise StartError(f"a start after {shown(self.experiment)}: give an Experiment, for example After(EX_2_10)")
        if not (self.edit is None or callable(self.edit)):
            raise StartError(
                f"a start after {self.experiment.name} with the edit {shown(self.edit)}: it must be a function of an "
                "Ensemble, or None, for example a function delete_red that returns ablate(ensemble, 0)"
            )


Start = WeightsOf | After
