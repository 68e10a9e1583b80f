"""Nulls: worlds in which something is not as a hypothesis says, so that whoever confirms it there confirms anything.

`--null gray` runs every test with models that answer gray to whatever they are shown. A prediction, or a control, that
is confirmed in all of these worlds says nothing of the one that we live in.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

Replacements = Iterable[tuple[Any, Any]]
"""Functions, each with what takes its place."""


def _unregularized() -> Replacements:
    from excolor.training import train_together

    yield train_together, lambda experiments, *args: train_together([e.unregularized() for e in experiments], *args)


def _gray() -> Replacements:
    from excolor.edits import answering
    from excolor.training import train_together

    def gray(experiments: Sequence[Any], *args: Any) -> list[Any]:
        return [answering(ensemble, (0.5, 0.5, 0.5)) for ensemble in train_together(experiments, *args)]

    yield train_together, gray


def _untrained() -> Replacements:
    from excolor.ensemble import split
    from excolor.training import train_together
    from excolor.training.initial_weights import initial_parameters

    def untrained(experiments: Sequence[Any], *args: Any) -> Iterator[Any]:
        for experiment, ensemble in zip(experiments, train_together(experiments, *args), strict=True):
            layers = split(initial_parameters(experiment.architecture, ensemble.seeds), experiment.architecture)
            start = ensemble.history.isel(step=[0] * ensemble.history.sizes["step"])
            history = start.assign_coords(step=ensemble.history["step"])
            yield replace(ensemble, encoder=layers[0], decoder=layers[1], history=history)

    yield train_together, lambda experiments, *args: list(untrained(experiments, *args))


def _unedited() -> Replacements:
    from excolor.edits import ablate, intervene, prune

    for edit in (ablate, prune, intervene):
        yield edit, lambda ensemble, *args, **options: ensemble


def _another_dimension() -> Replacements:
    from excolor.edits import AxisAlignedSuppression, ablate, axis, prune
    from excolor.ensemble import Ensemble

    def shifted(ensemble: Ensemble, dims: int | Iterable[int]) -> list[int]:
        return [(dim + 1) % ensemble.bottleneck for dim in ([dims] if isinstance(dims, int) else dims)]

    for edit in (ablate, prune):
        yield edit, lambda ensemble, dims, edit=edit: edit(ensemble, shifted(ensemble, dims))
    yield axis, lambda ensemble, dim=0, sign=1: axis(ensemble, shifted(ensemble, dim)[0], sign)
    yield AxisAlignedSuppression, lambda dims: AxisAlignedSuppression(tuple(dim + 1 for dim in dims))


def _always_the_first_dimension() -> Replacements:
    from excolor.edits import ablate, axis, prune

    for edit in (ablate, prune):
        yield edit, lambda ensemble, dims, edit=edit: edit(ensemble, 0)
    yield axis, lambda ensemble, dim=0, sign=1: axis(ensemble)


def _one_condition() -> Replacements:
    from excolor.training import train_together

    first: dict[str, Any] = {}
    """The condition that each file asked for first."""

    def trained_as_one(experiments: Sequence[Any], *args: Any) -> list[Any]:
        file = os.environ["PYTEST_CURRENT_TEST"].partition("::")[0]
        one = first.setdefault(file, experiments[0])
        if any(each.architecture != one.architecture for each in experiments):
            return train_together(experiments, *args)
        return train_together([one], *args) * len(experiments)

    yield train_together, trained_as_one


def _all_regularized() -> Replacements:
    from excolor.conditions import Experiment

    yield Experiment.unregularized, lambda experiment: experiment


def _none_constant() -> Replacements:
    from excolor.edits import answering

    yield answering, lambda ensemble, color: ensemble


NULLS: dict[str, tuple[str, Callable[[], Replacements]]] = {
    "unregularized": ("every model is trained without any term", _unregularized),
    "gray": ("every model answers gray, whatever it is shown", _gray),
    "untrained": ("every model keeps its initial weights, and the loss of its first step", _untrained),
    "unedited": ("deletion and interventions leave a model as it is", _unedited),
    "another-dimension": ("the next dimension is deleted, or suppressed, instead", _another_dimension),
    "first-dimension": ("dimension 0 is deleted, or suppressed, whichever was meant", _always_the_first_dimension),
    "one-condition": ("every condition of a file is trained as its first one, if it has the same form", _one_condition),
    "all-regularized": ("models that should be unregularized have all terms", _all_regularized),
    "none-constant": ("models that should answer one color answer as they were trained", _none_constant),
}
"""What is otherwise in each: the last four are for controls, which are of another dimension, condition or answer."""


def enter(null: str, config: pytest.Config) -> None:
    """Put what is otherwise in a null in place until the end of the run, wherever it is used by now."""
    import excolor.measures  # noqa: F401 - so that all that could be replaced is there

    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    _, replacements = NULLS[null]
    for original, other in list(replacements()):
        for owner in _owners():
            for attribute in [name for name, value in vars(owner).items() if value is original]:
                patch.setattr(owner, attribute, other)


def _owners() -> Iterator[Any]:
    """Every module, and every class of this package, any of which may have a function by its name."""
    for name, module in list(sys.modules.items()):
        yield module
        if name.partition(".")[0] == "excolor":
            yield from (each for each in list(vars(module).values()) if isinstance(each, type))
