"""Conditions between published experiments: each differs from its neighbor in what it is named after, and no more."""

import pytest

from excolor.experiments import EX_2_8, EX_2_9, EX_2_10
from excolor.experiments.single_changes import ADDED_TO_2_8, EX_2_9_WEIGHTED_AS_2_10, TAKEN_FROM_2_9


def differences(a, b):
    """In what two experiments differ, in the words of the single changes."""
    terms = [{term.name: term.label for term in x.terms} for x in (a, b)]
    common = terms[0].keys() & terms[1].keys()
    found = {
        "width": a.bottleneck != b.bottleneck,
        "depth": a.nonlinear != b.nonlinear,
        "term": terms[0] != terms[1],
        "weight": any((a.dopesheet.values(name) != b.dopesheet.values(name)).any() for name in common),
        "rest": any(getattr(a, x) != getattr(b, x) for x in ("data", "hidden", "batch"))
        or (a.dopesheet.values("lr") != b.dopesheet.values("lr")).any(),
    }
    return {name for name, differs in found.items() if differs}


def test_published_ones_differ_in_several_things():
    assert differences(EX_2_8, EX_2_9) == {"width", "depth", "term", "weight"}
    assert differences(EX_2_9, EX_2_10) == {"term", "weight"}


@pytest.mark.parametrize("change", ADDED_TO_2_8)
def test_added_to_2_8(change):
    added = set(change.split(" and "))
    assert differences(ADDED_TO_2_8[change], EX_2_8) == added
    assert differences(ADDED_TO_2_8[change], EX_2_9) == {"width", "depth", "term", "weight"} - added


@pytest.mark.parametrize("change", TAKEN_FROM_2_9)
def test_taken_from_2_9(change):
    assert differences(TAKEN_FROM_2_9[change], EX_2_9) == {change}
    assert differences(TAKEN_FROM_2_9[change], EX_2_8) == {"width", "depth", "term", "weight"} - {change}


def test_between_2_9_and_2_10():
    assert differences(EX_2_9_WEIGHTED_AS_2_10, EX_2_9) == {"weight"}
    assert differences(EX_2_9_WEIGHTED_AS_2_10, EX_2_10) == {"term"}
    assert EX_2_9_WEIGHTED_AS_2_10.without("reg-planar-d") == EX_2_10


@pytest.mark.parametrize("weighted", [ADDED_TO_2_8["term"], EX_2_9_WEIGHTED_AS_2_10], ids=lambda e: e.name)
def test_the_subspace_term_has_the_weight_of_2_9(weighted):
    assert weighted.dopesheet.keyframes("reg-planar-d")[1].tolist() == [0.001, 0.01, 0]


def test_of_the_common_weights_only_the_anti_anchors_changes_to_2_9():
    common = [term.name for term in EX_2_8.terms]
    changed = [name for name in common if (EX_2_8.dopesheet.values(name) != EX_2_9.dopesheet.values(name)).any()]
    assert changed == ["reg-anti-anchor"]
    assert ADDED_TO_2_8["weight"].dopesheet.keyframes("reg-anti-anchor")[1].tolist() == [0.002, 0.01, 0]


def test_the_subspace_term_spares_the_same_plane_in_four_dimensions():
    """The squares that it counts are those of the first two dimensions, in four as in five."""
    for experiment in (EX_2_9, ADDED_TO_2_8["term"], TAKEN_FROM_2_9["width"]):
        assert experiment.terms[-1].regularizer.counted(experiment.bottleneck) == [0, 1]
