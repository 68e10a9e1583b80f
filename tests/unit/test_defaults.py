"""What is left out of a description takes the published value, as written here from the published runs.

A default that moved would move every experiment that leaves it out, and no formula would be wrong.
"""

import dataclasses
import math

import pytest

from excolor.conditions.architecture import Architecture, Form
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.regularizers import AntiAnchor, AxisAlignedSubspace, Crowding, Planarity, Separate
from excolor.edits.falloffs import BezierMapper, BoundedFalloff
from excolor.schedule.timeline import Timeline

GELU = Form(activation="gelu", normalized=True, output="linear")

PUBLISHED = {
    Form: {"activation": "gelu", "normalized": True, "output": "linear"},
    Architecture: {"form": GELU},
    Experiment: {"hidden": 16, "form": GELU, "batch": 64, "curriculum": None, "start": None},
    Term: {"label": None, "layer": "bottleneck"},
    AntiAnchor: {"hemi": True},
    AxisAlignedSubspace: {"invert": False},
    Planarity: {"dims": (0, 1), "invert": False},
    Separate: {"shift": True},
    Crowding: {"dims": (0, 1)},
    BoundedFalloff: {"power": 1},
    BezierMapper: {"start_slope": 1, "end_slope": 0, "control": math.sqrt(1 / 2)},
    Timeline: {"space": "linear", "interpolation": "minjerk"},
}
"""Those of the runs from 2.3 on, where earlier ones differ."""


@pytest.mark.parametrize("kind", PUBLISHED, ids=lambda kind: kind.__name__)
def test_defaults_are_the_published_ones(kind):
    defaults = {field.name: field.default for field in dataclasses.fields(kind) if field.init}
    found = {name: default for name, default in defaults.items() if default is not dataclasses.MISSING}
    assert found == pytest.approx(PUBLISHED[kind]) if kind is BezierMapper else found == PUBLISHED[kind]
