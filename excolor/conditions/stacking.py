"""Plans for training experiments side by side as one stack: those that differ in their terms alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from excolor.conditions.experiment import (
    BesideTheBatch,
    Experiment,
    ExperimentError,
    Term,
    check_experiment,
    check_labels,
)
from excolor.conditions.labels import Label
from excolor.numerics.given import first_of, shown

MOST = 100_000
"""Conditions of one plan, at the most."""


def stacks(experiments: Iterable[Experiment]) -> list[list[Experiment]]:
    """Group experiments into stacks that can be trained together: those of one list differ in their terms alone."""
    alike: dict[Experiment, list[Experiment]] = {}
    for each in _all_experiments(experiments):
        alike.setdefault(each.unregularized(), []).append(each)
    return list(alike.values())


@dataclass(frozen=True)
class Plan:
    """A plan of the conditions that are trained side by side, and of their terms and labels."""

    conditions: tuple[Experiment, ...]
    terms: tuple[Term | BesideTheBatch, ...]
    """The terms of all conditions, each once, in an order that agrees with that of each condition."""

    @property
    def shared(self) -> Experiment:
        """A condition that has what all share: data, sizes, form, batch, steps and learning rate."""
        return self.conditions[0]

    @property
    def labels(self) -> dict[str, Label]:
        """The labels of all terms, by name."""
        return {term.label.name: term.label for term in self.terms if term.label}


def plan(experiments: Sequence[Experiment]) -> Plan:
    """Plan the training of experiments as one stack.

    Raises:
        ExperimentError: no experiment, something that is none, or two that differ in more than their terms, list these
            in another order, mean different labels by one name, or have captured variables that changed.
    """
    experiments = _all_experiments(experiments)
    if not experiments:
        raise ExperimentError("no conditions to train together: give at least one, for example [EX_2_10]")
    for each in experiments:
        each.check_unchanged()
    first = experiments[0]
    for other in experiments[1:]:
        if other.unregularized() != first.unregularized():
            raise ExperimentError(
                f"{first.name} and {other.name} differ in more than their terms: only what shares its data, sizes, "
                "form, steps and learning rate can be trained together, for example EX_2_10 and EX_2_10.unregularized()"
            )
    terms = _in_one_order(experiments)
    check_labels(" and ".join(each.name for each in experiments), {term.label for term in terms if term.label})
    return Plan(tuple(experiments), terms)


def _all_experiments(given: Iterable[Experiment]) -> list[Experiment]:
    if not isinstance(given, Iterable):
        raise ExperimentError(f"the conditions {shown(given)}: give a list of them, for example [EX_2_10]")
    found: list[Experiment] = []
    for each in first_of(given, MOST):
        check_experiment(each)
        found.append(each)
    return found


def _in_one_order(experiments: Sequence[Experiment]) -> tuple[Term | BesideTheBatch, ...]:
    """Merge the terms of all experiments in an order that agrees with each: gradients are added up in this order."""
    before: dict[Term | BesideTheBatch, set[Term | BesideTheBatch]] = {
        term: set() for each in experiments for term in each.terms
    }
    for each in experiments:
        for earlier, later in pairwise(each.terms):
            before[later].add(earlier)
    try:
        return tuple(TopologicalSorter(before).static_order())
    except CycleError:
        raise ExperimentError(
            f"{', '.join(each.name for each in experiments)} list the same terms in different orders: give them one "
            f"order, for example {', '.join(term.name for term in before)}"
        ) from None
