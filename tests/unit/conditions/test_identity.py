"""Nothing that shapes a training hides from `==`: it is refused, or it makes two conditions of one."""

import re
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np
import pytest
import torch
import xarray as xr

from excolor.colors import rgb_cube, training_cube
from excolor.conditions.curriculum import Curriculum
from excolor.conditions.experiment import Experiment, ExperimentError, Term
from excolor.conditions.identity import captured, hidden_state
from excolor.conditions.labels import RED, Label
from excolor.conditions.regularizers import Planarity, Regularizer, Unitarity
from excolor.conditions.stacking import plan
from excolor.edits.falloffs import BezierMapper, BoundedFalloff
from excolor.edits.interventions import Intervention, InterventionError, Repulsion, Suppression, intervene
from excolor.ensemble import Ensemble
from excolor.numerics.layers import Affine
from excolor.schedule.dopesheet import Dopesheet

SHEET = Dopesheet.parse("STEP,lr,reg\n0,0.01,1\n4,,")
SCALE = 1.0


class Plain(Regularizer):
    """As one would write it who knows nothing of dataclasses."""

    def __init__(self, scale):
        self.scale = scale


class Annotated(Regularizer):
    scale: float = 1.0


class Slotted(Regularizer):
    __slots__ = ("scale",)


@dataclass(frozen=True, eq=False)
class ByParent(Regularizer):
    scale: float


@dataclass(frozen=True)
class Overlooked(Regularizer):
    scale: float = field(compare=False)


@dataclass(frozen=True)
class Generous(Regularizer):
    scale: float

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0


@dataclass(frozen=True)
class Keeping(Regularizer):
    def __post_init__(self):
        object.__setattr__(self, "scale", 2.0)


@dataclass(frozen=True)
class Holding(Regularizer):
    held: object


@dataclass(frozen=True)
class Scaled(Regularizer):
    scale: float

    @cached_property
    def twice(self):
        return 2 * self.scale


class OfPlane(Planarity):
    """No more than a formula."""

    def penalty(self, z):
        return z[..., 0]


class ByAttribute(Regularizer):
    factor = 1.0

    def penalty(self, z):
        return self.factor * z[..., 0]


class ByGlobal(Regularizer):
    def penalty(self, z):
        return SCALE * z[..., 0]


def experiment(regularizer=None, label=None, data=training_cube, **changes):
    terms = (Term("reg", regularizer or Unitarity(), label),)
    return Experiment("small", data, SHEET, **({"terms": terms, "bottleneck": 3, "nonlinear": 1} | changes))


class TestHiddenState:
    @pytest.mark.parametrize(
        ("regularizer", "message"),
        [
            (Plain(2.0), "Plain adds '__init__' but is no dataclass itself"),
            (Annotated(), "Annotated adds 'scale' but is no dataclass itself"),
            (Slotted(), "Slotted keeps 'scale', which is no field of its own"),
            (ByParent(2.0), "ByParent is a dataclass, but not one of frozen=True and eq=True"),
            (Overlooked(2.0), "Overlooked has the field 'scale', which its == leaves out"),
            (Generous(2.0), "Generous has an == of its own"),
            (Keeping(), "Keeping keeps 'scale', which is no field of its own"),
            (Holding([1, 2]), "Holding has the held [1, 2], a list that cannot be hashed"),
            (Holding(np.ones(1)), "Holding has the held array([1.]), a ndarray that cannot be hashed"),
            (
                Holding(torch.ones(1)),
                "Holding has the held tensor([1.]), a Tensor that cannot be hashed",
            ),
            (Holding((1, (Plain(2.0),))), "Plain adds '__init__' but is no dataclass itself"),
        ],
        ids=str,
    )
    def test_is_refused(self, regularizer, message):
        expected = (
            f"small: {message}: two that differ in it would compare equal, or could not be compared, and be trained or "
            "measured as one; let all state be hashable fields of a frozen dataclass, for example\n"
            "    @dataclass(frozen=True)\n"
            "    class Scaled(Regularizer):\n"
            "        scale: float"
        )
        if message.endswith("cannot be hashed"):
            expected = f"small: {message}"
        with pytest.raises(ExperimentError, match=re.escape(expected)):
            experiment(regularizer)

    def test_was_there_and_unseen(self):
        """Why it is refused."""
        assert Plain(1.0) == Plain(2.0)
        assert ByParent(1.0) == ByParent(2.0)
        assert Overlooked(1.0) == Overlooked(2.0)

    def test_what_is_seen_is_taken(self):
        scaled = Scaled(2.0)
        assert scaled.twice == 4
        assert experiment(scaled) != experiment(Scaled(3.0))
        assert experiment(OfPlane()) == experiment(OfPlane())
        assert experiment(ByAttribute()) == experiment(ByAttribute())

    def test_in_a_label(self):
        class Faint(Label):
            def __init__(self, factor):
                super().__init__("faint", scale=0.5, concept=RED.concept, power=1)
                object.__setattr__(self, "factor", factor)

        with pytest.raises(ExperimentError, match="Faint adds '__init__' but is no dataclass itself"):
            experiment(label=Faint(2))

    def test_in_a_function_that_makes_the_data(self):
        @dataclass(frozen=True)
        class Cube:
            size: int = field(compare=False)

            def __call__(self):
                return rgb_cube(*[np.linspace(0, 1, self.size)] * 3)

        with pytest.raises(ExperimentError, match="Cube has the field 'size', which its == leaves out"):
            experiment(data=Cube(2))

    def test_in_a_curriculum(self):
        class Louder(Curriculum):
            def __init__(self, factor):
                super().__init__(("data-a",), weight=lambda cube, values: 1)
                object.__setattr__(self, "factor", factor)

        with pytest.raises(ExperimentError, match="Louder adds '__init__' but is no dataclass itself"):
            experiment(curriculum=Louder(2))

    def test_in_an_edit(self):
        class Doubled(Intervention):
            def __init__(self, factor):
                self.factor = factor

        layer = Affine(torch.eye(3)[None], torch.zeros(1, 3))
        ensemble = Ensemble((layer,), (layer,), (0,), xr.DataArray([0.0], dims="seed"))
        with pytest.raises(InterventionError, match="intervene: Doubled adds '__init__' but is no dataclass itself"):
            intervene(ensemble, Doubled(2))

    def test_not_in_what_the_package_has(self):
        mapper = BezierMapper(0, 0.5)
        mapper(torch.ones(2, dtype=torch.float64))  # whose points it then keeps
        for edit in (Repulsion((1, 0), mapper), Suppression((1, 0), BoundedFalloff(0, 1))):
            assert hidden_state(edit) is None


class Maker:
    def __init__(self, size):
        self.size = size

    def cube(self):
        return rgb_cube(*[np.linspace(0, 1, self.size)] * 3)

    def __call__(self):
        return self.cube()


def refuses(what):
    return pytest.raises(ExperimentError, match=re.escape(f"small: {what} is not what it was when the experiment was"))


class TestCaptured:
    def test_a_loop_that_makes_lambdas_of_one_variable(self):
        """Both would be trained on the last size: the claim would compare a condition with itself."""
        made = [experiment(data=lambda: rgb_cube([0, size], [0], [1])) for size in (0.5, 1)]  # noqa: B023
        with refuses("'size' in data"):
            plan(made[:1])
        plan(made[1:])

    def test_a_variable_that_moves_on(self):
        size = 0.5

        def data():
            return rgb_cube([0, size], [0], [1])

        before = experiment(data=data)
        size = 1
        after = experiment(data=data)
        assert before != after
        assert before.data is after.data
        with refuses("'size' in data"):
            plan([before])

    def test_a_global_that_moves_on(self, monkeypatch):
        before = experiment(ByGlobal())
        monkeypatch.setitem(globals(), "SCALE", 2.0)
        assert before != experiment(ByGlobal())
        with refuses("'SCALE' in ByGlobal.penalty of terms[0].regularizer"):
            plan([before])

    def test_an_attribute_of_a_class_that_moves_on(self, monkeypatch):
        before = experiment(ByAttribute())
        monkeypatch.setattr(ByAttribute, "factor", 2.0)
        assert before != experiment(ByAttribute())
        with refuses("ByAttribute.factor of terms[0].regularizer"):
            plan([before])

    @pytest.mark.parametrize("of", [lambda maker: maker, lambda maker: maker.cube], ids=["object", "method"])
    def test_an_object_that_moves_on(self, of):
        maker = Maker(2)
        before = experiment(data=of(maker))
        maker.size = 3
        assert before != experiment(data=of(maker))
        with pytest.raises(ExperimentError, match=r"small: the object (of )?data is not what it was when the"):
            plan([before])

    def test_an_array_that_is_written_to(self):
        axis = np.array([0, 0.5])
        for data in (lambda: rgb_cube(axis, axis, axis), partial(rgb_cube, axis, axis, axis)):
            before = experiment(data=data)
            plan([before])
            axis[1] += 0.25
            with pytest.raises(ExperimentError, match="is not what it was when the experiment was made"):
                plan([before])

    def test_a_cube_that_is_written_to(self):
        cube = rgb_cube([0, 1], [0], [1])
        before = experiment(data=lambda: cube)
        cube["bias"][0] = 2
        with refuses("'cube' in data"):
            plan([before])

    def test_of_concepts_and_weights(self):
        level = 1

        def concept(rgb):
            return np.full(np.shape(rgb)[:-1], level)

        before = experiment(label=Label("any", scale=0.5, concept=concept, power=1))
        level = 0
        with refuses("'level' in terms[0].label.concept"):
            plan([before])

    def test_those_that_stay_are_one_condition(self):
        size = 1
        data = lambda: rgb_cube([0, size], [0], [1])  # noqa: E731
        assert experiment(data=data) == experiment(data=data)
        assert len({experiment(data=data), experiment(data=data)}) == 1
        plan([experiment(data=data).without("reg")])

    def test_two_made_by_one_function_are_two(self):
        def of(size):
            return lambda: rgb_cube([0, size], [0], [1])

        assert experiment(data=of(1)) != experiment(data=of(0.5))
        assert experiment(data=partial(of, 1)) != experiment(data=partial(of, 0.5))

    def test_the_error_shows_a_way(self):
        size = 0.5
        before = experiment(data=lambda: rgb_cube([0, size], [0], [1]))
        size = 1
        with pytest.raises(ExperimentError, match=r"values, for example data=functools.partial\(cube_of, 8\)"):
            plan([before])

    def test_what_holds_itself_has_an_end(self):
        def turn(n):
            return turn(n - 1) if n else rgb_cube([0, 1], [0], [1])

        assert list(captured("data", turn))
        plan([experiment(data=lambda: turn(3))])
