"""Which experiments can be trained side by side as one stack: those that differ in their terms alone."""

from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from excolor.conditions.experiment import Experiment, ExperimentError, Term, check_experiment, check_labels


def stacks(experiments: Iterable[Experiment]) -> list[list[Experiment]]:
    """The experiments by what can be trained together: those of one list differ in their terms alone."""
    alike: dict[Experiment, list[Experiment]] = {}
    for each in experiments:
        alike.setdefault(each.unregularized(), []).append(each)
    return list(alike.values())


def check_together(experiments: Sequence[Experiment]) -> Sequence[Experiment]:
    """The same, or an `ExperimentError` unless they are experiments that differ in nothing but their weighted terms."""
    if not experiments:
        raise ExperimentError("no conditions to train together: give at least one, for example [EX_2_10]")
    for each in experiments:
        check_experiment(each)
    first = experiments[0]
    for other in experiments[1:]:
        if other.unregularized() != first.unregularized():
            raise ExperimentError(
                f"{first.name} and {other.name} differ in more than their terms: only what shares its data, sizes, "
                "form, steps and learning rate can be trained together, for example EX_2_10 and EX_2_10.unregularized()"
            )
    labels = {term.label for term in all_terms(experiments) if term.label}
    check_labels(" and ".join(each.name for each in experiments), labels)
    return experiments


def all_terms(experiments: Sequence[Experiment]) -> tuple[Term, ...]:
    """The terms of all, in an order that is that of each: their slopes are added up in it, and rounded."""
    before: dict[Term, set[Term]] = {term: set() for each in experiments for term in each.terms}
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
