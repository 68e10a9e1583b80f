"""Models partway through their training, for pictures of how their latents move."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from excolor.conditions.experiment import Experiment, ExperimentError, check_experiment
from excolor.ensemble import Ensemble
from excolor.numerics.given import is_whole, shown
from excolor.schedule.dopesheet import Dopesheet
from excolor.training.loop import train


def partway(experiment: Experiment, seeds: Iterable[int], steps: Sequence[int]) -> list[Ensemble]:
    """The models after so many steps of their training: each is trained anew, until there.

    A step knows nothing of those behind it, so they have the bits that the whole training passes through.

    Args:
        experiment, seeds: as for `train`.
        steps: numbers of steps, from 1 to those of the whole training.

    Raises:
        ExperimentError: a number of steps that the training does not have, or a term that waits for a later action.
        SeedError, TrainingError: as for `train`.
    """
    check_experiment(experiment)
    whole, chosen = len(experiment.dopesheet), list(seeds)
    if not isinstance(steps, Sequence) or not all(is_whole(step, 1) and step <= whole for step in steps):
        raise ExperimentError(
            f"the steps {shown(steps)}: they must be a list of whole numbers from 1 to {whole}, those of "
            f"{experiment.name}, for example [1, {whole}]"
        )
    return [train(experiment.replace(dopesheet=_first(experiment.dopesheet, step)), chosen) for step in steps]


def _first(sheet: Dopesheet, steps: int) -> Dopesheet:
    """The first steps of a dopesheet."""
    phases, actions = (tuple(note for note in notes if note[0] < steps) for notes in (sheet.phases, sheet.actions))
    return replace(sheet, length=steps, phases=phases, actions=actions)
