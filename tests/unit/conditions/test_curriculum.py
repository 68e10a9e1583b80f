"""A curriculum moves the weights of the draw at the very step that the dopesheet says, and nothing else."""

import re
from itertools import islice

import numpy as np
import pytest
import xarray as xr
from scipy.stats import binom

from excolor.colors import hsv_cube, rgb_cube
from excolor.conditions.curriculum import Curriculum, CurriculumError
from excolor.conditions.experiment import Experiment, ExperimentError
from excolor.conditions.stacking import plan
from excolor.experiments import EX_1_3, EX_1_6_SMOOTH, EX_1_6_STEPPED
from excolor.experiments.ex_1_6 import opened
from excolor.numerics.sampling import SearchSampler, WeightedSampler, WeightError
from excolor.numerics.streams import stream
from excolor.schedule import Dopesheet, DopesheetError
from excolor.training.batches import batches

SHEET = "STEP,lr,data-least:linear:step\n0,0.01,0\n5,,0.5\n9,,1"
"""From step 5 on colors of red 0.5 and above, from step 9, its last, of red 1 alone."""


def reds():
    """Ten colors, all of one weight."""
    return rgb_cube([0, 0.5, 1, 0.25, 0.75], [0, 1], [0])


def at_least(cube, values):
    return (cube["r"].values >= values["data-least"])[:, None, None]


def experiment(weight=at_least, sheet=SHEET, properties=("data-least",), **changes):
    fields = {
        "name": "small",
        "data": reds,
        "dopesheet": Dopesheet.parse(sheet),
        "terms": (),
        "bottleneck": 2,
        "nonlinear": 1,
        "batch": 4,
        "curriculum": Curriculum(properties, weight),
    }
    return Experiment(**(fields | changes))


def drawn(condition, seeds, steps):
    """The colors of each of so many steps, `[S, B, 3]`."""
    return [batch.colors.mT.numpy() for batch in islice(batches(plan([condition]), seeds), steps)]


class TestDraws:
    def test_follow_the_dopesheet_to_the_step(self):
        """In epochs of three steps, so that it is not at their beginning alone."""
        lowest = [colors[..., 0].min() for colors in drawn(experiment(), tuple(range(40)), 15)]
        assert lowest == [0] * 5 + [0.5] * 4 + [1] * 6

    def test_are_of_each_color_left(self):
        (*_, after) = drawn(experiment(), tuple(range(100)), 6)
        assert np.unique(after[..., 0]).tolist() == [0.5, 0.75, 1]
        assert np.unique(after[..., 1]).tolist() == [0, 1]

    def test_are_as_many_as_bias_times_weight_says(self):
        """Of black and yellow, with the bias 1/4 and 1: the weights 2 and 1 make it one of three that is black."""
        condition = experiment(
            lambda cube, values: np.array([2, 1.0]) * values["data-least"],
            sheet="STEP,lr,data-least\n0,0.01,1\n99,0.01,1",
            data=lambda: hsv_cube([1 / 6, 1 / 3], [0, 1], [0, 1]).isel(h=[0], s=[1]),
        )
        colors = np.concatenate(drawn(condition, tuple(range(50)), 100), axis=1)
        low, high = binom.interval(0.999, colors[..., 0].size, 1 / 3)
        assert low <= (colors[..., 0] == 0).sum() <= high

    def test_are_by_the_seed_s_own_stream_of_rows(self):
        """The uniform number u picks the color at the place that u has among those left, in the cube's order."""
        colors = reds()["color"].values.reshape(-1, 3)
        measured = np.concatenate(drawn(experiment(), (3,), 9), axis=1)[0]
        rng = stream(3, "rows")
        uniforms = np.concatenate([rng.random(10) for _ in range(3)])
        steps = np.repeat(range(9), [4, 4, 2] * 3)
        for color, u, step in zip(measured, uniforms, steps, strict=True):
            left = colors if step < 5 else colors[colors[:, 0] >= 0.5]
            assert color.tolist() == left[int(u * len(left))].tolist()

    def test_of_a_seed_do_not_depend_on_the_others(self):
        for alone, together in zip(drawn(experiment(), (7,), 12), drawn(experiment(), (2, 7), 12), strict=True):
            assert np.array_equal(alone[0], together[1])

    def test_are_the_same_wherever_the_weights_are(self):
        later = experiment(sheet=SHEET.replace("5,", "6,"))
        every = list(zip(drawn(experiment(), (0, 1), 12), drawn(later, (0, 1), 12), strict=True))
        assert [np.array_equal(*pair) for pair in every] == [step != 5 for step in range(12)]


class TestWeights:
    def test_are_asked_for_where_the_columns_move(self):
        asked = []

        def watched(cube, values):
            asked.append(dict(values))
            return at_least(cube, values)

        sheet = "STEP,lr,data-least,data-other:linear:step\n0,0.01,0,1\n2,,,\n4,,0.5,\n6,,,2\n8,,0.5,"
        drawn(experiment(watched, sheet, ("data-least", "data-other")), (0, 1), 12)
        least = Dopesheet.parse(sheet).values("data-least")[:4].tolist()
        expected = [*[(x, 1) for x in least], (0.5, 1), (0.5, 2)]
        assert [tuple(values.values()) for values in asked] == expected
        assert all(values.keys() == {"data-least", "data-other"} for values in asked)

    def test_that_stay_are_worth_a_table(self):
        """Of 101 steps 30 in which they move, and 71 in which they do not."""
        sheet = Dopesheet.parse("STEP,data-least\n0,0\n30,0.5\n100,")
        kinds = [
            type(sampler) for sampler in islice(Curriculum(("data-least",), at_least).samplers(reds(), sheet), 150)
        ]
        assert kinds == [SearchSampler] * 30 + [WeightedSampler] * 120

    @pytest.mark.parametrize(
        "weight",
        [
            lambda cube, values: cube["r"] >= values["data-least"],
            lambda cube, values: (cube["bias"] * (cube["r"] >= values["data-least"])).transpose("b", "g", "r"),
        ],
        ids=["one axis", "transposed"],
    )
    def test_with_names_are_taken_by_them(self, weight):
        expected = drawn(experiment(), (0, 1), 12)
        assert all(map(np.array_equal, expected, drawn(experiment(weight), (0, 1), 12)))

    def test_are_of_the_cube_in_its_own_order(self):
        turned = experiment(data=lambda: reds().transpose("channel", "b", "g", "r"))
        assert all(map(np.array_equal, drawn(experiment(), (0, 1), 12), drawn(turned, (0, 1), 12)))

    @pytest.mark.parametrize(
        "weight",
        [
            lambda cube, values: cube["r"] * cube["channel"].size + xr.zeros_like(cube["color"]),
            lambda cube, values: cube["r"].assign_coords(r=[0, 1, 2, 3, 4]),
        ],
        ids=["another axis", "other places"],
    )
    def test_with_other_names_are_refused(self, weight):
        message = "must be over axes of the cube, {'r': 5, 'g': 2, 'b': 1}, and have its coordinates, for example xr."
        with pytest.raises(CurriculumError, match=re.escape(message)):
            drawn(experiment(weight), (0,), 1)

    def test_that_are_all_0(self):
        with pytest.raises(WeightError, match="all 10 weights are 0"):
            drawn(experiment(lambda cube, values: 0 * at_least(cube, values)), (0,), 1)

    def test_of_another_shape(self):
        message = (
            "a curriculum's weights have the shape (5,): numbers of a shape that broadcasts to the cube's, "
            "(5, 2, 1), are needed, for example (5, 2, 1)"
        )
        with pytest.raises(CurriculumError, match=re.escape(message)):
            drawn(experiment(lambda cube, values: cube["r"].values), (0,), 1)


class TestRefusals:
    @pytest.mark.parametrize("properties", [(), "data-least", ["data-least"], ("",), (1,), None])
    def test_no_columns(self, properties):
        message = f"a curriculum reads the columns {properties!r}: name at least one, for example ('data-phase',)"
        with pytest.raises(CurriculumError, match=re.escape(message)):
            Curriculum(properties, at_least)
        assert issubclass(CurriculumError, ValueError)

    def test_no_function(self):
        message = (
            "a curriculum has the weight 'r': it must be a function of the cube and the values of the columns, for "
        )
        with pytest.raises(CurriculumError, match=re.escape(message)):
            Curriculum(("data-least",), "r")

    def test_a_column_that_is_not_there(self):
        with pytest.raises(DopesheetError, match="no column names 'data-least'"):
            experiment(sheet="STEP,lr\n0,0.01")

    def test_a_column_that_nothing_reads(self):
        message = "column data-least: no term uses it; this experiment uses lr"
        with pytest.raises(DopesheetError, match=re.escape(message)):
            experiment(curriculum=None)

    def test_whole_batches(self):
        message = "small: a curriculum weights a draw, and a batch of 'all' is none: give its rows, for example 64"
        with pytest.raises(ExperimentError, match=re.escape(message)):
            experiment(batch="all")


class TestIdentity:
    def test_by_content(self):
        assert experiment() == experiment()
        assert len({experiment(), experiment(), experiment(lambda cube, values: at_least(cube, values))}) == 2

    def test_stays_without_terms(self):
        assert experiment().unregularized().curriculum == experiment().curriculum


class TestPublished:
    """The curricula of 1.3 and 1.6: the colors that are drawn, and at which steps."""

    @pytest.mark.parametrize(
        ("step", "hues", "values"),
        [(0, 12, 1), (1999, 12, 1), (2000, 360, 1), (4000, 360, 2), (7000, 360, 3), (9000, 360, 10), (11999, 360, 10)],
    )
    def test_phases_of_1_3(self, step, hues, values):
        at = {"data-phase": EX_1_3.dopesheet.values("data-phase")[step]}
        weight = EX_1_3.curriculum.weight(EX_1_3.data(), at)[:, 0]
        assert weight.any(1).sum() == hues
        assert weight.any(0).sum() == values
        assert weight.sum() == hues * values  # each 1, and every hue at every value

    @pytest.mark.parametrize(
        ("fraction", "weights"),
        [
            (0, [0, 0, 0, 1]),
            (0.25, [0, (0.5 - 0.495) / 0.505, (0.75 - 0.495) / 0.505, 1]),
            (0.5, [0.25, 0.5, 0.75, 1]),
            (0.75, [0.625, 0.75, 0.875, 1]),
            (1, [1, 1, 1, 1]),
        ],
    )
    def test_levels(self, fraction, weights):
        """Of x = .25 to 1: in_low falls from .99 to 0, and then out_low rises from 0 to 1."""
        assert opened(np.array([0.25, 0.5, 0.75, 1]), fraction) == pytest.approx(weights)

    @pytest.mark.parametrize(
        ("condition", "step", "colors"),
        [
            (EX_1_6_SMOOTH, 499, 6),
            (EX_1_6_SMOOTH, 950, 36),
            (EX_1_6_SMOOTH, 5000, 36),
            (EX_1_6_STEPPED, 499, 6),
            (EX_1_6_STEPPED, 500, 30),  # half-way between two of the six the weight is 0
            (EX_1_6_STEPPED, 1000, 36),
            (EX_1_6_STEPPED, 5000, 36 * 9 * 9),  # and so it is for black and the grays
            (EX_1_6_STEPPED, 6500, 3600),
            (EX_1_6_SMOOTH, 6500, 3600),
        ],
    )
    def test_colors_of_1_6(self, condition, step, colors):
        cube = condition.data()
        at = {name: condition.dopesheet.values(name)[step] for name in condition.curriculum.properties}
        weight = np.broadcast_to(condition.curriculum.weight(cube, at), cube["bias"].shape)
        assert (weight > 1e-9).sum() == colors
        assert weight[0, -1, -1] == 1  # pure red's

    def test_landmarks_of_1_6(self):
        """The colors of the first phase."""
        cube = EX_1_6_SMOOTH.data()
        shown = EX_1_6_SMOOTH.curriculum.weight(cube, {"data-hues": 0, "data-vibrancies": 0}) > 0
        assert set(EX_1_6_SMOOTH.terms[-1].colors) == set(map(tuple, cube["color"].values[shown].round(12)))
        assert EX_1_6_STEPPED.dopesheet.step_of("anchor") == 500
