"""Conditions between published experiments: each differs from its neighbor in what it is named after, and no more."""

import dataclasses

import pytest
from description import UNSAID, described
from description import differences as described_differences

from excolor.colors import rgb_decimal_cube
from excolor.conditions.architecture import Form
from excolor.conditions.experiment import Term
from excolor.conditions.labels import VIBRANT
from excolor.conditions.regularizers import AngularAnchor, AntiAnchor, Separate, Unitarity
from excolor.experiments import EX_1_6_SMOOTH, EX_2_8, EX_2_9, EX_2_10
from excolor.experiments.single_changes import ADDED_TO_2_8, EX_2_9_WEIGHTED_AS_2_10, TAKEN_FROM_2_9


def differences(a, b):
    """In what two experiments differ: in the words of the single changes, else the field in full."""
    found = described_differences(described(a), described(b))
    return {in_one_word(where, *pair, "bottleneck" in found) for where, pair in found.items()}


def in_one_word(where, one, other, widths_differ):
    if widths_differ and where.endswith((" point", " dims")):
        shorter, longer = sorted((one, other), key=len)
        if longer in ((*shorter, 0), (*shorter, 4)):  # a point in the fifth dimension too, a subspace with it
            return "width"
    if UNSAID in (one, other):
        return "term"
    return {"bottleneck": "width", "nonlinear": "depth"}.get(where, "weight" if "dopesheet reg-" in where else where)


UNIT, ANCHORED, SEPARATE, ANTI_ANCHOR = EX_2_10.terms


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"hidden": 8}, "hidden"),
        ({"batch": 32}, "batch"),
        ({"form": Form(output="sigmoid")}, "form output"),
        ({"data": rgb_decimal_cube}, "data axes"),
        ({"terms": (Term("reg-unit", Unitarity()), ANCHORED, SEPARATE, ANTI_ANCHOR)}, "terms reg-unit layer"),
        (
            {"terms": (UNIT, ANCHORED, Term("reg-separate", Separate(power=10)), ANTI_ANCHOR)},
            "terms reg-separate regularizer power",
        ),
        (
            {"terms": (UNIT, ANCHORED, SEPARATE, Term("reg-anti-anchor", AntiAnchor((0, -1, 0, 0, 0))))},
            "terms reg-anti-anchor regularizer point",
        ),
        (
            {"terms": (UNIT, Term("reg-anchor", AngularAnchor((1, 0, 0, 0, 0)), VIBRANT), SEPARATE, ANTI_ANCHOR)},
            "terms reg-anchor label name",
        ),
        ({"dopesheet": dataclasses.replace(EX_2_10.dopesheet, length=3002)}, "dopesheet steps"),
    ],
)
def test_what_no_single_change_changes_is_seen_in_full(change, where):
    assert where in differences(EX_2_10.replace(**change), EX_2_10)


def test_a_curriculum_is_seen():
    dopesheet = EX_1_6_SMOOTH.dopesheet.drop("data-hues").drop("data-vibrancies")
    assert "curriculum" in differences(EX_1_6_SMOOTH.replace(curriculum=None, dopesheet=dopesheet), EX_1_6_SMOOTH)


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
