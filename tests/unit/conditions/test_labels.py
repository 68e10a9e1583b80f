"""Label probabilities against the published frequencies, and the drawing of labels."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from excolor.colors import redness, training_cube, vibrancy
from excolor.conditions.labels import DESATURATED, RED, VIBRANT, Label, LabelError, NoisyLabel, SoftLabel, draw
from excolor.numerics.given import shown
from excolor.numerics.sampling import WeightedSampler
from excolor.numerics.streams import stream

LABELS = pytest.mark.parametrize("label", [RED, VIBRANT, DESATURATED], ids=lambda label: label.name)


@pytest.fixture(scope="module")
def cube():
    return training_cube()


class TestProbability:
    @pytest.mark.parametrize(("label", "rgb"), [(RED, (1, 0, 0)), (VIBRANT, (0, 1, 1)), (DESATURATED, (0.5, 0.5, 0.5))])
    def test_of_the_purest_color_is_the_scale(self, label, rgb):
        assert label.probability(rgb) == 0.5

    def test_falls_off_steeply(self):
        assert RED.probability((1, 0.5, 0)) == pytest.approx(0.5 * 0.75**10)
        assert VIBRANT.probability((0.9, 0, 0)) == pytest.approx(0.5 * 0.9**100)

    def test_black_counts_as_desaturated(self):
        assert DESATURATED.probability((0, 0, 0)) == 0.5

    @LABELS
    def test_is_at_most_the_scale(self, label, cube):
        probability = label.probability(cube.color.values)
        assert probability.shape == (36, 10, 10)
        assert probability.min() >= 0
        assert probability.max() == 0.5

    @given(st.floats(0, 1), st.integers(1, 120))
    def test_raises_the_concept_to_any_whole_power(self, brightness, power):
        label = Label("red", scale=1, concept=redness, power=power)
        assert label.probability((brightness, 0, 0)) == pytest.approx(brightness**power, rel=1e-12)


class TestFrequency:
    """How often a row drawn by the training cube's weights bears a label."""

    @staticmethod
    def frequency(label, cube):
        return float(np.average(label.probability(cube.color.values), weights=cube.bias.values))

    @pytest.mark.parametrize(
        ("label", "expected"),
        [(RED, 0.002424), (VIBRANT, 0.01936), (DESATURATED, 0.03047)],
        ids=lambda case: getattr(case, "name", ""),
    )
    def test_expected(self, label, expected, cube):
        assert self.frequency(label, cube) == pytest.approx(expected, abs=5e-6)

    def test_most_batches_hold_no_red(self, cube):
        assert 64 * self.frequency(RED, cube) == pytest.approx(0.155, abs=5e-4)
        assert (1 - self.frequency(RED, cube)) ** 64 == pytest.approx(0.856, abs=5e-4)

    @LABELS
    def test_drawn(self, label, cube):
        """A hundred epochs of rows, and of labels from the label's own stream, come to the expected count."""
        probability = label.probability(cube.color.values).ravel()
        rows = WeightedSampler(cube.bias.values.ravel()).rows(stream(0, "rows").random(360_000))
        labels = draw(probability[rows], stream(0, f"label:{label.name}").random(360_000))
        assert binomtest(int(labels.sum()), labels.size, self.frequency(label, cube)).pvalue > 0.01


class TestDraw:
    def test_is_certain_at_one_and_impossible_at_zero(self):
        uniforms = np.array([0.0, 0.5, np.nextafter(1, 0)])
        assert draw(1, uniforms).all()
        assert not draw(0, uniforms).any()

    def test_compares_row_by_row(self):
        assert draw([0.5, 0.5, 0.1], [0.4, 0.5, 0.3]).tolist() == [True, False, False]


class TestSoftLabel:
    SOFT = SoftLabel("soft red", scale=0.5, concept=redness, power=10)

    def test_is_borne_by_its_probability_whatever_is_drawn(self):
        probability = self.SOFT.probability([(1, 0, 0), (0, 1, 1)])
        for uniform in (0.0, 0.999):
            assert self.SOFT.borne(probability, np.full(2, uniform)).tolist() == [0.5, 0.0]

    def test_is_borne_as_far_as_a_label_in_the_mean(self):
        binary = Label("red", scale=0.5, concept=redness, power=10)
        probability = np.full(100_000, 0.2)
        borne = binary.borne(probability, stream(0, "label:red").random(100_000))
        assert borne.mean() == pytest.approx(self.SOFT.borne(probability, probability).mean(), abs=0.005)


class TestNoisyLabel:
    NOISY = NoisyLabel("red", scale=0.5, concept=redness, power=10, mistaken=0.1)

    def test_is_borne_rightly_or_else_by_mistake(self):
        """Of red, whose half bears it rightly, a tenth of the other half; of colors without any red, a tenth."""
        assert self.NOISY.probability([(1, 0, 0), (0, 1, 1), (0, 0, 0)]) == pytest.approx([0.55, 0.1, 0.1])

    def test_agrees_with_a_label_and_a_mistake_drawn_apart(self):
        probability = self.NOISY.probability((1, 0.1, 0))
        rightly = draw(RED.probability((1, 0.1, 0)), stream(0, "rightly").random(100_000))
        by_mistake = draw(0.1, stream(0, "by mistake").random(100_000))
        assert binomtest(int((rightly | by_mistake).sum()), 100_000, float(probability)).pvalue > 0.01

    def test_without_mistakes_is_as_likely_as_a_label(self, cube):
        rgb = cube.color.values
        assert np.array_equal(replace(self.NOISY, mistaken=0).probability(rgb), RED.probability(rgb))

    def test_is_no_label_without_mistakes(self):
        assert replace(self.NOISY, mistaken=0) != RED

    @pytest.mark.parametrize("wrong", [-0.1, 1, 1.5, float("nan"), "0.1", True])
    def test_refuses_what_is_no_probability(self, wrong):
        message = f"label 'red', mistaken {shown(wrong)}: it must be in [0, 1), for example 0.001"
        with pytest.raises(LabelError, match=re.escape(message)):
            replace(self.NOISY, mistaken=wrong)

    def test_refuses_what_any_label_refuses(self):
        with pytest.raises(LabelError, match=re.escape("label 'red', scale 0: it must be in (0, 1]")):
            replace(self.NOISY, scale=0)


class TestLabel:
    def test_is_its_content(self):
        again = Label("red", scale=0.5, concept=redness, power=10)
        assert again == RED
        assert {again, RED} == {RED}
        assert replace(RED, scale=0.08, power=8) != RED

    def test_is_frozen(self):
        with pytest.raises(AttributeError):
            RED.power = 8

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"name": ""}, r"empty name: give it one, for example 'red'"),
            ({"scale": 1.5}, r"label 'red', scale 1.5: it must be in \(0, 1\], for example 0.5"),
            ({"scale": 0}, r"label 'red', scale 0: it must be in \(0, 1\]"),
            ({"scale": float("nan")}, r"label 'red', scale nan"),
            ({"power": 0}, r"label 'red', power 0: it must be a positive whole number, for example 10"),
            ({"power": 2.5}, r"label 'red', power 2.5"),
        ],
    )
    def test_refuses_what_is_no_probability(self, change, message):
        with pytest.raises(LabelError, match=message):
            replace(RED, **change)

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"name": 7}, "a label with the name 7: it must be a string, for example 'red'"),
            ({"scale": "0.5"}, "label 'red', scale 0.5: it must be in (0, 1], for example 0.5"),
            ({"scale": True}, "label 'red', scale True: it must be in (0, 1]"),
            ({"power": True}, "label 'red', power True: it must be a positive whole number"),
            ({"concept": "redness"}, "concept 'redness': it must be a function of colors, for example redness"),
        ],
    )
    def test_refuses_other_kinds(self, change, message):
        with pytest.raises(LabelError, match=re.escape(message)):
            replace(RED, **change)

    @pytest.mark.parametrize("wrong", [np.nan, -1, 5, np.inf])
    def test_refuses_a_concept_that_is_no_share(self, wrong):
        """Of colors that it is tried with when it is made, and of any when it is measured."""
        message = rf"label 'odd': its concept is {wrong:g} of the color \(0.0, 0.0, 0.0\): it must be from 0 to 1, for"
        with pytest.raises(LabelError, match=message):
            Label("odd", scale=1, concept=lambda rgb: np.full(np.shape(rgb)[:-1], wrong), power=1)
        late = Label("odd", scale=1, concept=lambda rgb: np.where(redness(rgb) == 0.3, wrong, 0), power=1)
        with pytest.raises(LabelError, match=r"of the color \(0.3, 0.0, 0.0\): it must be from 0 to 1"):
            late.probability([(0, 0, 0), (0.3, 0, 0)])

    @pytest.mark.parametrize(
        ("concept", "made"),
        [
            (lambda rgb: 0.5, "0.5"),
            (lambda rgb: rgb, r"a ndarray of float64, of shape \(9, 3\)"),
            (lambda rgb: np.full(np.shape(rgb)[:-1], "1"), r"a ndarray of <U1, of shape \(9,\)"),
            (lambda rgb: None, "None"),
        ],
        ids=["one number", "colors", "words", "nothing"],
    )
    def test_refuses_a_concept_of_another_shape(self, concept, made):
        message = rf"label 'odd': its concept made {made} of colors of shape \(9, 3\): it must give one number for each"
        with pytest.raises(LabelError, match=message):
            Label("odd", scale=1, concept=concept, power=1)

    def test_passes_on_a_bad_color(self):
        with pytest.raises(ValueError, match=r"has r = 2.0"):
            Label("vibrant", scale=0.01, concept=vibrancy, power=10).probability((2, 0, 0))
