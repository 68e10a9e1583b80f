"""Where red lies and how damage falls off around it, of models made by hand."""

import math

import numpy as np
import pytest
import xarray as xr

from excolor.colors import ColorError, named_color, named_colors
from excolor.edits.deletion import answering
from excolor.measures import anchoring
from excolor.measures.anchoring import (
    alignment,
    alignment_of_red,
    falls_with_hue_distance,
    most_opposed,
    off_anchor,
    red_off_anchor,
    worst_hue_is_near,
    worst_hue_is_near_red,
)
from excolor.measures.evaluation import MeasureError


def test_alignment_of_red(seeing):
    """Seen from mid-gray red is (1, -1, -1) / sqrt(3)."""
    measured = alignment_of_red(seeing(b=-0.5, normalized=True))
    assert measured.dims == ("seed",)
    assert measured.values == pytest.approx([1 / math.sqrt(3)] * 2)


def test_alignment_of_any_color_with_any_dimension(seeing):
    """Seen from mid-gray orange is (1, 0, -1) / sqrt(2)."""
    models = seeing(b=-0.5, normalized=True)
    found = [alignment(models, (1, 0.5, 0), dim) for dim in range(3)]
    assert [each.values[0] for each in found] == pytest.approx([math.sqrt(1 / 2), 0, -math.sqrt(1 / 2)])
    with pytest.raises(MeasureError, match="with dimension 3: the latents have the dimensions 0 to 2, for example 0"):
        alignment(models, (1, 0.5, 0), 3)


def test_red_off_anchor(seeing):
    """Two models: red lies at the anchor, and at (0, 2, 0)."""
    models = seeing([((1, 0, 0), (0, 1, 0), (0, 0, 1)), ((0, 0, 1), (2, 0, 0), (0, 1, 0))])
    assert red_off_anchor(models).values.tolist() == [0, 5]


def test_most_opposed(ensemble, seeing):
    """Seen from mid-gray, red's opposite is (0, 1/2, 1/2): nearest to it are the two hues beside cyan, at 12/23."""
    least = -0.5 / math.hypot(0.5, 12 / 23 - 0.5, 12 / 23 * 19 / 20 - 0.5)
    assert most_opposed(seeing(b=-0.5, normalized=True)).values == pytest.approx([least] * 2, abs=1e-6)
    assert most_opposed(ensemble).dims == ("seed",)


def test_most_opposed_is_so_along_dimension_0(seeing):
    """However far colors lie to the other side of the others."""
    models = seeing(b=[(-0.25, -0.5, 0), (0.5, -1, -2)])
    assert most_opposed(models).values.tolist() == [-0.25, 0.5]


def test_most_opposed_of_a_broken_model_is_nan(seeing):
    """Never a number, which could be judged, though it has one for every color but those without red."""
    models = seeing([np.eye(3), np.diag([1e39, 1, 1])], b=-0.5)
    assert most_opposed(models).isnull().values.tolist() == [False, True]


@pytest.mark.parametrize(("answered", "falls"), [("cyan", True), ("red", False), ("gray", False)])
def test_falls_with_hue_distance(ensemble, answered, falls):
    """An answer of cyan is the worse the nearer a hue is to red; mid-gray is as bad for red as for yellow."""
    assert falls_with_hue_distance(answering(ensemble, named_color(answered))).values.tolist() == [falls, falls]


def test_off_anchor_of_any_color(seeing):
    """Orange (1, 1/2, 0) lies 1/2 from the anchor where latents are colors."""
    assert off_anchor(seeing(), (1, 0.5, 0)).values.tolist() == [0.25, 0.25]


@pytest.mark.parametrize(("answered", "falls"), [("magenta", True), ("green", False), ("cyan", False)])
def test_falls_with_hue_distance_from_another_hue(ensemble, answered, falls):
    """Magenta is to green what cyan is to red."""
    models = answering(ensemble, named_color(answered))
    assert falls_with_hue_distance(models, "green").values.tolist() == [falls, falls]


def test_a_hue_that_is_none(ensemble):
    message = r"there is no hue 'gren' \(did you mean 'green'\?\): it is one of red, .*, pink, for example 'green'"
    for measure in (falls_with_hue_distance, worst_hue_is_near):
        with pytest.raises(ColorError, match=message):
            measure(ensemble, "gren")


BY_DISTANCE = (("red",), ("orange", "pink"), ("yellow", "magenta"), ("lime", "purple"))


@pytest.mark.parametrize("step", [0, 1, 2])
@pytest.mark.parametrize(("change", "falls"), [(0.5, True), (1, False), (1.125, False)])
def test_it_falls_only_if_it_falls_at_every_step(ensemble, monkeypatch, step, change, falls):
    """One step after the other stays as high, or rises, and all others fall, for one seed of two."""
    errors = [8.0, 4.0, 2.0, 1.0]
    errors[step + 1] = errors[step] * change
    seeds = list(ensemble.seeds)

    def error_of(_, *names):
        place = BY_DISTANCE.index(names)
        return xr.DataArray([8.0 / 2**place, errors[place]], dims="seed", coords={"seed": seeds})

    monkeypatch.setattr(anchoring, "error_of", error_of)
    assert falls_with_hue_distance(ensemble).values.tolist() == [True, falls]


@pytest.mark.parametrize(("answered", "near"), [("cyan", True), ("teal", True), ("red", False), ("lime", False)])
def test_worst_hue_is_near_red(ensemble, answered, near):
    """The hue opposite to what is answered has the largest error: of teal, pink."""
    assert worst_hue_is_near_red(answering(ensemble, named_color(answered))).values.tolist() == [near, near]


@pytest.mark.parametrize(("hue", "near"), [("green", True), ("lime", True), ("teal", True), ("yellow", False)])
def test_worst_hue_is_near_another(ensemble, hue, near):
    """Of magenta answers the worst is for green."""
    assert worst_hue_is_near(answering(ensemble, named_color("magenta")), hue).values.tolist() == [near, near]


@pytest.mark.parametrize("worst", ["red", "orange", "pink", "yellow", "magenta"])
def test_within_30_degrees_of_red_is_near(ensemble, monkeypatch, worst):
    names = named_colors()["name"].values
    errors = np.tile((names == worst).astype(float), (2, 1))
    labeled = xr.DataArray(errors, dims=("seed", "name"), coords={"seed": list(ensemble.seeds), "name": names})
    monkeypatch.setattr(anchoring, "reconstruction_error", lambda *_: labeled)
    assert worst_hue_is_near_red(ensemble).values.tolist() == [worst in ("red", "orange", "pink")] * 2
