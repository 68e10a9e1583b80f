"""The chart of a dopesheet."""

import numpy as np
import pytest

from excolor.experiments import EX_2_10
from excolor.plots import PlotError, schedule
from excolor.schedule.dopesheet import Dopesheet

SHEET = Dopesheet.parse(
    'STEP,PHASE,ACTION,lr,reg-a:linear:linear,reg-b\n0,one,,0.1,0,0.3\n10,two,"save,stop",,0.4,\n20,,,0.1,0.2,\n30,,,,,\n'
)


def lines(axes):
    return [line for line in axes.get_lines() if len(line.get_xdata()) and line.get_linestyle() != "None"]


def test_every_value_and_keyframe_is_drawn():
    picture = schedule(SHEET)
    weights, rate = picture.figure.axes
    slope, level = (line.get_ydata() for line in lines(weights)[:2])
    np.testing.assert_allclose(slope[[0, 5, 10, 15, 20, 30]], [0, 0.2, 0.4, 0.3, 0.2, 0.2])
    np.testing.assert_allclose(level, 0.3)
    assert lines(rate)[0].get_ydata() == pytest.approx([0.1] * 31)
    (a, b) = picture.data["weights"]
    assert (a["keyframes"], b["keyframes"]) == ([[0, 10, 20], [0, 0.4, 0.2]], [[0], [0.3]])
    marked = [line for line in weights.get_lines() if line.get_linestyle() == "None"]
    assert [line.get_xdata().tolist() for line in marked] == [[0, 10, 20], [0]]


def test_weights_can_be_told_apart_without_color():
    weights = schedule(EX_2_10.dopesheet).figure.axes[0]
    handles = weights.get_legend().legend_handles
    assert len({handle.get_marker() for handle in handles}) == len({handle.get_linestyle() for handle in handles}) == 4


def test_phases_and_actions_are_named_once_for_each_step():
    weights = schedule(SHEET).figure.axes[0]
    assert [(text.xy[0], text.get_text()) for text in weights.texts] == [(0, "one"), (10, "two, save, stop")]


def test_alt_text_tells_where_the_weights_peak():
    assert schedule(SHEET).alt == (
        "Schedule of 31 steps. Shown: reg-a peaks at 0.4 at step 10 and ends at 0.2; reg-b stays at 0.3; "
        "the learning rate stays at 0.1; the phase one begins at step 0; the phase two begins at step 10; "
        "the action save is at step 10; the action stop is at step 10."
    )


def test_alt_text_tells_how_long_a_peak_is_held():
    held = Dopesheet.parse("STEP,lr\n0,0\n10,0.1\n20,0.1\n30,0\n")
    assert schedule(held).alt == (
        "Schedule of 31 steps. Shown: the learning rate peaks at 0.1 from step 10 to 20 and ends at 0."
    )


@pytest.mark.parametrize(("sheet", "label"), [("lr", "learning rate"), ("reg-a", "weight in the loss")])
def test_no_panel_is_empty(sheet, label):
    axes = schedule(Dopesheet.parse(f"STEP,PHASE,{sheet}\n0,one,0.1\n10,,0.2\n")).figure.axes
    assert [panel.get_ylabel() for panel in axes] == [label]
    assert axes[0].get_xlabel() == "step"
    assert [text.get_text() for text in axes[0].texts] == ["one"]


def test_a_curriculum_is_no_weight():
    picture = schedule(Dopesheet.parse("STEP,lr,reg-a,data-phase\n0,0.1,0.5,1\n10,,,5\n"), curriculum=["data-phase"])
    weights, curriculum, rate = picture.figure.axes
    assert [panel.get_ylabel() for panel in picture.figure.axes] == [
        "weight in the loss",
        "curriculum",
        "learning rate",
    ]
    assert [text.get_text() for text in weights.get_legend().get_texts()] == ["reg-a"]
    assert [text.get_text() for text in curriculum.get_legend().get_texts()] == ["data-phase"]
    assert rate.get_legend() is None
    assert weights.get_ylim()[1] < 1
    assert "reg-a stays at 0.5; data-phase peaks at 5 at step 10" in picture.alt


def test_negative_values_are_in_sight():
    weights = schedule(Dopesheet.parse("STEP,lr,reg-a\n0,0.1,-0.5\n10,,0.5\n")).figure.axes[0]
    assert weights.get_ylim()[0] < -0.5


def test_a_sheet_of_no_property_is_refused():
    with pytest.raises(PlotError, match="the dopesheet has no property to draw"):
        schedule(SHEET.drop("lr").drop("reg-a").drop("reg-b"))
