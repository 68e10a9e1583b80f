"""Nulls: worlds in which something is not as a hypothesis says, so that whoever confirms it there confirms anything.

`--null gray` runs every test with models that answer gray to whatever they are shown. A prediction, or a control, that
is confirmed in all of these worlds says nothing of the one that we live in.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from excolor.conditions.experiment import Experiment
    from excolor.edits import Intervention
    from excolor.ensemble import Ensemble
    from excolor.verdicts.store import Store

Replacements = Iterable[tuple[Any, Any]]
"""Functions, each with what takes its place."""


def _unregularized() -> Replacements:
    return _trained_as(lambda experiment: experiment.unregularized())


def _unregularized_where(chosen: Callable[[int], bool]) -> Callable[[], Replacements]:
    """The conditions of a file are trained without any term at these places, in the order in which it asks for them."""

    def other(experiment: "Experiment", asked: "list[Experiment]") -> "Experiment":
        return experiment.unregularized() if chosen(asked.index(experiment)) else experiment

    return lambda: _trained_by_place(other)


def _one_condition() -> Replacements:
    def first_if_alike(experiment: "Experiment", asked: "list[Experiment]") -> "Experiment":
        alike = (experiment.architecture, experiment.form) == (asked[0].architecture, asked[0].form)
        return asked[0] if alike else experiment

    return _trained_by_place(first_if_alike)


def _trained_by_place(other: "Callable[[Experiment, list[Experiment]], Experiment]") -> Replacements:
    """Whoever asks for a condition is handed what `other` makes of it and of all that its file has asked for so far."""
    asked: defaultdict[str, list[Experiment]] = defaultdict(list)

    def by_place(experiment: "Experiment") -> "Experiment":
        of_the_file = asked[os.environ["PYTEST_CURRENT_TEST"].partition("::")[0]]
        if experiment not in of_the_file:
            of_the_file.append(experiment)
        return other(experiment, of_the_file)

    return _trained_as(by_place)


def _trained_as(other: "Callable[[Experiment], Experiment]") -> Replacements:
    """Whoever asks for a condition is handed another, whose losses are NaN for the terms that it does not have."""
    from excolor.conditions import After
    from excolor.conditions.experiment import RECONSTRUCTION
    from excolor.verdicts.store import Store

    trained = Store.trained

    def throughout(experiment: "Experiment") -> "Experiment":
        """The other one, after another one if it starts after one."""
        start = experiment.start
        if isinstance(start, After):
            experiment = experiment.replace(start=replace(start, experiment=throughout(start.experiment)))
        return other(experiment)

    def trained_as_others(
        store: "Store", experiments: "Sequence[Experiment]", seeds: Sequence[int]
    ) -> "list[Ensemble]":
        ensembles = trained(store, [throughout(each) for each in experiments], seeds)
        terms = [[RECONSTRUCTION, *(term.name for term in each.terms)] for each in experiments]
        return [
            replace(ensemble, history=ensemble.history.reindex(term=names))
            for ensemble, names in zip(ensembles, terms, strict=True)
        ]

    yield trained, trained_as_others


def _gray() -> Replacements:
    from excolor.edits import answering

    return _handed_over(lambda ensemble, experiment: answering(ensemble, (0.5, 0.5, 0.5)))


def _untrained() -> Replacements:
    from excolor.ensemble import split
    from excolor.training.initial_weights import initial_parameters

    def at_the_start(ensemble: "Ensemble", experiment: "Experiment") -> "Ensemble":
        layers = split(initial_parameters(experiment.architecture, ensemble.seeds), experiment.architecture)
        start = ensemble.history.isel(step=[0] * ensemble.history.sizes["step"])
        return replace(ensemble, encoder=layers[0], decoder=layers[1], history=start)

    return _handed_over(at_the_start)


def _handed_over(other: "Callable[[Ensemble, Experiment], Ensemble]") -> Replacements:
    """Whoever asks for a condition is handed what `other` makes of its ensemble."""
    from excolor.verdicts.store import Store

    trained = Store.trained

    def others(store: "Store", experiments: "Sequence[Experiment]", seeds: Sequence[int]) -> "list[Ensemble]":
        return [other(*both) for both in zip(trained(store, experiments, seeds), experiments, strict=True)]

    yield trained, others


def _unedited() -> Replacements:
    from excolor.edits import ablate, intervene, prune

    for edit in (ablate, prune, intervene):
        yield edit, lambda ensemble, *args, **options: ensemble


def _another_dimension() -> Replacements:
    from excolor.edits import AxisAlignedSuppression, ablate, axis, intervene, prune

    def shifted(ensemble: "Ensemble", dims: int | Iterable[int]) -> list[int]:
        return [(dim + 1) % ensemble.bottleneck for dim in ([dims] if isinstance(dims, int) else dims)]

    def along_others(ensemble: "Ensemble", *interventions: "Intervention", **options: Any) -> "Ensemble":
        others = (
            replace(each, dims=tuple(shifted(ensemble, each.dims)))
            if isinstance(each, AxisAlignedSuppression)
            else each  # its direction is shifted where it was made, by `axis`
            for each in interventions
        )
        return intervene(ensemble, *others, **options)

    for edit in (ablate, prune):
        yield edit, lambda ensemble, dims, edit=edit: edit(ensemble, shifted(ensemble, dims))
    yield axis, lambda ensemble, dim=0, sign=1: axis(ensemble, shifted(ensemble, dim)[0], sign)
    yield intervene, along_others


def _always_the_first_dimension() -> Replacements:
    from excolor.edits import ablate, axis, prune

    for edit in (ablate, prune):
        yield edit, lambda ensemble, dims, edit=edit: edit(ensemble, 0)
    yield axis, lambda ensemble, dim=0, sign=1: axis(ensemble)


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
    "first-unregularized": (
        "the first condition of every file is trained without any term",
        _unregularized_where(lambda place: place == 0),
    ),
    "others-unregularized": (
        "every condition of a file but its first is trained without any term",
        _unregularized_where(lambda place: place > 0),
    ),
    "second-unregularized": (
        "every second condition of a file is trained without any term",
        _unregularized_where(lambda place: place % 2 == 1),
    ),
    "one-condition": ("every condition of a file is trained as its first one, if it has the same form", _one_condition),
    "all-regularized": ("models that should be unregularized have all terms", _all_regularized),
    "none-constant": ("models that should answer one color answer as they were trained", _none_constant),
}
"""What is otherwise in each. For controls alone, of another dimension, condition or answer, there are first-dimension,
all-regularized and none-constant."""


def enter(null: str, config: pytest.Config) -> None:
    """Put what is otherwise in a null in place until the end of the run, wherever it is used by now."""
    import excolor.measures  # noqa: F401 - so that all that could be replaced is there

    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    _, replacements = NULLS[null]
    for original, other in [*replacements(), *_one_and_the_same()]:
        for owner in _owners():
            for attribute in [name for name, value in vars(owner).items() if value is original]:
                patch.setattr(owner, attribute, other)


def _one_and_the_same() -> Replacements:
    """In a null two conditions may be the same: that is no mistake of whoever compares them, but no difference."""
    from excolor.judging.intervals import refuse_itself

    yield refuse_itself, lambda *_: None


def _owners() -> Iterator[Any]:
    """Every module, and every class of this package, any of which may have a function by its name."""
    for name, module in list(sys.modules.items()):
        yield module
        if name.partition(".")[0] == "excolor":
            yield from (each for each in list(vars(module).values()) if isinstance(each, type))
