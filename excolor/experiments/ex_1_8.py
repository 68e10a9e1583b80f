"""Experiment 1.8: experiment 1.7 with every subset of its penalties, from none to all five."""

from collections.abc import Collection, Mapping
from itertools import combinations

from excolor.conditions.experiment import Experiment
from excolor.experiments.ex_1_7 import EX_1_7

PENALTIES = tuple(term.name for term in EX_1_7.terms)


def _with(kept: Collection[str]) -> Experiment:
    left = EX_1_7.without(*(name for name in PENALTIES if name not in kept))
    return left.replace(name=f"1.8 with {', '.join(kept) or 'no penalty'}")


def _subsets() -> list[tuple[str, ...]]:
    """List the subsets of penalties, those with separation last: this costly one is then computed for them alone."""
    every = [kept for count in range(len(PENALTIES) + 1) for kept in combinations(PENALTIES, count)]
    return sorted(every, key=lambda kept: "reg-separate" in kept)


EX_1_8: Mapping[frozenset[str], Experiment] = {frozenset(kept): _with(kept) for kept in _subsets()}
"""The 32 conditions, by the names of the terms that each has."""
